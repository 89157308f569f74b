package dev.mxcp.engine;

import dev.mxcp.problem.MxcpException.CallRejected;
import dev.mxcp.types.json.JsonBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/// Where in a list a result begins. Clients see it as a word that is good for the same arguments
/// only; it tells nothing and opens nothing, so it is not sealed.
///
/// @param offset rows before it
/// @param arguments checksum of what the list was asked for with
record Cursor(long offset, long arguments) {
    /// The begin of a list that has no pages.
    static final Cursor START = new Cursor(0, 0);

    /// Reads what a client sent.
    ///
    /// @param word null for the begin
    /// @param arguments of the call, converted
    /// @throws CallRejected when the word is none of ours, or for other arguments
    static Cursor read(@Nullable Object word, Map<String, @Nullable Object> arguments) {
        var checksum = new CRC32C();
        JsonBuffer text = new JsonBuffer().any(arguments);
        checksum.update(text.array(), 0, text.size());
        if (word == null || "".equals(word)) {
            return new Cursor(0, checksum.getValue());
        }
        try {
            byte[] bytes = Base64.getUrlDecoder().decode(String.valueOf(word));
            String[] parts = new String(bytes, StandardCharsets.US_ASCII).split(":", -1);
            if (parts.length == 2 && Long.parseLong(parts[1], 36) == checksum.getValue()) {
                long offset = Long.parseLong(parts[0], 36);
                if (offset >= 0) {
                    return new Cursor(offset, checksum.getValue());
                }
            }
        } catch (IllegalArgumentException malformed) {
            // said below
        }
        throw new CallRejected(
                "cursor: not one that this list gave for these arguments; leave it out to begin");
    }

    /// The word for the row that comes after so many.
    String after(long rows) {
        String text = Long.toString(offset + rows, 36) + ":" + Long.toString(arguments, 36);
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(text.getBytes(StandardCharsets.US_ASCII));
    }
}
