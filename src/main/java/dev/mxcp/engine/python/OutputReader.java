package dev.mxcp.engine.python;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Reads one stream of a worker line by line. A line of a call begins with the call's id and the
/// endpoint's name, put there by the worker's `streams.py`. Owns one platform thread: a virtual one
/// would keep its carrier while it waits for a pipe.
final class OutputReader {
    private static final int MAX_LINE = 1 << 16;
    private static final int LAST_LINES = 40;
    private static final byte MARK = 0x1e;
    private static final byte END = 0x1f;

    private final LogSink.Stream stream;
    private final OutputQueue queue;
    private final Deque<String> last = new ArrayDeque<>();
    private final Thread thread;
    private byte[] line = new byte[512];
    private int size;

    OutputReader(LogSink.Stream stream, InputStream in, OutputQueue queue) {
        this.stream = stream;
        this.queue = queue;
        this.thread =
                Thread.ofPlatform()
                        .daemon()
                        .name("mxcp-worker-" + stream.name().toLowerCase(Locale.ROOT))
                        .stackSize(256 * 1024)
                        .start(() -> read(in));
    }

    /// The last lines so far.
    List<String> lastLines() {
        synchronized (last) {
            return List.copyOf(last);
        }
    }

    /// Waits, but not long, for what the process left in the pipe: a child of it may keep the pipe
    /// open for ever.
    void await(long millis) {
        try {
            thread.join(millis);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private void read(InputStream in) {
        var buffer = new byte[1 << 16];
        try (in) {
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                take(buffer, count);
            }
        } catch (IOException _) {
            // the process is gone
        }
        if (size > 0) {
            endLine();
        }
    }

    private void take(byte[] buffer, int count) {
        int from = 0;
        for (int i = 0; i < count; i++) {
            if (buffer[i] == '\n') {
                append(buffer, from, i);
                endLine();
                from = i + 1;
            }
        }
        append(buffer, from, count);
    }

    private void append(byte[] buffer, int from, int to) {
        int at = from;
        while (at < to) {
            int part = Math.min(to - at, MAX_LINE - size);
            if (size + part > line.length) {
                line = Arrays.copyOf(line, Math.max(size + part, 2 * line.length));
            }
            System.arraycopy(buffer, at, line, size, part);
            size += part;
            at += part;
            if (size == MAX_LINE) {
                endLine();
            }
        }
    }

    private void endLine() {
        int end = size > 0 && line[size - 1] == '\r' ? size - 1 : size;
        int callEnd = size > 0 && line[0] == MARK ? find(1, end) : -1;
        int nameEnd = callEnd > 0 ? find(callEnd + 1, end) : -1;
        if (nameEnd > 0) {
            publish(text(nameEnd + 1, end), text(1, callEnd), text(callEnd + 1, nameEnd));
        } else {
            publish(text(0, end), null, null);
        }
        size = 0;
    }

    private void publish(String text, @Nullable String call, @Nullable String endpoint) {
        synchronized (last) {
            last.addLast(text);
            if (last.size() > LAST_LINES) {
                last.removeFirst();
            }
        }
        queue.line(stream, text, call, endpoint);
    }

    private int find(int from, int end) {
        for (int i = from; i < end; i++) {
            if (line[i] == END) {
                return i;
            }
        }
        return -1;
    }

    private String text(int from, int to) {
        return new String(line, from, to - from, StandardCharsets.UTF_8);
    }
}
