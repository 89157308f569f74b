package dev.mxcp.engine.python;

import java.math.BigInteger;

/// Takes the arguments of a batch of rows. Both sides know the types, so values carry none: DATE,
/// TIME and TIMESTAMP are integers, DECIMAL its digits, INTERVAL and a STRUCT lists of their parts,
/// a MAP a list of two lists. For one thread.
public final class FunctionArguments {
    private final MarshalWriter out;
    private final int rows;

    FunctionArguments(MarshalWriter out, int rows) {
        this.out = out;
        this.rows = rows;
    }

    /// Begins the next column.
    public void column() {
        out.list(rows);
    }

    public void nullValue() {
        out.none();
    }

    public void bool(boolean value) {
        out.bool(value);
    }

    public void integer(long value) {
        out.integer(value);
    }

    public void integer(BigInteger value) {
        out.integer(value);
    }

    public void real(double value) {
        out.real(value);
    }

    /// Valid UTF-8 of that many bytes, which are to be put into [#room()].
    ///
    /// @return where in the room
    public int text(int length) {
        return out.roomForText(length);
    }

    /// A byte string; as [#text(int)].
    public int blob(int length) {
        return out.roomForBytes(length);
    }

    /// The array behind [#text(int)] and [#blob(int)], until the next value.
    public byte[] room() {
        return out.array();
    }

    public void uuid(long high, long low) {
        out.uuidBytes(high, low);
    }

    /// The beginning of a list; its items follow.
    public void list(int items) {
        out.list(items);
    }
}
