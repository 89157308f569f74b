"""The user of a call."""
from __future__ import annotations

from typing import Any

_FIELDS = (
    "provider", "user_id", "username", "email", "name", "avatar_url", "raw_profile", "external_token", "capabilities",
)


class UserContextModel:
    """The user of a call; cannot be changed."""

    __slots__ = _FIELDS

    provider: str
    user_id: str
    username: str
    email: str | None
    name: str | None
    avatar_url: str | None
    raw_profile: dict[str, Any] | None
    external_token: str | None
    capabilities: list[str]

    def __init__(
        self,
        provider: str,
        user_id: str,
        username: str,
        email: str | None = None,
        name: str | None = None,
        avatar_url: str | None = None,
        raw_profile: dict[str, Any] | None = None,
        external_token: str | None = None,
        capabilities: list[str] | None = None,
    ) -> None:
        values = (
            provider, user_id, username, email, name, avatar_url, raw_profile, external_token, list(capabilities or ()),
        )
        for field, value in zip(_FIELDS, values):
            object.__setattr__(self, field, value)

    def __setattr__(self, name: str, value: Any) -> None:
        raise AttributeError(f"the user context cannot be changed ({name})")

    def __delattr__(self, name: str) -> None:
        raise AttributeError(f"the user context cannot be changed ({name})")

    def __eq__(self, other: object) -> bool:
        return isinstance(other, UserContextModel) and self.model_dump() == other.model_dump()

    def __hash__(self) -> int:
        return hash((self.provider, self.user_id, self.username))

    def __repr__(self) -> str:
        return f"UserContextModel(provider={self.provider!r}, user_id={self.user_id!r}, username={self.username!r})"

    def model_dump(self) -> dict[str, Any]:
        """All fields as a dict."""
        return {field: getattr(self, field) for field in _FIELDS}
