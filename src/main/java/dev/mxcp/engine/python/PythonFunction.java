package dev.mxcp.engine.python;

import java.util.List;

/// A method of a plugin that is to be a SQL function (R5.4).
///
/// @param name in SQL: `<method>_<instance>`
/// @param parameters DuckDB's types of the arguments
/// @param returns DuckDB's type of the results
public record PythonFunction(String name, List<String> parameters, String returns) {
    public PythonFunction {
        parameters = List.copyOf(parameters);
    }

    static PythonFunction read(MarshalReader in) {
        in.tuple();
        return new PythonFunction(in.text(), in.texts(), in.text());
    }
}
