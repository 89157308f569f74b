package dev.mxcp.server.mcp.era;

import dev.mxcp.engine.call.Question;
import dev.mxcp.server.mcp.message.Refusal;
import dev.mxcp.server.mcp.message.RequestId;
import dev.mxcp.types.json.JsonBuffer;
import org.jspecify.annotations.Nullable;

/// How one protocol revision frames what the methods say, and what it can carry (M1.7). Methods are
/// written once and ask here where revisions differ. Immutable.
///
/// [Eras] says which era a message belongs to.
public sealed interface Era permits LegacyEra, StatelessEra {

    /// Groups revisions whose lists are the same, for caching their encoded form.
    ListShape listShape();

    /// Whether the era has this method, if the server has it at all (M2.1, M2.2).
    boolean has(String method);

    /// Whether the client names its wishes and abilities with every request, instead of once in a
    /// handshake (M2.5).
    boolean stateless();

    /// Whether content may hold `audio` blocks (M1.8).
    boolean audio();

    /// Whether annotations of content may say when it was modified last (M1.7).
    boolean lastModified();

    /// Whether a client of this era may be asked this at all (M22.3).
    boolean mayAsk(Question question);

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
    int httpStatus(Refusal refusal);

    /// Begins the response up to the result object, which the caller writes.
    void openResult(RequestId id, JsonBuffer out);

    /// Ends the response after the result object, with the members that every result has.
    ///
    /// @param subscription the request whose stream the result ends (M21.8), else null
    void closeResult(@Nullable RequestId subscription, JsonBuffer out);

    /// What entries of lists may have (M1.7).
    enum ListShape {
        /// Neither annotations nor output schemas.
        PLAIN,
        /// With annotations.
        ANNOTATED,
        /// With titles and output schemas; every output schema is an object.
        STRUCTURED,
        /// With icons.
        ILLUSTRATED,
        /// With output schemas of any type.
        OPEN;

        /// Whether entries show what this shape has, or more.
        public boolean shows(ListShape other) {
            return compareTo(other) >= 0;
        }
    }
}
