"""Hooks: the first start makes the tables from data/*.csv."""

import logging
from pathlib import Path

from mxcp.runtime import config, db, on_init, on_shutdown

logger = logging.getLogger(__name__)
SETUP = Path(__file__).resolve().parent.parent / "sql" / "setup.sql"


@on_init
def load_data():
    if db.execute("SELECT 1 FROM duckdb_tables() WHERE table_name = 'station'"):
        return
    db.execute(SETUP.read_text(encoding="utf-8"))
    trips = db.execute("SELECT count(*) AS n FROM trip")[0]["n"]
    print(f"{config.get_setting('project')}: loaded {trips} trips")


@on_shutdown
def goodbye():
    logger.info("see you at the harbour")
