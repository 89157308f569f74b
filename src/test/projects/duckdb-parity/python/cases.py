"""The calls whose outcomes are compared: types x fetch methods, parameters, errors, relations, frames, transactions."""
import datetime as dt
import decimal
import enum
import os
import tempfile
import uuid

import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pyarrow.compute as pc

SETUP = [
    "CREATE TABLE numbers AS SELECT range AS n, n % 3 AS g, 'n' || n AS word, n / 4 AS part FROM range(10)",
    "CREATE TABLE pairs(id INTEGER PRIMARY KEY, name VARCHAR NOT NULL)",
    "INSERT INTO pairs VALUES (1, 'one'), (2, 'two'), (3, 'three')",
    "CREATE VIEW odd AS SELECT * FROM numbers WHERE n % 2 = 1",
    "CREATE TYPE mood AS ENUM ('sad', 'ok', 'happy')",
    "CREATE SEQUENCE counter",
]

# What differs on purpose: each is explained in docs/reference/python-runtime.md
DELIBERATE = {
    "value/decimal nan/question mark": "travels as float, which binds as DOUBLE",
    "value/decimal nan/named": "travels as float, which binds as DOUBLE",
    "parameters/too few": "the message counts",
    "parameters/too many": "the message counts",
    "parameters/none given": "the message counts",
    "parameters/surplus name": "the message counts",
    "parameters/missing name": "the message counts",
    "parameters/unused list": "InvalidInputException, as for every other wrong count",
    "error/closed sql": "one message for all uses of a closed connection",
    "statement/empty": "no rows instead of an AttributeError",
    "statement/only a comment": "no rows instead of an AttributeError",
    "statement/arrow reader": "all batches but the last are full",
    "frame/scan nonsense": "DuckDB's own error for a missing table",
    "function/TIMESTAMP_S/back": "the package refuses what it takes as TIMESTAMP",
    "function/after begin": "a function must be created before BEGIN",
}

TYPES = {
    "boolean": ["true", "false"],
    "tinyint": ["-128::TINYINT", "127::TINYINT"],
    "smallint": ["-32768::SMALLINT", "7::SMALLINT"],
    "integer": ["-2147483648", "2147483647"],
    "bigint": ["-9223372036854775808", "9223372036854775807"],
    "hugeint": ["-170141183460469231731687303715884105728::HUGEINT", "170141183460469231731687303715884105727::HUGEINT"],
    "utinyint": ["255::UTINYINT", "0::UTINYINT"],
    "usmallint": ["65535::USMALLINT", "1::USMALLINT"],
    "uinteger": ["4294967295::UINTEGER", "1::UINTEGER"],
    "ubigint": ["18446744073709551615::UBIGINT", "1::UBIGINT"],
    "uhugeint": ["340282366920938463463374607431768211455::UHUGEINT", "1::UHUGEINT"],
    "bignum": ["123456789012345678901234567890123456789012345678901234567890::BIGNUM", "-5::BIGNUM"],
    "float": ["1.5::FLOAT", "'nan'::FLOAT", "'-inf'::FLOAT"],
    "double": ["0.1::DOUBLE", "'inf'::DOUBLE", "1e308"],
    "decimal4": ["1.5::DECIMAL(4,1)", "-999.9::DECIMAL(4,1)"],
    "decimal9": ["12345.67::DECIMAL(9,2)", "0::DECIMAL(9,2)"],
    "decimal18": ["1234567890.12345678::DECIMAL(18,8)", "-1::DECIMAL(18,8)"],
    "decimal38": ["12345678901234567890.123456789::DECIMAL(38,9)", "1::DECIMAL(38,9)"],
    "varchar": ["'duck'", "''", "'å🦆' || chr(10)", "'a text of more than twelve bytes'"],
    "blob": ["'\\x00\\xFF'::BLOB", "''::BLOB", "'a blob of more than twelve bytes'::BLOB"],
    "bit": ["'10101'::BIT", "'0'::BIT"],
    "date": ["DATE '2024-02-29'", "DATE '0001-01-01'", "DATE '9999-12-31'"],
    "time": ["TIME '01:02:03.000004'", "TIME '00:00:00'", "TIME '23:59:59.999999'"],
    "timetz": ["'01:02:03+02'::TIMETZ", "'01:02:03.5-11:30'::TIMETZ"],
    "timestamp": ["TIMESTAMP '2024-02-29 12:34:56.789012'", "TIMESTAMP '1970-01-01'"],
    "timestamp_s": ["TIMESTAMP_S '2024-02-29 12:34:56'", "TIMESTAMP_S '1969-12-31 23:59:59'"],
    "timestamp_ms": ["TIMESTAMP_MS '2024-02-29 12:34:56.789'", "TIMESTAMP_MS '1970-01-01'"],
    "timestamp_ns": ["TIMESTAMP_NS '2024-02-29 12:34:56.789012345'", "TIMESTAMP_NS '1970-01-01'"],
    "timestamptz": ["'2024-02-29 12:34:56.789+00'::TIMESTAMPTZ", "'2024-07-01 00:00+00'::TIMESTAMPTZ"],
    "interval": ["INTERVAL '1 year 2 months 3 days 04:05:06.000007'", "INTERVAL '-3 seconds'"],
    "uuid": ["'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11'::UUID", "'00000000-0000-0000-0000-000000000000'::UUID"],
    "enum": ["'ok'::mood", "'sad'::mood"],
    "json": ["'{\"a\": [1, null]}'::JSON", "'null'::JSON"],
    "list": ["[1, 2, NULL]", "[]::INTEGER[]"],
    "list_of_text": ["['a', 'bb']", "[NULL]::VARCHAR[]"],
    "list_of_lists": ["[[1], [], NULL]", "[[2, 3]]"],
    "list_of_dates": ["[DATE '2024-01-01', NULL]", "[]::DATE[]"],
    "list_of_enums": ["['ok'::mood]", "[]::mood[]"],
    "list_of_decimals": ["[1.50::DECIMAL(9,2)]", "[NULL]::DECIMAL(9,2)[]"],
    "array": ["[1, 2, 3]::INTEGER[3]", "[4, NULL, 6]::INTEGER[3]"],
    "array_of_float": ["[1.5, 2.5]::FLOAT[2]", "[0, 1]::FLOAT[2]"],
    "struct": ["{'a': 1, 'b': 'x'}", "{'a': NULL, 'b': ''}"],
    "struct_nested": ["{'a': {'b': [1, 2]}, 'when': DATE '2024-01-01'}", "{'a': {'b': NULL}, 'when': NULL}"],
    "struct_keywords": ["{'order': 1, 'a b': 2}", "{'order': NULL, 'a b': 3}"],
    "list_of_structs": ["[{'a': 1}, {'a': NULL}]", "[]::STRUCT(a INTEGER)[]"],
    "map": ["MAP {'a': 1, 'b': NULL}", "MAP {}::MAP(VARCHAR, INTEGER)"],
    "map_int": ["MAP {1: [1.5], 2: NULL}", "MAP {}::MAP(INTEGER, DECIMAL(2,1)[])"],
    "map_of_structs": ["MAP {1: {'x': 'y'}}", "MAP {}::MAP(INTEGER, STRUCT(x VARCHAR))"],
    "union": ["1::UNION(num INTEGER, str VARCHAR)", "'a'::UNION(num INTEGER, str VARCHAR)"],
    "struct_tz": ["{'at': '2024-02-29 12:00+00'::TIMESTAMPTZ}", "{'at': NULL}"],
}

FETCHES = {
    "fetchall": lambda c: c.fetchall(),
    "fetchone": lambda c: [c.fetchone(), c.fetchone(), c.fetchone(), c.fetchone(), c.fetchone(), c.fetchone()],
    "fetchmany": lambda c: [c.fetchmany(2), c.fetchmany(), c.fetchmany(10)],
    "df": lambda c: c.df(),
    "fetchnumpy": lambda c: c.fetchnumpy(),
    "arrow": lambda c: c.to_arrow_table(),
    "description": lambda c: [(d[0], str(d[1]), *d[2:]) for d in c.description],
}


def typed():
    for name, values in TYPES.items():
        rows = " UNION ALL ".join(f"SELECT {i} AS i, {v} AS v" for i, v in enumerate(values))
        plain = f"SELECT v FROM ({rows}) ORDER BY i"
        holes = f"SELECT v FROM ({rows} UNION ALL SELECT 9, NULL) ORDER BY i"
        for how, fetch in FETCHES.items():
            yield f"type/{name}/{how}", lambda c, q=holes, f=fetch: f(c.execute(q))
        yield f"type/{name}/df without NULL", lambda c, q=plain: c.execute(q).df()
        yield f"type/{name}/numpy without NULL", lambda c, q=plain: c.execute(q).fetchnumpy()
        yield f"type/{name}/empty df", lambda c, q=plain: c.execute(f"SELECT * FROM ({q}) WHERE false").df()
        yield f"type/{name}/relation", lambda c, q=holes: c.sql(q)
        yield f"type/{name}/pl", lambda c, q=holes: c.sql(q).pl()
        yield f"type/{name}/table", lambda c, q=holes: (c.execute(f"CREATE OR REPLACE TEMP TABLE kept AS {q}"), c.table("kept"))[1]
    yield "type/null/fetchall", lambda c: c.execute("SELECT NULL").fetchall()
    yield "type/null/df", lambda c: c.execute("SELECT NULL AS a").df()
    yield "type/infinite dates", lambda c: c.execute("SELECT 'infinity'::DATE, '-infinity'::DATE").fetchall()
    yield "type/infinite timestamps", lambda c: c.execute("SELECT 'infinity'::TIMESTAMP, '-infinity'::TIMESTAMP").fetchall()
    yield "type/date_as_object", lambda c: c.execute("SELECT DATE '2024-01-01' AS d").df(date_as_object=True)


class Colour(str, enum.Enum):
    RED = "red"


class Size(enum.Enum):
    BIG = 1


VALUES = {
    "none": None,
    "true": True,
    "int": 7,
    "int33": 2**33,
    "int64": 2**63,
    "int65": 2**64,
    "int127": 2**127,
    "int128": 2**128,
    "negative": -(2**62),
    "float": 0.25,
    "nan": float("nan"),
    "inf": float("-inf"),
    "str": "it's $1 ?",
    "str enum": Colour.RED,
    "enum": Size.BIG,
    "bytes": b"\x00\xff",
    "bytearray": bytearray(b"ab"),
    "memoryview": memoryview(b"ab"),
    "decimal": decimal.Decimal("123.4500"),
    "decimal integer": decimal.Decimal("1E+3"),
    "decimal nan": decimal.Decimal("NaN"),
    "date": dt.date(2024, 2, 29),
    "datetime": dt.datetime(2024, 2, 29, 12, 34, 56, 789),
    "datetime aware": dt.datetime(2024, 2, 29, 12, tzinfo=dt.timezone(dt.timedelta(hours=2))),
    "time": dt.time(1, 2, 3, 4),
    "time aware": dt.time(1, 2, 3, tzinfo=dt.timezone.utc),
    "timedelta": dt.timedelta(days=3, seconds=4, microseconds=5),
    "uuid": uuid.UUID("a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11"),
    "list": [1, 2, None],
    "list mixed": [1, "a"],
    "list floats": [1, 1.5],
    "list empty": [],
    "list nested": [[1], [2, 3]],
    "tuple": (1, 2),
    "dict": {"a": 1, "b": "x"},
    "dict nested": {"a": {"b": [1, 2]}},
    "dict map": {"key": ["a", "b"], "value": [1, 2]},
    "dict empty": {},
    "timestamp": pd.Timestamp("2024-02-29 12:34:56.789"),
    "nat": pd.NaT,
    "na": pd.NA,
    "datetime64": np.datetime64("2024-02-29T12:34:56"),
    "timedelta pandas": pd.Timedelta(days=1, seconds=2),
    "ndarray": np.array([1, 2, 3]),
    "set": {1, 2},
    "object": object(),
}


def bound():
    for name, value in VALUES.items():
        yield f"value/{name}/question mark", lambda c, v=value: c.execute("SELECT ? AS v, typeof(v)", [v]).fetchall()
        yield f"value/{name}/named", lambda c, v=value: c.execute("SELECT $v AS v, typeof(v)", {"v": v}).fetchall()
    forms = {
        "tuple": ("SELECT ?, ?", (1, "a")),
        "numbered": ("SELECT $2, $1", [1, "a"]),
        "numbered repeated": ("SELECT $1, $1", [1]),
        "digit keys": ("SELECT $1, $2", {"1": 1, "2": 2}),
        "named repeated": ("SELECT $a, $a + 1", {"a": 1}),
        "named in other case": ("SELECT $A", {"a": 1}),
        "in strings": ("SELECT '?', '$a', \"v\", $$ ? $$ /* ? */ FROM (SELECT ? AS v) -- ?", [1]),
        "json operators": ("""SELECT '{"a": 1}'::JSON ->> '$.a', ?::INTEGER""", ["5"]),
        "too few": ("SELECT ?, ?", [1]),
        "too many": ("SELECT ?", [1, 2]),
        "none given": ("SELECT ?", None),
        "surplus name": ("SELECT $a", {"a": 1, "b": 2}),
        "missing name": ("SELECT $a, $b", {"a": 1}),
        "mixed": ("SELECT $a, ?", {"a": 1}),
        "number": ("SELECT ?", 5),
        "text": ("SELECT ?", "ab"),
        "unused list": ("SELECT 1", [1]),
        "empty list": ("SELECT 1", []),
        "empty dict": ("SELECT 1", {}),
    }
    for name, (query, parameters) in forms.items():
        yield f"parameters/{name}", lambda c, q=query, p=parameters: c.execute(q, p).fetchall()
    yield "parameters/in the last of several", lambda c: c.execute("SELECT 1; SELECT ?", [2]).fetchall()
    yield "parameters/executemany", lambda c: (
        c.execute("CREATE TEMP TABLE many(a INTEGER, b VARCHAR)"),
        c.executemany("INSERT INTO many VALUES (?, ?)", [[1, "a"], (2, "b"), [3, None]]),
        c.execute("SELECT * FROM many ORDER BY a").fetchall(),
    )[2]
    yield "parameters/executemany named", lambda c: c.executemany("SELECT $a", [{"a": 1}, {"a": 2}]).fetchall()
    yield "parameters/executemany nothing", lambda c: c.executemany("SELECT ?", [])
    yield "parameters/keywords", lambda c: c.execute(query="SELECT ?", parameters=[1]).fetchall()


ERRORS = {
    "catalog": "SELECT * FROM no_such_table",
    "binder": "SELECT no_such_column FROM numbers",
    "parser": "SELEC 1",
    "parser late": "SELECT 1; SELEC 2",
    "conversion": "SELECT 'a'::INTEGER",
    "out of range": "SELECT 300::TINYINT",
    "overflow": "SELECT 9223372036854775807 + 1",
    "constraint primary": "INSERT INTO pairs VALUES (1, 'again')",
    "constraint null": "INSERT INTO pairs VALUES (9, NULL)",
    "no function": "SELECT no_such_function(1)",
    "io": "SELECT * FROM 'no_such_file.csv'",
    "invalid": "SELECT error('wrong')",
    "not implemented": "CREATE TEMP TABLE x(a INTEGER, CHECK (a > (SELECT 1)))",
    "no transaction": "COMMIT",
    "setting": "SET no_such_setting = 1",
    "two columns": "SELECT (SELECT 1, 2)",
    "ambiguous": "SELECT n FROM numbers a, numbers b",
    "division": "SELECT 1 // 0",
    "union types": "SELECT [1] UNION ALL SELECT {'a': 1}",
}


def failing():
    for name, query in ERRORS.items():
        yield f"error/{name}", lambda c, q=query: c.execute(q).fetchall()
        yield f"error/{name} in sql", lambda c, q=query: c.sql(q).fetchall()
    yield "error/execute no text", lambda c: c.execute(5)
    yield "error/fetch before execute", lambda c: c.cursor().fetchall()
    yield "error/df before execute", lambda c: c.cursor().df()
    yield "error/description before execute", lambda c: c.cursor().description
    yield "error/begin twice", lambda c: (c.begin(), c.begin())
    yield "error/aborted transaction", aborted
    yield "error/closed execute", lambda c: closed(c).execute("SELECT 1")
    yield "error/closed sql", lambda c: closed(c).sql("SELECT 1")
    yield "error/closed fetchall", lambda c: closed(c).fetchall()
    yield "error/closed cursor", lambda c: closed(c).cursor()
    yield "error/closed begin", lambda c: closed(c).begin()
    yield "error/close twice", lambda c: closed(c).close()
    yield "error/late", late
    yield "error/table", lambda c: c.table("no_such_table")
    yield "error/view", lambda c: c.view("no_such_view")


def aborted(c):
    c.begin()
    try:
        c.execute("INSERT INTO pairs VALUES (1, 'again')")
    except Exception:
        pass
    return c.execute("SELECT 1").fetchall()


def closed(c):
    other = c.cursor()
    other.close()
    return other


def late(c):
    c.execute("SELECT i, CASE WHEN i = 100000 THEN error('late') END FROM range(1000000) t(i)")
    return c.fetchall()


STATEMENTS = {
    "select": "SELECT 42 AS a",
    "duplicate names": "SELECT 1 AS a, 2 AS a, 3 AS A",
    "values": "VALUES (1, 'a'), (2, 'b')",
    "from first": "FROM numbers LIMIT 2",
    "with": "WITH x AS (SELECT 1 AS a) SELECT * FROM x",
    "describe": "DESCRIBE numbers",
    "show tables": "SHOW TABLES",
    "summarize": "SUMMARIZE SELECT 1 AS a",
    "pragma": "PRAGMA table_info('pairs')",
    "create": "CREATE TEMP TABLE made(a INTEGER)",
    "create as": "CREATE OR REPLACE TEMP TABLE made AS SELECT * FROM range(5)",
    "create view": "CREATE OR REPLACE TEMP VIEW seen AS SELECT 1",
    "insert": "INSERT INTO numbers SELECT 100, 0, 'x', 0 WHERE false",
    "insert returning": "INSERT INTO pairs SELECT 77, 'new' WHERE false RETURNING id",
    "update": "UPDATE pairs SET name = name",
    "delete": "DELETE FROM pairs WHERE id > 100",
    "set": "SET VARIABLE something = 5",
    "several": "SELECT 1 AS a; SELECT 2 AS b",
    "ends with semicolon": "SELECT 1;",
    "comment": "/* nothing */ SELECT 1 -- more",
    "begin": "BEGIN",
    "pivot": "PIVOT numbers ON g USING count(*)",
    "explain": "EXPLAIN SELECT 1 WHERE false",
    "nextval": "SELECT nextval('counter') > 0",
    "empty rows": "SELECT 1 AS a WHERE false",
    "null column": "SELECT NULL AS a",
}


def statements():
    for name, query in STATEMENTS.items():
        yield f"statement/{name}/fetchall", lambda c, q=query: c.execute(q).fetchall()
        yield f"statement/{name}/description", lambda c, q=query: named(c.execute(q).description)
        if name not in ("explain",):
            yield f"statement/{name}/df", lambda c, q=query: c.execute(q).df()
        yield f"statement/{name}/rowcount", lambda c, q=query: c.execute(q).rowcount
    yield "statement/empty", lambda c: c.execute("").fetchall()
    yield "statement/only a comment", lambda c: c.execute("-- nothing").fetchall()
    yield "statement/statement object", lambda c: c.execute(c.extract_statements("SELECT 1; SELECT 2")[1]).fetchall()
    yield "statement/returns itself", lambda c: c.execute("SELECT 1") is c
    yield "statement/rows after rows", lambda c: [c.execute("SELECT * FROM range(5)").fetchmany(2), c.fetchall(), c.fetchall(), c.fetchone()]
    yield "statement/df after rows", lambda c: [c.execute("SELECT * FROM range(5)").fetchmany(2), c.df()]
    yield "statement/df after many rows", lambda c: [len(c.execute("SELECT * FROM range(5000)").fetchmany(3000)), len(c.df())]
    yield "statement/numpy after row", lambda c: [c.execute("SELECT * FROM range(3)").fetchone(), c.fetchnumpy()]
    yield "statement/rows after df", lambda c: [len(c.execute("SELECT * FROM range(5)").df()), c.fetchall()]
    yield "statement/row after df", lambda c: [len(c.execute("SELECT * FROM range(5)").df()), c.fetchone()]
    yield "statement/df after df", lambda c: [len(c.execute("SELECT * FROM range(5)").df()), c.df()]
    yield "statement/df after all rows", lambda c: [len(c.execute("SELECT * FROM range(5)").fetchall()), c.df()]
    yield "statement/df after too many rows", lambda c: [len(c.execute("SELECT * FROM range(5)").fetchmany(10)), c.df()]
    yield "statement/df after exactly all rows", lambda c: [len(c.execute("SELECT * FROM range(5)").fetchmany(5)), c.df()]
    yield "statement/df after the last row", lambda c: [c.execute("SELECT 1").fetchone(), c.fetchone(), c.df()]
    yield "statement/arrow after df", lambda c: [len(c.execute("SELECT * FROM range(5)").df()), c.to_arrow_table()]
    yield "statement/numpy after df", lambda c: [len(c.execute("SELECT * FROM range(5)").df()), c.fetchnumpy()]
    yield "statement/arrow after rows", lambda c: [len(c.execute("SELECT * FROM range(5)").fetchmany(2)), c.to_arrow_table()]
    yield "statement/many rows", lambda c: [sum(r[0] for r in c.execute("SELECT * FROM range(100000)").fetchall())]
    yield "statement/many rows by fetchmany", many_by_parts
    yield "statement/many rows df", lambda c: int(c.execute("SELECT * FROM range(100000)").df()["range"].sum())
    yield "statement/df chunk", lambda c: [len(c.execute("SELECT * FROM range(5000)").fetch_df_chunk()), len(c.fetch_df_chunk(2)), len(c.fetch_df_chunk())]
    yield "statement/arrow reader", lambda c: [b.num_rows for b in c.execute("SELECT * FROM range(5000)").to_arrow_reader(2000)]
    yield "statement/table names", lambda c: c.get_table_names("SELECT * FROM numbers JOIN main.pairs ON true, (FROM odd)")
    yield "statement/table names qualified", lambda c: c.get_table_names('SELECT * FROM numbers JOIN main."pa irs" ON true', qualified=True)
    yield "statement/extract", lambda c: [(s.query, str(s.type), sorted(s.named_parameters)) for s in c.extract_statements("SELECT 1; INSERT INTO pairs VALUES (?, $a)" if False else "SELECT $a; CREATE TABLE y(i INTEGER)")]
    yield "transaction/rollback", transaction("rollback")
    yield "transaction/commit", transaction("commit")
    yield "transaction/context manager", lambda c: (c.cursor().__enter__().execute("SELECT 1").fetchall(),)
    yield "cursor/sees committed", lambda c: c.cursor().execute("SELECT count(*) FROM pairs").fetchall()
    yield "cursor/own temp", lambda c: (c.execute("CREATE TEMP TABLE own(a INTEGER)"), c.cursor().execute("FROM own"))
    yield "cursor/duplicate", lambda c: c.duplicate().execute("SELECT 1").fetchall()


def named(description):
    return None if description is None else [(d[0], str(d[1])) for d in description]


def many_by_parts(c):
    c.execute("SELECT * FROM range(10000)")
    sizes = []
    while rows := c.fetchmany(3000):
        sizes.append((len(rows), rows[0], rows[-1]))
    return sizes


def transaction(end):
    def case(c):
        c.execute("CREATE TEMP TABLE moved(a INTEGER)")
        c.begin()
        c.execute("INSERT INTO moved VALUES (1)")
        getattr(c, end)()
        return c.execute("FROM moved").fetchall()

    return case


def relations():
    steps = {
        "sql": lambda r: r,
        "filter": lambda r: r.filter("n > 4"),
        "project": lambda r: r.project("n * 2 AS double, word"),
        "select": lambda r: r.select("n", "word"),
        "select star": lambda r: r.select("*"),
        "aggregate": lambda r: r.aggregate("sum(n) AS total, g", "g").order("g"),
        "aggregate without groups": lambda r: r.aggregate("g, count(*) AS c").order("g"),
        "aggregate all": lambda r: r.aggregate("min(n), max(word)"),
        "order": lambda r: r.order("g, n DESC"),
        "sort": lambda r: r.sort("g", "n"),
        "limit": lambda r: r.order("n").limit(3),
        "limit offset": lambda r: r.order("n").limit(3, offset=5),
        "distinct": lambda r: r.project("g").distinct().order("g"),
        "unique": lambda r: r.unique("g").order("g"),
        "union": lambda r: r.project("g").union(r.project("g")).order("g"),
        "except": lambda r: r.project("n").except_(r.filter("n > 2").project("n")).order("n"),
        "intersect": lambda r: r.project("n").intersect(r.filter("n > 7").project("n")).order("n"),
        "join names": lambda r: r.set_alias("a").join(r.filter("n < 3").set_alias("b"), "n").order("n"),
        "join condition": lambda r: r.set_alias("a").join(r.set_alias("b"), "a.n = b.g AND b.n < 2").order("a.n"),
        "join left": lambda r: r.set_alias("a").join(r.filter("n < 3").set_alias("b"), "n", how="left").order("n"),
        "join semi": lambda r: r.set_alias("a").join(r.filter("n < 3").set_alias("b"), "a.n = b.n", how="semi").order("n"),
        "cross": lambda r: r.limit(1).set_alias("a").cross(r.filter("n < 2").project("n AS m").set_alias("b")).order("m"),
        "alias": lambda r: [r.set_alias("other").alias, r.set_alias("o").filter("o.n = 1").fetchall()],
        "columns": lambda r: [r.columns, list(map(str, r.types)), list(map(str, r.dtypes)), named(r.description), len(r), r.shape],
        "contains": lambda r: ["n" in r, "x" in r],
        "item": lambda r: r["n"].order("n").limit(1),
        "attribute": lambda r: r.word.order("word").limit(1),
        "no attribute": lambda r: r.no_such_column,
        "count": lambda r: r.count("*"),
        "count groups": lambda r: r.count("n", "g", projected_columns="g").order("g"),
        "sum": lambda r: r.sum("n"),
        "sum groups": lambda r: r.sum("n", groups="g", projected_columns="g").order("g"),
        "mean": lambda r: r.mean("n"),
        "min": lambda r: r.min("n"),
        "max": lambda r: r.max("word"),
        "median": lambda r: r.median("n"),
        "avg": lambda r: r.avg("part"),
        "std": lambda r: r.std("n"),
        "stddev_pop": lambda r: r.stddev_pop("n"),
        "var": lambda r: r.var("n"),
        "var_pop": lambda r: r.var_pop("n"),
        "string_agg": lambda r: r.order("n").limit(3).string_agg("word", sep="|"),
        "list": lambda r: r.filter("n < 3").list("n"),
        "first": lambda r: r.filter("n = 3").first("word"),
        "any_value": lambda r: r.filter("n = 3").any_value("word"),
        "bit_and": lambda r: r.bit_and("n"),
        "bool_or": lambda r: r.project("n > 3 AS b").bool_or("b"),
        "product": lambda r: r.filter("n BETWEEN 1 AND 3").product("n"),
        "quantile": lambda r: r.quantile_cont("n", 0.5),
        "quantile_disc": lambda r: r.quantile_disc("n", 0.5),
        "arg_max": lambda r: r.arg_max("word", "n"),
        "histogram": lambda r: r.histogram("g"),
        "value_counts": lambda r: r.value_counts("g").order("g"),
        "row_number": lambda r: r.row_number("OVER (ORDER BY n)", "n").order("n"),
        "rank": lambda r: r.rank("OVER (ORDER BY g)", "n, g").order("n"),
        "lag": lambda r: r.lag("n", "OVER (ORDER BY n)", projected_columns="n").order("n"),
        "lead": lambda r: r.lead("n", "OVER (ORDER BY n)", 2, "0", projected_columns="n").order("n"),
        "first_value": lambda r: r.first_value("n", "OVER (ORDER BY n)", "n").order("n"),
        "sum over": lambda r: r.sum("n", window_spec="OVER (ORDER BY n)", projected_columns="n").order("n"),
        "fetchall twice": lambda r: [r.limit(0).fetchall(), r.limit(0).fetchall()],
        "df": lambda r: r.order("n").df(),
        "to_df": lambda r: r.order("n").to_df(),
        "fetchnumpy": lambda r: r.order("n").fetchnumpy(),
        "arrow": lambda r: r.order("n").to_arrow_table(),
        "arrow reader": lambda r: r.order("n").fetch_record_batch().read_all(),
        "pl": lambda r: r.order("n").pl(),
        "pl lazy": lambda r: r.order("n").pl(lazy=True).collect(),
        "pandas reads it": lambda r: pa.table(r.order("n")),
        "query": lambda r: r.query("me", "SELECT sum(n) FROM me"),
        "query with": lambda r: r.query("me", "WITH x AS (SELECT n FROM me WHERE n > 7) SELECT * FROM x ORDER BY n"),
        "create": lambda r: (r.create("made_by_relation"), 1)[1],
        "select_types": lambda r: r.select_types(["VARCHAR"]).order("word").limit(1),
        "describe": lambda r: [len(r.describe().fetchall()), r.describe().columns],
        "bad filter": lambda r: r.filter("no_such_column > 1"),
        "bad project": lambda r: r.project("no_such_column"),
        "bad syntax": lambda r: r.filter("n >"),
        "same alias": lambda r: r.join(r, "n"),
        "explain": lambda r: isinstance(r.explain(), str),
        "map": lambda r: r.filter("n = 1").project("n").map(lambda frame: frame.assign(m=frame["n"] + 1)),
    }
    for name, step in steps.items():
        yield f"relation/{name}", lambda c, s=step: s(c.sql("SELECT * FROM numbers WHERE n < 10")) if s is not None else None
    yield "relation/table", lambda c: c.table("pairs").order("id").limit(2)
    yield "relation/table in schema", lambda c: c.table("main.pairs").filter("id = 1")
    yield "relation/view", lambda c: c.view("odd").order("n")
    yield "relation/values", lambda c: c.values([1, "a", None])
    yield "relation/values rows", lambda c: c.values((1, "a"), (2, "b"))
    yield "relation/query parameters", lambda c: c.sql("SELECT ? + 1 AS a", params=[4])
    yield "relation/query named parameters", lambda c: c.sql("SELECT $x AS a", params={"x": "y"}).filter("a = 'y'")
    yield "relation/alias", lambda c: c.sql("SELECT 1 AS a", alias="q").filter("q.a = 1")
    yield "relation/insert_into", lambda c: (c.execute("CREATE TEMP TABLE goal(n BIGINT)"), c.sql("SELECT n FROM odd").insert_into("goal"), c.execute("SELECT sum(n) FROM goal").fetchall())[2]
    yield "relation/insert", lambda c: (c.execute("CREATE TEMP TABLE goal2(n BIGINT, t VARCHAR)"), c.table("goal2").insert([1, "x"]), c.execute("FROM goal2").fetchall())[2]
    yield "relation/create", lambda c: (c.execute("DROP TABLE IF EXISTS created"), c.sql("SELECT 5 AS a").create("created"), c.table("created"))[2]
    yield "relation/to_table", lambda c: (c.execute("DROP TABLE IF EXISTS created2"), c.sql("SELECT 5 AS a").to_table("created2"), c.table("created2"))[2]
    yield "relation/create_view", lambda c: (c.sql("SELECT 6 AS a").create_view("created_view"), c.table("created_view").fetchall() if False else c.execute("FROM created_view").fetchall())[1]
    yield "relation/csv", files("csv")
    yield "relation/parquet", files("parquet")
    yield "relation/json", lambda c: json_file(c)
    yield "relation/read_csv options", csv_options
    yield "relation/several statements", lambda c: c.sql("SELECT 1 AS a; SELECT 2 AS b")
    yield "relation/duplicate names", lambda c: c.sql("SELECT 1 AS a, 2 AS a")
    yield "relation/show tables", lambda c: c.sql("SHOW TABLES").columns
    yield "relation/describe statement", lambda c: c.sql("DESCRIBE pairs").project("column_name").fetchall()


def files(kind):
    def case(c):
        with tempfile.TemporaryDirectory() as folder:
            path = os.path.join(folder, f"f.{kind}")
            relation = c.sql("SELECT n, word, DATE '2024-01-01' + n::INTEGER AS d FROM numbers ORDER BY n")
            getattr(relation, f"write_{kind}")(path)
            read = getattr(c, f"read_{kind}")(path)
            return [read.columns, [str(t) for t in read.types], read.fetchall()]

    return case


def json_file(c):
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "f.json")
        with open(path, "w") as file:
            file.write('[{"a": 1, "b": "x"}, {"a": 2, "b": null}]')
        return c.read_json(path).fetchall()


def csv_options(c):
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "f.csv")
        with open(path, "w") as file:
            file.write("skip me\na|b\n1|-\n2|x\n")
        read = c.read_csv(path, sep="|", skiprows=1, header=True, na_values="-", dtype={"a": "VARCHAR"})
        return [read.columns, [str(t) for t in read.types], read.fetchall()]


FRAME = pd.DataFrame(
    {
        "i": [1, 2, 3],
        "f": [0.5, None, 2.5],
        "s": ["a", None, "c"],
        "t": pd.to_datetime(["2024-01-01 00:00", None, "2024-01-03 12:00"]),
        "b": [True, False, True],
        "c": pd.Categorical(["x", "y", "x"]),
        "l": [[1], [2, 3], None],
    }
)


def frames():
    table = pa.table({"n": [1, 2, None], "s": ["a", "b", None], "l": [[1], [], None]})
    polar = pl.DataFrame({"n": [1, 2, None], "s": ["a", "b", "c"]})
    arrays = {"x": np.array([1, 2]), "y": np.array([0.5, 1.5])}
    sources = {
        "pandas": FRAME,
        "pandas empty": FRAME.iloc[:0],
        "pandas objects": pd.DataFrame({"o": [{"a": 1}, {"a": 2}], "d": [dt.date(2024, 1, 1), None]}),
        "pandas integers with NA": pd.DataFrame({"i": pd.array([1, None], dtype="Int32")}),
        "pandas zone": pd.DataFrame({"z": pd.to_datetime(["2024-01-01 12:00"]).tz_localize("America/New_York")}),
        "pandas decimals": pd.DataFrame({"d": [decimal.Decimal("1.50"), decimal.Decimal("2")]}),
        "arrow": table,
        "polars": polar,
        "polars lazy": polar.lazy(),
        "arrays": arrays,
    }
    for name, source in sources.items():
        yield f"frame/{name}/register", lambda c, s=source: c.register("registered", s).execute("FROM registered").fetchall()
        yield f"frame/{name}/types", lambda c, s=source: named(c.register("registered", s).execute("FROM registered").description)
        yield f"frame/{name}/scan", lambda c, s=source: scanned(c, s)
        yield f"frame/{name}/scan in sql", lambda c, s=source: scanned_by_relation(c, s)
        yield f"frame/{name}/create", lambda c, s=source: created(c, s)
    yield "frame/from_df", lambda c: c.from_df(FRAME).filter("i > 1")
    yield "frame/from_arrow", lambda c: c.from_arrow(table).order("n")
    yield "frame/append", lambda c: (c.execute("CREATE TEMP TABLE appended(i INTEGER, f DOUBLE)"), c.append("appended", FRAME[["i", "f"]]), c.execute("FROM appended ORDER BY i").fetchall())[2]
    yield "frame/append by name", lambda c: (c.execute("CREATE TEMP TABLE appended2(f DOUBLE, i INTEGER)"), c.append("appended2", FRAME[["i", "f"]], by_name=True), c.execute("FROM appended2 ORDER BY i").fetchall())[2]
    yield "frame/unregister", lambda c: (c.register("gone", FRAME), c.unregister("gone"), c.execute("FROM gone"))
    yield "frame/unregister unknown", lambda c: c.unregister("never_registered") is c
    yield "frame/register returns itself", lambda c: c.register("itself", FRAME) is c
    yield "frame/register a relation", lambda c: c.register("rel", c.sql("SELECT 3 AS a")).execute("FROM rel").fetchall()
    yield "frame/register again", lambda c: (c.register("twice", FRAME), c.register("twice", FRAME[["i"]]), c.execute("FROM twice").fetchall())[2]
    yield "frame/register nonsense", lambda c: c.register("nonsense", 5)
    yield "frame/scan nonsense", nonsense
    yield "frame/table hides variable", hidden
    yield "frame/relation variable", relation_variable
    yield "frame/insert from variable", inserted
    yield "frame/in a transaction", in_transaction
    yield "frame/round trip", lambda c: c.register("rt", FRAME).execute("FROM rt").df()
    yield "frame/global", lambda c: c.execute("SELECT count(*) FROM FRAME").fetchall()


def scanned(c, source):
    return c.execute("SELECT * FROM source").fetchall()


def scanned_by_relation(c, source):
    return c.sql("SELECT * FROM source").fetchall()


def created(c, source):
    return c.execute("CREATE OR REPLACE TEMP TABLE from_frame AS FROM source").execute("FROM from_frame").df()


def nonsense(c):
    nonsensical = 5
    return c.execute("FROM nonsensical").fetchall()


def hidden(c):
    pairs = FRAME
    return c.execute("SELECT * FROM pairs ORDER BY id").fetchall()


def relation_variable(c):
    small = c.sql("SELECT * FROM numbers WHERE n < 2")
    return c.sql("SELECT count(*) FROM small").fetchall()


def inserted(c):
    frame = FRAME[["i"]]
    c.execute("CREATE TEMP TABLE received(i INTEGER)")
    c.execute("INSERT INTO received SELECT i FROM frame")
    return c.execute("SELECT sum(i) FROM received").fetchall()


def in_transaction(c):
    frame = FRAME[["i", "s"]]
    c.begin()
    c.execute("CREATE TEMP TABLE in_it AS SELECT * FROM frame")
    c.commit()
    return c.execute("FROM in_it").fetchall()


def add(a: int, b: int) -> int:
    return a + b


def greeting(name: str = "you") -> str:
    return f"hello {name}"


FUNCTIONS = {
    "annotated": ((add,), "SELECT f(1, 2), f(NULL, 2), typeof(f(1, 2)) FROM range(2)"),
    "of columns": ((add,), "SELECT f(n, g), f(n::INTEGER, 2) FROM numbers ORDER BY n"),
    "large": ((add,), "SELECT f(9223372036854775806, 1)"),
    "text": ((greeting,), "SELECT f(word) FROM numbers ORDER BY n"),
    "in a condition": ((add,), "SELECT n FROM numbers WHERE f(n, 1) > 7 ORDER BY n"),
    "in an aggregate": ((add,), "SELECT sum(f(n, g)) FROM numbers"),
    "nested": ((add,), "SELECT f(f(1, 2), f(3, 4))"),
    "no rows": ((add,), "SELECT f(n, n) FROM numbers WHERE false"),
    "no annotation": ((lambda x: x,), "SELECT 1"),
    "too many types": ((lambda x: x, ["INTEGER", "INTEGER"], "VARCHAR"), "SELECT 1"),
    "types are no list": ((lambda x: x, "INTEGER", "INTEGER"), "SELECT 1"),
    "unknown type": ((lambda x: x, ["NOSUCH"], "INTEGER"), "SELECT 1"),
    "python types": ((lambda x: x, [int], str), "SELECT f(1), typeof(f(1))"),
    "many arguments": ((lambda *x: len(x), ["INTEGER", "INTEGER"], "INTEGER"), "SELECT f(1, 2)"),
    "no arguments": ((lambda: 5, [], "INTEGER"), "SELECT f() FROM range(3)"),
    "gives NULL": ((lambda x: None, ["INTEGER"], "VARCHAR"), "SELECT f(1)"),
    "raises": ((lambda x: 1 // x, ["INTEGER"], "INTEGER"), "SELECT f(0)"),
    "cast of a result": ((lambda x: "12", ["BIGINT"], "BIGINT"), "SELECT f(1)"),
    "cast of an argument": ((lambda x: x + 1, ["INTEGER"], "INTEGER"), "SELECT f('5')"),
    "taken name": ((lambda x: x, ["INTEGER"], "INTEGER"), None),
}

KINDS = {
    "BOOLEAN": "true", "TINYINT": "-5", "USMALLINT": "65535", "UINTEGER": "4294967295", "UBIGINT": "18446744073709551615",
    "HUGEINT": "-170141183460469231731687303715884105728", "FLOAT": "1.5", "DOUBLE": "0.1", "DECIMAL(9,2)": "'-12345.67'",
    "DECIMAL(38,9)": "'12345678901234567890.123456789'", "VARCHAR": "'å'", "BLOB": "'\\x00\\xFF'", "DATE": "'2024-02-29'",
    "TIME": "'01:02:03.000004'", "TIMESTAMP": "'2024-02-29 12:34:56.789'", "TIMESTAMP_S": "'2024-02-29 12:34:56'",
    "TIMESTAMPTZ": "'2024-02-29 12:00:00+00'", "INTERVAL": "INTERVAL '3 days 4 seconds'",
    "UUID": "'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11'", "INTEGER[]": "[1, NULL, 3]", "VARCHAR[][]": "[['a'], []]",
    "STRUCT(a INTEGER, \"b c\" DECIMAL(4,1))": "{'a': 1, 'b c': 2.5}", "MAP(VARCHAR, BIGINT)": "MAP {'a': 1, 'b': NULL}",
    "ENUM('a', 'b''c')": "'b''c'", "BIT": "'101'",
}


def functions():
    for name, (arguments, query) in FUNCTIONS.items():
        yield f"function/{name}", function(arguments, query)
    for kind, value in KINDS.items():
        def show(x):
            return f"{type(x).__name__} {x}"

        same = ((lambda x: x, [kind], kind), f"SELECT f({value}::{kind}) AS v, typeof(f(NULL)), f(v) FROM (SELECT {value}::{kind} AS v)")
        yield f"function/{kind}/back", function(*same)
        if kind != "TIMESTAMPTZ":
            yield f"function/{kind}/seen", function((show, [kind], "VARCHAR"), f"SELECT f({value}::{kind})")
    special = {"null_handling": "special"}
    yield "function/special nulls", function((lambda x: x is None, ["INTEGER"], "BOOLEAN"), "SELECT f(1), f(NULL)", **special)
    yield "function/gives NULL on purpose", function((lambda x: None, ["INTEGER"], "VARCHAR"), "SELECT f(1), f(NULL)", **special)
    yield "function/errors are NULL", function(
        (lambda x: 1 // x, ["INTEGER"], "INTEGER"), "SELECT f(n::INTEGER) FROM numbers ORDER BY n", exception_handling="return_null"
    )
    yield "function/side effects", lambda c: len(
        {row for row in (function((Counter(), [], "INTEGER"), "SELECT f() FROM range(100)", side_effects=True))(c)}
    )
    yield "function/arrow", function((lambda x: pc.add(x, 1), ["BIGINT"], "BIGINT"), "SELECT f(n) FROM numbers ORDER BY n", type="arrow")
    yield "function/arrow with NULL", function((lambda x: pc.add(x, 1), ["BIGINT"], "BIGINT"), "SELECT f(NULL), f(1)", type="arrow")
    yield "function/nonsense option", function((add,), "SELECT 1", null_handling="nonsense")
    yield "function/in a relation", lambda c: (c.create_function("rel_f", add), c.sql("SELECT rel_f(n, 1) AS m FROM numbers").order("m").fetchall(), c.remove_function("rel_f"))[1]
    yield "function/seen by a cursor", lambda c: (c.create_function("cur_f", add), c.cursor().execute("SELECT cur_f(1, 2)").fetchall(), c.remove_function("cur_f"))[1]
    yield "function/created twice", lambda c: (c.create_function("twice_f", add), c.create_function("twice_f", add))
    yield "function/removed", lambda c: (c.create_function("gone_f", add), c.remove_function("gone_f"), c.execute("SELECT gone_f(1, 2)"))
    yield "function/removed twice", lambda c: (c.create_function("gone2_f", add), c.remove_function("gone2_f"), c.remove_function("gone2_f"))
    yield "function/gives the connection", lambda c: [c.create_function("self_f", add) is c, c.remove_function("self_f") is c]
    yield "function/after begin", lambda c: (c.begin(), c.create_function("late_f", lambda x: x, ["INTEGER[][]"], "VARCHAR[][]"), c.execute("SELECT late_f([[1]])").fetchall(), c.rollback())[2]


class Counter:
    count = 0

    def __call__(self):
        self.count += 1
        return self.count


def function(arguments, query, **options):
    def case(c):
        if query is None:
            return c.create_function("abs", *arguments)
        c.create_function("f", *arguments, **options)
        try:
            return c.execute(query).fetchall()
        finally:
            c.remove_function("f")

    return case


def all_cases():
    yield from functions()
    yield from typed()
    yield from bound()
    yield from failing()
    yield from statements()
    yield from relations()
    yield from frames()
