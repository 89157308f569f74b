package dev.mxcp.engine.prompt;

import dev.mxcp.engine.prompt.Values.Given;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Changes of text that filters and methods share.
final class Texts {
    private static final int LONGEST = 16 << 20;
    private static final int WIDEST = 10_000;

    private Texts() {}

    static String capitalized(String text) {
        if (text.isEmpty()) {
            return text;
        }
        int first = text.offsetByCodePoints(0, 1);
        return text.substring(0, first).toUpperCase(Locale.ROOT)
                + text.substring(first).toLowerCase(Locale.ROOT);
    }

    /// Words begin with capitals.
    ///
    /// @param apostrophes whether they belong to a word, as the filter has it and the method not
    static String title(String text, boolean apostrophes) {
        var titled = new StringBuilder(text.length());
        boolean inWord = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            titled.append(inWord ? Character.toLowerCase(c) : Character.toUpperCase(c));
            inWord = Character.isLetterOrDigit(c) || (apostrophes && c == '\'');
        }
        return titled.toString();
    }

    static String swapped(String text) {
        var swapped = new StringBuilder(text.length());
        text.codePoints()
                .map(point ->
                        Character.isUpperCase(point)
                                ? Character.toLowerCase(point)
                                : Character.toUpperCase(point))
                .forEach(swapped::appendCodePoint);
        return swapped.toString();
    }

    /// @param characters what to take away; null means white space
    static String stripped(String text, @Nullable Object characters, boolean left, boolean right) {
        int from = 0;
        int to = text.length();
        while (left && from < to && strippable(text.charAt(from), characters)) {
            from++;
        }
        while (right && from < to && strippable(text.charAt(to - 1), characters)) {
            to--;
        }
        return text.substring(from, to);
    }

    private static boolean strippable(char c, @Nullable Object characters) {
        return characters == null
                ? Character.isWhitespace(c)
                : PythonText.str(characters).indexOf(c) >= 0;
    }

    static String joined(String separator, List<@Nullable Object> items) {
        var text = new StringBuilder();
        boolean first = true;
        for (Object item : items) {
            text.append(first ? "" : separator).append(PythonText.str(item));
            first = false;
            if (text.length() > LONGEST) {
                throw new TemplateException("a text is too long");
            }
        }
        return text.toString();
    }

    static String replaced(String text, Given given) {
        String what = PythonText.str(given.required(0, "old"));
        String by = PythonText.str(given.required(1, "new"));
        Object count = given.get(2, "count", null);
        long times = count == null ? Long.MAX_VALUE : Numbers.toLong(count);
        if (times < 0) {
            times = Long.MAX_VALUE;
        }
        if ((double) text.length() * (by.length() + 1) > LONGEST * 64.0) {
            throw new TemplateException("a text is too long");
        }
        var replaced = new StringBuilder();
        int from = 0;
        int at = text.indexOf(what);
        while (at >= 0 && times-- > 0) {
            replaced.append(text, from, at).append(by);
            from = at + what.length();
            if (what.isEmpty()) {
                if (at == text.length()) {
                    return replaced.toString();
                }
                replaced.append(text.charAt(at));
                from = at + 1;
            }
            at = text.indexOf(what, from);
        }
        return replaced.append(text, from, text.length()).toString();
    }

    static Object count(String text, String what) {
        if (what.isEmpty()) {
            return text.length() + 1L;
        }
        long count = 0;
        for (int at = text.indexOf(what); at >= 0; at = text.indexOf(what, at + what.length())) {
            count++;
        }
        return count;
    }

    static String filled(String text, Given given, char align) {
        int width = given.integer(0, "width", 80);
        if (width > WIDEST) {
            throw new TemplateException("the width is too large");
        }
        String fill = given.text(1, "fillchar", " ");
        int missing = width - text.codePointCount(0, text.length());
        if (missing <= 0 || fill.isEmpty()) {
            return text;
        }
        int left = align == '<' ? 0 : align == '>' ? missing : missing / 2;
        return fill.repeat(left) + text + fill.repeat(missing - left);
    }

    static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&#34;")
                .replace("'", "&#39;");
    }
}
