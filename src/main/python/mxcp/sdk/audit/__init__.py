"""Events that belong to the audit record of the running call."""
from mxcp.sdk.audit.context import add_execution_event, begin_execution_event, get_execution_events

__all__ = ["add_execution_event", "begin_execution_event", "get_execution_events"]
