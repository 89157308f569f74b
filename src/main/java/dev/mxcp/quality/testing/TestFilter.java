package dev.mxcp.quality.testing;

import dev.mxcp.project.Endpoint;
import dev.mxcp.project.EndpointFile.TestCase;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Which tests are wanted (`-k`): those of which `tool/stock::name of the test` contains a text, in
/// any case. A pattern with `*` and `?` must match as a whole that, `stock::name of the test` or
/// the test's name. Immutable.
public final class TestFilter {
    /// All tests.
    public static final TestFilter ALL = new TestFilter(null);

    private final @Nullable Pattern pattern;

    private TestFilter(@Nullable Pattern pattern) {
        this.pattern = pattern;
    }

    /// Reads a pattern.
    public static TestFilter of(String pattern) {
        boolean wild = pattern.contains("*") || pattern.contains("?");
        var regex = new StringBuilder(wild ? "" : ".*");
        for (char c : pattern.toLowerCase(Locale.ROOT).toCharArray()) {
            switch (c) {
                case '*' -> regex.append(".*");
                case '?' -> regex.append('.');
                default -> regex.append(Pattern.quote(String.valueOf(c)));
            }
        }
        return new TestFilter(
                Pattern.compile(regex.append(wild ? "" : ".*").toString(), Pattern.DOTALL));
    }

    /// Whether it leaves any tests out.
    boolean narrows() {
        return pattern != null;
    }

    List<TestCase> of(Endpoint endpoint) {
        List<TestCase> all = endpoint.file().tests();
        return pattern == null
                ? all
                : all.stream()
                        .filter(test ->
                                matches(EndpointReport.label(endpoint) + "::" + test.name()))
                        .toList();
    }

    private boolean matches(String label) {
        String lower = label.toLowerCase(Locale.ROOT);
        String ofEndpoint = lower.substring(lower.indexOf('/') + 1);
        String ofTest = lower.substring(lower.indexOf("::") + 2);
        return pattern == null
                || Stream.of(lower, ofEndpoint, ofTest)
                        .anyMatch(name -> pattern.matcher(name).matches());
    }
}
