package dev.mxcp.server.mcp.method;

import dev.mxcp.server.mcp.message.RequestId;
import dev.mxcp.types.json.JsonBuffer;
import org.jspecify.annotations.Nullable;

/// A method of the protocol, written once for all revisions (M2.6). Thread-safe.
public interface Method {

    /// The name on the wire.
    String name();

    /// Writes the result object.
    ///
    /// @param out where the result belongs; what a failing method wrote is taken back
    /// @throws dev.mxcp.server.mcp.message.Refusal for a protocol error
    /// @throws dev.mxcp.problem.MxcpException when the work fails in an expected way
    /// @throws Abandoned when there is nobody to answer any more
    void answer(Exchange exchange, JsonBuffer out);

    /// The request whose stream the answer ends, where the method has streams (M21.8).
    default @Nullable RequestId subscription(Exchange exchange) {
        return null;
    }
}
