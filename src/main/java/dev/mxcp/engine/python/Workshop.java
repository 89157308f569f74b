package dev.mxcp.engine.python;

/// What all workers of one project share.
record Workshop(
        Workers.Config config,
        DatabaseRequests database,
        Listener listener,
        Launcher launcher,
        OutputQueue output,
        CallHomes homes,
        FunctionCaller functions) {}
