package dev.mxcp.server.mcp.transport;

import io.helidon.http.Header;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.Headers;
import java.util.AbstractMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The headers of a request as a map, names in lower case, repeated ones joined by commas. Costs
/// nothing until somebody looks.
final class RequestHeaders extends AbstractMap<String, String> {
    private final Headers headers;

    RequestHeaders(Headers headers) {
        this.headers = headers;
    }

    @Override
    public @Nullable String get(@Nullable Object name) {
        if (!(name instanceof String text)) {
            return null;
        }
        HeaderName header = HeaderNames.create(text);
        return headers.contains(header) ? headers.get(header).values() : null;
    }

    @Override
    public boolean containsKey(@Nullable Object name) {
        return get(name) != null;
    }

    @Override
    public Set<Map.Entry<String, String>> entrySet() {
        var all = new LinkedHashMap<String, String>();
        for (Header header : headers) {
            all.put(header.headerName().lowerCase(), header.values());
        }
        return all.entrySet();
    }
}
