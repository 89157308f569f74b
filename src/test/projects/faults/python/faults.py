"""User code at its worst."""

import ctypes
import os

from mxcp.runtime import db, on_init


@on_init
def make_table():
    db.execute("CREATE TABLE IF NOT EXISTS level AS SELECT range AS depth FROM range(5)")


def read_address_zero() -> dict:
    ctypes.string_at(0)
    return {"read": True}


def leave(status: int) -> dict:
    os._exit(status)


def spin() -> dict:
    while True:
        pass


def complain(article: str) -> dict:
    raise LookupError(f"Artikel „{article}“ fehlt im Lager Zürich – 在庫なし 🪣")


def long_text(megabytes: int) -> str:
    return "x" * (megabytes * 1_000_000)


def echo(word: str) -> dict:
    return {"word": word, "levels": db.execute("SELECT count(*) AS n FROM level")[0]["n"]}
