package dev.mxcp.engine.python;

import java.util.List;

/// A method of a plugin that is to be a SQL function (R5.4), or what carries the functions that
/// user code creates on a connection.
///
/// @param name in SQL: `<method>_<instance>`
/// @param parameters DuckDB's types of the arguments
/// @param returns DuckDB's type of the results
public record PythonFunction(String name, List<String> parameters, String returns) {
    public PythonFunction {
        parameters = List.copyOf(parameters);
    }

    /// How the names begin of functions that connections create (`create_function`): what the
    /// author knows them by is in the worker only.
    private static final String CREATED = "mxcp_call_";

    /// What a message adds to say which function it is about.
    String mention() {
        return name.startsWith(CREATED) ? "" : " [SQL function " + name + "]";
    }

    static PythonFunction read(MarshalReader in) {
        in.tuple();
        return new PythonFunction(in.text(), in.texts(), in.text());
    }
}
