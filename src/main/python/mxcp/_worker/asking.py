"""Brings the questions of a call to its client, and the answers back."""
from __future__ import annotations

import json

from mxcp import client
from mxcp._worker import wire

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from mxcp._worker.calls import Call


class Asking:
    """One call's questions, and what it leaves for its next run."""

    def __init__(self, call: Call) -> None:
        self._call = call
        self._counts: dict[str, int] = {}
        self._known: tuple[dict[str, Any], dict[str, Any]] | None = None

    def ask(self, questions: dict[str, client.Question]) -> dict[str, Any]:
        """All answers by the same keys; the call may end here and begin anew."""
        for key, question in questions.items():
            if not isinstance(question, client.Question):
                raise TypeError(f"{key} is no question: {type(question).__name__}")
        plain = {key: {"method": question.method, "params": question.params} for key, question in questions.items()}
        encode = self._call.worker.results.json
        answers = self._call.request((wire.ASK, encode(plain), encode(self.state)))
        given = json.loads(answers)
        return {key: question.answered(given[key]) for key, question in questions.items()}

    def key(self, question: client.Question) -> str:
        """A key for a question without one: the same in every run of code that asks in the same order."""
        count = self._counts.get(question.word, 0) + 1
        self._counts[question.word] = count
        return f"{question.word}-{count}"

    @property
    def capabilities(self) -> dict[str, Any]:
        """What the client declared."""
        return self._about_client()[0]

    @property
    def state(self) -> dict[str, Any]:
        """What the code keeps for its next run."""
        return self._about_client()[1]

    def _about_client(self) -> tuple[dict[str, Any], dict[str, Any]]:
        if self._known is None:
            capabilities, state = json.loads(self._call.request((wire.CLIENT,)))
            self._known = (capabilities, state if isinstance(state, dict) else {})
        return self._known


def refused(answer: tuple[Any, ...]) -> BaseException:
    """What to raise for an answer that is none."""
    code = answer[0]
    if code == wire.SUSPENDED:
        return client.Suspended()
    return client.ClientLacks(answer[1]) if code == wire.LACKING else client.ClientError(answer[1])
