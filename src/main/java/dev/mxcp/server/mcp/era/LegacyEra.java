package dev.mxcp.server.mcp.era;

import dev.mxcp.server.mcp.message.ErrorCode;
import dev.mxcp.server.mcp.message.RequestId;
import dev.mxcp.types.json.JsonBuffer;

/// The handshake era: four revisions that differ in what they can carry.
///
/// @param revision the negotiated or assumed one
public record LegacyEra(Revision revision) implements Era {

    @Override
    public ToolShape toolShape() {
        return switch (revision) {
            case V2024_11_05 -> ToolShape.PLAIN;
            case V2025_03_26 -> ToolShape.ANNOTATED;
            case V2025_06_18, V2025_11_25 -> ToolShape.STRUCTURED;
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
    public int httpStatus(int errorCode) {
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
    public void closeResult(JsonBuffer out) {
        out.raw('}');
    }
}
