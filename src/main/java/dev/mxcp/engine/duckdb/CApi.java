package dev.mxcp.engine.duckdb;

import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;

/// DuckDB's C API, in groups. Everything here is as unsafe as C: only classes of this room that own
/// what they pass may call it, on a thread of [NativeThreads].
record CApi(
        DatabaseCalls databases,
        StatementCalls statements,
        ResultCalls results,
        TypeCalls types,
        ValueCalls values,
        FunctionCalls functions,
        ArrowCalls arrow) {

    /// Where functions are looked up by name.
    record Library(SymbolLookup symbols) {
        NativeFunction function(String name) {
            MemorySegment address =
                    symbols.find(name)
                            .orElseThrow(() -> new IllegalStateException("DuckDB lacks " + name));
            return new NativeFunction(address);
        }
    }

    static CApi of(SymbolLookup symbols) {
        var library = new Library(symbols);
        return new CApi(
                new DatabaseCalls(library),
                new StatementCalls(library),
                new ResultCalls(library),
                new TypeCalls(library),
                new ValueCalls(library),
                new FunctionCalls(library),
                new ArrowCalls(library));
    }

    /// The text at an address, which is freed.
    String taken(long text) {
        if (text == 0) {
            return "";
        }
        try {
            return Memory.cString(text);
        } finally {
            databases.free(text);
        }
    }

    /// Destroys a logical type.
    void destroyType(long type) {
        try (var arena = Arena.ofConfined()) {
            types.destroyLogicalType(handle(arena, type));
        }
    }

    /// Destroys a chunk.
    void destroyChunk(long chunk) {
        try (var arena = Arena.ofConfined()) {
            results.destroyDataChunk(handle(arena, chunk));
        }
    }

    /// Destroys a value.
    void destroyValue(long value) {
        try (var arena = Arena.ofConfined()) {
            values.destroyValue(handle(arena, value));
        }
    }

    /// A word that holds a pointer, as functions that destroy want it.
    static MemorySegment handle(Arena arena, long pointer) {
        MemorySegment word = Memory.word(arena);
        word.set(JAVA_LONG_UNALIGNED, 0, pointer);
        return word;
    }
}
