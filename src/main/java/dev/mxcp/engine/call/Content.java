package dev.mxcp.engine.call;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What an endpoint says in blocks: texts, pictures, sounds, resources (M14.12). Immutable.
///
/// @param blocks as the newest revision of the protocol has them, plain values; those of a prompt
///   have a `role` and a `content` each
/// @param isError whether the blocks say why the call failed
public record Content(List<Map<String, @Nullable Object>> blocks, boolean isError) {
    public Content {
        blocks = List.copyOf(blocks);
    }

    /// Bytes as one block: a picture or a sound where the MIME type says so, else a resource.
    ///
    /// @param uri of the resource
    /// @param base64 the bytes
    public static Map<String, @Nullable Object> ofBytes(
            String mimeType, String base64, String uri) {
        if (mimeType.startsWith("image/") || mimeType.startsWith("audio/")) {
            return Map.of(
                    "type", mimeType.substring(0, mimeType.indexOf('/')),
                    "data", base64,
                    "mimeType", mimeType);
        }
        return Map.of(
                "type",
                "resource",
                "resource",
                Map.of("uri", uri, "mimeType", mimeType, "blob", base64));
    }
}
