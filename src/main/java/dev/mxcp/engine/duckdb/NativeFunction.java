package dev.mxcp.engine.duckdb;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_DOUBLE;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/// One C function. Pointers, sizes, enums and booleans are all passed as machine words (`long`): on
/// the platforms DuckDB is built for they travel in the same registers, so a handful of linked
/// handles serves every function, and linking one costs about 2 ms in a cold JVM. Each handle is
/// linked when the first function of its shape is called. The result of a `void` function is noise;
/// of results smaller than a word only the low bits count.
record NativeFunction(MemorySegment address) {

    /// `duckdb_result`, the only large structure that functions take by value.
    static final MemoryLayout RESULT =
            MemoryLayout.structLayout(JAVA_LONG, JAVA_LONG, JAVA_LONG, ADDRESS, ADDRESS, ADDRESS);

    /// `duckdb_hugeint` and other structures of two words.
    static final MemoryLayout TWO_WORDS = MemoryLayout.structLayout(JAVA_LONG, JAVA_LONG);

    /// `duckdb_decimal`: width, scale, and a 128-bit number.
    static final MemoryLayout DECIMAL =
            MemoryLayout.structLayout(
                    JAVA_BYTE, JAVA_BYTE, MemoryLayout.paddingLayout(6), JAVA_LONG, JAVA_LONG);

    long call(long a) {
        try {
            return (long) One.HANDLE.invokeExact(address, a);
        } catch (Throwable failure) {
            throw broken(failure);
        }
    }

    long call(long a, long b) {
        try {
            return (long) Two.HANDLE.invokeExact(address, a, b);
        } catch (Throwable failure) {
            throw broken(failure);
        }
    }

    long call(long a, long b, long c) {
        try {
            return (long) Three.HANDLE.invokeExact(address, a, b, c);
        } catch (Throwable failure) {
            throw broken(failure);
        }
    }

    long call(long a, long b, long c, long d) {
        try {
            return (long) Four.HANDLE.invokeExact(address, a, b, c, d);
        } catch (Throwable failure) {
            throw broken(failure);
        }
    }

    long call(long a, long b, long c, long d, long e) {
        try {
            return (long) Five.HANDLE.invokeExact(address, a, b, c, d, e);
        } catch (Throwable failure) {
            throw broken(failure);
        }
    }

    /// A call without the transition that lets the garbage collector run: only for functions that
    /// read a field and return.
    long peek(long a) {
        try {
            return (long) PeekOne.HANDLE.invokeExact(address, a);
        } catch (Throwable failure) {
            throw broken(failure);
        }
    }

    /// See [#peek(long)].
    long peek(long a, long b) {
        try {
            return (long) PeekTwo.HANDLE.invokeExact(address, a, b);
        } catch (Throwable failure) {
            throw broken(failure);
        }
    }

    long callWithDouble(long a, long b, double c) {
        try {
            return (long) WordsAndDouble.HANDLE.invokeExact(address, a, b, c);
        } catch (Throwable failure) {
            throw broken(failure);
        }
    }

    long callWithDouble(double a) {
        try {
            return (long) OneDouble.HANDLE.invokeExact(address, a);
        } catch (Throwable failure) {
            throw broken(failure);
        }
    }

    long callWithResult(MemorySegment result) {
        try {
            return (long) OneResult.HANDLE.invokeExact(address, result);
        } catch (Throwable failure) {
            throw broken(failure);
        }
    }

    long callWithTwoWords(MemorySegment structure) {
        try {
            return (long) OneTwoWords.HANDLE.invokeExact(address, structure);
        } catch (Throwable failure) {
            throw broken(failure);
        }
    }

    long callWithDecimal(MemorySegment decimal) {
        try {
            return (long) OneDecimal.HANDLE.invokeExact(address, decimal);
        } catch (Throwable failure) {
            throw broken(failure);
        }
    }

    private static final class One {
        static final MethodHandle HANDLE = link(JAVA_LONG);
    }

    private static final class Two {
        static final MethodHandle HANDLE = link(JAVA_LONG, JAVA_LONG);
    }

    private static final class Three {
        static final MethodHandle HANDLE = link(JAVA_LONG, JAVA_LONG, JAVA_LONG);
    }

    private static final class Four {
        static final MethodHandle HANDLE = link(JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG);
    }

    private static final class Five {
        static final MethodHandle HANDLE =
                link(JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG);
    }

    private static final class PeekOne {
        static final MethodHandle HANDLE =
                linker(FunctionDescriptor.of(JAVA_LONG, JAVA_LONG), Linker.Option.critical(false));
    }

    private static final class PeekTwo {
        static final MethodHandle HANDLE =
                linker(
                        FunctionDescriptor.of(JAVA_LONG, JAVA_LONG, JAVA_LONG),
                        Linker.Option.critical(false));
    }

    private static final class WordsAndDouble {
        static final MethodHandle HANDLE = link(JAVA_LONG, JAVA_LONG, JAVA_DOUBLE);
    }

    private static final class OneDouble {
        static final MethodHandle HANDLE = link(JAVA_DOUBLE);
    }

    private static final class OneResult {
        static final MethodHandle HANDLE = link(RESULT);
    }

    private static final class OneTwoWords {
        static final MethodHandle HANDLE = link(TWO_WORDS);
    }

    private static final class OneDecimal {
        static final MethodHandle HANDLE = link(DECIMAL);
    }

    private static MethodHandle link(MemoryLayout... arguments) {
        return linker(FunctionDescriptor.of(JAVA_LONG, arguments));
    }

    @SuppressWarnings("restricted") // a wrong shape would crash: each is checked by a test
    private static MethodHandle linker(FunctionDescriptor shape, Linker.Option... options) {
        return Linker.nativeLinker().downcallHandle(shape, options);
    }

    private static RuntimeException broken(Throwable failure) {
        if (failure instanceof Error error) {
            throw error;
        }
        return new IllegalStateException("a native call could not be made", failure);
    }
}
