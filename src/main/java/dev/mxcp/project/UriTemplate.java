package dev.mxcp.project;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A resource's URI, possibly with `{name}` placeholders, each of which matches one or more
/// characters except `/` (E8). Immutable.
public final class UriTemplate {
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{([^{}]+)}");

    private final String text;
    private final List<String> names;
    private final Pattern matcher;
    private final int literalLength;

    private UriTemplate(String text, List<String> names, Pattern matcher, int literalLength) {
        this.text = text;
        this.names = List.copyOf(names);
        this.matcher = matcher;
        this.literalLength = literalLength;
    }

    public static UriTemplate of(String text) {
        var names = new ArrayList<String>();
        var regex = new StringBuilder();
        int literals = 0;
        int from = 0;
        Matcher placeholders = PLACEHOLDER.matcher(text);
        while (placeholders.find()) {
            literals += literal(text, from, placeholders.start(), regex);
            names.add(placeholders.group(1));
            regex.append("([^/]+)");
            from = placeholders.end();
        }
        literals += literal(text, from, text.length(), regex);
        return new UriTemplate(text, names, Pattern.compile(regex.toString()), literals);
    }

    /// The template as written.
    public String text() {
        return text;
    }

    /// Names of the placeholders in order.
    public List<String> names() {
        return names;
    }

    /// Whether there is any placeholder.
    public boolean isTemplate() {
        return !names.isEmpty();
    }

    /// How specific the template is: the number of literal characters (the more, the earlier it is
    /// tried).
    public int literalLength() {
        return literalLength;
    }

    /// The percent-decoded values of the placeholders if the whole URI matches; the scheme is
    /// compared without case.
    public Optional<SequencedMap<String, String>> match(String uri) {
        Matcher match = matcher.matcher(uri);
        if (!match.matches()) {
            return Optional.empty();
        }
        var values = new LinkedHashMap<String, String>();
        for (int i = 0; i < names.size(); i++) {
            values.put(names.get(i), decoded(match.group(i + 1)));
        }
        return Optional.of(values);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof UriTemplate that && text.equals(that.text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    @Override
    public String toString() {
        return text;
    }

    private static int literal(String text, int from, int to, StringBuilder regex) {
        String part = text.substring(from, to);
        int scheme = from == 0 ? part.indexOf(':') : -1;
        if (scheme > 0) {
            regex.append("(?i:").append(Pattern.quote(part.substring(0, scheme))).append(')');
            part = part.substring(scheme);
        }
        if (!part.isEmpty()) {
            regex.append(Pattern.quote(part));
        }
        return to - from;
    }

    private static String decoded(String value) {
        if (value.indexOf('%') < 0) {
            return value;
        }
        try {
            // a plus sign in a path is a plus sign, not a blank
            return URLDecoder.decode(value.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException malformed) {
            return value;
        }
    }
}
