package dev.mxcp.server.mcp.method;

import dev.mxcp.server.mcp.message.Refusal;
import dev.mxcp.types.json.JsonBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/// A list result in pages, encoded once. Cursors are opaque and hold a checksum of the whole list,
/// so those from before a reload that changed it are refused (M13.4). Immutable.
final class Listing {
    private final byte[] first;
    private final Map<String, byte[]> others = new HashMap<>();

    /// @param member the list's name in the result
    /// @param entries one JSON object each
    Listing(String member, List<JsonBuffer> entries, int pageSize) {
        var checksum = new CRC32C();
        entries.forEach(entry -> checksum.update(entry.array(), 0, entry.size()));
        int last = Math.max(0, entries.size() - 1) / pageSize;
        String next = null;
        byte[] page = new byte[0];
        for (int number = last; number >= 0; number--) {
            int from = number * pageSize;
            int to = Math.min(entries.size(), from + pageSize);
            page = page(member, entries.subList(from, to), next);
            if (number > 0) {
                next = cursor(member, number, checksum.getValue());
                others.put(next, page);
            }
        }
        first = page;
    }

    /// Whether both say the same.
    boolean sameAs(Listing other) {
        return Arrays.equals(first, other.first) && others.keySet().equals(other.others.keySet());
    }

    /// The result object that a request asks for.
    ///
    /// @throws Refusal when the cursor was not issued for this list
    byte[] page(Map<String, @Nullable Object> params) {
        Object cursor = params.get("cursor");
        if (cursor == null) {
            return first;
        }
        byte[] page = cursor instanceof String text ? others.get(text) : null;
        if (page == null) {
            throw Refusal.invalidParams("Invalid cursor");
        }
        return page;
    }

    private static byte[] page(String member, List<JsonBuffer> entries, @Nullable String next) {
        var out = new JsonBuffer(4096).raw('{').name(member).raw('[');
        for (int i = 0; i < entries.size(); i++) {
            if (i > 0) {
                out.raw(',');
            }
            out.raw(entries.get(i));
        }
        out.raw(']');
        if (next != null) {
            out.raw(',').name("nextCursor").value(next);
        }
        return out.raw('}').toByteArray();
    }

    private static String cursor(String member, int page, long checksum) {
        String text = member + ":" + page + ":" + Long.toHexString(checksum);
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(text.getBytes(StandardCharsets.US_ASCII));
    }
}
