from mxcp.sdk.auth.context import get_user_context
from mxcp.sdk.executor.context import get_execution_context


def seen_by() -> dict:
    user = get_user_context()
    print("a line of user code")
    return {
        "user": user.username,
        "role": user.raw_profile["role"],
        "transport": get_execution_context().get("transport"),
    }
