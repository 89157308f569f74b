"""Tools that speak to their client while they work."""
import asyncio
import time

from mxcp.runtime import mcp


async def test_tool_with_progress():
    for step in (0, 50, 100):
        await mcp.progress(step, 100, f"Completed step {step} of 100")
        await asyncio.sleep(0.05)
    return "done"


def test_tool_with_logging():
    for message in ("Tool execution started", "Tool processing data", "Tool execution completed"):
        mcp.info(message)
        time.sleep(0.05)
    return "Tool with logging executed"


def test_logging_tool():
    mcp.info("nobody asked for this")
    return "logged"
