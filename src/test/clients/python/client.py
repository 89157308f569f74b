"""Lists and calls everything of examples/quickstart with the official Python client.

usage: client.py EXPECTED.json http URL
       client.py EXPECTED.json stdio COMMAND [ARGUMENT ...]
"""

import asyncio
import json
import os
import sys
from contextlib import asynccontextmanager
from datetime import timedelta

from mcp import ClientSession, McpError, StdioServerParameters
from mcp.client.stdio import stdio_client
from mcp.client.streamable_http import streamable_http_client


def same(actual, expected, what):
    if actual != expected:
        raise AssertionError(f"{what}:\n  expected {expected!r}\n  got      {actual!r}")


@asynccontextmanager
async def connected(how, target):
    if how == "http":
        async with streamable_http_client(target[0]) as (reader, writer, _):
            yield reader, writer
    else:
        command = StdioServerParameters(command=target[0], args=target[1:], env=dict(os.environ))
        async with stdio_client(command) as (reader, writer):
            yield reader, writer


async def pages(method, attribute):
    """All entries of a list, whatever its pages."""
    entries, cursor = [], None
    while True:
        page = await method(cursor)
        entries += getattr(page, attribute)
        cursor = page.nextCursor
        if cursor is None:
            return entries


async def check_tools(session, expected):
    tools = {tool.name: tool for tool in await pages(session.list_tools, "tools")}
    same(sorted(tools), sorted({call["name"] for call in expected}), "tools")
    district = tools["find_stations"].inputSchema["properties"]["district"]
    assert "harbour" in json.dumps(district) and "description" in json.dumps(district), district
    assert tools["find_stations"].annotations.readOnlyHint is True
    assert all(tool.description and tool.outputSchema for tool in tools.values())
    for call in expected:
        what = f"{call['name']}({call['arguments']})"
        result = await session.call_tool(call["name"], call["arguments"])
        texts = [block.text for block in result.content if block.type == "text"]
        if "error" in call:
            assert result.isError, f"{what} was to fail: {result}"
            assert call["error"] in texts[0], f"{what}: {call['error']!r} is not in {texts[0]!r}"
            continue
        assert not result.isError, f"{what} failed: {texts}"
        value = result.structuredContent
        if "contains" in call:
            value = {key: value[key] for key in call["contains"]}
        same(value, call.get("structured", call.get("contains")), what)
        if "structured" in call:
            unwrapped = call["structured"].get("result", call["structured"])
            same(json.loads(texts[0]), unwrapped, f"text of {what}")


async def check_resources(session, expected):
    same(sorted(str(entry.uri) for entry in await pages(session.list_resources, "resources")),
         sorted(read["uri"] for read in expected["resources"]), "resources")
    same(sorted(entry.uriTemplate for entry in await pages(session.list_resource_templates, "resourceTemplates")),
         sorted(read["template"] for read in expected["templates"]), "resource templates")
    for read in expected["resources"] + expected["templates"]:
        (content,) = (await session.read_resource(read["uri"])).contents
        same(str(content.uri), read["uri"], "uri of the content")
        same(content.mimeType, read["mimeType"], f"MIME type of {read['uri']}")
        if "json" in read:
            same(json.loads(content.text), read["json"], read["uri"])
        else:
            same(content.text, read["text"], read["uri"])
    for uri in expected["unknownResources"]:
        try:
            await session.read_resource(uri)
        except McpError as error:
            same(error.error.code, -32002, f"error code of {uri}")
        else:
            raise AssertionError(f"{uri} was to be unknown")


async def check_prompts(session, expected):
    prompts = {prompt.name: prompt for prompt in await pages(session.list_prompts, "prompts")}
    same(sorted(prompts), sorted({get["name"] for get in expected}), "prompts")
    required = {argument.name: bool(argument.required) for argument in prompts["plan_day_out"].arguments}
    same(required, {"district": True, "riders": False, "children": False}, "arguments of plan_day_out")
    for get in expected:
        result = await session.get_prompt(get["name"], get["arguments"])
        same([seen(message) for message in result.messages], get["messages"], f"{get['name']}({get['arguments']})")


def seen(message):
    if message.content.type == "resource":
        resource = message.content.resource
        return {"role": message.role, "uri": str(resource.uri), "resource": resource.text}
    return {"role": message.role, "text": message.content.text}


async def main(expected_file, how, *target):
    with open(expected_file, encoding="utf-8") as file:
        expected = json.load(file)
    async with connected(how, list(target)) as (reader, writer):
        async with ClientSession(reader, writer, read_timeout_seconds=timedelta(seconds=60)) as session:
            hello = await session.initialize()
            await session.send_ping()
            await check_tools(session, expected["tools"])
            await check_resources(session, expected)
            await check_prompts(session, expected["prompts"])
            try:
                unknown = await session.call_tool("no_such_tool", {})
                assert unknown.isError, "an unknown tool was to fail"
            except McpError as error:
                same(error.error.code, -32602, "error code of an unknown tool")
            calls = [session.call_tool("count_trips", {"rider": "day"}) for _ in range(20)]
            same({call.structuredContent["result"] for call in await asyncio.gather(*calls)}, {77}, "calls at once")
    print(f"all calls over {how} as expected ({hello.serverInfo.name} {hello.serverInfo.version}, {hello.protocolVersion})")


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))
