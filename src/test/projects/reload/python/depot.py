import json
import os
import time
import urllib.request

from mxcp.runtime import config, db, on_init, on_shutdown, reload_duckdb

STATE = {"calls": 0}


@on_init
def starts():
    db.execute("CREATE TABLE IF NOT EXISTS shelf AS SELECT 17 AS pieces")


@on_shutdown
def stops():
    db.execute("SELECT count(*) FROM shelf")


def pieces():
    STATE["calls"] += 1
    return db.execute("SELECT pieces FROM shelf")[0]["pieces"]


def code():
    return config.get_secret("gate")["code"]


def reload_while(marker: str):
    """A reload whose payload goes on until a file appears."""

    def payload():
        open(f"{marker}.begun", "w").close()
        while not os.path.exists(f"{marker}.go"):
            time.sleep(0.01)

    reload_duckdb(payload, f"until {marker}.go")


def reload_and_ask_own_server(url: str, session: str):
    """Asks for a reload, then calls its own server and waits for the answer (R4.7.2)."""
    reload_duckdb()
    time.sleep(0.3)
    body = {"jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": {"name": "pieces", "arguments": {}}}
    headers = {
        "Content-Type": "application/json",
        "Accept": "application/json, text/event-stream",
        "Mcp-Session-Id": session,
        "MCP-Protocol-Version": "2025-11-25",
    }
    request = urllib.request.Request(url, json.dumps(body).encode(), headers)
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    return opener.open(request).read().decode()
