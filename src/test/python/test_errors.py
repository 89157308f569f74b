"""R3.8: DuckDB's exceptions."""
import importlib.util
import unittest

from mxcp._worker import errors


class Classes(unittest.TestCase):
    def test_text_decides(self):
        for text, name in (
            ("Catalog Error: Table with name x does not exist!", "CatalogException"),
            ("Invalid Input Error: Values were not provided", "InvalidInputException"),
            ("TransactionContext Error: Conflict on update!", "TransactionException"),
            ("INTERNAL Error: x", "InternalException"),
            ("IO Error: x", "IOException"),
            ("Not implemented Error: x", "NotImplementedException"),
        ):
            error = errors.database_error("", text)
            self.assertEqual((type(error).__name__, str(error)), (name, text))

    def test_kind_decides_where_the_text_does_not(self):
        self.assertEqual(type(errors.database_error("Connection", "pool is empty")).__name__, "ConnectionException")
        self.assertEqual(type(errors.database_error("INVALID_INPUT", "x")).__name__, "InvalidInputException")
        self.assertEqual(type(errors.database_error("?", "x")).__name__, "DatabaseError")

    def test_namesakes_have_the_same_family(self):
        self.assertTrue(issubclass(errors.HTTPException, errors.OperationalError))
        self.assertTrue(issubclass(errors.ConstraintException, errors.IntegrityError))
        self.assertTrue(issubclass(errors.CatalogException, errors.Error))

    @unittest.skipUnless(importlib.util.find_spec("duckdb"), "needs duckdb")
    def test_the_packages_own_classes(self):
        import duckdb

        for name in errors._PARENTS:
            self.assertTrue(hasattr(duckdb, name), name)
        self.assertIsInstance(errors.database_error("", "Catalog Error: x"), duckdb.CatalogException)
