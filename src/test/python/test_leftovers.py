"""What a payload leaves open is noticed and closed (R7.5.1)."""
from __future__ import annotations

import os
import sys
import tempfile
import types
import unittest

from mxcp._worker import leftovers


class _Connection:
    """Holds a file open until it is closed or forgotten, as a connection of the real package does."""

    def __init__(self, path: str) -> None:
        self._file = open(path, "a+b")

    def close(self) -> None:
        self._file.close()


@unittest.skipUnless(os.path.isdir("/proc/self/fd"), "this system does not tell which files are open")
class WatchTest(unittest.TestCase):
    def setUp(self) -> None:
        self._before = sys.modules.get("duckdb")
        module = types.ModuleType("duckdb")
        module.connect = _Connection  # type: ignore[attr-defined]
        sys.modules["duckdb"] = module
        self.duckdb = module
        self.path = tempfile.NamedTemporaryFile(suffix=".duckdb", delete=False).name
        self.said: list[str] = []

    def tearDown(self) -> None:
        os.unlink(self.path)
        del sys.modules["duckdb"]
        if self._before is not None:
            sys.modules["duckdb"] = self._before

    def watch(self) -> leftovers.Watch:
        return leftovers.Watch(self.path, lambda level, text: self.said.append(f"{level} {text}"))

    def test_a_connection_that_was_stored_is_closed(self) -> None:
        with self.watch() as watch:
            kept = self.duckdb.connect(self.path)
            self.assertTrue(watch.holds())
        self.assertFalse(watch.holds())
        self.assertTrue(kept._file.closed)
        self.assertIn("WARNING a payload left the database file open", self.said[0])
        self.assertIs(self.duckdb.connect, _Connection)

    def test_a_connection_that_was_dropped_closes_at_once(self) -> None:
        with self.watch() as watch:
            self.duckdb.connect(self.path)
            self.assertFalse(watch.holds())
        self.assertEqual(self.said, [])

    def test_what_cannot_be_closed_is_told(self) -> None:
        with self.watch() as watch:
            kept = open(self.path)
        self.assertTrue(watch.holds())
        self.assertEqual(self.said, [])
        kept.close()

    def test_the_package_may_be_imported_within(self) -> None:
        del sys.modules["duckdb"]
        with tempfile.TemporaryDirectory() as folder:
            with open(os.path.join(folder, "duckdb.py"), "w") as file:
                file.write("def connect(path): return open(path, 'a+b')\n")
            sys.path.insert(0, folder)
            try:
                with self.watch() as watch:
                    import duckdb

                    kept = duckdb.connect(self.path)
                self.assertTrue(kept.closed)
                self.assertFalse(watch.holds())
                self.assertEqual(duckdb.connect.__name__, "connect")
            finally:
                sys.path.remove(folder)


if __name__ == "__main__":
    unittest.main()
