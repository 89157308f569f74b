def python_syntax():
    return {"docks": 24
