package dev.mxcp.server.mcp.method;

import dev.mxcp.server.mcp.era.Era;
import dev.mxcp.types.json.JsonBuffer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Content blocks as a revision can carry them (M1.7, M1.8).
final class Blocks {
    private Blocks() {}

    /// Writes blocks with commas between, without the brackets.
    static void write(List<Map<String, @Nullable Object>> blocks, Era era, JsonBuffer out) {
        String separator = "";
        for (Map<String, @Nullable Object> block : blocks) {
            out.raw(separator);
            separator = ",";
            write(block, era, out);
        }
    }

    /// Writes one block.
    static void write(Map<String, @Nullable Object> block, Era era, JsonBuffer out) {
        out.any(carried(block, era));
    }

    /// Writes what an endpoint made of it as the contents of a resource: blocks that hold none
    /// become their text.
    static void writeContents(
            String uri, List<Map<String, @Nullable Object>> blocks, JsonBuffer out) {
        String separator = "";
        for (Map<String, @Nullable Object> block : blocks) {
            out.raw(separator).any(contents(uri, block));
            separator = ",";
        }
    }

    private static Map<String, @Nullable Object> carried(
            Map<String, @Nullable Object> block, Era era) {
        String type = String.valueOf(block.get("type"));
        Map<String, @Nullable Object> known = block;
        if (type.equals("audio") && !era.audio()) {
            var resource = new LinkedHashMap<String, @Nullable Object>();
            resource.put("uri", "data:" + block.get("mimeType"));
            resource.put("mimeType", block.get("mimeType"));
            resource.put("blob", block.get("data"));
            known = block("resource");
            known.put("resource", resource);
        } else if (type.equals("resource_link") && !era.resourceLinks()) {
            known = block("text");
            known.put("text", block.get("uri"));
        }
        if (!era.lastModified()
                && known.get("annotations") instanceof Map<?, ?> annotations
                && annotations.containsKey("lastModified")) {
            var fewer = new LinkedHashMap<Object, @Nullable Object>(annotations);
            fewer.remove("lastModified");
            known = new LinkedHashMap<>(known);
            known.put("annotations", fewer);
        }
        return known;
    }

    private static Map<String, @Nullable Object> contents(
            String uri, Map<String, @Nullable Object> block) {
        var contents = new LinkedHashMap<String, @Nullable Object>();
        contents.put("uri", uri);
        switch (String.valueOf(block.get("type"))) {
            case "image", "audio" -> {
                contents.put("mimeType", block.get("mimeType"));
                contents.put("blob", block.get("data"));
            }
            case "resource" -> {
                if (block.get("resource") instanceof Map<?, ?> resource) {
                    resource.forEach((key, value) -> contents.put(String.valueOf(key), value));
                }
            }
            case "resource_link" -> {
                contents.put("mimeType", "text/uri-list");
                contents.put("text", block.get("uri"));
            }
            default -> {
                contents.put("mimeType", "text/plain");
                contents.put("text", Objects.requireNonNullElse(block.get("text"), ""));
            }
        }
        return contents;
    }

    private static Map<String, @Nullable Object> block(String type) {
        var block = new LinkedHashMap<String, @Nullable Object>();
        block.put("type", type);
        return block;
    }
}
