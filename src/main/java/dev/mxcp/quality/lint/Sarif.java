package dev.mxcp.quality.lint;

import dev.mxcp.types.json.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Findings as SARIF 2.1.0, which code hosts show beside the lines.
public final class Sarif {
    private static final String SCHEMA =
            "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";
    private static final String ROOT = "PROJECTROOT";

    private Sarif() {}

    /// The document.
    ///
    /// @param version of this program
    public static String json(List<Finding> findings, String version) {
        var driver = new LinkedHashMap<String, @Nullable Object>();
        driver.put("name", "mxcp lint");
        driver.put("semanticVersion", version);
        driver.put("rules", rules());
        var run = new LinkedHashMap<String, @Nullable Object>();
        run.put("tool", Map.of("driver", driver));
        run.put("columnKind", "unicodeCodePoints");
        run.put("results", findings.stream().map(Sarif::result).toList());
        var document = new LinkedHashMap<String, @Nullable Object>();
        document.put("$schema", SCHEMA);
        document.put("version", "2.1.0");
        document.put("runs", List.of(run));
        return Json.pretty(document) + "\n";
    }

    private static List<Object> rules() {
        var rules = new ArrayList<Object>();
        for (Rule rule : Rule.values()) {
            var entry = new LinkedHashMap<String, @Nullable Object>();
            entry.put("id", rule.code());
            entry.put("shortDescription", Map.of("text", rule.code().replace('-', ' ')));
            entry.put("fullDescription", Map.of("text", rule.reason()));
            entry.put("help", Map.of("text", rule.remedy()));
            entry.put("defaultConfiguration", Map.of("level", level(rule.severity())));
            rules.add(entry);
        }
        return rules;
    }

    private static Object result(Finding finding) {
        var region = new LinkedHashMap<String, @Nullable Object>();
        region.put("startLine", Math.max(1, finding.place().line()));
        if (finding.place().column() > 0) {
            region.put("startColumn", finding.place().column());
        }
        var artifact = new LinkedHashMap<String, @Nullable Object>();
        artifact.put("uri", uri(finding.path()));
        artifact.put("uriBaseId", ROOT);
        var physical = new LinkedHashMap<String, @Nullable Object>();
        physical.put("artifactLocation", artifact);
        physical.put("region", region);
        var location = new LinkedHashMap<String, @Nullable Object>();
        location.put("physicalLocation", physical);
        location.put("logicalLocations", List.of(Map.of("fullyQualifiedName", finding.location())));
        var result = new LinkedHashMap<String, @Nullable Object>();
        result.put("ruleId", finding.rule().code());
        result.put("ruleIndex", List.of(Rule.values()).indexOf(finding.rule()));
        result.put("level", level(finding.severity()));
        result.put(
                "message", Map.of("text", finding.message() + ". " + finding.suggestion() + "."));
        result.put("locations", List.of(location));
        return result;
    }

    private static String level(Severity severity) {
        return severity == Severity.INFO ? "note" : severity.word();
    }

    /// A path is no URI where it has blanks or other characters of its own.
    private static String uri(String path) {
        try {
            return new java.net.URI(null, null, path, null).toASCIIString();
        } catch (java.net.URISyntaxException impossible) {
            return path;
        }
    }
}
