package dev.mxcp.engine.python;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.MemorySegment;
import java.math.BigInteger;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Takes the rows of one statement, column by column: [#columns] once, then for each chunk
/// [#chunk], and for each of its columns [#column] and exactly one value a row. What is large goes
/// out while it is written. Used by one thread at a time, whichever reads the result; the writer
/// belongs to the statement that it was given to.
public final class ReplyWriter {
    /// A result below this goes out as one frame; above it the worker's reading sets the pace.
    private static final int FLUSH_BYTES = 1 << 20;

    private final FrameChannel channel;
    private MarshalWriter out;
    private List<ReplyColumn> columns = List.of();
    private boolean columnsSent;
    private int chunks;
    private int chunksAt;
    private int moreAt;
    private int chunkRows;
    private int nextColumn;
    private boolean tagged;

    ReplyWriter(FrameChannel channel) {
        this.channel = channel;
        this.out = channel.begin();
    }

    /// What the rows consist of; not called for a statement without rows.
    public void columns(List<ReplyColumn> described) {
        columns = List.copyOf(described);
        beginFrame();
    }

    /// Begins the next rows.
    public void chunk(int rows) {
        if (out.size() > FLUSH_BYTES) {
            endFrame(true);
            beginFrame();
        }
        chunks++;
        chunkRows = rows;
        nextColumn = 0;
        out.list(columns.size());
    }

    /// Begins the next column of the chunk.
    public void column() {
        tagged = columns.get(nextColumn++).form() == ReplyColumn.Form.ANY;
        out.list(chunkRows);
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

    public void text(String value) {
        out.text(value);
    }

    /// Valid UTF-8.
    public void text(MemorySegment utf8, long from, int length) {
        out.text(utf8, from, length);
    }

    public void blob(byte[] value) {
        out.bytes(value);
    }

    public void blob(MemorySegment source, long from, int length) {
        out.bytes(source, from, length);
    }

    /// A DATE; DuckDB's infinities as they are.
    public void date(int daysSinceEpoch) {
        scalar(Tag.DATE, daysSinceEpoch);
    }

    public void time(long microsOfDay) {
        scalar(Tag.TIME, microsOfDay);
    }

    public void timestamp(long microsSinceEpoch) {
        scalar(Tag.TIMESTAMP, microsSinceEpoch);
    }

    public void timestampNanos(long nanosSinceEpoch) {
        scalar(Tag.TIMESTAMP_NS, nanosSinceEpoch);
    }

    public void timestampTz(long microsSinceEpoch) {
        if (tagged) {
            out.tag(Tag.TIMESTAMP_TZ, 2).integer(microsSinceEpoch).integer(0);
        } else {
            out.integer(microsSinceEpoch);
        }
    }

    public void timeTz(long microsOfDay, int offsetSeconds) {
        out.tag(Tag.TIME_TZ, 2).integer(microsOfDay).integer(offsetSeconds);
    }

    public void interval(int months, int days, long micros) {
        out.tag(Tag.INTERVAL, 3).integer(months).integer(days).integer(micros);
    }

    public void uuid(long high, long low) {
        if (tagged) {
            out.tag(Tag.UUID, 1);
        }
        out.uuidBytes(high, low);
    }

    /// A DECIMAL by its digits; the scale is the column's, or of the nested type.
    public void decimal(BigInteger unscaled, int scale) {
        if (tagged) {
            out.tag(Tag.DECIMAL, 1).text(unscaled + "E-" + scale);
        } else {
            out.integer(unscaled);
        }
    }

    /// A DECIMAL of at most 18 digits.
    public void decimal(long unscaled, int scale) {
        if (tagged) {
            out.tag(Tag.DECIMAL, 1).text(unscaled + "E-" + scale);
        } else {
            out.integer(unscaled);
        }
    }

    /// The beginning of a LIST; the items follow.
    public void list(int items) {
        out.list(items);
    }

    /// The beginning of an ARRAY; the items follow. Only in columns of form `ANY`.
    public void array(int items) {
        out.tag(Tag.ARRAY, 1).list(items);
    }

    /// The beginning of a STRUCT; name and value follow in turn, then [#endStruct()].
    public void struct() {
        out.dict();
    }

    public void endStruct() {
        out.endDict();
    }

    /// The beginning of a MAP: a [#list] of keys and a [#list] of values follow. Only in columns of
    /// form `ANY`.
    public void map() {
        out.tag(Tag.MAP, 2);
    }

    /// Any plain value, in a column of form `ANY`.
    public void any(@Nullable Object value) {
        out.any(value);
    }

    /// A whole result of plain values, for readers that have no columns: all forms become `ANY`.
    public void rows(
            List<ReplyColumn> described, List<? extends List<? extends @Nullable Object>> rows) {
        columns(
                described.stream()
                        .map(c -> ReplyColumn.of(c.name(), c.type(), ReplyColumn.Form.ANY))
                        .toList());
        chunk(rows.size());
        for (int i = 0; i < columns.size(); i++) {
            column();
            for (List<? extends @Nullable Object> row : rows) {
                any(row.get(i));
            }
        }
    }

    /// How many bytes wait to be sent.
    public int pending() {
        return out.size();
    }

    /// Sends what is left, and how it stands with the result.
    void finish(OpenedRows opened) {
        if (!columnsSent) {
            beginFrame();
        }
        endFrame(true);
        channel.begin()
                .tuple(4)
                .integer(Wire.Answer.OPENED)
                .integer(opened.result())
                .bool(opened.more())
                .bool(opened.counts());
        try {
            channel.send();
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    /// Sends what is left.
    void finish() {
        if (!columnsSent) {
            beginFrame();
        }
        endFrame(false);
    }

    private void scalar(int tag, long value) {
        if (tagged) {
            out.tag(tag, 1);
        }
        out.integer(value);
    }

    private void beginFrame() {
        out = channel.begin();
        out.tuple(4).integer(Wire.Answer.ROWS);
        moreAt = out.size();
        out.bool(false);
        if (columnsSent) {
            out.none();
        } else {
            columnsSent = true;
            out.tuple(3);
            out.texts(columns.stream().map(ReplyColumn::name).toList());
            out.texts(columns.stream().map(ReplyColumn::code).toList());
            out.texts(columns.stream().map(ReplyColumn::type).toList());
        }
        chunks = 0;
        out.list(0);
        chunksAt = out.size() - Integer.BYTES;
    }

    private void endFrame(boolean more) {
        out.patchBool(moreAt, more);
        out.patchInt(chunksAt, chunks);
        try {
            channel.send();
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }
}
