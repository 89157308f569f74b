package dev.mxcp.server.mcp.session;

import dev.mxcp.server.mcp.message.RequestId;
import dev.mxcp.server.mcp.message.Response;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicLong;

/// Requests that we sent to the client of a session and that it has not answered yet (M7.11,
/// M22.3). Thread-safe.
public final class OpenQuestions {
    private final AtomicLong next = new AtomicLong(1);
    private final ConcurrentMap<RequestId, CompletableFuture<Response>> open =
            new ConcurrentHashMap<>();

    /// A question under an id that no other one of the session has. Close it when nobody waits for
    /// the answer any more.
    public final class Open implements AutoCloseable {
        private final RequestId id = new RequestId("mxcp-" + next.getAndIncrement());
        private final CompletableFuture<Response> answer = new CompletableFuture<>();

        private Open() {
            open.put(id, answer);
        }

        public RequestId id() {
            return id;
        }

        /// Completes with what the client answers.
        public CompletableFuture<Response> answer() {
            return answer;
        }

        @Override
        public void close() {
            open.remove(id);
        }
    }

    /// Begins to wait.
    public Open open() {
        return new Open();
    }

    /// Takes the client's answer; one that nobody waits for is ignored.
    public void take(Response response) {
        CompletableFuture<Response> waiting = open.remove(response.id());
        if (waiting != null) {
            waiting.complete(response);
        }
    }
}
