"""R1.4-R1.6, R2.1: importing files and finding functions."""
import pathlib
import sys
import tempfile
import unittest

from mxcp import runtime
from mxcp._worker.modules import Functions, LoadFailed, Modules, NoSuchFunction, describe


class Project(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.root = pathlib.Path(folder.name).resolve()
        (self.root / "python").mkdir()
        self.warnings = []
        self.before = list(sys.path), list(sys.meta_path), set(sys.modules)
        self.addCleanup(self.restore)
        self.modules = Modules(
            str(self.root), str(self.root / "python"), str(self.root / "plugins"), self.warnings.append
        )

    def restore(self):
        sys.path[:], sys.meta_path[:] = self.before[0], self.before[1]
        for name in set(sys.modules) - self.before[2]:
            del sys.modules[name]

    def write(self, path, text=""):
        file = self.root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)
        return str(file)

    def load(self, path, text=""):
        return self.modules.load(self.write(path, text))

    def test_preload_order_is_by_path(self):
        for path in ("b.py", "a/z.py", "a-b.py", "_skipped.py", "pkg/__init__.py", "__pycache__/c.py", "B.py"):
            self.write(f"python/{path}")
        found = [str(pathlib.Path(path).relative_to(self.root / "python")) for path in self.modules.preloadable()]
        self.assertEqual(found, ["B.py", "a-b.py", "a/z.py", "b.py"])

    def test_names(self):
        self.assertEqual(self.load("python/plain_one.py").__name__, "plain_one")
        self.assertEqual(self.load("python/x/same.py").__name__, "x.same")
        self.assertEqual(self.load("python/y/same.py").__name__, "y.same")
        self.assertEqual(self.load("python/pkg/__init__.py").__name__, "pkg")
        self.assertRegex(self.load("tools/impl.py").__name__, r"^_mxcp_endpoint_impl_[0-9a-f]{8}$")
        self.assertEqual(self.load("python/with-hyphen.py").__name__, "with-hyphen")

    def test_one_module_for_path_and_import(self):
        path = self.write("python/shared_state/v.py", "items = []")
        import shared_state.v

        self.assertIs(self.modules.load(path), shared_state.v)

    def test_names_of_the_standard_library(self):
        module = self.load("python/calendar.py", "def mine(): return 1")
        self.assertEqual(module.mine(), 1)
        self.assertIn("calendar.py", self.warnings[0])

    def test_names_that_are_taken(self):
        sys.modules["taken_name"] = type(sys)("taken_name")
        self.assertEqual(self.load("python/taken_name.py", "here = 1").here, 1)
        self.assertEqual(len(self.warnings), 1)

    def test_a_folder_of_the_project_wins_over_an_installed_package(self):
        other = tempfile.TemporaryDirectory()
        self.addCleanup(other.cleanup)
        installed = pathlib.Path(other.name) / "utils_x"
        installed.mkdir()
        (installed / "__init__.py").write_text("")
        sys.path.append(other.name)
        self.write("python/utils_x/validators.py", "mine = True")
        from utils_x.validators import mine

        self.assertTrue(mine)

    def test_a_failed_import_is_tried_again(self):
        path = self.write("python/broken.py", "import nothing_like_this")
        with self.assertRaises(LoadFailed) as caught:
            self.modules.load(path)
        self.assertIn("Failed to load Python module from", str(caught.exception))
        self.assertIn("No module named 'nothing_like_this'", str(caught.exception))
        self.write("python/broken.py", "fixed = 1  # another length")
        self.assertEqual(self.modules.load(path).fixed, 1)

    def test_a_failed_import_takes_its_hooks_along(self):
        path = self.write("python/half.py", "from mxcp.runtime import on_init\n@on_init\ndef f(): pass\n1/0")
        with self.assertRaises(LoadFailed):
            self.modules.load(path)
        self.assertEqual(runtime._init_hooks, [])

    def test_tools_by_name(self):
        path = self.write("python/tools_a.py", "def get_x(): pass\ndef other(): pass")
        find = Functions(self.modules).find
        self.assertEqual(find(False, path, "get-x").__name__, "get_x")
        self.assertEqual(find(False, path, "get.x").__name__, "get_x")
        with self.assertRaisesRegex(NoSuchFunction, r"Function 'missing' not found in .*tools_a.py; it defines get_x, other"):
            find(False, path, "missing")

    def test_resources(self):
        find = Functions(self.modules).find
        text = "import os\nfrom json import dumps\ndef {}(): pass\n"
        named = self.write("python/r_a.py", text.format("cities") + "def main(): pass")
        self.assertEqual(find(True, named, "cities").__name__, "cities")
        self.assertEqual(find(True, named, "other").__name__, "main")
        stem = self.write("python/r_b.py", text.format("r_b") + "def zz(): pass")
        self.assertEqual(find(True, stem, None).__name__, "r_b")
        only = self.write("python/r_c.py", text.format("lonely"))
        self.assertEqual(find(True, only, "x").__name__, "lonely")
        many = self.write("python/r_d.py", text.format("one") + "def two(): pass")
        with self.assertRaisesRegex(NoSuchFunction, "it defines one, two"):
            find(True, many, "x")

    def test_errors_without_a_text_have_their_class(self):
        self.assertEqual(describe(SystemExit(3)), "SystemExit: 3")
        self.assertEqual(describe(ValueError("no")), "no")
        self.assertEqual(describe(ValueError()), "ValueError")
        self.assertEqual(describe(KeyError("k")), "'k'")
