"""What a function can return besides plain values: texts, pictures, sounds, resources, and messages of prompts.

Return or yield one block or several, also mixed with plain values, each of which becomes a text. `ToolResult` adds
structured data for programs, or says that the call failed.
"""
from __future__ import annotations

import base64
from typing import Any

__all__ = ["Audio", "Block", "EmbeddedResource", "Image", "Message", "ResourceLink", "Text", "ToolResult"]

_NOTHING = object()


class Block:
    """One block. `audience` is "user", "assistant" or a list of both, `priority` a number from 0 to 1."""

    def __init__(
        self,
        fields: dict[str, Any],
        audience: str | list[str] | None = None,
        priority: float | None = None,
        last_modified: Any = None,
    ) -> None:
        annotations: dict[str, Any] = {}
        if audience is not None:
            annotations["audience"] = [audience] if isinstance(audience, str) else list(audience)
        if priority is not None:
            annotations["priority"] = float(priority)
        if last_modified is not None:
            moment = last_modified.isoformat() if hasattr(last_modified, "isoformat") else str(last_modified)
            annotations["lastModified"] = moment
        self._fields = {**fields, "annotations": annotations} if annotations else fields

    def as_block(self) -> dict[str, Any]:
        """The block as the protocol has it."""
        return dict(self._fields)


class Text(Block):
    """A text."""

    def __init__(self, text: Any, **annotations: Any) -> None:
        super().__init__({"type": "text", "text": str(text)}, **annotations)


class Image(Block):
    """A picture: its bytes (or base64 text) and MIME type."""

    def __init__(self, data: bytes | bytearray | memoryview | str, mime_type: str = "image/png", **annotations: Any) -> None:
        super().__init__({"type": "image", "data": _base64(data), "mimeType": mime_type}, **annotations)


class Audio(Block):
    """A sound: its bytes (or base64 text) and MIME type."""

    def __init__(self, data: bytes | bytearray | memoryview | str, mime_type: str = "audio/wav", **annotations: Any) -> None:
        super().__init__({"type": "audio", "data": _base64(data), "mimeType": mime_type}, **annotations)


class EmbeddedResource(Block):
    """A resource with its contents: a text, or bytes as `blob`."""

    def __init__(
        self,
        uri: str,
        text: str | None = None,
        blob: bytes | bytearray | memoryview | None = None,
        mime_type: str | None = None,
        **annotations: Any,
    ) -> None:
        if (text is None) == (blob is None):
            raise ValueError("an embedded resource has either a text or a blob")
        resource: dict[str, Any] = {"uri": str(uri)}
        if text is not None:
            resource |= {"mimeType": mime_type or "text/plain", "text": text}
        else:
            resource |= {"mimeType": mime_type or "application/octet-stream", "blob": _base64(blob)}
        super().__init__({"type": "resource", "resource": resource}, **annotations)


class ResourceLink(Block):
    """The address of a resource that the client can read."""

    def __init__(
        self,
        uri: str,
        name: str | None = None,
        *,
        title: str | None = None,
        description: str | None = None,
        mime_type: str | None = None,
        **annotations: Any,
    ) -> None:
        fields: dict[str, Any] = {"type": "resource_link", "uri": str(uri), "name": name or str(uri)}
        optional = {"title": title, "description": description, "mimeType": mime_type}
        fields |= {key: value for key, value in optional.items() if value is not None}
        super().__init__(fields, **annotations)


class Message:
    """A message of a prompt: who speaks, "user" or "assistant", and one block or text."""

    def __init__(self, content: Any, role: str = "user") -> None:
        if role not in ("user", "assistant"):
            raise ValueError("the role of a message is 'user' or 'assistant'")
        self.content = content
        self.role = role


class ToolResult:
    """A whole result: blocks for the model, `structured` data beside them, and whether the call failed."""

    def __init__(self, content: Any = (), structured: Any = _NOTHING, is_error: bool = False) -> None:
        self.content = content
        self.structured = structured
        self.is_error = is_error


def outcome(value: Any, text: Any) -> dict[str, Any] | None:
    """What travels to the server, if the value says anything in blocks; `text` makes a text of other values."""
    if isinstance(value, ToolResult):
        said = {"blocks": [_block(item, text) for item in _items(value.content)], "isError": bool(value.is_error)}
        return said if value.structured is _NOTHING else {**said, "structured": value.structured}
    if not isinstance(value, (Block, Message)) and not (
        isinstance(value, (list, tuple)) and any(isinstance(item, (Block, Message)) for item in value)
    ):
        return None
    return {"blocks": [_block(item, text) for item in _items(value)], "isError": False}


def _items(content: Any) -> list[Any]:
    if content is None:
        return []
    return list(content) if isinstance(content, (list, tuple)) else [content]


def _block(item: Any, text: Any) -> dict[str, Any]:
    if isinstance(item, Message):
        return {"role": item.role, "content": _block(item.content, text)}
    if isinstance(item, Block):
        return item.as_block()
    return {"type": "text", "text": item if isinstance(item, str) else text(item)}


def _base64(data: Any) -> str:
    return data if isinstance(data, str) else base64.b64encode(bytes(data)).decode("ascii")
