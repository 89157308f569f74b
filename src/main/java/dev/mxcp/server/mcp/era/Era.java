package dev.mxcp.server.mcp.era;

import dev.mxcp.server.mcp.message.RequestId;
import dev.mxcp.types.json.JsonBuffer;

/// How one protocol revision frames what the methods say, and what it can carry (M1.7). Methods are
/// written once and ask here where revisions differ. Immutable.
///
/// The stateless era of 2026-07-28 becomes a second implementation; [Eras] chooses by message.
public sealed interface Era permits LegacyEra {

    /// Groups revisions whose `tools/list` is the same, for caching its encoded form.
    ToolShape toolShape();

    /// Whether the answer of `tools/call` carries `structuredContent` (M14.23).
    boolean structuredContent();

    /// Whether structured results that are no objects are wrapped as `{"result": ...}` (M14.24).
    boolean wrapsResults();

    /// Whether content may hold `resource_link` blocks (M1.8).
    boolean resourceLinks();

    /// Whether progress messages carry a text (M19.2).
    boolean progressTexts();

    /// Whether a body may hold several messages (M7.20).
    boolean batches();

    /// The code for a resource that does not exist (M15.7).
    int resourceNotFound();

    /// The HTTP status that goes with an error (M5.5).
    int httpStatus(int errorCode);

    /// Begins the response up to the result object, which the caller writes.
    void openResult(RequestId id, JsonBuffer out);

    /// Ends the response after the result object.
    void closeResult(JsonBuffer out);

    /// What an entry of `tools/list` may have.
    enum ToolShape {
        /// Neither annotations nor output schemas.
        PLAIN,
        /// With annotations.
        ANNOTATED,
        /// With annotations and output schemas; every output schema is an object.
        STRUCTURED
    }
}
