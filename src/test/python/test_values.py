"""R3.2, R3.7: values between worker and server."""
import datetime
import decimal
import enum
import importlib.util
import unittest
import uuid

from mxcp._worker import rows, values

UTC = datetime.timezone.utc


def there_and_back(value):
    return values.arguments(values.encode(value))


class Encoding(unittest.TestCase):
    def test_round_trips(self):
        for value in (
            None, True, 7, -(2**127), 2**128 - 1, 0.5, "Zürich", b"\x00\xff", [1, [2]], {"a": {"b": None}},
            datetime.date(2026, 1, 31), datetime.time(1, 2, 3, 4), datetime.datetime(1969, 12, 31, 23, 59, 59, 999999),
            datetime.datetime(2026, 1, 31, 1, tzinfo=datetime.timezone(datetime.timedelta(hours=2))),
            datetime.timedelta(days=-1, microseconds=5), decimal.Decimal("1.10"), uuid.UUID(int=5),
            datetime.time(1, tzinfo=UTC),
        ):
            with self.subTest(value=value):
                back = there_and_back(value)
                self.assertEqual(back, value)
                self.assertIs(type(back), type(value))

    def test_tuples_are_lists_and_subclasses_are_plain(self):
        class Word(str, enum.Enum):
            HI = "hi"

        class Level(enum.IntEnum):
            LOW = 3

        self.assertEqual(values.encode((1, Word.HI, Level.LOW)), [1, "hi", 3])
        self.assertEqual([type(v) for v in values.encode((Word.HI, Level.LOW))], [str, int])

    def test_nan_decimals_are_floats(self):
        self.assertNotEqual(values.encode(decimal.Decimal("NaN")), values.encode(decimal.Decimal("NaN")))

    def test_what_duckdb_cannot_bind_is_refused(self):
        class Plain(enum.Enum):
            A = 1

        for value in ({1}, Plain.A, object(), 2**128, [object()]):
            with self.subTest(value=value), self.assertRaises(values.Unbindable):
                values.encode(value)

    @unittest.skipUnless(importlib.util.find_spec("numpy"), "needs numpy")
    def test_numpy(self):
        import numpy

        encoded = values.encode([numpy.int32(4), numpy.float64(0.5), numpy.array([1, 2]), numpy.bool_(False)])
        self.assertEqual(encoded, [4, 0.5, [1, 2], False])
        self.assertEqual(there_and_back(numpy.datetime64("2026-01-31", "D")), datetime.datetime(2026, 1, 31))

    @unittest.skipUnless(importlib.util.find_spec("pandas"), "needs pandas")
    def test_pandas(self):
        import pandas

        self.assertEqual(there_and_back(pandas.Timestamp("2026-01-31 01:00")), datetime.datetime(2026, 1, 31, 1))
        self.assertEqual(there_and_back([pandas.NaT, pandas.NA]), [None, None])


class Limits(unittest.TestCase):
    def test_infinities_are_pythons_limits(self):
        self.assertEqual(values.date_of(2**31 - 1), datetime.date.max)
        self.assertEqual(values.date_of(-(2**31 - 1)), datetime.date.min)
        self.assertEqual(values.datetime_of(2**63 - 1), datetime.datetime.max)

    def test_years_that_python_lacks_are_text(self):
        self.assertEqual(values.date_of(2932897), "10000-01-01")
        self.assertEqual(values.date_of(-719529), "0002-12-31 (BC)")


class Rows(unittest.TestCase):
    def columns(self, codes, **options):
        names = [f"c{number}" for number in range(len(codes))]
        return rows.Columns((names, codes, ["X"] * len(codes)), **{"exact": False, "native": False, **options})

    def test_dicts_in_column_order(self):
        found = rows.dicts(self.columns(["", "date"]), [[[1, 2], [0, None]], [[3], [1]]])
        day = datetime.date(1970, 1, 1)
        self.assertEqual(
            found, [{"c0": 1, "c1": day}, {"c0": 2, "c1": None}, {"c0": 3, "c1": datetime.date(1970, 1, 2)}]
        )

    def test_equal_names_get_numbers(self):
        columns = rows.Columns((["a", "a", "A"], ["", "", ""], ["X"] * 3), False, False)
        self.assertEqual(rows.dicts(columns, [[[1], [2], [3]]]), [{"a": 1, "a_1": 2, "A_2": 3}])

    def test_decimals_are_floats_or_exact(self):
        self.assertEqual(rows.dicts(self.columns(["decimal:2"]), [[[110, None]]]), [{"c0": 1.1}, {"c0": None}])
        exact = rows.dicts(self.columns(["decimal:2"], exact=True), [[[110]]])[0]["c0"]
        self.assertEqual(str(exact), "1.10")
        digits = int("9" * 38)
        native = rows.tuples(self.columns(["decimal:10"], native=True), [[[digits]]])[0][0]
        self.assertEqual(str(native), "9" * 28 + "." + "9" * 10)

    def test_arrays_are_lists_or_tuples(self):
        chunk = [[[(values.ARRAY, [1, 2])]]]
        self.assertEqual(rows.dicts(self.columns(["any"]), chunk)[0]["c0"], [1, 2])
        self.assertEqual(rows.tuples(self.columns(["any"], native=True), chunk)[0][0], (1, 2))

    def test_maps_have_keys_of_any_type(self):
        chunk = [[[(values.MAP, [1, [2, 3]], ["a", "b"])]]]
        self.assertEqual(rows.dicts(self.columns(["any"]), chunk)[0]["c0"], {1: "a", (2, 3): "b"})

    def test_no_columns_no_rows(self):
        self.assertEqual(rows.dicts(self.columns([]), []), [])


@unittest.skipUnless(importlib.util.find_spec("pandas"), "needs pandas")
class Frames(unittest.TestCase):
    def test_columns_have_the_types_that_duckdb_gives(self):
        from mxcp._worker import frames

        names = ["i", "b", "f", "d", "t", "day", "moment", "span", "h"]
        types = ["INTEGER", "BIGINT", "DOUBLE", "DECIMAL(9,2)", "VARCHAR", "DATE", "TIMESTAMP", "INTERVAL", "HUGEINT"]
        columns = rows.Columns((names, [""] * 9, types), False, True)
        day, moment = datetime.date(2026, 1, 31), datetime.datetime(2026, 1, 31, 1)
        full = (1, 2, 0.5, decimal.Decimal("1.10"), "x", day, moment, datetime.timedelta(1), 2**70)
        frame = frames.data_frame(columns, [full, (None,) * 9])
        kinds = [str(kind) for kind in frame.dtypes]
        self.assertEqual(kinds[:4], ["Int32", "Int64", "float64", "float64"])
        self.assertEqual([kind[:10] for kind in kinds[5:8]], ["datetime64", "datetime64", "timedelta6"])
        self.assertEqual(list(frame["i"])[0], 1)
        exact = frames.data_frame(columns, [full])
        self.assertEqual([str(kind) for kind in exact.dtypes[:2]], ["int32", "int64"])
        self.assertEqual(list(exact.columns), names)
        empty = frames.data_frame(columns, [])
        self.assertEqual((len(empty), list(empty.columns)), (0, names))
