package dev.mxcp.project;

import dev.mxcp.problem.SourcePlace;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// What a tool or resource runs (D7, E1-E6).
public sealed interface Code {

    /// SQL text, read when the project was loaded.
    ///
    /// @param text one statement or several
    /// @param file the absolute path it came from; null for inline code
    /// @param place where the text begins
    record Sql(String text, @Nullable Path file, SourcePlace place) implements Code {}

    /// SQL text that the caller sends as the value of a parameter; only the built-in tool
    /// `execute_sql_query` (S7).
    ///
    /// @param parameter name of the parameter
    record SqlArgument(String parameter) implements Code {}

    /// A function in a Python file.
    ///
    /// @param file the absolute, existing file
    /// @param place where the endpoint file names it
    record Python(Path file, SourcePlace place) implements Code {}
}
