package dev.mxcp.quality.lint;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// What descriptions are made of.
final class Words {
    /// Say nothing about a thing, wherever they stand.
    private static final Set<String> EMPTY =
            Set.of(
                    "a",
                    "an",
                    "the",
                    "of",
                    "to",
                    "for",
                    "in",
                    "on",
                    "with",
                    "and",
                    "or",
                    "by",
                    "from",
                    "this",
                    "that",
                    "is",
                    "are",
                    "be",
                    "it",
                    "its",
                    "as",
                    "all",
                    "any",
                    "some",
                    "given",
                    "get",
                    "gets",
                    "fetch",
                    "fetches",
                    "return",
                    "returns",
                    "retrieve",
                    "retrieves",
                    "list",
                    "lists",
                    "show",
                    "shows",
                    "tool",
                    "resource",
                    "prompt",
                    "endpoint",
                    "function",
                    "data",
                    "value",
                    "values",
                    "result",
                    "results",
                    "input",
                    "output",
                    "parameter",
                    "param",
                    "argument",
                    "field",
                    "string",
                    "number",
                    "integer",
                    "boolean",
                    "object",
                    "array",
                    "text",
                    "stuff",
                    "thing",
                    "things",
                    "info",
                    "information",
                    "todo",
                    "tbd",
                    "fixme",
                    "description",
                    "query",
                    "item",
                    "items",
                    "used",
                    "use");

    private static final Pattern IDENTIFIER =
            Pattern.compile("`([A-Za-z_]\\w*)`|\\b([a-z][a-z0-9]*(?:_[a-z0-9]+)+)\\b");
    private static final Pattern SPLIT = Pattern.compile("[^\\p{L}\\p{N}]+");
    private static final Pattern HUMP = Pattern.compile("(?<=[a-z0-9])(?=[A-Z])");

    private Words() {}

    /// Whether a description says nothing that the name does not say.
    static boolean repeats(String description, String name) {
        Set<String> known = of(name);
        return of(description).stream()
                .allMatch(word -> EMPTY.contains(word) || knows(known, word));
    }

    /// The same for all whitespace and case.
    static String folded(String description) {
        return String.join(" ", split(description));
    }

    /// The words that can only be names of something in code: in backquotes, or with underscores.
    static List<String> identifiers(String description) {
        return IDENTIFIER
                .matcher(description)
                .results()
                .map(found -> found.group(1) == null ? found.group(2) : found.group(1))
                .distinct()
                .toList();
    }

    /// Singular and plural are one word here.
    private static boolean knows(Set<String> known, String word) {
        return known.contains(word)
                || known.contains(word + "s")
                || (word.endsWith("s") && known.contains(word.substring(0, word.length() - 1)));
    }

    private static Set<String> of(String text) {
        return new HashSet<>(split(text));
    }

    private static List<String> split(String text) {
        return Arrays.stream(SPLIT.split(HUMP.matcher(text).replaceAll(" "), -1))
                .filter(word -> !word.isEmpty())
                .map(word -> word.toLowerCase(Locale.ROOT))
                .collect(Collectors.toList());
    }
}
