package dev.mxcp.engine;

import dev.mxcp.engine.call.Content;
import dev.mxcp.engine.call.Result;
import dev.mxcp.project.Endpoint;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What the bytes are that an endpoint gives.
///
/// @param mimeType of something that is no text
/// @param uri names them where they are embedded
record Media(String mimeType, String uri) {

    /// What an endpoint declares, or null if that is a text or nothing.
    static @Nullable Media of(Endpoint endpoint) {
        String mimeType =
                endpoint instanceof Endpoint.Resource resource
                        ? resource.mimeType()
                        : endpoint.file().presentation().mimeType();
        if (mimeType == null || isText(mimeType)) {
            return null;
        }
        return new Media(
                mimeType,
                endpoint instanceof Endpoint.Resource
                        ? endpoint.id()
                        : "mxcp://tools/" + endpoint.id());
    }

    /// Rows of one column with bytes.
    Result result(List<? extends Map<String, @Nullable Object>> rows) {
        var blocks = new ArrayList<Map<String, @Nullable Object>>();
        for (Map<String, @Nullable Object> row : rows) {
            for (Object value : row.values()) {
                if (value instanceof byte[] bytes) {
                    blocks.add(block(Base64.getEncoder().encodeToString(bytes)));
                }
            }
        }
        return Result.of(new Content(blocks, false));
    }

    /// One block.
    Map<String, @Nullable Object> block(String base64) {
        return Content.ofBytes(mimeType, base64, uri);
    }

    private static boolean isText(String mimeType) {
        String type = mimeType.replaceFirst(";.*", "").strip();
        return type.startsWith("text/")
                || type.endsWith("+json")
                || (type.endsWith("+xml") && !type.startsWith("image/"))
                || List.of("application/json", "application/xml", "application/yaml")
                        .contains(type);
    }
}
