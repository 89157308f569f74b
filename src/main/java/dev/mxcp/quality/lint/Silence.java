package dev.mxcp.quality.lint;

import dev.mxcp.problem.SourcePlace;
import dev.mxcp.project.EndpointFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What the author of a file does not want to hear: codes under `metadata.lint.ignore` for the
/// whole file, `# lint-ignore: code` for the line it ends or the line below it. One use, one
/// thread.
final class Silence {
    private static final Pattern COMMENT = Pattern.compile("#\\s*lint-ignore:\\s*([\\w, -]*)");

    private final List<Entry> entries = new ArrayList<>();

    /// One code, for one line or, with the line 0, for the whole file.
    private static final class Entry {
        private final String code;
        private final int line;
        private final SourcePlace place;
        private boolean used;

        Entry(String code, int line, SourcePlace place) {
            this.code = code;
            this.line = line;
            this.place = place;
        }
    }

    static Silence of(EndpointFile file, Places places) {
        var silence = new Silence();
        Location ignore = Location.of("metadata").key("lint").key("ignore");
        List<String> codes = codes(file.metadata());
        for (int i = 0; i < codes.size(); i++) {
            SourcePlace place = places.of(ignore.item(i));
            silence.entries.add(new Entry(codes.get(i), 0, place));
        }
        silence.comments(file);
        return silence;
    }

    /// The codes of a map's `lint.ignore`, which is a list or one word.
    static List<String> codes(@Nullable Map<String, ? extends @Nullable Object> map) {
        if (map == null || !(map.get("lint") instanceof Map<?, ?> lint)) {
            return List.of();
        }
        return switch (lint.get("ignore")) {
            case List<?> list -> list.stream().map(String::valueOf).toList();
            case String one -> List.of(one);
            case null, default -> List.of();
        };
    }

    private void comments(EndpointFile file) {
        List<String> lines;
        try {
            lines = Files.readAllLines(file.path());
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
        for (int i = 0; i < lines.size(); i++) {
            Matcher comment = COMMENT.matcher(lines.get(i));
            if (comment.find()) {
                boolean alone = lines.get(i).strip().startsWith("#");
                var place = new SourcePlace(file.relativePath(), i + 1, comment.start() + 1);
                for (String code : comment.group(1).strip().split("[,\\s]+", -1)) {
                    entries.add(new Entry(code, alone ? i + 2 : i + 1, place));
                }
            }
        }
    }

    boolean covers(Finding finding) {
        boolean covered = false;
        for (Entry entry : entries) {
            if (entry.code.equals(finding.rule().code())
                    && (entry.line == 0 || entry.line == finding.place().line())) {
                entry.used = true;
                covered = true;
            }
        }
        return covered;
    }

    /// What silenced nothing.
    List<Finding> unused() {
        return entries.stream()
                .filter(entry -> !entry.used)
                .map(entry -> unused(entry.code, "metadata.lint.ignore", entry.place))
                .toList();
    }

    static Finding unused(String code, String location, SourcePlace place) {
        String message =
                Rule.of(code).isPresent()
                        ? "'%s' is ignored, but nothing of the kind was found".formatted(code)
                        : "'%s' is ignored, but there is no such rule".formatted(code);
        return new Finding(
                Rule.UNUSED_IGNORE, location, message, Rule.UNUSED_IGNORE.remedy(), place, null);
    }
}
