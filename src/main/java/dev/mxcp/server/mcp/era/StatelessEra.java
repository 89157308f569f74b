package dev.mxcp.server.mcp.era;

import dev.mxcp.engine.call.Question;
import dev.mxcp.server.mcp.message.ErrorCode;
import dev.mxcp.server.mcp.message.Refusal;
import dev.mxcp.server.mcp.message.RequestId;
import dev.mxcp.types.json.JsonBuffer;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The stateless era: every request says all that matters, every result says what it is (M2, M12).
///
/// @param productVersion ours, part of every result's `_meta`
public record StatelessEra(String productVersion) implements Era {
    /// The one revision of this era.
    public static final String REVISION = "2026-07-28";

    /// Key of `_meta`: who serves.
    public static final String SERVER = "io.modelcontextprotocol/serverInfo";

    /// Key of `_meta`: which subscription a message belongs to (M21.6).
    public static final String SUBSCRIPTION = "io.modelcontextprotocol/subscriptionId";

    private static final Set<String> GONE =
            Set.of(
                    "initialize",
                    "ping",
                    "logging/setLevel",
                    "resources/subscribe",
                    "resources/unsubscribe");

    @Override
    public ListShape listShape() {
        return ListShape.OPEN;
    }

    @Override
    public boolean has(String method) {
        return !GONE.contains(method);
    }

    @Override
    public boolean stateless() {
        return true;
    }

    @Override
    public boolean audio() {
        return true;
    }

    @Override
    public boolean lastModified() {
        return true;
    }

    @Override
    public boolean mayAsk(Question question) {
        return true;
    }

    @Override
    public boolean structuredContent() {
        return true;
    }

    @Override
    public boolean wrapsResults() {
        return false;
    }

    @Override
    public boolean resourceLinks() {
        return true;
    }

    @Override
    public boolean progressTexts() {
        return true;
    }

    @Override
    public boolean batches() {
        return false;
    }

    @Override
    public int resourceNotFound() {
        return ErrorCode.INVALID_PARAMS;
    }

    @Override
    public int httpStatus(Refusal refusal) {
        return switch (refusal.code()) {
            case ErrorCode.METHOD_NOT_FOUND -> 404;
            case ErrorCode.PARSE_ERROR,
                    ErrorCode.INVALID_REQUEST,
                    ErrorCode.HEADER_MISMATCH,
                    ErrorCode.MISSING_CAPABILITY,
                    ErrorCode.UNSUPPORTED_REVISION ->
                    400;
            default -> refusal.malformed() ? 400 : 200;
        };
    }

    @Override
    public void openResult(RequestId id, JsonBuffer out) {
        out.raw("{\"jsonrpc\":\"2.0\",\"id\":");
        id.writeTo(out);
        out.raw(",\"result\":");
    }

    @Override
    public void closeResult(@Nullable RequestId subscription, JsonBuffer out) {
        closeResult("complete", subscription, out);
    }

    /// Ends a result that asks the client for something first (M22.4).
    public void closeInputRequired(JsonBuffer out) {
        closeResult("input_required", null, out);
    }

    private void closeResult(String type, @Nullable RequestId subscription, JsonBuffer out) {
        out.truncate(out.size() - 1); // the brace that ends the result
        if (out.array()[out.size() - 1] != '{') {
            out.raw(',');
        }
        out.raw("\"resultType\":\"").raw(type).raw("\",\"_meta\":{");
        if (subscription != null) {
            out.name(SUBSCRIPTION);
            subscription.writeTo(out);
            out.raw(',');
        }
        out.name(SERVER).raw("{\"name\":\"MXCP Server\",\"version\":").value(productVersion);
        out.raw("}}}}");
    }
}
