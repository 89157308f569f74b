package dev.mxcp.quality;

import dev.mxcp.project.Endpoint;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/// Checks the URIs of resources: what MCP clients and our own matching make of them (E8). For one
/// pass over a project, since two templates may stand for the same URIs.
final class ResourceUris {
    private static final Pattern SCHEME = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]*:.+");
    private static final Pattern OPERATOR = Pattern.compile("[+#./;?&=,!@|].*|.*[*]|.*:\\d+");

    private final Map<String, Endpoint.Resource> byShape = new HashMap<>();

    void check(Endpoint.Resource resource, Findings findings) {
        String uri = resource.uri().text();
        if (!SCHEME.matcher(uri).matches()) {
            findings.error(
                    "uri",
                    "'%s' is no URI: clients refuse it".formatted(uri),
                    "begin it with a scheme, as in shop://" + uri);
        }
        String rest = uri.replaceAll("\\{[^{}]+}", "");
        if (rest.indexOf('{') >= 0 || rest.indexOf('}') >= 0) {
            findings.error(
                    "uri",
                    "the braces of '%s' do not make placeholders".formatted(uri),
                    "write each placeholder as {name}");
        }
        placeholders(resource, findings);
        sameUris(resource, findings);
    }

    private static void placeholders(Endpoint.Resource resource, Findings findings) {
        Set<String> seen = new HashSet<>();
        var written = new HashSet<>(WrittenParameters.of(resource));
        for (String name : resource.uri().names()) {
            if (!seen.add(name)) {
                findings.warning(
                        "uri",
                        "the placeholder {%s} occurs twice; only its last value counts"
                                .formatted(name),
                        "give each placeholder its own name");
            } else if (OPERATOR.matcher(name).matches()) {
                findings.error(
                        "uri",
                        "the placeholder {%s} uses an operator; only {name} is supported"
                                .formatted(name),
                        "write {%s}".formatted(name.replaceAll("\\W", "")));
            } else if (!written.contains(name)) {
                findings.warning(
                        "uri",
                        "placeholder {%s} of the uri is not declared; it is a required string"
                                .formatted(name),
                        "declare '%s' under parameters".formatted(name));
            }
        }
    }

    private void sameUris(Endpoint.Resource resource, Findings findings) {
        String shape = resource.uri().text().replaceAll("\\{[^{}]+}", "{}");
        Endpoint.Resource other = byShape.putIfAbsent(shape, resource);
        if (other != null) {
            findings.warning(
                    "uri",
                    "'%s' matches the same URIs as '%s' in %s, which hides it"
                            .formatted(
                                    resource.uri().text(),
                                    other.uri().text(),
                                    other.file().relativePath()),
                    "make the fixed parts differ");
        }
    }
}
