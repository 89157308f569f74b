"""The configuration as user code sees it: copies that belong to one call."""
from __future__ import annotations

import marshal

from mxcp._worker import values, wire

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


class Configuration:
    """What the server said at the start of the worker; never handed out itself."""

    def __init__(self, site: dict[str, Any], user: dict[str, Any], secrets: list[tuple[str, dict[str, Any]]]) -> None:
        self.site = _frozen(site)
        self.user = _frozen(user)
        self.secrets: dict[str, Frozen] = {}
        for name, parameters in secrets:
            self.secrets.setdefault(name, _frozen(parameters))


class CallSettings:
    """One call's own copies, made when they are asked for; changes last as long as the call."""

    __slots__ = ("_configuration", "_secrets", "_site", "_user")

    def __init__(self, configuration: Configuration) -> None:
        self._configuration = configuration
        self._site: dict[str, Any] | None = None
        self._user: dict[str, Any] | None = None
        self._secrets: dict[str, dict[str, Any]] = {}

    @property
    def site(self) -> dict[str, Any]:
        if self._site is None:
            self._site = self._configuration.site.thaw()
        return self._site

    @property
    def user(self) -> dict[str, Any]:
        if self._user is None:
            self._user = self._configuration.user.thaw()
        return self._user

    def secret(self, name: str) -> dict[str, Any] | None:
        if name not in self._secrets:
            if name not in self._configuration.secrets:
                return None
            self._secrets[name] = self._configuration.secrets[name].thaw()
        return self._secrets[name]


class Frozen:
    """A mapping that can be copied fast."""

    __slots__ = ("_marshalled",)

    def __init__(self, marshalled: bytes) -> None:
        self._marshalled = marshalled

    def thaw(self) -> dict[str, Any]:
        copy: dict[str, Any] = values.arguments(marshal.loads(self._marshalled))
        return copy


def _frozen(mapping: dict[str, Any]) -> Frozen:
    return Frozen(marshal.dumps(mapping, wire.VERSION))
