"""What is done with the rows of a relation: fetched, shown, written to files and tables."""
from __future__ import annotations

import os

from mxcp._worker import errors, native

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from mxcp._worker.outcomes import Outcome
    from mxcp._worker.relations import Relation

_BATCH = 1_000_000
_SHOWN = 10_000


class Output:
    """Runs the query each time, unless its rows are being fetched one by one."""

    _outcome: Outcome | None
    _text: str
    _name: str
    _table: str

    # ---- rows

    def execute(self) -> Relation:
        """Runs the query; what is fetched next comes from this run."""
        self._outcome = self._run(self._text)
        return self  # type: ignore[return-value]

    def fetchone(self) -> tuple[Any, ...] | None:
        return self._running().fetchone()

    def fetchmany(self, size: int = 1) -> list[tuple[Any, ...]]:
        return self._running().fetchmany(size)

    def fetchall(self) -> list[tuple[Any, ...]]:
        return self._taken().fetchall()

    def df(self, *, date_as_object: bool = False) -> Any:
        return self._taken().df(date_as_object)

    to_df = df
    fetchdf = df
    fetch_df = df

    def fetch_df_chunk(self, vectors_per_chunk: int = 1, *, date_as_object: bool = False) -> Any:
        return self._running().df_chunk(vectors_per_chunk, date_as_object)

    def fetchnumpy(self) -> dict[str, Any]:
        return self._taken().numpy()

    def to_arrow_table(self, batch_size: int = _BATCH) -> Any:
        return self._taken().arrow_table()

    fetch_arrow_table = to_arrow_table

    def to_arrow_reader(self, batch_size: int = _BATCH) -> Any:
        return self._taken().arrow_reader(batch_size)

    fetch_arrow_reader = to_arrow_reader
    fetch_record_batch = to_arrow_reader
    arrow = to_arrow_reader

    def pl(self, batch_size: int = _BATCH, *, lazy: bool = False) -> Any:
        return self._taken().pl(lazy)

    def __arrow_c_stream__(self, requested_schema: Any = None) -> Any:
        return self.to_arrow_reader().__arrow_c_stream__(requested_schema)

    def close(self) -> None:
        self._outcome = None

    def _running(self) -> Outcome:
        if self._outcome is None:
            self._outcome = self._run(self._text)
        return self._outcome

    def _taken(self) -> Outcome:
        """The run whose rows are being fetched, or a new one; the next time there is another."""
        outcome, self._outcome = self._outcome, None
        return self._run(self._text) if outcome is None else outcome

    # ---- for people

    def explain(self, type: Any = "standard") -> str:
        """How the query is run."""
        analyse = str(getattr(type, "name", type)).lower() in ("analyze", "1")
        found = self._run(f"EXPLAIN {'ANALYZE ' if analyse else ''}{self._text}").fetchall()
        return "".join(str(row[-1]) for row in found)

    def show(self, **options: Any) -> None:
        """Prints the first rows."""
        shown = self._shown()
        if isinstance(shown, str):
            print(shown)
        else:
            shown.show(**options)

    def __repr__(self) -> str:
        return str(self._shown())

    def _shown(self) -> Any:
        """The first rows as the duckdb package shows them, or as plain lines."""
        outcome = self._run(f"SELECT * FROM ({self._text}\n) LIMIT {_SHOWN}")
        if native.package() is not None:
            rows, skip = outcome.lossless()
            return native.relation(rows, outcome.columns, skip)
        lines = [outcome.columns.names, *(map(str, row) for row in outcome.fetchmany(40))]
        return "\n".join("\t".join(line) for line in lines)

    # ---- into the database

    def create(self, table_name: str) -> None:
        """A table of the rows."""
        self._run(f"CREATE TABLE {dotted(table_name)} AS {self._text}")

    to_table = create

    def create_view(self, view_name: str, replace: bool = True) -> Relation:
        """A view of the query."""
        how = "CREATE OR REPLACE" if replace else "CREATE"
        self._connection._run(f"{how} VIEW {dotted(view_name)} AS {self._literal()}")
        self._connection._keep(self)
        return self._connection.view(view_name)

    to_view = create_view

    def insert_into(self, table_name: str) -> None:
        """The rows go into a table."""
        self._run(f"INSERT INTO {dotted(table_name)} {self._text}")

    def insert(self, values: Any) -> None:
        """One row for the table that this relation is."""
        marks = ", ".join("?" for _ in values)
        self._connection._run(f"INSERT INTO {self._target('insert')} VALUES ({marks})", list(values))

    def update(self, set: Any, *, condition: Any = None) -> None:
        """Changes rows of the table that this relation is."""
        changes = ", ".join(f"{native.quoted(name)} = {value if _is_sql(value) else '?'}" for name, value in set.items())
        parameters = [value for value in set.values() if not _is_sql(value)]
        where = "" if condition is None else f" WHERE {condition}"
        self._connection._run(f"UPDATE {self._target('update')} SET {changes}{where}", parameters or None)

    def _target(self, what: str) -> str:
        if not self._table:
            raise errors.named(
                "InvalidInputException", f"Invalid Input Error: '{what}' can only be used on a table relation"
            )
        return self._table

    # ---- into files

    def write_csv(
        self,
        file_name: Any,
        *,
        sep: str | None = None,
        na_rep: str | None = None,
        header: bool | None = None,
        quotechar: str | None = None,
        escapechar: str | None = None,
        date_format: str | None = None,
        timestamp_format: str | None = None,
        quoting: Any = None,
        encoding: str | None = None,
        compression: str | None = None,
        overwrite: bool | None = None,
        per_thread_output: bool | None = None,
        use_tmp_file: bool | None = None,
        partition_by: Any = None,
        write_partition_columns: bool | None = None,
    ) -> None:
        if encoding is not None and encoding.lower().replace("-", "") != "utf8":
            raise errors.named("InvalidInputException", "Invalid Input Error: The only supported encoding option is 'UTF8'")
        self._copy(
            file_name,
            "csv",
            delimiter=sep,
            null=na_rep,
            header=True if header is None else header,
            quote=quotechar,
            escape=escapechar,
            dateformat=date_format,
            timestampformat=timestamp_format,
            force_quote="*" if str(quoting).lower() in ("all", "force", "1", "true") else None,
            compression=compression,
            overwrite_or_ignore=overwrite,
            per_thread_output=per_thread_output,
            use_tmp_file=use_tmp_file,
            partition_by=partition_by,
            write_partition_columns=write_partition_columns,
        )

    to_csv = write_csv

    def write_parquet(
        self,
        file_name: Any,
        *,
        compression: str | None = None,
        field_ids: Any = None,
        row_group_size_bytes: int | str | None = None,
        row_group_size: int | None = None,
        overwrite: bool | None = None,
        per_thread_output: bool | None = None,
        use_tmp_file: bool | None = None,
        partition_by: Any = None,
        write_partition_columns: bool | None = None,
        append: bool | None = None,
        filename_pattern: str | None = None,
        file_size_bytes: str | int | None = None,
    ) -> None:
        self._copy(
            file_name,
            "parquet",
            compression=compression,
            field_ids=field_ids,
            row_group_size_bytes=row_group_size_bytes,
            row_group_size=row_group_size,
            overwrite_or_ignore=overwrite,
            per_thread_output=per_thread_output,
            use_tmp_file=use_tmp_file,
            partition_by=partition_by,
            write_partition_columns=write_partition_columns,
            append=append,
            filename_pattern=filename_pattern,
            file_size_bytes=file_size_bytes,
        )

    to_parquet = write_parquet

    def _copy(self, file_name: Any, format: str, **options: Any) -> None:
        given = [f"{name} {option(value, name)}" for name, value in options.items() if value is not None]
        listed = ", ".join([f"FORMAT {format}", *given])
        self._run(f"COPY ({self._text}\n) TO {native.literal(path(file_name))} ({listed})")

    def _run(self, text: str) -> Outcome:
        raise NotImplementedError


def dotted(name: str) -> str:
    """The name of a table, which may have its schema's and its database's before it."""
    parts, quote, part = [], False, ""
    for sign in name:
        if sign == '"':
            quote = not quote
        elif sign == "." and not quote:
            parts.append(part)
            part = ""
        else:
            part += sign
    return ".".join(map(native.quoted, [*parts, part]))


def path(name: Any) -> str:
    """A file as the server finds it, whose working directory is not this process's."""
    text = os.fsdecode(os.fspath(name))
    return text if "://" in text or os.path.isabs(text) else os.path.join(os.getcwd(), text)


def option(value: Any, name: str = "") -> str:
    """A value in the options of COPY or of a function."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (int, float)) or value == "*":
        return str(value)
    if isinstance(value, (list, tuple)):
        if name == "partition_by":
            return "(" + ", ".join(native.quoted(str(item)) for item in value) + ")"
        return "[" + ", ".join(option(item) for item in value) + "]"
    if isinstance(value, dict):
        return "{" + ", ".join(f"{native.literal(str(key))}: {option(item)}" for key, item in value.items()) + "}"
    return native.literal(str(value))


def _is_sql(value: Any) -> bool:
    return type(value).__name__ == "Expression"
