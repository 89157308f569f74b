package dev.mxcp.quality.drift;

import dev.mxcp.problem.MxcpException.InvalidProject;
import dev.mxcp.problem.Problem;
import dev.mxcp.quality.WholeFile;
import dev.mxcp.types.json.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Snapshots as JSON files (cli D2). Reads what others wrote in the same shape: unknown keys do not
/// matter, `return` is taken for `return_`, the version may be a text.
public final class SnapshotFile {
    private static final String FAILED = "Failed to load baseline snapshot: ";

    private SnapshotFile() {}

    /// Writes a snapshot, in place of an older one as a whole or not at all.
    public static void write(Snapshot snapshot, Path file) {
        WholeFile.write(file, Json.pretty(plain(snapshot)) + "\n");
    }

    /// Reads a snapshot.
    ///
    /// @throws InvalidProject when there is none, or what is there is none
    public static Snapshot read(Path file) {
        Object document;
        try {
            document = Json.parse(Files.readAllBytes(file));
        } catch (NoSuchFileException missing) {
            throw failed("Snapshot file not found: " + file, "make one with `mxcp drift-snapshot`");
        } catch (IOException unreadable) {
            throw failed("%s cannot be read: %s".formatted(file, unreadable.getMessage()), null);
        } catch (Json.Malformed malformed) {
            throw failed("%s is no JSON: %s".formatted(file, malformed.getMessage()), null);
        }
        if (!(document instanceof Map<?, ?> map)) {
            throw failed(file + " is no snapshot: a JSON object is expected", null);
        }
        Object version = map.get("version");
        if (!String.valueOf(version).matches("1|1\\.0")) {
            throw failed(
                    "%s has version %s, and only version 1 is known"
                            .formatted(file, Json.text(version)),
                    "make a new one with `mxcp drift-snapshot --force`");
        }
        return snapshot(map);
    }

    /// The document that is written.
    public static Map<String, @Nullable Object> plain(Snapshot snapshot) {
        var document = new LinkedHashMap<String, @Nullable Object>();
        document.put("version", (long) Snapshot.VERSION);
        document.put("generated_at", snapshot.generatedAt());
        document.put("tables", snapshot.tables().stream().map(SnapshotFile::table).toList());
        document.put(
                "resources", snapshot.resources().stream().map(SnapshotFile::resource).toList());
        return document;
    }

    /// SHA-256 of what the snapshot says of the state: equal states have equal hashes, whenever
    /// they were taken.
    public static String hash(Snapshot snapshot) {
        Map<String, @Nullable Object> document = plain(snapshot);
        document.remove("generated_at");
        return sha256(Json.text(sorted(document)).getBytes(StandardCharsets.UTF_8));
    }

    static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    static Map<String, @Nullable Object> column(Snapshot.Column column) {
        var plain = new LinkedHashMap<String, @Nullable Object>();
        plain.put("name", column.name());
        plain.put("type", column.type());
        return plain;
    }

    private static Map<String, @Nullable Object> table(Snapshot.Table table) {
        var plain = new LinkedHashMap<String, @Nullable Object>();
        plain.put("name", table.name());
        plain.put("columns", table.columns().stream().map(SnapshotFile::column).toList());
        return plain;
    }

    private static Map<String, @Nullable Object> resource(Snapshot.Resource resource) {
        var validation = new LinkedHashMap<String, @Nullable Object>();
        validation.put("status", resource.validation().status());
        validation.put("path", resource.path());
        if (resource.validation().message() != null) {
            validation.put("message", resource.validation().message());
        }
        var plain = new LinkedHashMap<String, @Nullable Object>();
        plain.put("validation_results", validation);
        if (resource.tests() != null) {
            plain.put("test_results", Definition.plain(resource.tests().plain()));
        }
        if (resource.definition() != null) {
            plain.put("definition", resource.definition());
        }
        if (resource.metadata() != null) {
            plain.put("metadata", Definition.plain(resource.metadata()));
        }
        if (resource.sourceHash() != null) {
            plain.put("source_hash", resource.sourceHash());
        }
        return plain;
    }

    /// Keys in order, without the times of tests.
    private static @Nullable Object sorted(@Nullable Object value) {
        return switch (value) {
            case Map<?, ?> map -> {
                var copy = new TreeMap<String, @Nullable Object>();
                map.forEach((name, member) -> copy.put(String.valueOf(name), sorted(member)));
                if (copy.containsKey("tests_run") && copy.get("tests") instanceof List<?> tests) {
                    copy.put("tests", tests.stream().map(SnapshotFile::withoutTime).toList());
                }
                yield copy;
            }
            case List<?> list -> {
                var copy = new ArrayList<@Nullable Object>();
                list.forEach(item -> copy.add(sorted(item)));
                yield copy;
            }
            case null, default -> value;
        };
    }

    private static @Nullable Object withoutTime(@Nullable Object test) {
        if (test instanceof Map<?, ?> map) {
            var copy = new TreeMap<String, @Nullable Object>();
            map.forEach((name, member) -> copy.put(String.valueOf(name), member));
            copy.remove("time");
            return copy;
        }
        return test;
    }

    private static Snapshot snapshot(Map<?, ?> map) {
        var tables = new ArrayList<Snapshot.Table>();
        for (Map<?, ?> table : maps(map.get("tables"))) {
            if (!table.containsKey("schema") || "main".equals(table.get("schema"))) {
                tables.add(
                        new Snapshot.Table(
                                text(table, "name"),
                                maps(table.get("columns")).stream()
                                        .map(column ->
                                                new Snapshot.Column(
                                                        text(column, "name"), text(column, "type")))
                                        .toList()));
            }
        }
        return new Snapshot(
                text(map, "generated_at"),
                tables,
                maps(map.get("resources")).stream().map(SnapshotFile::resource).toList());
    }

    private static Snapshot.Resource resource(Map<?, ?> map) {
        Map<String, @Nullable Object> validation = members(map.get("validation_results"));
        Map<String, @Nullable Object> written = members(map.get("definition"));
        Map<String, @Nullable Object> metadata = members(map.get("metadata"));
        if (metadata == null && written != null) {
            metadata = members(written.get("metadata"));
        }
        return new Snapshot.Resource(
                validation == null ? "" : text(validation, "path"),
                new Snapshot.Validation(
                        validation == null ? "" : text(validation, "status"),
                        validation == null ? null : optional(validation, "message")),
                tests(members(map.get("test_results"))),
                written == null ? null : Definition.of(written),
                metadata,
                optional(map, "source_hash"));
    }

    /// The results of one endpoint's tests from their plain form.
    static Snapshot.@Nullable Tests tests(@Nullable Map<String, @Nullable Object> plain) {
        if (plain == null) {
            return null;
        }
        List<Snapshot.Outcome> outcomes =
                maps(plain.get("tests")).stream()
                        .map(test -> new Snapshot.Outcome(text(test, "name"), text(test, "status")))
                        .toList();
        long run =
                plain.get("tests_run") instanceof Number number
                        ? number.longValue()
                        : outcomes.size();
        return new Snapshot.Tests(text(plain, "status"), run, outcomes, plain);
    }

    private static List<Map<?, ?>> maps(@Nullable Object value) {
        var maps = new ArrayList<Map<?, ?>>();
        if (value instanceof List<?> list) {
            for (Object item : list) {
                if (item instanceof Map<?, ?> map) {
                    maps.add(map);
                }
            }
        }
        return maps;
    }

    private static @Nullable Map<String, @Nullable Object> members(@Nullable Object value) {
        if (!(value instanceof Map<?, ?> map)) {
            return null;
        }
        var members = new LinkedHashMap<String, @Nullable Object>();
        map.forEach((name, member) -> members.put(String.valueOf(name), member));
        return members;
    }

    private static String text(Map<?, ?> map, String key) {
        Object value = map.get(key);
        return value == null ? "" : String.valueOf(value);
    }

    private static @Nullable String optional(Map<?, ?> map, String key) {
        Object value = map.get(key);
        return value == null ? null : String.valueOf(value);
    }

    private static InvalidProject failed(String what, @Nullable String fix) {
        return new InvalidProject(Problem.of(FAILED + what, fix));
    }
}
