"""The user of the running call."""
from __future__ import annotations

from contextvars import ContextVar, Token

from mxcp import _context
from mxcp.sdk.auth.models import UserContextModel

# Only what user code sets itself: the call's own user is read from the call.
_user: ContextVar[UserContextModel | None] = ContextVar("mxcp_user")

_UNSET = UserContextModel("", "", "")


def get_user_context() -> UserContextModel | None:
    """The user of the running call, or None without one."""
    chosen = _user.get(_UNSET)
    if chosen is not _UNSET:
        return chosen
    call = _context.CALL.get(None)
    return None if call is None else call.user


def set_user_context(context: UserContextModel | None) -> Token[UserContextModel | None]:
    """Sets the user for the current context only; the token takes it back."""
    return _user.set(context)


def reset_user_context(token: Token[UserContextModel | None]) -> None:
    """Takes back what `set_user_context` did."""
    _user.reset(token)
