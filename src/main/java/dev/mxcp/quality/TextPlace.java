package dev.mxcp.quality;

import dev.mxcp.problem.SourcePlace;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Finds where a place of an SQL text or a template stands in the file that holds the text. The
/// file is looked at, since YAML may indent, fold or quote the text.
final class TextPlace {
    /// How far below its beginning a folded text is searched.
    private static final int FAR = 500;

    private TextPlace() {}

    /// The place in the file.
    ///
    /// @param file that holds the text
    /// @param start where the text begins in it
    /// @param line of the text, from 1
    /// @param excerpt of that line; `...` at its ends stands for more
    /// @param offset of the place in the excerpt
    /// @return `start` when the excerpt is nowhere in the file
    static SourcePlace of(Path file, SourcePlace start, int line, String excerpt, int offset) {
        int cut = excerpt.startsWith("...") ? 3 : 0;
        String more = excerpt.substring(cut);
        if (more.endsWith("...")) {
            more = more.substring(0, more.length() - 3);
        }
        int blanks = more.length() - more.stripLeading().length();
        String core = more.strip();
        if (core.isEmpty() || start.line() == 0) {
            return start;
        }
        int inCore = Math.max(0, offset - cut - blanks);
        List<String> lines = lines(file);
        int expected = start.line() + line - 1;
        SourcePlace place = at(lines, start, expected, core, inCore);
        for (int other = start.line();
                place == null && other <= Math.min(lines.size(), start.line() + FAR);
                other++) {
            place = at(lines, start, other, core, inCore);
        }
        return place == null ? start : place;
    }

    private static @Nullable SourcePlace at(
            List<String> lines, SourcePlace start, int line, String core, int inCore) {
        if (line < 1 || line > lines.size()) {
            return null;
        }
        int from = line == start.line() ? Math.max(0, start.column() - 1) : 0;
        int found = lines.get(line - 1).indexOf(core, from);
        return found < 0 ? null : new SourcePlace(start.file(), line, found + inCore + 1);
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException | UncheckedIOException gone) {
            return List.of(); // since it was loaded
        }
    }
}
