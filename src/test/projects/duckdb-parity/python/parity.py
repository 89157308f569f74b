"""Every case of `cases` runs on the real duckdb package and on `db.connection`; the outcomes must be the same."""
import warnings

import duckdb

import cases
from mxcp.runtime import db


def compare(only=""):
    warnings.simplefilter("ignore")
    real = duckdb.connect(":memory:")
    ours = db.connection
    for each in (real, ours):
        each.execute("SET TimeZone = 'Europe/Berlin'")
        for text in cases.SETUP:
            each.execute(text)
    count, differences = 0, []
    for name, case in cases.all_cases():
        if not name.startswith(only):
            continue
        count += 1
        wanted, found = outcome(case, real), outcome(case, ours)
        if (wanted != found) != (name in cases.DELIBERATE):
            differences.append(f"{name}\n    duckdb: {wanted}\n    ours:   {found}")
    return {"cases": count, "differences": differences}


def outcome(case, connection):
    cursor = connection.cursor()
    try:
        cursor.execute("SET TimeZone = 'Europe/Berlin'")
        return shown(case(cursor))
    except Exception as failure:
        return [type(failure).__name__, *[c.__name__ for c in type(failure).__mro__][1:4], first_line(failure)]
    finally:
        for text in ("ROLLBACK",):
            try:
                cursor.execute(text)
            except Exception:
                pass
        cursor.close()


def first_line(failure):
    return str(failure).partition("\n")[0] if isinstance(failure, duckdb.Error) else ""


def shown(value):
    """A text in which nothing that matters is lost."""
    kind = type(value)
    module, name = kind.__module__.partition(".")[0], kind.__name__
    if module == "pandas" and name == "DataFrame":
        columns = [(str(c), str(d)) for c, d in zip(value.columns, value.dtypes)]
        return ["DataFrame", columns, [[shown(v) for v in value.iloc[:, i].tolist()] for i in range(len(columns))]]
    if module == "pandas" and name == "Categorical":
        return ["Categorical", list(value.categories), value.codes.tolist()]
    if module == "numpy" and name in ("ndarray", "MaskedArray"):
        return [name, str(value.dtype), [shown(v) for v in value.tolist()]]
    if module == "pyarrow" and name == "Table":
        return ["Table", [(f.name, str(f.type), f.nullable) for f in value.schema], [shown(c.to_pylist()) for c in value.columns]]
    if module == "pyarrow":
        return [name, str(value)]
    if module == "polars":
        return ["polars", name, [(n, str(t)) for n, t in value.schema.items()], shown(value.rows()) if hasattr(value, "rows") else ""]
    if isinstance(value, duckdb.DuckDBPyRelation):
        return ["Relation", value.columns, [str(t) for t in value.types], shown(value.fetchall())]
    if isinstance(value, duckdb.DuckDBPyConnection):
        return ["Connection"]
    if kind is float:
        return repr(value)
    if kind in (list, tuple):
        return [name, *map(shown, value)]
    if kind is dict:
        return ["dict", *[[shown(k), shown(v)] for k, v in value.items()]]
    if kind is set:
        return ["set", *sorted(map(repr, value))]
    if name == "datetime" and value.tzinfo is not None:
        # the package takes the zone from whichever library it finds
        return f"datetime {value.isoformat()}"
    return f"{name} {value!r}"
