"""The few modules of the original's SDK that projects import."""
from __future__ import annotations

import sys
from typing import Any

_SUPPORTED = "mxcp.sdk.auth, mxcp.sdk.executor, mxcp.sdk.mcp and mxcp.sdk.audit"


class _Refusal:
    """Stands last on the meta path: only what no other finder knows comes here."""

    def find_spec(self, name: str, path: Any = None, target: Any = None) -> None:
        if name.startswith("mxcp.sdk."):
            raise ImportError(
                f"{name} does not exist here: endpoints use mxcp.runtime (db, config, plugins, mcp), "
                f"plugins mxcp.plugins; of the SDK there are {_SUPPORTED}",
                name=name,
            )


sys.meta_path.append(_Refusal())
