def route():
    return []
