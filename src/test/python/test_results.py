"""R2.6, R2.7: results as JSON."""
import collections
import dataclasses
import datetime
import decimal
import enum
import importlib.util
import json
import unittest
import uuid

from mxcp._worker.results import Results, duration

RESULTS = Results(lambda generator: ["collected"])
NUMPY = importlib.util.find_spec("numpy") is not None
PANDAS = importlib.util.find_spec("pandas") is not None
PYDANTIC = importlib.util.find_spec("pydantic") is not None


def text(value):
    return RESULTS.json(value).decode("utf-8")


def plain(value):
    return json.loads(text(value))


class Colour(enum.Enum):
    RED = "red"


class Level(enum.IntEnum):
    LOW = 3


class Word(str, enum.Enum):
    HI = "hi"


@dataclasses.dataclass
class Berth:
    number: int
    since: datetime.date


class PlainValues(unittest.TestCase):
    def test_json_is_compact_utf8(self):
        self.assertEqual(text({"a": [1, 2.5, None, True, "Zürich 🪣"]}), '{"a":[1,2.5,null,true,"Zürich 🪣"]}')

    def test_integers_keep_every_digit(self):
        self.assertEqual(text(2**200), str(2**200))

    def test_nan_and_infinities_are_null(self):
        self.assertEqual(text({"a": [float("nan"), float("inf"), -float("inf"), 1.0]}), '{"a":[null,null,null,1.0]}')

    def test_keys_become_text(self):
        keys = {1: 1, 2.5: 2, None: 3, True: 4, Colour.RED: 5, (1, 2): 6, datetime.date(2026, 1, 2): 7}
        self.assertEqual(
            plain(keys), {"1": 4, "2.5": 2, "null": 3, "red": 5, "(1, 2)": 6, "2026-01-02": 7}
        )

    def test_lone_surrogates_survive(self):
        self.assertEqual(RESULTS.json("a\ud800b"), b'"a\\ud800b"')

    def test_circles_are_refused(self):
        circle = {"nan": float("nan")}
        circle["self"] = circle
        with self.assertRaisesRegex(ValueError, "Circular"):
            text(circle)

    def test_shared_values_are_no_circle(self):
        shared = [float("nan")]
        self.assertEqual(text([shared, shared]), "[[null],[null]]")


class RichValues(unittest.TestCase):
    def test_decimals_are_numbers_with_all_digits(self):
        values = [decimal.Decimal("1.10"), decimal.Decimal("12345678901234567890.123456789"), decimal.Decimal("NaN")]
        self.assertEqual(text(values), "[1.10,12345678901234567890.123456789,null]")

    def test_decimals_beside_nan(self):
        self.assertEqual(text([decimal.Decimal("0.10"), float("nan")]), "[0.10,null]")

    def test_dates_and_times_are_iso(self):
        zone = datetime.timezone.utc
        values = [
            datetime.date(2026, 1, 31),
            datetime.datetime(2026, 1, 31, 1, 2, 3),
            datetime.datetime(2026, 1, 31, 1, 2, 3, 45, tzinfo=zone),
            datetime.time(1, 2),
            datetime.timedelta(hours=1, seconds=3),
        ]
        expected = ["2026-01-31", "2026-01-31T01:02:03", "2026-01-31T01:02:03.000045+00:00", "01:02:00", "PT1H3S"]
        self.assertEqual(plain(values), expected)

    def test_durations(self):
        for span, expected in (
            (datetime.timedelta(0), "PT0S"),
            (datetime.timedelta(days=2), "P2D"),
            (datetime.timedelta(days=1, minutes=5, microseconds=500000), "P1DT5M0.5S"),
            (-datetime.timedelta(hours=1), "-PT1H"),
        ):
            self.assertEqual(duration(span), expected)

    def test_enums_uuids_bytes(self):
        number = uuid.UUID(int=1)
        self.assertEqual(
            plain([Colour.RED, Level.LOW, Word.HI, number, "é".encode(), b"\xff\xfe"]),
            ["red", 3, "hi", str(number), "é", "//4="],
        )

    def test_sequences_and_sets(self):
        point = collections.namedtuple("Point", "x y")(1, 2)
        self.assertEqual(
            plain([(1, 2), point, {3}, frozenset([4]), range(2), collections.deque([5]), {"k": 1}.keys()]),
            [[1, 2], [1, 2], [3], [4], [0, 1], [5], ["k"]],
        )

    def test_generators_are_consumed(self):
        self.assertEqual(plain({"g": (n * n for n in range(3)), "m": map(str, [1])}), {"g": [0, 1, 4], "m": ["1"]})

    def test_async_generators_are_collected(self):
        async def values():
            yield 1

        self.assertEqual(plain(values()), ["collected"])

    def test_dataclasses_and_mappings(self):
        self.assertEqual(plain(Berth(7, datetime.date(2026, 1, 2))), {"number": 7, "since": "2026-01-02"})
        self.assertEqual(plain(collections.UserDict(a=1)), {"a": 1})

    def test_anything_else_is_its_text(self):
        class Ship:
            def __str__(self):
                return "a ship"

        self.assertEqual(plain([Ship(), 1j]), ["a ship", "1j"])


class Libraries(unittest.TestCase):
    @unittest.skipUnless(NUMPY, "needs numpy")
    def test_numpy(self):
        import numpy

        values = [
            numpy.int64(4), numpy.float32(0.5), numpy.float64("nan"), numpy.bool_(True), numpy.array([[1, 2]]),
            numpy.datetime64("2026-01-31T01:02:03"), numpy.array(["2026-01-31", "NaT"], dtype="datetime64[D]"),
        ]
        self.assertEqual(
            plain(values), [4, 0.5, None, True, [[1, 2]], "2026-01-31T01:02:03", ["2026-01-31", None]]
        )

    @unittest.skipUnless(PANDAS, "needs pandas")
    def test_pandas(self):
        import pandas

        frame = pandas.DataFrame({"a": [1, 2], "b": [0.5, None], "t": [pandas.Timestamp("2026-01-31"), pandas.NaT]})
        self.assertEqual(
            plain({"frame": frame, "series": frame["a"], "na": pandas.NA}),
            {
                "frame": [
                    {"a": 1, "b": 0.5, "t": "2026-01-31T00:00:00"},
                    {"a": 2, "b": None, "t": None},
                ],
                "series": [1, 2],
                "na": None,
            },
        )
        self.assertEqual(plain(pandas.Timedelta(hours=1)), "P0DT1H0M0S")

    @unittest.skipUnless(PYDANTIC, "needs pydantic")
    def test_pydantic(self):
        import pydantic

        class Boat(pydantic.BaseModel):
            name: str
            built: datetime.date

        self.assertEqual(plain([Boat(name="Ida", built="1999-01-02")]), [{"name": "Ida", "built": "1999-01-02"}])
