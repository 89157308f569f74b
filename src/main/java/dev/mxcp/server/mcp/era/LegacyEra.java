package dev.mxcp.server.mcp.era;

import dev.mxcp.engine.call.Question;
import dev.mxcp.server.mcp.message.ErrorCode;
import dev.mxcp.server.mcp.message.Refusal;
import dev.mxcp.server.mcp.message.RequestId;
import dev.mxcp.types.json.JsonBuffer;
import org.jspecify.annotations.Nullable;

/// The handshake era: four revisions that differ in what they can carry.
///
/// @param revision the negotiated or assumed one
public record LegacyEra(Revision revision) implements Era {

    @Override
    public ListShape listShape() {
        return switch (revision) {
            case V2024_11_05 -> ListShape.PLAIN;
            case V2025_03_26 -> ListShape.ANNOTATED;
            case V2025_06_18 -> ListShape.STRUCTURED;
            case V2025_11_25 -> ListShape.ILLUSTRATED;
        };
    }

    @Override
    public boolean has(String method) {
        return switch (method) {
            case "server/discover", "subscriptions/listen" -> false;
            case "completion/complete" -> revision.atLeast(Revision.V2025_03_26);
            default -> true;
        };
    }

    @Override
    public boolean stateless() {
        return false;
    }

    @Override
    public boolean audio() {
        return revision.atLeast(Revision.V2025_03_26);
    }

    @Override
    public boolean lastModified() {
        return revision.atLeast(Revision.V2025_06_18);
    }

    @Override
    public boolean mayAsk(Question question) {
        return switch (question.capability()) {
            case "elicitation" -> revision.atLeast(Revision.V2025_06_18);
            case "elicitation.url", "sampling.tools" -> revision.atLeast(Revision.V2025_11_25);
            default -> true;
        };
    }

    @Override
    public boolean structuredContent() {
        return revision.atLeast(Revision.V2025_06_18);
    }

    @Override
    public boolean wrapsResults() {
        return true;
    }

    @Override
    public boolean resourceLinks() {
        return revision.atLeast(Revision.V2025_06_18);
    }

    @Override
    public boolean progressTexts() {
        return revision.atLeast(Revision.V2025_03_26);
    }

    @Override
    public boolean batches() {
        return revision == Revision.V2025_03_26;
    }

    @Override
    public int resourceNotFound() {
        return ErrorCode.RESOURCE_NOT_FOUND;
    }

    @Override
    public int httpStatus(Refusal refusal) {
        int errorCode = refusal.code();
        return errorCode == ErrorCode.PARSE_ERROR || errorCode == ErrorCode.INVALID_REQUEST
                ? 400
                : 200;
    }

    @Override
    public void openResult(RequestId id, JsonBuffer out) {
        out.raw("{\"jsonrpc\":\"2.0\",\"id\":");
        id.writeTo(out);
        out.raw(",\"result\":");
    }

    @Override
    public void closeResult(@Nullable RequestId subscription, JsonBuffer out) {
        out.raw('}');
    }
}
