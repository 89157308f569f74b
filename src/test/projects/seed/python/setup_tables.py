from mxcp.runtime import db, on_init, on_shutdown


@on_init
def tables():
    print("API client initialized")
    db.execute("CREATE TABLE IF NOT EXISTS customers AS SELECT 7 AS id, 'Otto Lindgren' AS name, 'otto@harbour.example' AS email")
    db.execute("CREATE TABLE IF NOT EXISTS orders AS SELECT range + 500 AS number, 7 AS customer_id FROM range(3)")
    db.execute("CREATE TABLE IF NOT EXISTS weather_cache (city VARCHAR, data JSON, timestamp TIMESTAMPTZ)")


@on_shutdown
def cleanup():
    print("API client closed")
