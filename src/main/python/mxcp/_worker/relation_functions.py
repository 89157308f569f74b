"""Aggregates and window functions of relations: `relation.sum("price", "customer")`."""
from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from mxcp._worker.relations import Relation


def _aggregate(function: str) -> Callable[..., Relation]:
    def method(
        self: Any, expression: str, groups: str = "", window_spec: str = "", projected_columns: str = ""
    ) -> Relation:
        return self._computed(f"{function}({{}})", expression, groups, window_spec, projected_columns)

    method.__name__ = function
    return method


def _ranking(function: str) -> Callable[..., Relation]:
    def method(self: Any, window_spec: str, projected_columns: str = "") -> Relation:
        return self._computed(f"{function}()", "", "", window_spec, projected_columns)

    method.__name__ = function
    return method


class Functions:
    """Each makes one step of a relation."""

    any_value = _aggregate("any_value")
    avg = mean = _aggregate("avg")
    bit_and = _aggregate("bit_and")
    bit_or = _aggregate("bit_or")
    bit_xor = _aggregate("bit_xor")
    bool_and = _aggregate("bool_and")
    bool_or = _aggregate("bool_or")
    count = _aggregate("count")
    favg = _aggregate("favg")
    first = _aggregate("first")
    fsum = _aggregate("fsum")
    geomean = _aggregate("geomean")
    histogram = _aggregate("histogram")
    last = _aggregate("last")
    list = _aggregate("list")
    max = _aggregate("max")
    median = _aggregate("median")
    min = _aggregate("min")
    mode = _aggregate("mode")
    product = _aggregate("product")
    stddev = stddev_samp = std = _aggregate("stddev_samp")
    stddev_pop = _aggregate("stddev_pop")
    sum = _aggregate("sum")
    variance = var_samp = var = _aggregate("var_samp")
    var_pop = _aggregate("var_pop")
    row_number = _ranking("row_number")
    rank = _ranking("rank")
    dense_rank = rank_dense = _ranking("dense_rank")
    percent_rank = _ranking("percent_rank")
    cume_dist = _ranking("cume_dist")

    def arg_max(
        self, arg_column: str, value_column: str, groups: str = "", window_spec: str = "", projected_columns: str = ""
    ) -> Relation:
        return self._computed(f"arg_max({{}}, {value_column})", arg_column, groups, window_spec, projected_columns)

    def arg_min(
        self, arg_column: str, value_column: str, groups: str = "", window_spec: str = "", projected_columns: str = ""
    ) -> Relation:
        return self._computed(f"arg_min({{}}, {value_column})", arg_column, groups, window_spec, projected_columns)

    def bitstring_agg(
        self,
        expression: str,
        min: int | None = None,
        max: int | None = None,
        groups: str = "",
        window_spec: str = "",
        projected_columns: str = "",
    ) -> Relation:
        limits = "" if min is None else f", {min}, {max}"
        return self._computed(f"bitstring_agg({{}}{limits})", expression, groups, window_spec, projected_columns)

    def string_agg(
        self, expression: str, sep: str = ",", groups: str = "", window_spec: str = "", projected_columns: str = ""
    ) -> Relation:
        quoted = sep.replace("'", "''")
        return self._computed(f"string_agg({{}}, '{quoted}')", expression, groups, window_spec, projected_columns)

    def quantile_cont(
        self, expression: str, q: Any = 0.5, groups: str = "", window_spec: str = "", projected_columns: str = ""
    ) -> Relation:
        return self._computed(f"quantile_cont({{}}, {_fractions(q)})", expression, groups, window_spec, projected_columns)

    def quantile_disc(
        self, expression: str, q: Any = 0.5, groups: str = "", window_spec: str = "", projected_columns: str = ""
    ) -> Relation:
        return self._computed(f"quantile_disc({{}}, {_fractions(q)})", expression, groups, window_spec, projected_columns)

    quantile = quantile_disc

    def value_counts(self, expression: str, groups: str = "") -> Relation:
        names = f"{expression}, {groups}" if groups else expression
        return self._grouped(f"{names}, count({expression})", names)

    def first_value(self, expression: str, window_spec: str = "", projected_columns: str = "") -> Relation:
        return self._computed("first_value({})", expression, "", window_spec, projected_columns)

    def last_value(self, expression: str, window_spec: str = "", projected_columns: str = "") -> Relation:
        return self._computed("last_value({})", expression, "", window_spec, projected_columns)

    def n_tile(self, window_spec: str, num_buckets: int, projected_columns: str = "") -> Relation:
        return self._computed(f"ntile({int(num_buckets)})", "", "", window_spec, projected_columns)

    def lag(
        self,
        expression: str,
        window_spec: str,
        offset: int = 1,
        default_value: str = "NULL",
        ignore_nulls: bool = False,
        projected_columns: str = "",
    ) -> Relation:
        return self._shifted("lag", expression, window_spec, offset, default_value, ignore_nulls, projected_columns)

    def lead(
        self,
        expression: str,
        window_spec: str,
        offset: int = 1,
        default_value: str = "NULL",
        ignore_nulls: bool = False,
        projected_columns: str = "",
    ) -> Relation:
        return self._shifted("lead", expression, window_spec, offset, default_value, ignore_nulls, projected_columns)

    def nth_value(
        self, expression: str, window_spec: str, offset: int, ignore_nulls: bool = False, projected_columns: str = ""
    ) -> Relation:
        nulls = " IGNORE NULLS" if ignore_nulls else ""
        return self._computed(f"nth_value({{}}, {int(offset)}{nulls})", expression, "", window_spec, projected_columns)

    def apply(
        self,
        function_name: str,
        function_aggr: str,
        group_expr: str = "",
        function_parameter: str = "",
        projected_columns: str = "",
    ) -> Relation:
        further = f", {function_parameter}" if function_parameter else ""
        return self._computed(f"{function_name}({{}}{further})", function_aggr, group_expr, "", projected_columns)

    def _shifted(
        self, function: str, expression: str, window: str, offset: int, default: str, ignore_nulls: bool, kept: str
    ) -> Relation:
        nulls = " IGNORE NULLS" if ignore_nulls else ""
        return self._computed(f"{function}({{}}, {int(offset)}, {default}{nulls})", expression, "", window, kept)

    def _computed(self, call: str, expression: str, groups: str, window: str, kept: str) -> Relation:
        """The columns that are kept, and the function of each expression."""
        over = f" {window if window.lstrip().lower().startswith('over') else 'OVER (' + window + ')'}" if window else ""
        listed = [kept] if kept else []
        listed += [call.replace("{}", part, 1) + over for part in _parts(expression)]
        if over:
            return self._step(f"SELECT {', '.join(listed)}\n{self._from()}")
        return self._grouped(", ".join(listed), groups)

    def _grouped(self, listed: str, groups: str) -> Relation:
        return self._step(f"SELECT {listed}\n{self._from()}" + (f" GROUP BY {groups}" if groups else ""))

    def _step(self, text: str) -> Relation:
        raise NotImplementedError

    def _from(self) -> str:
        raise NotImplementedError


def _fractions(q: Any) -> str:
    return f"[{', '.join(map(_fractions, q))}]" if isinstance(q, (tuple, list)) else f"{float(q):f}"


def _parts(expressions: str) -> Any:
    """The expressions of a list, told apart by the commas outside of brackets and quotes."""
    found, depth, quote, start = [], 0, "", 0
    for at, sign in enumerate(expressions):
        if quote:
            quote = "" if sign == quote else quote
        elif sign in "'\"":
            quote = sign
        elif sign in "([{":
            depth += 1
        elif sign in ")]}":
            depth -= 1
        elif sign == "," and depth == 0:
            found.append(expressions[start:at].strip())
            start = at + 1
    found.append(expressions[start:].strip())
    return found
