"""What a call can ask of its client, and what comes back. `mxcp.runtime.mcp` asks."""
from __future__ import annotations

from typing import Any

__all__ = [
    "ClientError", "ClientLacks", "Elicited", "Form", "Page", "Question", "Root", "Roots", "Sampled", "Sampling", "Suspended",
]


class ClientError(RuntimeError):
    """The client was asked and gave no usable answer."""


class ClientLacks(ClientError):
    """The client cannot be asked that: it did not declare the capability. `capability` is its name."""

    def __init__(self, capability: str) -> None:
        super().__init__(f"the client does not offer {capability}")
        self.capability = capability


class Suspended(BaseException):
    """The call is given up here and begins anew when the client has answered. Never catch it."""


class Elicited:
    """What a user did with a form or page: `action` is "accept", "decline" or "cancel"."""

    def __init__(self, action: str, content: dict[str, Any] | None) -> None:
        self.action = action
        self.content = content

    @property
    def accepted(self) -> bool:
        """Whether the user filled it in."""
        return self.action == "accept"

    def __getitem__(self, field: str) -> Any:
        """A field of the form; KeyError unless it was filled in."""
        return (self.content or {})[field]

    def get(self, field: str, default: Any = None) -> Any:
        """A field of the form, or the default."""
        return (self.content or {}).get(field, default)

    def __repr__(self) -> str:
        return f"Elicited(action={self.action!r})"


class Sampled:
    """What the client's model said."""

    def __init__(self, answer: dict[str, Any]) -> None:
        self.role: str = answer.get("role", "assistant")
        self.content: Any = answer.get("content")
        self.model: str | None = answer.get("model")
        self.stop_reason: str | None = answer.get("stopReason")

    @property
    def text(self) -> str:
        """All texts of it."""
        blocks = self.content if isinstance(self.content, list) else [self.content]
        return "".join(block.get("text", "") for block in blocks if isinstance(block, dict))

    def __str__(self) -> str:
        return self.text


class Root:
    """A folder that the user works in."""

    def __init__(self, uri: str, name: str | None) -> None:
        self.uri = uri
        self.name = name

    def __repr__(self) -> str:
        return f"Root({self.uri!r})"


class Question:
    """Something to ask: the protocol's method and parameters."""

    method: str
    word: str

    def __init__(self, params: dict[str, Any]) -> None:
        self.params = params

    def answered(self, answer: dict[str, Any]) -> Any:
        """The answer as the code gets it."""
        raise NotImplementedError


class Form(Question):
    """A form for the user. `schema` is a JSON Schema of a flat object, its properties alone, or a pydantic model."""

    method = "elicitation/create"
    word = "elicit"

    def __init__(self, message: str, schema: Any = None) -> None:
        super().__init__({"message": str(message), "requestedSchema": _schema(schema)})

    def answered(self, answer: dict[str, Any]) -> Elicited:
        content = answer.get("content")
        return Elicited(answer["action"], content if answer["action"] == "accept" else None)


class Page(Question):
    """A web page for the user, for what must not pass through the client: secrets, payments, logins."""

    method = "elicitation/create"
    word = "elicit"

    def __init__(self, message: str, url: str) -> None:
        super().__init__({"mode": "url", "message": str(message), "url": str(url)})

    def answered(self, answer: dict[str, Any]) -> Elicited:
        return Elicited(answer["action"], None)


class Sampling(Question):
    """A text from the client's model. `messages` is a text or a list of texts and of {"role", "content"} dicts."""

    method = "sampling/createMessage"
    word = "sample"

    def __init__(self, messages: Any, *, max_tokens: int = 1000, system_prompt: str | None = None, **more: Any) -> None:
        listed = messages if isinstance(messages, (list, tuple)) else [messages]
        params: dict[str, Any] = {"messages": [_message(one) for one in listed], "maxTokens": int(max_tokens)}
        if system_prompt is not None:
            params["systemPrompt"] = system_prompt
        params |= {_camel(name): value for name, value in more.items() if value is not None}
        super().__init__(params)

    def answered(self, answer: dict[str, Any]) -> Sampled:
        return Sampled(answer)


class Roots(Question):
    """The folders that the user works in."""

    method = "roots/list"
    word = "roots"

    def __init__(self) -> None:
        super().__init__({})

    def answered(self, answer: dict[str, Any]) -> list[Root]:
        return [Root(root["uri"], root.get("name")) for root in answer["roots"]]


def _schema(schema: Any) -> dict[str, Any]:
    if schema is None:
        return {"type": "object", "properties": {}}
    if hasattr(schema, "model_json_schema"):
        made: dict[str, Any] = schema.model_json_schema()
        return made
    if not isinstance(schema, dict):
        raise TypeError(f"a form's schema is a dict or a pydantic model, not {type(schema).__name__}")
    if schema.get("type") == "object" and isinstance(schema.get("properties"), dict):
        return schema
    required = [name for name, field in schema.items() if isinstance(field, dict) and "default" not in field]
    return {"type": "object", "properties": schema, **({"required": required} if required else {})}


def _message(message: Any) -> dict[str, Any]:
    from mxcp.content import Block, Message

    if isinstance(message, dict):
        return message
    role, content = (message.role, message.content) if isinstance(message, Message) else ("user", message)
    block = content.as_block() if isinstance(content, Block) else {"type": "text", "text": str(content)}
    return {"role": role, "content": block}


def _camel(name: str) -> str:
    first, *rest = name.split("_")
    return first + "".join(part.title() for part in rest)
