package dev.mxcp.server.mcp.transport;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/// Splits a byte stream into lines of limited length. Not thread-safe.
final class LineReader {
    private static final int BEGINNING = 1024;

    private final InputStream in;
    private final int limit;
    private final byte[] chunk = new byte[64 * 1024];
    private int at;
    private int end;
    private byte[] line = new byte[8 * 1024];

    LineReader(InputStream in, int limit) {
        this.in = in;
        this.limit = limit;
    }

    /// A line without its end.
    sealed interface Line {}

    /// The bytes of a line from the start of the buffer; they count until the next one is read.
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Bytes(byte[] buffer, int length) implements Line {}

    /// A line with more bytes than allowed; most are gone.
    ///
    /// @param beginning as much as tells whose it is
    record TooLong(String beginning) implements Line {}

    /// The next line, also the last one without an end; empty at the end of input.
    Optional<Line> next() throws IOException {
        int length = 0;
        boolean any = false;
        boolean tooLong = false;
        while (true) {
            if (at == end) {
                at = 0;
                end = Math.max(0, in.read(chunk));
                if (end == 0) {
                    return any ? Optional.of(line(length, tooLong)) : Optional.empty();
                }
            }
            any = true;
            int newLine = at;
            while (newLine < end && chunk[newLine] != '\n') {
                newLine++;
            }
            int some = newLine - at;
            if (tooLong || length + some > limit) {
                some = tooLong ? 0 : limit - length;
                tooLong = true;
            }
            if (some > 0) {
                if (length + some > line.length) {
                    line = Arrays.copyOf(line, Math.max(length + some, 2 * line.length));
                }
                System.arraycopy(chunk, at, line, length, some);
                length += some;
            }
            boolean complete = newLine < end;
            at = complete ? newLine + 1 : newLine;
            if (complete) {
                return Optional.of(line(length, tooLong));
            }
        }
    }

    private Line line(int length, boolean tooLong) {
        if (tooLong) {
            return new TooLong(
                    new String(line, 0, Math.min(length, BEGINNING), StandardCharsets.UTF_8));
        }
        boolean carriageReturn = length > 0 && line[length - 1] == '\r';
        return new Bytes(line, carriageReturn ? length - 1 : length);
    }
}
