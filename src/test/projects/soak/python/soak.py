import asyncio
import shutil

from mxcp.runtime import config, db, on_init, on_shutdown, reload_duckdb

SERVED = "data/db-default.duckdb"


@on_init
def starts():
    db.execute("CREATE TABLE IF NOT EXISTS shelf AS SELECT 17 AS pieces")
    db.execute("SELECT twice_soak(1)")


@on_shutdown
def stops():
    db.execute("SELECT count(*) FROM shelf")


def in_sync(n: int):
    return n + db.execute("SELECT pieces FROM shelf")[0]["pieces"]


async def in_async(n: int):
    await asyncio.sleep(0.005)
    return n + db.connection.execute("SELECT pieces FROM shelf").fetchone()[0]


def nested(n: int):
    return db.execute("SELECT stocked_soak(?::INTEGER) AS s", [n])[0]["s"]


def code():
    return config.get_secret("gate")["code"]


def rebuild():
    """A reload that has the database file for itself."""

    def payload():
        shutil.copy(SERVED, SERVED + ".copy")
        shutil.move(SERVED + ".copy", SERVED)

    reload_duckdb(payload, "rebuild")
