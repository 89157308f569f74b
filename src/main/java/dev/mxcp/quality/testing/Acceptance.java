package dev.mxcp.quality.testing;

import dev.mxcp.project.Endpoint;
import dev.mxcp.project.yaml.YamlEdit;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Takes what failed tests saw for what they should expect (`--update`): `result`, `result_length`
/// and the values of fields in `result_contains`. Nothing else of a file changes.
public final class Acceptance {
    private Acceptance() {}

    /// A new expectation.
    ///
    /// @param path of the value in the file: keys and positions
    public record Change(
            Endpoint endpoint, TestOutcome outcome, String key, List<Object> path, Object value) {

        /// What was expected before.
        public @Nullable Object before() {
            return Canonical.plain(outcome.test().assertions().get(key));
        }
    }

    /// What can be accepted of a run.
    public static List<Change> changes(TestReport report) {
        var changes = new ArrayList<Change>();
        for (EndpointReport endpoint : report.endpoints()) {
            for (TestOutcome outcome : endpoint.tests()) {
                if (outcome.status() == Status.FAILED) {
                    changes.addAll(changes(endpoint.endpoint(), outcome));
                }
            }
        }
        return changes;
    }

    private static List<Change> changes(Endpoint endpoint, TestOutcome outcome) {
        var changes = new ArrayList<Change>();
        Object actual = outcome.observed();
        outcome.test()
                .assertions()
                .forEach((key, expected) -> {
                    Object value = accepted(key, Canonical.plain(expected), actual);
                    if (value != null) {
                        changes.add(
                                new Change(
                                        endpoint,
                                        outcome,
                                        key,
                                        path(endpoint, outcome, key),
                                        value));
                    }
                });
        return changes;
    }

    /// The new value; null where the old one holds, or where there is none that would.
    private static @Nullable Object accepted(
            String key, @Nullable Object expected, @Nullable Object actual) {
        var one = new LinkedHashMap<String, @Nullable Object>();
        one.put(key, expected);
        if (actual == null
                || key.equals("error_contains")
                || Assertions.check(one, actual).failure() == null) {
            return null;
        }
        return switch (key) {
            case "result" -> actual;
            case "result_length" ->
                    actual instanceof List<?> list ? (Long) (long) list.size() : null;
            case "result_contains" ->
                    expected instanceof Map<?, ?> fields
                                    && actual instanceof Map<?, ?> map
                                    && map.keySet().containsAll(fields.keySet())
                            ? fields(fields, map)
                            : null;
            default -> null;
        };
    }

    private static Map<String, @Nullable Object> fields(Map<?, ?> wanted, Map<?, ?> actual) {
        var fields = new LinkedHashMap<String, @Nullable Object>();
        wanted.keySet().forEach(name -> fields.put(String.valueOf(name), actual.get(name)));
        return fields;
    }

    private static List<Object> path(Endpoint endpoint, TestOutcome outcome, String key) {
        int index = endpoint.file().tests().indexOf(outcome.test());
        return List.of(endpoint.kind().yamlName(), "tests", index, key);
    }

    /// Writes the changes into their files.
    ///
    /// @return those that could not be written, with the reason
    public static Map<Change, String> write(List<Change> changes) {
        var refused = new LinkedHashMap<Change, String>();
        for (Change change : changes) {
            Path file = change.endpoint().file().path();
            try {
                String text = Files.readString(file);
                Files.writeString(file, YamlEdit.replace(text, change.path(), change.value()));
            } catch (YamlEdit.Impossible impossible) {
                refused.put(change, String.valueOf(impossible.getMessage()));
            } catch (IOException unwritable) {
                throw new UncheckedIOException(unwritable);
            }
        }
        return refused;
    }
}
