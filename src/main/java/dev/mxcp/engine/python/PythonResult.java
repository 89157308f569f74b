package dev.mxcp.engine.python;

import dev.mxcp.types.json.JsonBuffer;

/// What a function returned.
///
/// @param json one JSON document, encoded by the worker
/// @param typeName the Python class at the top: `dict`, `list`, `str`, `NoneType`, `DataFrame`...
public record PythonResult(JsonBuffer json, String typeName) {}
