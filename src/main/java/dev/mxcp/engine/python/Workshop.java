package dev.mxcp.engine.python;

/// What all workers of one project share. Thread-safe.
final class Workshop {
    private final DatabaseRequests database;
    private final Listener listener;
    private final Launcher launcher;
    private final OutputQueue output;
    private volatile Workers.Config config;
    private volatile ReloadRequests reloads = ReloadRequests.NONE;

    Workshop(
            Workers.Config config,
            DatabaseRequests database,
            Listener listener,
            Launcher launcher,
            OutputQueue output) {
        this.config = config;
        this.database = database;
        this.listener = listener;
        this.launcher = launcher;
        this.output = output;
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

    ReloadRequests reloads() {
        return reloads;
    }

    void reloads(ReloadRequests asked) {
        reloads = asked;
    }
}
