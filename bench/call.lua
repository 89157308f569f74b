-- One tools/call after the other. BENCH_BODY is the message; __ID__ and __KEY__ in it change with every request.
local before, after, keyed = os.getenv("BENCH_BODY"):match("^(.*)__KEY__(.*)$")
if not before then
  before, after, keyed = os.getenv("BENCH_BODY"), "", false
else
  keyed = true
end
local keys = tonumber(os.getenv("BENCH_KEYS"))

wrk.method = "POST"
wrk.headers["Content-Type"] = "application/json"
wrk.headers["Accept"] = "application/json, text/event-stream"
wrk.headers["MCP-Protocol-Version"] = "2025-11-25"
if os.getenv("BENCH_SESSION") ~= "" then
  wrk.headers["Mcp-Session-Id"] = os.getenv("BENCH_SESSION")
end

local id = 1000
request = function()
  id = id + 1
  local head = before:gsub("__ID__", id, 1)
  return wrk.format(nil, nil, nil, keyed and head .. math.random(keys) .. after or head)
end

done = function(summary, latency)
  local e = summary.errors
  io.write(string.format(
    '\nRESULT {"requests": %d, "microseconds": %d, "p50": %d, "p99": %d, "errors": %d}\n',
    summary.requests, summary.duration, latency:percentile(50), latency:percentile(99),
    e.connect + e.read + e.write + e.status + e.timeout))
end
