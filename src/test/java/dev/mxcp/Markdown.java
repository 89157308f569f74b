package dev.mxcp;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// One of our documents, or a section of it: headings, tables, code.
record Markdown(String text) {
    private static final Pattern FENCED = Pattern.compile("(?ms)^```[^\\n]*\\n(.*?)^```");
    private static final Pattern INLINE = Pattern.compile("`([^`\\n]+)`");
    private static final Pattern HEADING = Pattern.compile("(?m)^#+ (.+)$");
    private static final Pattern SECTION = Pattern.compile("(?m)^## (.+)$");
    private static final Pattern LINK = Pattern.compile("\\[[^\\]]*]\\(([^)\\s]+)\\)");

    static Markdown of(Path file) {
        try {
            return new Markdown(Files.readString(file));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /// What stands below each heading of the second level.
    Map<String, Markdown> sections() {
        var sections = new LinkedHashMap<String, Markdown>();
        String[] texts = SECTION.split(text, -1);
        List<String> titles = SECTION.matcher(text).results().map(it -> it.group(1)).toList();
        for (int i = 0; i < titles.size(); i++) {
            sections.put(titles.get(i), new Markdown(texts[i + 1]));
        }
        return sections;
    }

    /// The rows of the tables whose head begins with this cell; each a list of cells.
    List<List<String>> rows(String head) {
        var rows = new ArrayList<List<String>>();
        boolean wanted = false;
        String before = "";
        for (String line : text.lines().toList()) {
            if (!line.startsWith("|")) {
                wanted = false;
            } else if (line.startsWith("| ---")) {
                wanted = cells(before).getFirst().equals(head);
            } else if (wanted) {
                rows.add(cells(line));
            }
            before = line;
        }
        return rows;
    }

    private static List<String> cells(String row) {
        return Stream.of(row.split("(?<!\\\\)\\|", 0)).skip(1).map(String::strip).toList();
    }

    /// What stands between single backticks.
    List<String> codes() {
        return INLINE.matcher(FENCED.matcher(text).replaceAll(""))
                .results()
                .map(code -> code.group(1))
                .toList();
    }

    /// All code: that of [#codes] and the lines of blocks.
    List<String> code() {
        return Stream.concat(
                        codes().stream(),
                        FENCED.matcher(text).results().flatMap(block -> block.group(1).lines()))
                .toList();
    }

    List<String> links() {
        return LINK.matcher(prose()).results().map(link -> link.group(1)).toList();
    }

    /// What links to a heading may say after `#`.
    List<String> anchors() {
        return HEADING.matcher(prose()).results().map(it -> anchor(it.group(1))).toList();
    }

    private static String anchor(String heading) {
        return heading.toLowerCase(Locale.ROOT).replaceAll("[^\\w -]", "").replace(' ', '-');
    }

    private String prose() {
        return FENCED.matcher(text).replaceAll("");
    }
}
