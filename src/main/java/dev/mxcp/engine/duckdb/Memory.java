package dev.mxcp.engine.duckdb;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_DOUBLE_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_INT_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_SHORT_UNALIGNED;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;

/// Reads and writes memory that DuckDB owns, by address, without an object per access. Whoever
/// calls knows that the address is alive: vectors check that, see [QueryResult].
final class Memory {
    /// All of the address space: reading through one constant segment lets the compiler drop its
    /// bounds checks.
    static final MemorySegment ALL = everything();

    private Memory() {}

    @SuppressWarnings("restricted") // the one place that makes an address readable
    private static MemorySegment everything() {
        return MemorySegment.NULL.reinterpret(Long.MAX_VALUE);
    }

    static byte byteAt(long address) {
        return ALL.get(JAVA_BYTE, address);
    }

    static short shortAt(long address) {
        return ALL.get(JAVA_SHORT_UNALIGNED, address);
    }

    static int intAt(long address) {
        return ALL.get(JAVA_INT_UNALIGNED, address);
    }

    static long longAt(long address) {
        return ALL.get(JAVA_LONG_UNALIGNED, address);
    }

    static float floatAt(long address) {
        return ALL.get(JAVA_FLOAT_UNALIGNED, address);
    }

    static double doubleAt(long address) {
        return ALL.get(JAVA_DOUBLE_UNALIGNED, address);
    }

    static void putByte(long address, byte value) {
        ALL.set(JAVA_BYTE, address, value);
    }

    static void putShort(long address, short value) {
        ALL.set(JAVA_SHORT_UNALIGNED, address, value);
    }

    static void putInt(long address, int value) {
        ALL.set(JAVA_INT_UNALIGNED, address, value);
    }

    static void putLong(long address, long value) {
        ALL.set(JAVA_LONG_UNALIGNED, address, value);
    }

    static void putDouble(long address, double value) {
        ALL.set(JAVA_DOUBLE_UNALIGNED, address, value);
    }

    static void putBytes(long address, byte[] source, int from, int length) {
        MemorySegment.copy(source, from, ALL, JAVA_BYTE, address, length);
    }

    static void copy(long from, long to, long bytes) {
        MemorySegment.copy(ALL, from, ALL, to, bytes);
    }

    static void copyTo(long address, byte[] target, int at, int length) {
        MemorySegment.copy(ALL, JAVA_BYTE, address, target, at, length);
    }

    /// Whether two places hold the same bytes.
    static boolean same(long one, long other, int bytes) {
        int at = 0;
        for (; at + Long.BYTES <= bytes; at += Long.BYTES) {
            if (longAt(one + at) != longAt(other + at)) {
                return false;
            }
        }
        for (; at < bytes; at++) {
            if (byteAt(one + at) != byteAt(other + at)) {
                return false;
            }
        }
        return true;
    }

    static byte[] bytes(long address, int length) {
        var bytes = new byte[length];
        MemorySegment.copy(ALL, JAVA_BYTE, address, bytes, 0, length);
        return bytes;
    }

    static void copy(long address, byte[] to, int at, int length) {
        MemorySegment.copy(ALL, JAVA_BYTE, address, to, at, length);
    }

    static String utf8(long address, int length) {
        return new String(bytes(address, length), StandardCharsets.UTF_8);
    }

    /// A text that ends with a zero byte; empty where there is none.
    static String cString(long address) {
        if (address == 0) {
            return "";
        }
        int length = 0;
        while (byteAt(address + length) != 0) {
            length++;
        }
        return utf8(address, length);
    }

    /// Room for one word that a function fills.
    static MemorySegment word(Arena arena) {
        return arena.allocate(JAVA_LONG_UNALIGNED.byteSize(), Long.BYTES);
    }

    static long read(MemorySegment word) {
        return word.get(JAVA_LONG_UNALIGNED, 0);
    }
}
