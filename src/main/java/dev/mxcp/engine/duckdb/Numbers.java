package dev.mxcp.engine.duckdb;

import java.math.BigInteger;
import java.nio.ByteBuffer;

/// Integers wider than a `long`, as DuckDB stores them.
final class Numbers {
    private static final int BIGNUM_HEADER = 3;

    private Numbers() {}

    /// A HUGEINT.
    static BigInteger signed(long upper, long lower) {
        return new BigInteger(bytes(upper, lower));
    }

    /// A UHUGEINT.
    static BigInteger unsigned(long upper, long lower) {
        return new BigInteger(1, bytes(upper, lower));
    }

    /// A BIGNUM: three bytes of length and sign, then the digits to base 256; all bits are inverted
    /// in a negative one.
    static BigInteger bignum(byte[] stored) {
        boolean negative = stored[0] >= 0;
        var digits = new byte[stored.length - BIGNUM_HEADER];
        for (int i = 0; i < digits.length; i++) {
            byte digit = stored[i + BIGNUM_HEADER];
            digits[i] = negative ? (byte) ~digit : digit;
        }
        return new BigInteger(negative ? -1 : 1, digits);
    }

    /// A `long` where that suffices.
    static Object narrowest(BigInteger number) {
        return number.bitLength() < Long.SIZE ? (Object) number.longValue() : number;
    }

    private static byte[] bytes(long upper, long lower) {
        return ByteBuffer.allocate(16).putLong(upper).putLong(lower).array();
    }
}
