// Lists and calls everything of examples/quickstart with the official TypeScript client.
//
// usage: node client.mjs EXPECTED.json http URL
//        node client.mjs EXPECTED.json stdio COMMAND [ARGUMENT ...]

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { Client } from "@modelcontextprotocol/sdk/client/index.js";
import { StdioClientTransport } from "@modelcontextprotocol/sdk/client/stdio.js";
import { StreamableHTTPClientTransport } from "@modelcontextprotocol/sdk/client/streamableHttp.js";

function transport(how, target) {
  return how === "http"
    ? new StreamableHTTPClientTransport(new URL(target[0]))
    : new StdioClientTransport({ command: target[0], args: target.slice(1), env: process.env });
}

async function pages(list, member) {
  const entries = [];
  let cursor;
  do {
    const page = await list(cursor === undefined ? {} : { cursor });
    entries.push(...page[member]);
    cursor = page.nextCursor;
  } while (cursor !== undefined);
  return entries;
}

const distinct = (values) => [...new Set(values)].sort();

async function checkTools(client, expected) {
  const tools = await pages((params) => client.listTools(params), "tools");
  assert.deepEqual(tools.map((tool) => tool.name).sort(), distinct(expected.map((call) => call.name)));
  const find = tools.find((tool) => tool.name === "find_stations");
  assert.match(JSON.stringify(find.inputSchema.properties.district), /harbour/);
  assert.equal(find.annotations.readOnlyHint, true);
  for (const call of expected) {
    const what = `${call.name}(${JSON.stringify(call.arguments)})`;
    const result = await client.callTool({ name: call.name, arguments: call.arguments });
    const texts = result.content.filter((block) => block.type === "text").map((block) => block.text);
    if (call.error !== undefined) {
      assert.equal(result.isError, true, `${what} was to fail`);
      assert.ok(texts[0].includes(call.error), `${what}: ${call.error} is not in ${texts[0]}`);
      continue;
    }
    assert.ok(!result.isError, `${what} failed: ${texts}`);
    if (call.contains !== undefined) {
      for (const [key, value] of Object.entries(call.contains)) {
        assert.deepEqual(result.structuredContent[key], value, what);
      }
      continue;
    }
    assert.deepEqual(result.structuredContent, call.structured, what);
    const unwrapped = "result" in call.structured ? call.structured.result : call.structured;
    assert.deepEqual(JSON.parse(texts[0]), unwrapped, `text of ${what}`);
  }
}

async function checkResources(client, expected) {
  const resources = await pages((params) => client.listResources(params), "resources");
  assert.deepEqual(resources.map((entry) => entry.uri).sort(), distinct(expected.resources.map((read) => read.uri)));
  const templates = await pages((params) => client.listResourceTemplates(params), "resourceTemplates");
  assert.deepEqual(
    templates.map((entry) => entry.uriTemplate).sort(),
    distinct(expected.templates.map((read) => read.template)),
  );
  for (const read of [...expected.resources, ...expected.templates]) {
    const { contents } = await client.readResource({ uri: read.uri });
    assert.equal(contents.length, 1);
    assert.equal(contents[0].uri, read.uri);
    assert.equal(contents[0].mimeType, read.mimeType);
    if (read.json !== undefined) {
      assert.deepEqual(JSON.parse(contents[0].text), read.json);
    } else {
      assert.equal(contents[0].text, read.text);
    }
  }
  for (const uri of expected.unknownResources) {
    await assert.rejects(client.readResource({ uri }), { code: -32002 });
  }
}

function seen({ role, content }) {
  return content.type === "resource"
    ? { role, uri: content.resource.uri, resource: content.resource.text }
    : { role, text: content.text };
}

async function checkPrompts(client, expected) {
  const prompts = await pages((params) => client.listPrompts(params), "prompts");
  assert.deepEqual(prompts.map((prompt) => prompt.name).sort(), distinct(expected.map((get) => get.name)));
  for (const get of expected) {
    const result = await client.getPrompt({ name: get.name, arguments: get.arguments });
    assert.deepEqual(result.messages.map(seen), get.messages);
  }
}

async function checkUnknownTool(client) {
  try {
    const result = await client.callTool({ name: "no_such_tool", arguments: {} });
    assert.equal(result.isError, true);
  } catch (error) {
    assert.equal(error.code, -32602, String(error));
  }
}

async function checkCallsAtOnce(client) {
  const calls = Array.from({ length: 20 }, () => client.callTool({ name: "count_trips", arguments: { rider: "day" } }));
  for (const result of await Promise.all(calls)) {
    assert.deepEqual(result.structuredContent, { result: 77 });
  }
}

const [expectedFile, how, ...target] = process.argv.slice(2);
const expected = JSON.parse(readFileSync(expectedFile, "utf8"));
const client = new Client({ name: "mxcp-test", version: "1.0.0" });
await client.connect(transport(how, target));
try {
  await client.ping();
  await checkTools(client, expected.tools);
  await checkResources(client, expected);
  await checkPrompts(client, expected.prompts);
  await checkUnknownTool(client);
  await checkCallsAtOnce(client);
} finally {
  await client.close();
}
const server = client.getServerVersion();
console.log(`all calls over ${how} as expected (${server.name} ${server.version})`);
