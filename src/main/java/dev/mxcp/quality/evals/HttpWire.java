package dev.mxcp.quality.evals;

import dev.mxcp.engine.call.Cancellation;
import dev.mxcp.types.json.Json;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// HTTP with time limits; what may go better next time (429, 5xx, no connection, no reply in time)
/// is tried again, later each time (cli Q5.3). By the JDK's client: see docs/adr/0024.
final class HttpWire implements Wire, AutoCloseable {
    private static final int MOST_SHOWN = 300;
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);
    private static final Duration CONNECT = Duration.ofSeconds(10);

    private final HttpClient client;
    private final Duration timeout;
    private final int retries;
    private final Duration firstPause;
    private final Cancellation cancellation;

    /// @param firstPause before the second attempt; doubles with each further one
    HttpWire(Duration timeout, int retries, Duration firstPause, Cancellation cancellation) {
        // 1.1: some small servers stumble over the offer to upgrade
        this.client =
                HttpClient.newBuilder()
                        .version(HttpClient.Version.HTTP_1_1)
                        .connectTimeout(CONNECT.compareTo(timeout) < 0 ? CONNECT : timeout)
                        .build();
        this.timeout = timeout;
        this.retries = retries;
        this.firstPause = firstPause;
        this.cancellation = cancellation;
    }

    /// An attempt that failed.
    ///
    /// @param again whether another may succeed
    /// @param pause how long the server asks to wait; null when it does not say
    private record Failure(String message, boolean again, @Nullable Duration pause) {}

    @Override
    public Map<?, ?> send(Post post) {
        Duration pause = firstPause;
        for (int attempt = 0; ; attempt++) {
            cancellation.check();
            Object outcome = attempt(post);
            if (outcome instanceof Map<?, ?> reply) {
                return reply;
            }
            Failure failure = (Failure) outcome;
            if (!failure.again() || attempt >= retries) {
                String tried = attempt == 0 ? "" : " (%d attempts)".formatted(attempt + 1);
                throw new ModelApi.Unusable(failure.message() + tried);
            }
            sleep(failure.pause() == null ? pause : failure.pause());
            pause = pause.multipliedBy(2);
        }
    }

    /// A reply as a Map, or a Failure.
    private Object attempt(Post post) {
        var request = HttpRequest.newBuilder(post.uri()).timeout(timeout);
        post.headers().forEach(request::header);
        request.header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(post.body()));
        try (var _ = cancellation.onCancel(Thread.currentThread()::interrupt)) {
            return outcome(client.send(request.build(), HttpResponse.BodyHandlers.ofString()));
        } catch (HttpTimeoutException late) {
            return new Failure("no reply within %d s".formatted(timeout.toSeconds()), true, null);
        } catch (IOException broken) {
            String why = broken.getMessage() == null ? broken.toString() : broken.getMessage();
            return new Failure(
                    "no connection to %s: %s".formatted(post.uri().getAuthority(), why),
                    true,
                    null);
        } catch (InterruptedException interrupted) {
            throw interrupted();
        }
    }

    private static Object outcome(HttpResponse<String> response) {
        int status = response.statusCode();
        if (status != 200) {
            boolean again = status == 429 || status >= 500;
            return new Failure(
                    "HTTP %d: %s".formatted(status, shown(response.body())),
                    again,
                    retryAfter(response));
        }
        try {
            if (Json.parse(response.body()) instanceof Map<?, ?> reply) {
                return reply;
            }
        } catch (Json.Malformed malformed) {
            return new Failure(
                    "the API's reply is no JSON: " + malformed.getMessage(), false, null);
        }
        return new Failure("the API's reply is no JSON object", false, null);
    }

    /// What providers say about an error, or the beginning of the text.
    private static String shown(String body) {
        String text = body;
        try {
            if (Json.parse(body) instanceof Map<?, ?> map
                    && map.get("error") instanceof Map<?, ?> error
                    && error.get("message") instanceof String message) {
                text = message;
            }
        } catch (Json.Malformed plain) {
            text = body.strip();
        }
        return text.length() > MOST_SHOWN ? text.substring(0, MOST_SHOWN) + "..." : text;
    }

    private static @Nullable Duration retryAfter(HttpResponse<String> response) {
        String seconds = response.headers().firstValue("Retry-After").orElse("");
        if (!seconds.matches("\\d{1,6}")) {
            return null;
        }
        Duration asked = Duration.ofSeconds(Long.parseLong(seconds));
        return asked.compareTo(LONGEST_PAUSE) < 0 ? asked : LONGEST_PAUSE;
    }

    private void sleep(Duration pause) {
        try (var _ = cancellation.onCancel(Thread.currentThread()::interrupt)) {
            TimeUnit.MILLISECONDS.sleep(pause.toMillis());
        } catch (InterruptedException interrupted) {
            throw interrupted();
        }
    }

    private RuntimeException interrupted() {
        String reason = cancellation.reason();
        if (reason == null) {
            Thread.currentThread().interrupt();
        }
        cancellation.check();
        return new ModelApi.Unusable("interrupted");
    }

    @Override
    public void close() {
        client.shutdownNow();
    }
}
