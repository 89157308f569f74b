package dev.mxcp.engine.python;

/// What all workers of one project share. Thread-safe.
final class Workshop {
    private final DatabaseRequests database;
    private final Listener listener;
    private final Launcher launcher;
    private final OutputQueue output;
    private final CallHomes homes;
    private final FunctionCaller functions;
    private volatile Workers.Config config;
    private volatile ReloadRequests reloads = ReloadRequests.NONE;

    Workshop(
            Workers.Config config,
            DatabaseRequests database,
            Listener listener,
            Launcher launcher,
            OutputQueue output,
            CallHomes homes,
            FunctionCaller functions) {
        this.config = config;
        this.database = database;
        this.listener = listener;
        this.launcher = launcher;
        this.output = output;
        this.homes = homes;
        this.functions = functions;
    }

    /// What holds now; a reload changes it.
    Workers.Config config() {
        return config;
    }

    void config(Workers.Config next) {
        config = next;
    }

    DatabaseRequests database() {
        return database;
    }

    Listener listener() {
        return listener;
    }

    Launcher launcher() {
        return launcher;
    }

    OutputQueue output() {
        return output;
    }

    /// In which workers calls run.
    CallHomes homes() {
        return homes;
    }

    /// Runs the SQL functions of plugins.
    FunctionCaller functions() {
        return functions;
    }

    ReloadRequests reloads() {
        return reloads;
    }

    void reloads(ReloadRequests asked) {
        reloads = asked;
    }
}
