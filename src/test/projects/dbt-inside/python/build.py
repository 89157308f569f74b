from dbt.cli.main import dbtRunner

from mxcp.runtime import db


def build(arguments):
    result = dbtRunner().invoke(arguments)
    nodes = {r.node.name: [str(r.status), r.message] for r in getattr(result.result, "results", [])}
    tables = [row["name"] for row in db.execute("SELECT table_name AS name FROM information_schema.tables ORDER BY 1")]
    return {"success": result.success, "exception": repr(result.exception), "nodes": nodes, "tables": tables}


def ask(query):
    return db.execute(query)
