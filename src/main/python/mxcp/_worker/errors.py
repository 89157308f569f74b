"""DuckDB's exceptions: the classes of the `duckdb` package where it is installed, else their namesakes here."""
from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


class Error(Exception):
    """Stands for duckdb.Error."""


class Warning(Exception):  # noqa: A001 - the name is DB-API's
    """Stands for duckdb.Warning."""


class DatabaseError(Error):
    """Stands for duckdb.DatabaseError."""


_PARENTS = {
    "DataError": "DatabaseError",
    "OperationalError": "DatabaseError",
    "IntegrityError": "DatabaseError",
    "InternalError": "DatabaseError",
    "ProgrammingError": "DatabaseError",
    "NotSupportedError": "DatabaseError",
    "CatalogException": "ProgrammingError",
    "BinderException": "ProgrammingError",
    "ParserException": "ProgrammingError",
    "SyntaxException": "ProgrammingError",
    "InvalidInputException": "ProgrammingError",
    "InvalidTypeException": "ProgrammingError",
    "ConstraintException": "IntegrityError",
    "ConversionException": "DataError",
    "OutOfRangeException": "DataError",
    "TypeMismatchException": "DataError",
    "IOException": "OperationalError",
    "HTTPException": "IOException",
    "ConnectionException": "OperationalError",
    "TransactionException": "OperationalError",
    "OutOfMemoryException": "OperationalError",
    "ResourceInUseException": "OperationalError",
    "SerializationException": "OperationalError",
    "NotImplementedException": "NotSupportedError",
    "InterruptException": "DatabaseError",
    "PermissionException": "DatabaseError",
    "DependencyException": "DatabaseError",
    "SequenceException": "DatabaseError",
    "FatalException": "DatabaseError",
    "InternalException": "InternalError",
}
for _name, _parent in _PARENTS.items():
    globals()[_name] = type(_name, (globals()[_parent],), {"__module__": __name__, "__doc__": f"duckdb.{_name}"})

# How DuckDB's texts begin, before " Error"
_BY_KIND = {
    "catalog": "CatalogException",
    "binder": "BinderException",
    "parser": "ParserException",
    "syntax": "SyntaxException",
    "invalid input": "InvalidInputException",
    "invalid type": "InvalidTypeException",
    "constraint": "ConstraintException",
    "conversion": "ConversionException",
    "out of range": "OutOfRangeException",
    "mismatch type": "TypeMismatchException",
    "type mismatch": "TypeMismatchException",
    "io": "IOException",
    "http": "HTTPException",
    "connection": "ConnectionException",
    "transactioncontext": "TransactionException",
    "transaction": "TransactionException",
    "out of memory": "OutOfMemoryException",
    "resource in use": "ResourceInUseException",
    "serialization": "SerializationException",
    "not implemented": "NotImplementedException",
    "interrupt": "InterruptException",
    "permission": "PermissionException",
    "dependency": "DependencyException",
    "sequence": "SequenceException",
    "fatal": "FatalException",
    "internal": "InternalException",
}


def database_error(kind: str, text: str) -> Exception:
    """The exception for a failure, by how its text begins, else by the kind that the server gave."""
    lead = text.partition(" Error")[0].strip().lower()
    name = _BY_KIND.get(lead) or _BY_KIND.get(kind.replace("_", " ").lower(), "DatabaseError")
    return named(name, text)


def named(name: str, text: str) -> Exception:
    """The exception of that class name."""
    found: Exception = of(name)(text)
    return found


def of(name: str) -> Any:
    """The class of that name."""
    try:
        import duckdb

        found = getattr(duckdb, name, None)
    except Exception:
        found = None
    return found if isinstance(found, type) and issubclass(found, Exception) else globals()[name]
