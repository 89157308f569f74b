"""The page's sections on the runtime API, return types, async functions and habits."""
import asyncio
import logging

from mxcp.runtime import config, db

logger = logging.getLogger(__name__)


def list_products() -> list:
    return [
        {"id": 1, "name": "Product A"},
        {"id": 2, "name": "Product B"}
    ]


def get_stats() -> dict:
    return {
        "total_users": 1000,
        "active_users": 750
    }


def count_orders() -> int:
    result = db.execute("SELECT COUNT(*) as count FROM orders")
    return result[0]["count"]


def safe_divide(a: float, b: float) -> dict:
    if b == 0:
        return {"error": "Division by zero"}
    return {"result": a / b}


def process_order(order_id: int) -> dict:
    logger.info(f"Processing order {order_id}")
    print(f"order {order_id} is in process")
    return {"processed": True}


def settings() -> dict:
    secret_params = config.get_secret("external_api_key")
    api_key = secret_params["value"] if secret_params else None
    http_secret = config.get_secret("api_service")
    return {
        "api_key": api_key,
        "headers": http_secret.get("EXTRA_HTTP_HEADERS", {}),
        "unknown": config.get_secret("nobody"),
        "project": config.get_setting("project"),
        "debug": config.get_setting("debug", default=False),
        "site": config.site_config["project"],
    }


def on_one_connection() -> int:
    conn = db.connection
    conn.execute("CREATE TEMP TABLE mine AS SELECT 40 AS n")
    conn.execute("UPDATE mine SET n = n + ?", [2])
    return conn.execute("SELECT n FROM mine").fetchone()[0]


async def fetch_weather(city: str) -> dict:
    """Fetch weather data asynchronously."""
    await asyncio.sleep(0)
    data = {"city": city, "degrees": [1.5, 2]}
    # Store in database
    db.execute(
        "INSERT INTO weather_cache (city, data, timestamp) VALUES (?, ?, CURRENT_TIMESTAMP)",
        {"city": city, "data": data}
    )
    return data
