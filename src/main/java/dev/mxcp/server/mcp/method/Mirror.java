package dev.mxcp.server.mcp.method;

import dev.mxcp.server.mcp.message.Request;
import org.jspecify.annotations.Nullable;

/// The headers in which clients of the stateless era repeat parts of a request, for proxies that do
/// not read bodies (M8.5-M8.7, M8.14). Thread-safe.
public interface Mirror {

    /// Holds the headers that every request has against it.
    ///
    /// @throws dev.mxcp.server.mcp.message.Refusal with -32020 where they differ
    void check(Request request);

    /// Holds the header of one argument against its value.
    ///
    /// @param suffix of the header, behind `Mcp-Param-`
    /// @param value of the argument; null when it has none, then there is no header either
    /// @throws dev.mxcp.server.mcp.message.Refusal with -32020 where they differ
    void checkArgument(String suffix, @Nullable Object value);

    /// There are no headers.
    Mirror NONE =
            new Mirror() {
                @Override
                public void check(Request request) {}

                @Override
                public void checkArgument(String suffix, @Nullable Object value) {}
            };
}
