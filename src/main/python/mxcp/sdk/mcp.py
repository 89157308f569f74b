"""Where `mxcp.runtime.mcp` can send its messages."""
from __future__ import annotations

import logging
from typing import Any, Protocol, runtime_checkable


@runtime_checkable
class MCPLogProxy(Protocol):
    """Messages to the client of a call."""

    async def debug(self, message: Any, **extra: Any) -> None: ...

    async def info(self, message: Any, **extra: Any) -> None: ...

    async def warning(self, message: Any, **extra: Any) -> None: ...

    async def error(self, message: Any, **extra: Any) -> None: ...

    async def progress(self, progress: float, total: float | None = None, message: str | None = None) -> None: ...


class NullMCPProxy:
    """Nobody listens."""

    async def debug(self, message: Any, **extra: Any) -> None:
        pass

    async def info(self, message: Any, **extra: Any) -> None:
        pass

    async def warning(self, message: Any, **extra: Any) -> None:
        pass

    async def error(self, message: Any, **extra: Any) -> None:
        pass

    async def progress(self, progress: float, total: float | None = None, message: str | None = None) -> None:
        pass


class LoggingMCPProxy:
    """Messages become log records of `mxcp.runtime.mcp`."""

    def __init__(self, transport: str = "cli") -> None:
        self._transport = transport
        self._logger = logging.getLogger("mxcp.runtime.mcp")

    async def debug(self, message: Any, **extra: Any) -> None:
        self._logger.debug("%s", message)

    async def info(self, message: Any, **extra: Any) -> None:
        self._logger.info("%s", message)

    async def warning(self, message: Any, **extra: Any) -> None:
        self._logger.warning("%s", message)

    async def error(self, message: Any, **extra: Any) -> None:
        self._logger.error("%s", message)

    async def progress(self, progress: float, total: float | None = None, message: str | None = None) -> None:
        self._logger.info("[%s progress] %s/%s %s", self._transport, progress, total, message or "")
