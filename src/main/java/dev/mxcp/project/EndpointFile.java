package dev.mxcp.project;

import dev.mxcp.problem.SourcePlace;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What an endpoint file says beside the endpoint's own working: where it is, tags, tests,
/// policies. Immutable.
///
/// @param path the absolute path
/// @param relativePath below the project root, with `/` between the parts
/// @param place where the endpoint's definition begins
/// @param tests the `tests` list (D8)
/// @param policies the `policies` object (D9)
/// @param metadata the root key `metadata`, plain values; null when absent
/// @param document the whole file as plain values
/// @param places where its keys stand
/// @param presentation what it says to clients, our extensions
public record EndpointFile(
        Path path,
        String relativePath,
        SourcePlace place,
        List<String> tags,
        List<TestCase> tests,
        Policies policies,
        @Nullable Map<String, @Nullable Object> metadata,
        Map<String, @Nullable Object> document,
        Places places,
        Presentation presentation) {

    /// Of an endpoint that no file defines.
    public EndpointFile(
            Path path,
            String relativePath,
            SourcePlace place,
            List<String> tags,
            List<TestCase> tests,
            Policies policies,
            @Nullable Map<String, @Nullable Object> metadata,
            Map<String, @Nullable Object> document) {
        this(
                path,
                relativePath,
                place,
                tags,
                tests,
                policies,
                metadata,
                document,
                Places.unknown(place),
                Presentation.NONE);
    }

    /// One test of an endpoint (D8). `assertions` holds the assertion keys that were written, null
    /// values included.
    ///
    /// @param rollback our extension `isolation: rollback`: what the call writes is undone
    public record TestCase(
            String name,
            @Nullable String description,
            Map<String, @Nullable Object> arguments,
            @Nullable Map<String, @Nullable Object> userContext,
            Map<String, @Nullable Object> assertions,
            boolean rollback,
            SourcePlace place) {}

    /// Rules before and after a call (D9).
    public record Policies(List<Rule> input, List<Rule> output) {
        /// No rules.
        public static final Policies NONE = new Policies(List.of(), List.of());
    }

    /// One policy rule. `action` is one of `deny`, `filter_fields`, `mask_fields`,
    /// `filter_sensitive_fields`.
    public record Rule(
            String condition,
            String action,
            @Nullable String reason,
            List<String> fields,
            SourcePlace place) {}
}
