"""The measured Python tools, and the table that all of them read."""

from mxcp.runtime import db, on_init

# bench/src/Bare.java makes the same table
TABLE = """
CREATE TABLE item AS
SELECT i::INTEGER AS id, 'item number ' || i AS name, i / 7 AS price, i * 31 AS stock, DATE '2026-01-01' + (i % 365)::INTEGER AS added
FROM range(1, 100001) AS r(i);
ALTER TABLE item ADD PRIMARY KEY (id)
"""


@on_init
def make_table():
    if not db.execute("SELECT 1 FROM duckdb_tables() WHERE table_name = 'item'"):
        db.execute(TABLE)


def ok() -> dict:
    return {"ok": True}


def one_query(id: int) -> dict:
    return db.execute("SELECT id, name, price, stock FROM item WHERE id = ?", [id])[0]
