"""The execution context of a call."""
from __future__ import annotations

from mxcp.sdk.executor.context import ExecutionContext

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from mxcp._worker.calls import Call


class Headers(dict):  # type: ignore[type-arg]
    """HTTP headers: names are kept in lower case and found in any."""

    def __init__(self, headers: dict[str, str]) -> None:
        super().__init__((name.lower(), value) for name, value in headers.items())

    def __getitem__(self, name: str) -> str:
        value: str = super().__getitem__(name.lower())
        return value

    def __contains__(self, name: object) -> bool:
        return super().__contains__(name.lower() if isinstance(name, str) else name)

    def get(self, name: str, default: Any = None) -> Any:
        return super().get(name.lower() if isinstance(name, str) else name, default)


def execution_context(call: Call) -> ExecutionContext:
    """What `get_execution_context()` gives in the call."""
    settings = call.settings
    values: dict[str, Any] = {
        "transport": call.transport,
        "site_config": settings.site,
        "user_config": settings.user,
    }
    if call.identity[4] is not None:
        values["request_headers"] = Headers(call.identity[4])
    return ExecutionContext(call.user, values)
