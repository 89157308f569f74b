package dev.mxcp.engine.python;

import dev.mxcp.problem.MxcpException.EndpointFailed;

/// The results of a batch of rows, in the forms of [FunctionArguments]; a column of texts may also
/// be one text, divided by zeros. What does not have the declared type fails. For one thread.
public final class FunctionResults {
    /// Where no texts are joined.
    private static final int APART = -1;

    private final MarshalReader in;
    private int joinedEnd = APART;
    private int nextJoined;
    private int length;

    private FunctionResults(MarshalReader in) {
        this.in = in;
    }

    static FunctionResults begin(MarshalReader in, int rows) {
        var results = new FunctionResults(in);
        if (in.nextIsText()) {
            int bytes = in.rawText();
            results.joinedEnd = in.position();
            results.nextJoined = in.position() - bytes;
        } else {
            int count = in.list();
            if (count != rows) {
                throw new MarshalReader.Garbled(count + " results for " + rows + " rows");
            }
        }
        return results;
    }

    /// Fails if there were more joined texts than rows.
    void end() {
        if (joinedEnd != APART && nextJoined <= joinedEnd) {
            throw new MarshalReader.Garbled("more results than rows");
        }
    }

    /// What [#only()] gave, to be read once more.
    public static FunctionResults of(byte[] only) {
        return new FunctionResults(new MarshalReader(only, 0, only.length));
    }

    /// The result of a batch of one row, before it is read. What follows it may be there too.
    public byte[] only() {
        return joinedEnd == APART
                ? in.rest()
                : new MarshalWriter()
                        .text(Utf8.decode(in.array(), nextJoined, joinedEnd - nextJoined))
                        .written();
    }

    /// Whether the next value is NULL, which is then passed.
    public boolean nextIsNull() {
        return joinedEnd == APART && in.skipNone();
    }

    public boolean bool() {
        return in.bool();
    }

    /// An INTEGER.
    ///
    /// @throws EndpointFailed when there are more digits than that
    public int int32() {
        return in.nextIsInt()
                ? in.integer()
                : tooLarge(
                        "Python Conversion Failure: a result does not fit into INTEGER (32 bits)");
    }

    private static int tooLarge(String what) {
        throw new EndpointFailed(what, null);
    }

    public long int64() {
        return in.wide();
    }

    public double real() {
        return in.realValue();
    }

    /// The next text, which is valid UTF-8.
    ///
    /// @return where it begins in [#bytes()]; [#length()] says how long it is
    public int text() {
        int start = joinedEnd == APART ? nextText() : nextOfJoined();
        if (!Utf8.isValid(in.array(), start, length)) {
            throw new EndpointFailed("Failed to cast value: a text is no Unicode", null);
        }
        return start;
    }

    private int nextText() {
        length = in.rawText();
        return in.position() - length;
    }

    private int nextOfJoined() {
        int start = nextJoined;
        if (start > joinedEnd) {
            throw new MarshalReader.Garbled("fewer results than rows");
        }
        byte[] bytes = in.array();
        int at = start;
        while (at < joinedEnd && bytes[at] != 0) {
            at++;
        }
        length = at - start;
        nextJoined = at + 1;
        return start;
    }

    /// The next byte string; as [#text()].
    public int blob() {
        length = in.rawBytes();
        return in.position() - length;
    }

    public byte[] bytes() {
        return in.array();
    }

    /// Of the last text or byte string.
    public int length() {
        return length;
    }

    /// The beginning of a list; its items follow.
    ///
    /// @return how many
    public int list() {
        return in.list();
    }
}
