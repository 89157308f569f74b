"""Tools and prompts that ask their client; half of them sync, half async."""
from mxcp.client import Form, Roots, Sampling
from mxcp.content import Message
from mxcp.runtime import mcp

NAME = {"name": {"type": "string"}}


async def test_sampling(prompt):
    reply = await mcp.sample(prompt, max_tokens=100)
    return f"LLM response: {reply.text}"


def test_elicitation(message):
    answer = mcp.elicit(
        message,
        {
            "username": {"type": "string", "description": "User's response"},
            "email": {"type": "string", "description": "User's email address"},
        },
    )
    return f"User response: action={answer.action}, content={answer.content}"


async def test_elicitation_sep1034_defaults():
    answer = await mcp.elicit(
        "Please review and update the form fields with defaults",
        {
            "name": {"type": "string", "description": "User name", "default": "John Doe"},
            "age": {"type": "integer", "description": "User age", "default": 30},
            "score": {"type": "number", "description": "User score", "default": 95.5},
            "status": {
                "type": "string",
                "description": "User status",
                "enum": ["active", "inactive", "pending"],
                "default": "active",
            },
            "verified": {"type": "boolean", "description": "Verification status", "default": True},
        },
    )
    return f"Elicitation completed: action={answer.action}, content={answer.content}"


def test_elicitation_sep1330_enums():
    titled = [{"const": f"value{n}", "title": f"{word} Option"} for n, word in enumerate(("First", "Second", "Third"), 1)]
    options = ["option1", "option2", "option3"]
    answer = mcp.elicit(
        "Please select options from the enum fields",
        {
            "type": "object",
            "properties": {
                "untitledSingle": {"type": "string", "enum": options},
                "titledSingle": {"type": "string", "oneOf": titled},
                "legacyEnum": {"type": "string", "enum": options, "enumNames": ["Option One", "Option Two", "Option Three"]},
                "untitledMulti": {"type": "array", "items": {"type": "string", "enum": options}},
                "titledMulti": {"type": "array", "items": {"anyOf": titled}},
            },
            "required": [],
        },
    )
    return f"Elicitation completed: action={answer.action}, content={answer.content}"


async def test_missing_capability():
    return (await mcp.sample("Say anything", max_tokens=10)).text


async def test_streaming_elicitation():
    answer = await mcp.elicit("How do you do?", {"mood": {"type": "string"}})
    return f"{answer.action}: {answer.get('mood')}"


def test_input_required_result_elicitation():
    answer = mcp.elicit("What is your name?", NAME, key="user_name")
    return f"Hello, {answer['name']}!" if answer.accepted else "Hello, whoever you are!"


async def test_input_required_result_sampling():
    return (await mcp.sample("What is the capital of France?", max_tokens=100, key="capital_question")).text


def test_input_required_result_list_roots():
    return "Roots: " + ", ".join(root.uri for root in mcp.list_roots(key="client_roots"))


async def test_input_required_result_request_state():
    mcp.state["secret"] = "state-ok"
    await mcp.elicit("Please confirm", {"ok": {"type": "boolean"}}, key="confirm")
    return f"confirmed, {mcp.state['secret']}"


def test_input_required_result_multiple_inputs():
    answers = mcp.ask(
        user_name=Form("What is your name?", NAME),
        greeting=Sampling("Generate a greeting", max_tokens=50),
        client_roots=Roots(),
    )
    return f"{answers['greeting']} {answers['user_name']['name']}, {len(answers['client_roots'])} roots"


async def test_input_required_result_multi_round():
    name = await mcp.elicit("Step 1: What is your name?", NAME, key="step1")
    color = await mcp.elicit("Step 2: What is your favorite color?", {"color": {"type": "string"}}, key="step2")
    return f"{name['name']} likes {color['color']}"


def test_input_required_result_tampered_state():
    answer = mcp.elicit("Please confirm", {"ok": {"type": "boolean"}}, key="confirm")
    return f"confirmed: {answer.get('ok')}"


async def test_input_required_result_capabilities():
    if mcp.can("elicitation"):
        return (await mcp.elicit("What is your name?", NAME, key="user_name")).action
    if mcp.can("sampling"):
        return (await mcp.sample("Say a name", max_tokens=10, key="name")).text
    return "nothing can be asked"


def test_input_required_result_prompt():
    answer = mcp.elicit("What context should the prompt use?", {"context": {"type": "string"}}, key="user_context")
    return Message(f"Use this context: {answer.get('context', 'none')}")
