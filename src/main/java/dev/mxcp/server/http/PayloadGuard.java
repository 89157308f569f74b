package dev.mxcp.server.http;

import io.helidon.common.buffers.BufferData;
import io.helidon.common.buffers.DataReader;
import io.helidon.http.HeaderNames;
import io.helidon.http.Headers;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.http1.Http1ConnectionListener;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/// Refuses bodies that announce to be too large, before anything of them is read (M6.15). Helidon
/// has such a limit, but closes the connection with bytes unread: the kernel then resets it, and
/// most clients never see the 413. So the answer is sent first, and what the client still sends is
/// thrown away for a while.
final class PayloadGuard implements Http1ConnectionListener {
    private static final long MOST_DISCARDED = 256L * 1024 * 1024;
    private static final Duration LONGEST_DISCARDING = Duration.ofSeconds(5);

    private final long limit;

    PayloadGuard(long limit) {
        this.limit = limit;
    }

    @Override
    public void headers(ConnectionContext connection, Headers headers) {
        if (headers.contains(HeaderNames.CONTENT_LENGTH)) {
            long length = announced(headers);
            if (length > limit) {
                connection.dataWriter().writeNow(BufferData.create(answer()));
                if (!headers.contains(HeaderNames.EXPECT)) {
                    discard(connection.dataReader(), Math.min(length, MOST_DISCARDED));
                }
                throw new CloseConnectionException("request body of " + length + " bytes refused");
            }
        }
    }

    private byte[] answer() {
        String json =
                "{\"jsonrpc\":\"2.0\",\"id\":null,\"error\":{\"code\":-32600,\"message\":"
                        + "\"Invalid request: the body is larger than %d bytes\"}}"
                                .formatted(limit);
        String head =
                "HTTP/1.1 413 Content Too Large\r\nContent-Type: application/json\r\n"
                        + "Connection: close\r\nContent-Length: %d\r\n\r\n"
                                .formatted(json.length());
        return (head + json).getBytes(StandardCharsets.US_ASCII);
    }

    private static void discard(DataReader reader, long length) {
        Thread reading = Thread.currentThread();
        // an interrupt closes the connection, which is to be closed anyway
        Thread alarm =
                Thread.ofVirtual()
                        .start(() -> {
                            try {
                                Thread.sleep(LONGEST_DISCARDING);
                                reading.interrupt();
                            } catch (InterruptedException _) {
                                Thread.currentThread().interrupt(); // in time
                            }
                        });
        try {
            long left = length;
            while (left > 0) {
                reader.ensureAvailable();
                int some = (int) Math.min(left, reader.available());
                reader.skip(some);
                left -= some;
            }
        } catch (DataReader.InsufficientDataAvailableException | UncheckedIOException _) {
            // the client is gone, as it should be
        } finally {
            alarm.interrupt();
        }
    }

    private static long announced(Headers headers) {
        try {
            return Long.parseLong(headers.get(HeaderNames.CONTENT_LENGTH).get());
        } catch (NumberFormatException malformed) {
            return 0; // Helidon says what is wrong with it
        }
    }
}
