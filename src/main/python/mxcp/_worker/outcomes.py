"""The result of a statement: read once from front to back, row by row or as a whole in some other form."""
from __future__ import annotations

from mxcp._worker import errors, native, rows

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

    from mxcp._worker.arrows import Batch, Rows
    from mxcp._worker.rows import Columns
    from mxcp._worker.session import Session

_ALL = 2**31 - 1


class Outcome:
    """What is not yet read stays in the server, until another statement of the session comes: then it moves here."""

    def __init__(
        self, session: Session, result: int, columns: Columns, chunks: list[Any], *, more: bool, counts: bool
    ) -> None:
        self.columns = columns
        self._session = session
        self._result = result
        self._counts = counts
        self._more = more
        # the rows that came last; the server can send these once more as Arrow
        self._rows = rows.tuples(columns, chunks)
        self._next = 0
        # what was moved here, as a result of the duckdb package, and the rows that it reads
        self._moved: Any = None
        self._arrows: Any = None
        # whether all of it was given out
        self._spent = False
        # what went wrong when it was moved here, for whoever reads on
        self._failure: Exception | None = None
        # batches that wait for the reader of a stream
        self._stream: list[Batch] | None = None

    # ---- what it is

    @property
    def description(self) -> list[tuple[Any, ...]]:
        kinds = native.types(self.columns)
        return [(name, kind, None, None, None, None, None) for name, kind in zip(self.columns.names, kinds)]

    @property
    def rowcount(self) -> int:
        """How many rows the statement changed; -1 if it was no such statement."""
        changed = self._counts and self.columns.names == ["Count"] and len(self._rows) == 1
        return int(self._rows[0][0]) if changed else -1

    # ---- rows

    def fetchone(self) -> tuple[Any, ...] | None:
        if self._next < len(self._rows) and self._failure is None:
            self._next += 1
            return self._rows[self._next - 1]
        found = self.fetchmany(1)
        return found[0] if found else None

    def fetchmany(self, size: int = 1) -> list[tuple[Any, ...]]:
        self._check()
        if self._moved is not None:
            found: list[tuple[Any, ...]] = self._moved.fetchmany(size)
            return found
        found = self._rows[self._next : self._next + size]
        self._next += len(found)
        while len(found) < size and self._more:
            self._fetch(size - len(found))
            self._next = min(size - len(found), len(self._rows))
            found += self._rows[: self._next]
        return found

    def fetchall(self) -> list[tuple[Any, ...]]:
        self._check()
        if self._moved is not None:
            found: list[tuple[Any, ...]] = self._moved.fetchall()
            return found
        if self._more and native.package() is not None and not self._zoned():
            # twice as fast; but the package has time zones of other classes
            self._spent = True
            found = self._native().fetchall()
            return found
        found = self._rows[self._next :]
        self._next = len(self._rows)
        while self._more:
            self._fetch(_ALL)
            found += self._rows
            self._next = len(self._rows)
        self._spent = True
        return found

    def _fetch(self, count: int) -> None:
        with self._session.lock:
            chunks, self._more = self._session.fetch(self._result, count)
        self._rows = rows.tuples(self.columns, chunks)
        self._next = 0

    # ---- what is left, as a whole

    def df(self, date_as_object: bool = False) -> Any:
        """A pandas DataFrame."""
        if self._spend():
            return None
        if native.package() is None:
            from mxcp._worker import frames

            return frames.data_frame(self.columns, self.fetchall())
        return self._native().df(date_as_object=date_as_object)

    def df_chunk(self, vectors: int, date_as_object: bool) -> Any:
        """The next part of it."""
        if native.package() is None:
            from mxcp._worker import frames

            return frames.data_frame(self.columns, self.fetchmany(2048 * vectors))
        self._move()
        return self._moved.fetch_df_chunk(vectors, date_as_object=date_as_object)

    def numpy(self) -> dict[str, Any] | None:
        """An array for each column."""
        if self._spend():
            return None
        if native.package() is None:
            from mxcp._worker import frames

            return frames.arrays(self.columns, self.fetchall())
        found: dict[str, Any] = self._native().fetchnumpy()
        return found

    def arrow_table(self) -> Any:
        """A pyarrow Table."""
        if self._spend():
            return None
        return self._table()

    def _table(self) -> Any:
        import pyarrow

        if self._moved is not None:
            import warnings

            moved = getattr(self._moved, "to_arrow_table", None) or self._moved.fetch_arrow_table
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")  # about a copy
                return moved()
        found, skip = self._arrow(lossless=False)
        table = pyarrow.RecordBatchReader.from_stream(found).read_all()
        return (table.slice(skip) if skip else table).combine_chunks()

    def arrow_reader(self, size: int) -> Any:
        """A pyarrow RecordBatchReader with batches of so many rows, which fetches as it is read."""
        import pyarrow

        if size <= 0:
            raise RuntimeError("Approximate Batch Size of Record Batch MUST be higher than 0")
        if self._moved is not None:
            return pyarrow.RecordBatchReader.from_stream(self._table().to_reader(size))
        first = self._batch(lossless=False, schema=True)
        from mxcp._worker.arrows import Rows

        schema = pyarrow.RecordBatchReader.from_stream(Rows([first])).schema
        return pyarrow.RecordBatchReader.from_batches(schema, self._batches(first, size))

    def pl(self, lazy: bool = False) -> Any:
        """A polars DataFrame or LazyFrame."""
        if self._spend():
            return None
        import polars

        if native.package() is None or self._moved is not None:
            frame = polars.from_arrow(self._table())
        else:
            found, skip = self._arrow(lossless=True)
            frame = native.relation(found, self.columns, skip, self._zone()).pl()
            del found
        return frame.lazy() if lazy else frame

    def lossless(self) -> tuple[Rows, int]:
        """All of it in a form that another DuckDB understands, and how many rows of that were read already."""
        return self._arrow(lossless=True)

    def _spend(self) -> bool:
        """Whether everything was given out before; from now on it is."""
        self._check()
        spent, self._spent = self._spent, True
        return spent

    def _check(self) -> None:
        failure, self._failure = self._failure, None
        if failure is not None:
            raise failure

    def _native(self) -> Any:
        if self._moved is not None:
            return self._moved
        found, skip = self._arrow(lossless=True)
        # it reads them in place
        self._arrows = found
        return native.result(found, self.columns, skip, self._zone())

    def _zoned(self) -> bool:
        return any("WITH TIME ZONE" in kind for kind in self.columns.types)

    def _zone(self) -> str:
        """The session's time zone, if the result has anything to do with it."""
        return next((code.partition(":")[2] for code in self.columns.codes if code.startswith(("timestamptz:", "any:"))), "")

    def _arrow(self, lossless: bool) -> tuple[Rows, int]:
        from mxcp._worker.arrows import Rows

        with self._session.lock:
            skip = self._next
            batches = [self._batch(lossless, schema=True)]
            while self._more:
                batches.append(self._batch(lossless, schema=False))
        return Rows(batches), skip

    def _batch(self, lossless: bool, schema: bool) -> Batch:
        batch = self._session.fetch_arrow(self._result, lossless, schema, again=schema)
        self._more = batch.more
        self._rows = []
        self._next = 0
        return batch

    def _batches(self, first: Batch, size: int) -> Iterator[Any]:
        """Record batches of one size out of those that come."""
        import pyarrow

        from mxcp._worker.arrows import Rows

        skip, self._next = self._next, 0
        head = Rows([first])
        reader = pyarrow.RecordBatchReader.from_stream(head)
        table = reader.read_all().slice(skip)
        # a statement that comes in between puts what is left here
        self._stream = waiting = []
        while True:
            while table.num_rows > size:
                yield table.slice(0, size).combine_chunks().to_batches()[0]
                table = table.slice(size)
            if not waiting and self._more:
                with self._session.lock:
                    if self._more:
                        waiting.append(self._batch(lossless=False, schema=False))
            if not waiting:
                self._check()
                break
            further = pyarrow.RecordBatchReader.from_stream(head.but_first(waiting.pop(0))).read_all()
            table = pyarrow.concat_tables([table, further])
        if table.num_rows:
            yield table.combine_chunks().to_batches()[0]

    # ---- its end

    def detach(self) -> None:
        """Another statement comes: what is not yet read of the open result moves into this process."""
        if not self._more:
            return
        try:
            if self._stream is not None:
                while self._more:
                    self._stream.append(self._batch(lossless=False, schema=False))
            else:
                self._move()
        except Exception as failure:
            self._more = False
            self._failure = failure

    def _move(self) -> None:
        if self._moved is not None:
            return
        if native.package() is None:
            self._rows = self.fetchall()
            self._next = 0
        else:
            self._moved = self._native()

    def drop(self) -> None:
        """Nobody reads on."""
        self._more = False
        if self._result:
            self._session.dropped(self._result)
            self._result = 0

    def __del__(self) -> None:
        if getattr(self, "_result", 0):
            self._session.dropped(self._result)
