from mxcp.sdk.executor import get_execution_context


def label_of(number, loud):
    if loud:
        print("a line of user code")
    if number < 0:
        raise ValueError("no parcel has the number %d" % number)
    context = get_execution_context()
    return {"label": f"#{number:05d}", "by": context.username if context else None}
