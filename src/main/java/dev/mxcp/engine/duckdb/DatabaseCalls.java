package dev.mxcp.engine.duckdb;

import java.lang.foreign.MemorySegment;

/// The C functions of databases and connections. Methods are named as in C; a `boolean` result says
/// whether the call succeeded. `out` receives one pointer, `handle` holds the one to destroy.
final class DatabaseCalls {
    private final NativeFunction libraryVersion;
    private final NativeFunction createConfig;
    private final NativeFunction setConfig;
    private final NativeFunction destroyConfig;
    private final NativeFunction openExt;
    private final NativeFunction close;
    private final NativeFunction free;
    private final NativeFunction connect;
    private final NativeFunction disconnect;
    private final NativeFunction interrupt;
    private final NativeFunction connectionGetClientContext;
    private final NativeFunction destroyClientContext;
    private final NativeFunction clientContextGetConfigOption;
    private final NativeFunction clientContextGetConnectionId;

    DatabaseCalls(CApi.Library library) {
        libraryVersion = library.function("duckdb_library_version");
        createConfig = library.function("duckdb_create_config");
        setConfig = library.function("duckdb_set_config");
        destroyConfig = library.function("duckdb_destroy_config");
        openExt = library.function("duckdb_open_ext");
        close = library.function("duckdb_close");
        free = library.function("duckdb_free");
        connect = library.function("duckdb_connect");
        disconnect = library.function("duckdb_disconnect");
        interrupt = library.function("duckdb_interrupt");
        connectionGetClientContext = library.function("duckdb_connection_get_client_context");
        destroyClientContext = library.function("duckdb_destroy_client_context");
        clientContextGetConfigOption = library.function("duckdb_client_context_get_config_option");
        clientContextGetConnectionId = library.function("duckdb_client_context_get_connection_id");
    }

    String libraryVersion(long unused) {
        return Memory.cString(libraryVersion.call(unused));
    }

    boolean createConfig(MemorySegment out) {
        return (int) createConfig.call(out.address()) == 0;
    }

    boolean setConfig(long config, MemorySegment name, MemorySegment option) {
        return (int) setConfig.call(config, name.address(), option.address()) == 0;
    }

    void destroyConfig(MemorySegment handle) {
        destroyConfig.call(handle.address());
    }

    boolean openExt(MemorySegment path, MemorySegment out, long config, MemorySegment outError) {
        return (int) openExt.call(path.address(), out.address(), config, outError.address()) == 0;
    }

    void close(MemorySegment handle) {
        close.call(handle.address());
    }

    void free(long pointer) {
        free.call(pointer);
    }

    boolean connect(long database, MemorySegment out) {
        return (int) connect.call(database, out.address()) == 0;
    }

    void disconnect(MemorySegment handle) {
        disconnect.call(handle.address());
    }

    void interrupt(long connection) {
        interrupt.call(connection);
    }

    void connectionGetClientContext(long connection, MemorySegment out) {
        connectionGetClientContext.call(connection, out.address());
    }

    void destroyClientContext(MemorySegment handle) {
        destroyClientContext.call(handle.address());
    }

    /// The number of the connection, which no other one of the process's databases need have.
    long clientContextGetConnectionId(long context) {
        return clientContextGetConnectionId.call(context);
    }

    /// The value of a setting, to be destroyed; 0 if there is no such setting.
    long clientContextGetConfigOption(long context, MemorySegment name, MemorySegment outScope) {
        return clientContextGetConfigOption.call(context, name.address(), outScope.address());
    }
}
