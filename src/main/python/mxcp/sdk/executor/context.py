"""What surrounds the running call: its user, its headers, its transport, the configuration."""
from __future__ import annotations

from contextvars import ContextVar, Token
from typing import Any

from mxcp import _context
from mxcp.sdk.auth.models import UserContextModel


class ExecutionContext:
    """Values of one call by key. User code may add its own; they last as long as the call."""

    def __init__(self, user_context: UserContextModel | None = None, values: dict[str, Any] | None = None) -> None:
        self.user_context = user_context
        self._values = dict(values or {})

    def get(self, key: str, default: Any = None) -> Any:
        """The value under the key (`request_headers`, `transport`, `site_config`, `user_config`, own ones)."""
        return self._values.get(key, default)

    def set(self, key: str, value: Any) -> None:
        """Keeps a value for the rest of the call."""
        self._values[key] = value

    def update(self, values: dict[str, Any] | None = None, **more: Any) -> None:
        """Keeps several values for the rest of the call."""
        self._values.update(values or {}, **more)

    def copy(self, **fields: Any) -> ExecutionContext:
        """A context of its own with some fields changed."""
        user = fields.pop("user_context", self.user_context)
        return ExecutionContext(user, {**self._values, **fields})

    def has_user_info(self) -> bool:
        """Whether there is a user."""
        return self.user_context is not None

    @property
    def user_id(self) -> str | None:
        return self.user_context and self.user_context.user_id

    @property
    def username(self) -> str | None:
        return self.user_context and self.user_context.username

    @property
    def provider(self) -> str | None:
        return self.user_context and self.user_context.provider

    @property
    def email(self) -> str | None:
        return self.user_context and self.user_context.email

    @property
    def external_token(self) -> str | None:
        return self.user_context and self.user_context.external_token


_execution: ContextVar[ExecutionContext | None] = ContextVar("mxcp_execution")

_UNSET = ExecutionContext()


def get_execution_context() -> ExecutionContext | None:
    """The context of the running call, or None outside of one."""
    chosen = _execution.get(_UNSET)
    if chosen is not _UNSET:
        return chosen
    call = _context.CALL.get(None)
    return None if call is None else call.execution


def set_execution_context(context: ExecutionContext | None) -> Token[ExecutionContext | None]:
    """Sets the context for the current context only; the token takes it back."""
    return _execution.set(context)


def reset_execution_context(token: Token[ExecutionContext | None]) -> None:
    """Takes back what `set_execution_context` did."""
    _execution.reset(token)
