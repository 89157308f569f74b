"""The same work by the duckdb package in this process and by the server, in turns."""

import time

import duckdb

from mxcp.runtime import db, on_init

ROWS = 1_000_000
TABLE = f"""
CREATE TABLE item AS
SELECT i AS id, 'item number ' || i AS name, i / 7 AS price, (i * 31 % 1000)::INTEGER AS stock, DATE '2026-01-01' + (i % 365)::INTEGER AS added
FROM range({ROWS}) AS r(i)
"""


@on_init
def make_table():
    if not db.execute("SELECT 1 FROM duckdb_tables() WHERE table_name = 'item'"):
        db.execute(TABLE)


def native():
    connection = duckdb.connect(":memory:")
    connection.execute(TABLE)
    return connection


def in_turns(rounds, **ways):
    """Seconds of each way, round by round."""
    seconds = {name: [] for name in ways}
    for way in ways.values():
        way()  # warm
    for _ in range(rounds):
        for name, way in ways.items():
            start = time.perf_counter()
            way()
            seconds[name].append(time.perf_counter() - start)
    return seconds


def df(rounds: int) -> dict:
    package, server = native(), db.connection
    query = "SELECT * FROM item"
    assert server.execute(query).df().equals(package.execute(query).df())
    return in_turns(rounds, package=lambda: package.execute(query).df(), server=lambda: server.execute(query).df())


def udf(rounds: int) -> dict:
    package, server = native(), db.connection
    package.create_function("format_currency", lambda amount: f"${amount:,.2f}", ["DOUBLE"], "VARCHAR")
    query = "SELECT max({}(price)) FROM item"
    theirs, ours = query.format("format_currency"), query.format("format_currency_bench")
    assert server.execute(ours).fetchall() == package.execute(theirs).fetchall()
    return in_turns(
        rounds, package=lambda: package.execute(theirs).fetchall(), server=lambda: server.execute(ours).fetchall()
    )


def move(way: str) -> int:
    connection = db.connection
    query = "SELECT * FROM item"
    if way == "df":
        return len(connection.execute(query).df())
    if way == "arrow":
        return sum(batch.num_rows for batch in connection.execute(query).fetch_record_batch(10_000))
    if way == "rows":
        return len(connection.execute(query).fetchall())
    if way == "dicts":
        return len(db.execute(query))
    frame = native().execute(query).df()
    if way == "register":
        connection.register("frame", frame)
        return connection.execute("SELECT count(DISTINCT name) FROM frame").fetchone()[0]
    connection.execute("CREATE TEMP TABLE taken AS FROM item LIMIT 0")
    connection.append("taken", frame)
    return connection.execute("SELECT count(*) FROM taken").fetchone()[0]
