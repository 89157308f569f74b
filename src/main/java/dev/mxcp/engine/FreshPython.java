package dev.mxcp.engine;

import org.jspecify.annotations.Nullable;

/// Python workers that were started ahead for the next generation of an engine, because Python
/// files of the project have changed: they have imported everything and wait. Closing ends them
/// unless an engine has taken them over.
public final class FreshPython implements AutoCloseable {
    private @Nullable PythonSide side;

    FreshPython(PythonSide side) {
        this.side = side;
    }

    @Nullable PythonSide side() {
        return side;
    }

    void taken() {
        side = null;
    }

    @Override
    public void close() {
        if (side != null) {
            side.close();
            side = null;
        }
    }
}
