package dev.mxcp.engine.duckdb;

import dev.mxcp.project.Secret;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.StringJoiner;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Creates DuckDB's temporary secrets from those of the user (K2, R7.4). Their values are never
/// logged.
final class Secrets {
    private static final Logger LOG = LoggerFactory.getLogger(Secrets.class);
    private static final Pattern WORD = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

    /// Types that need an extension which may not be there.
    private static final Set<String> KNOWN =
            Set.of(
                    "s3",
                    "gcs",
                    "r2",
                    "aws",
                    "azure",
                    "http",
                    "huggingface",
                    "postgres",
                    "mysql",
                    "ducklake",
                    "iceberg",
                    "motherduck",
                    "bigquery",
                    "snowflake",
                    "gsheet");

    private Secrets() {}

    /// Creates what DuckDB has a type for; a failure costs only that secret.
    static void create(Connection connection, List<Secret> secrets) {
        if (secrets.isEmpty()) {
            return;
        }
        Set<String> types = new HashSet<>(KNOWN);
        types.addAll(Instance.secretTypes(connection));
        for (Secret secret : secrets) {
            String type = secret.type().toLowerCase(Locale.ROOT);
            if (!secret.parameters().isEmpty() && types.contains(type)) {
                create(connection, secret);
            }
        }
    }

    private static void create(Connection connection, Secret secret) {
        try {
            connection.execute(statement(secret));
        } catch (DuckDbException failure) {
            LOG.warn(
                    "DuckDB takes no secret '{}' of type '{}', so that it is available to Python only: {}",
                    secret.name(),
                    secret.type(),
                    reason(secret, failure));
        }
    }

    /// DuckDB's text without any value of the secret. What it shows of the statement is left out:
    /// an excerpt may end within a value.
    static String reason(Secret secret, DuckDbException failure) {
        List<String> values = new ArrayList<>();
        collect(secret.parameters(), values);
        values.sort(Comparator.comparingInt(String::length).reversed());
        String text =
                String.valueOf(failure.getMessage())
                        .lines()
                        .takeWhile(line -> !line.startsWith("LINE "))
                        .filter(line -> !line.isBlank())
                        .collect(Collectors.joining("; "));
        for (String value : values) {
            text = text.replace(value, "***");
        }
        return text;
    }

    private static void collect(@Nullable Object value, List<String> values) {
        switch (value) {
            case null -> {}
            case Map<?, ?> map -> map.values().forEach(member -> collect(member, values));
            case List<?> list -> list.forEach(item -> collect(item, values));
            default -> {
                String text = value.toString();
                if (!text.isBlank()) {
                    values.add(text);
                    values.add(text.replace("'", "''"));
                }
            }
        }
    }

    /// `CREATE TEMPORARY SECRET "name" (TYPE type, KEY 'value', ...)`
    static String statement(Secret secret) {
        var options = new StringJoiner(", ", "(", ")");
        options.add("TYPE " + SqlNames.quoted(secret.type()));
        secret.parameters()
                .forEach((key, value) -> {
                    String text = value(value);
                    if (text != null) {
                        options.add(option(key) + " " + text);
                    }
                });
        return "CREATE TEMPORARY SECRET " + SqlNames.quoted(secret.name()) + " " + options;
    }

    private static String option(String key) {
        return WORD.matcher(key).matches() ? key : SqlNames.quoted(key);
    }

    private static @Nullable String value(@Nullable Object value) {
        return switch (value) {
            case null -> null;
            case Map<?, ?> map -> map(map);
            case List<?> list -> list(list);
            default -> SqlNames.literal(value.toString());
        };
    }

    private static String map(Map<?, ?> map) {
        var entries = new StringJoiner(", ", "MAP {", "}");
        map.forEach((key, value) -> {
            if (value != null) {
                entries.add(
                        SqlNames.literal(String.valueOf(key))
                                + ": "
                                + SqlNames.literal(value.toString()));
            }
        });
        return entries.toString();
    }

    private static String list(List<?> list) {
        var items = new StringJoiner(", ", "[", "]");
        for (Object item : list) {
            items.add(item == null ? "NULL" : SqlNames.literal(item.toString()));
        }
        return items.toString();
    }
}
