"""Tools that change what is served: they write endpoint files and have the server read them."""
from itertools import count
from pathlib import Path

from mxcp.runtime import reload_duckdb

ROOT = Path(__file__).resolve().parent.parent


def test_trigger_tool_change():
    return _change(
        "tools", "tool:\n  name: changing\n  description: Version {n}\n  source:\n    code: SELECT {n}\n"
    )


def test_trigger_prompt_change():
    return _change(
        "prompts", "prompt:\n  name: changing_prompt\n  description: Version {n}\n  messages:\n    - prompt: Hello\n"
    )


def _change(folder, definition):
    path = ROOT / folder / "changing.yml"
    before = path.read_text() if path.exists() else ""
    text = next(text for text in (f"mxcp: 1\n{definition.format(n=n)}" for n in count(1)) if text != before)
    path.write_text(text)
    reload_duckdb(description=f"another list of {folder}")
    return "changed"
