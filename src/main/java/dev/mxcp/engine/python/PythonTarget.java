package dev.mxcp.engine.python;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// Which function of which file a call runs (R2.1).
public sealed interface PythonTarget {

    /// The absolute path of the file.
    Path file();

    /// The endpoint's name for logs.
    String label();

    /// The function that has the tool's name.
    record ToolFunction(Path file, String name) implements PythonTarget {
        @Override
        public String label() {
            return name;
        }
    }

    /// The function with the resource's name, else `main`, else one named like the file, else the
    /// only public one.
    record ResourceFunction(Path file, @Nullable String name) implements PythonTarget {
        @Override
        public String label() {
            return name == null ? file.getFileName() + "" : name;
        }
    }
}
