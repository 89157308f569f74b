package dev.mxcp.project;

import dev.mxcp.project.Presentation.Cache;
import dev.mxcp.project.Presentation.Completion;
import dev.mxcp.project.Presentation.Delivery;
import dev.mxcp.project.Presentation.ForParameter;
import dev.mxcp.project.Presentation.Icon;
import dev.mxcp.project.yaml.ConfigNode;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Reads what an endpoint file says to clients: `title`, `icons`, `requires_client`, `cache`,
/// `mime_type`, `max_rows`, `max_bytes`, `paginate`, and `title`, `header` and `completion` of
/// parameters.
final class PresentationReader {
    private static final List<String> CLIENT_WORDS =
            List.of("elicitation", "elicitation.url", "sampling", "sampling.tools", "roots");
    private static final Pattern HEADER = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+");
    private static final List<String> IN_HEADERS = List.of("string", "integer", "boolean");
    private static final int PAGE_ROWS = 100;

    private final SourceResolution.Place place;
    private final Map<String, ForParameter> parameters = new LinkedHashMap<>();
    private final TreeSet<String> headers = new TreeSet<>();

    /// @param place where files that are named begin
    PresentationReader(SourceResolution.Place place) {
        this.place = place;
    }

    /// Reads the keys of one parameter.
    void parameter(String name, ConfigNode node, boolean tool) {
        String header = node.optionalString("header");
        if (header != null) {
            checkHeader(header, node, tool);
        }
        var read =
                new ForParameter(
                        node.optionalString("title"),
                        header,
                        node.isPresent("completion") ? completion(node) : null);
        if (!read.equals(ForParameter.NONE)) {
            parameters.put(name, read);
        }
    }

    /// Reads the keys of an endpoint, whose parameters were read before.
    Presentation read(ConfigNode node, EndpointKind kind) {
        boolean tool = kind == EndpointKind.TOOL;
        return new Presentation(
                node.optionalString("title"),
                node.objects("icons").stream().map(PresentationReader::icon).toList(),
                requiresClient(node),
                kind == EndpointKind.RESOURCE ? cache(node) : null,
                tool ? node.optionalString("mime_type") : null,
                tool ? delivery(node) : Delivery.WHOLE,
                parameters);
    }

    private static List<String> requiresClient(ConfigNode node) {
        List<String> words = node.stringsOrOne("requires_client", List.of());
        for (String word : words) {
            if (!CLIENT_WORDS.contains(word)) {
                node.reject(
                        "requires_client",
                        "unknown client capability '" + word + "'",
                        "write one of " + String.join(", ", CLIENT_WORDS));
            }
        }
        return words;
    }

    private static Icon icon(ConfigNode node) {
        String src = node.string("src");
        if (!src.startsWith("https://") && !src.startsWith("data:")) {
            node.reject("src", "an icon is an https or a data URI", null); // M27.13
        }
        var icon =
                new Icon(
                        src,
                        node.optionalString("mime_type"),
                        node.stringsOrOne("sizes", List.of()),
                        node.choice("theme", List.of("light", "dark")));
        node.rejectUnknownKeys(Map.of("mimeType", "write mime_type"));
        return icon;
    }

    private static @Nullable Cache cache(ConfigNode endpoint) {
        return endpoint.optionalObject("cache")
                .map(node -> {
                    Duration ttl = node.duration("ttl", Duration.ZERO);
                    String scope = node.choice("scope", List.of("public", "private"));
                    node.rejectUnknownKeys(Map.of());
                    return new Cache(ttl, "public".equals(scope));
                })
                .orElse(null);
    }

    private static Delivery delivery(ConfigNode node) {
        Integer rows = node.optionalCount("max_rows");
        if (rows != null && rows < 1) {
            node.reject("max_rows", "must be at least 1", "remove the key to send all rows");
        }
        boolean paginated = node.bool("paginate", false);
        Long bytes = node.isPresent("max_bytes") ? node.bytes("max_bytes", Long.MAX_VALUE) : null;
        if (bytes != null && bytes < 1) {
            node.reject("max_bytes", "must be more than 0", null);
        }
        if (paginated && rows == null) {
            rows = PAGE_ROWS;
        }
        return new Delivery(rows, bytes, paginated);
    }

    /// M8.12, M8.13.
    private void checkHeader(String header, ConfigNode node, boolean tool) {
        if (!tool) {
            node.reject("header", "only parameters of tools have headers", "remove the key");
        } else if (!HEADER.matcher(header).matches()) {
            node.reject(
                    "header",
                    "'" + header + "' cannot be part of a header's name",
                    "write letters, digits and '-'; the header is Mcp-Param-" + "<this>");
        } else if (!IN_HEADERS.contains(String.valueOf(node.plain("type")))) {
            node.reject("header", "only a string, integer or boolean fits into a header", null);
        } else if (Boolean.TRUE.equals(node.plain("sensitive"))) {
            node.reject("header", "a sensitive value must not be in a header", "remove the key");
        } else if (!headers.add(header.toLowerCase(Locale.ROOT))) {
            node.reject("header", "another parameter has the header '" + header + "'", null);
        }
    }

    private @Nullable Completion completion(ConfigNode parameter) {
        ConfigNode node = parameter.object("completion");
        String function = node.optionalString("function");
        SourceResolution source = SourceResolution.ofCompletion(node, place);
        Code code = source == null ? null : source.resolve();
        if (code instanceof Code.Python && (function == null || function.isEmpty())) {
            node.reject("function", "Field required", "name the function of the file");
            return null;
        }
        return code == null ? null : new Completion(code, function);
    }
}
