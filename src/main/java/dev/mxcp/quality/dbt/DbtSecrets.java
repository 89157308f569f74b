package dev.mxcp.quality.dbt;

import dev.mxcp.project.Secret;
import dev.mxcp.types.json.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/// The secrets of a profile as dbt gets them (cli B1, B2): as environment variables, and, those of
/// type `http`, as entries of its profile that name these variables.
public final class DbtSecrets {
    private static final String PREFIX = "MXCP_SECRET_";

    private DbtSecrets() {}

    /// The variables of every secret and every parameter. Names are upper-cased; where that is no
    /// name for a shell, the variable exists twice, also with `_` for what shells do not take.
    public static SequencedMap<String, String> variables(List<Secret> secrets) {
        var variables = new LinkedHashMap<String, String>();
        for (Secret secret : secrets) {
            secret.parameters()
                    .forEach((parameter, value) -> {
                        String name = name(secret.name(), parameter);
                        if (value instanceof Map<?, ?> map) {
                            map.forEach((key, member) ->
                                    put(variables, name + "_" + upper(key), member));
                        } else {
                            put(variables, name, value);
                        }
                    });
        }
        return variables;
    }

    /// The entries for dbt's profile.
    ///
    /// @param embed whether the values themselves are written instead of references to variables
    static List<Map<String, @Nullable Object>> entries(List<Secret> secrets, boolean embed) {
        var entries = new ArrayList<Map<String, @Nullable Object>>();
        for (Secret secret : secrets) {
            if (secret.type().equalsIgnoreCase("http")) {
                var entry = new LinkedHashMap<String, @Nullable Object>();
                entry.put("name", secret.name());
                entry.put("type", "http");
                Object scope = parameter(secret, "SCOPE");
                entry.put("scope", scope == null ? "" : text(scope));
                String headers = headers(secret, embed);
                if (!headers.isEmpty()) {
                    entry.put("extra_http_headers", "map { " + headers + " }");
                }
                entries.add(entry);
            }
        }
        return entries;
    }

    private static String headers(Secret secret, boolean embed) {
        var headers = new ArrayList<String>();
        Object token = parameter(secret, "BEARER_TOKEN");
        if (token != null) {
            String name = name(secret.name(), "BEARER_TOKEN");
            headers.add(
                    "'Authorization': 'Bearer %s'".formatted(embed ? literal(token) : read(name)));
        }
        if (parameter(secret, "EXTRA_HTTP_HEADERS") instanceof Map<?, ?> extra) {
            String name = name(secret.name(), "EXTRA_HTTP_HEADERS");
            extra.forEach((header, value) ->
                    headers.add(
                            "%s: '%s'"
                                    .formatted(
                                            "'" + literal(header) + "'",
                                            embed
                                                    ? literal(value)
                                                    : read(name + "_" + upper(header)))));
        }
        return String.join(", ", headers);
    }

    /// DuckDB takes parameters in any case.
    private static @Nullable Object parameter(Secret secret, String name) {
        return secret.parameters().entrySet().stream()
                .filter(entry -> entry.getKey().equalsIgnoreCase(name))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse(null);
    }

    private static String read(String variable) {
        return "{{ env_var('" + forShell(variable) + "') }}";
    }

    /// Inside quotes of DuckDB, in a text that dbt reads as a template.
    private static String literal(@Nullable Object value) {
        String quoted = text(value).replace("'", "''");
        return quoted.contains("{{") || quoted.contains("{%")
                ? "{% raw %}" + quoted + "{% endraw %}"
                : quoted;
    }

    private static void put(Map<String, String> variables, String name, @Nullable Object value) {
        variables.put(name, text(value));
        variables.putIfAbsent(forShell(name), text(value));
    }

    private static String name(String secret, String parameter) {
        return PREFIX + upper(secret) + "_" + upper(parameter);
    }

    private static String upper(@Nullable Object name) {
        return String.valueOf(name).toUpperCase(Locale.ROOT);
    }

    private static String forShell(String name) {
        return name.replaceAll("[^A-Z0-9_]", "_");
    }

    /// As Python writes it, which is how existing dbt projects read it.
    private static String text(@Nullable Object value) {
        return switch (value) {
            case null -> "None";
            case Boolean truth -> truth ? "True" : "False";
            case String text -> text;
            case List<?> list -> Json.text(list);
            case Map<?, ?> map -> Json.text(map);
            default -> String.valueOf(value);
        };
    }
}
