package dev.mxcp.server.mcp.method;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mxcp.engine.call.Caller;
import dev.mxcp.engine.call.Cancellation;
import dev.mxcp.server.mcp.era.Revision;
import dev.mxcp.server.mcp.message.Request;
import dev.mxcp.server.mcp.message.RequestId;
import dev.mxcp.server.mcp.session.Changes;
import dev.mxcp.server.mcp.session.LogLevel;
import dev.mxcp.server.mcp.session.Session;
import dev.mxcp.types.json.JsonBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// M18, M19.
class RequestMessagesTest {
    private final List<String> sent = new ArrayList<>();
    private final Session session =
            new Session("", Revision.V2024_11_05, Caller.ANONYMOUS, Instant.EPOCH);

    private RequestMessages messages(Map<String, Object> meta) {
        var sink =
                new MessageSink() {
                    @Override
                    public void send(JsonBuffer message) {
                        sent.add(message.text());
                    }

                    @Override
                    public void heartbeat() {}
                };
        var peer = Peer.of(session, Caller.ANONYMOUS, "stdio", null, sink, true);
        var request = new Request(new RequestId(1L), "tools/call", Map.of("_meta", meta));
        var exchange = new Exchange("c", request, peer);
        var asking = new Asking(exchange, Rounds.Round.FIRST, new Cancellation());
        return new RequestMessages(exchange, asking, new Changes());
    }

    @Test
    void progress_is_limited_but_the_last_is_sent() { // M19.3
        var messages = messages(Map.of("progressToken", 5L));
        for (int i = 1; i <= 1000; i++) {
            messages.progress(i, 1000.0, "text");
        }
        assertThat(sent).hasSizeBetween(10, 100);

        messages.end();
        messages.progress(1001, null, null);

        assertThat(sent.getFirst())
                .isEqualTo(
                        "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/progress\",\"params\":"
                                + "{\"progressToken\":5,\"progress\":1,\"total\":1000}}"); // M19.2
        assertThat(sent.getLast()).contains("\"progress\":1000,");
    }

    @Test
    void progress_grows() { // M19.2
        var messages = messages(Map.of("progressToken", "t"));
        messages.progress(0.5, null, null);
        messages.progress(0.5, null, null);
        messages.progress(0.25, null, null);
        messages.progress(Double.NaN, null, null);
        assertThat(sent).hasSize(1);
    }

    @Test
    void nobody_who_did_not_ask_is_told() { // M18.2, M19.1
        var messages = messages(Map.of());
        messages.progress(1, null, null);
        messages.log("error", null, "x");
        session.logLevel(LogLevel.WARNING);
        messages.log("info", null, "x");
        assertThat(sent).isEmpty();
        messages.log("warning", "l", List.of(1L));
        messages.end();
        messages.log("error", null, "late");
        assertThat(sent)
                .containsExactly(
                        "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/message\",\"params\":"
                                + "{\"level\":\"warning\",\"logger\":\"l\",\"data\":[1]}}");
    }
}
