package dev.mxcp.project.yaml;

import dev.mxcp.problem.Problem;
import dev.mxcp.problem.SourcePlace;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.parser.ParserImpl;
import org.yaml.snakeyaml.reader.ReaderException;
import org.yaml.snakeyaml.reader.StreamReader;

/// Reads YAML 1.1 files of one document (section 0): UTF-8, or UTF-16 with a byte order mark. Files
/// that would need much more memory than their size (alias bombs) are refused. Thread-safe.
public final class YamlReader {
    private static final int MOST_CODE_POINTS = 16 * 1024 * 1024;

    /// Reads a file.
    ///
    /// @param file the file
    /// @param shownAs its name in messages
    /// @param problems receives what is wrong
    /// @return null when the file cannot be read; an empty document is a null scalar
    public @Nullable YamlValue read(Path file, String shownAs, Problems problems) {
        try {
            return parse(Files.readAllBytes(file), shownAs, problems);
        } catch (NoSuchFileException gone) {
            problems.add("file not found", SourcePlace.of(shownAs), null, null);
        } catch (AccessDeniedException denied) {
            problems.add(
                    "no permission to read the file",
                    SourcePlace.of(shownAs),
                    null,
                    "allow the user of this process to read it");
        } catch (IOException failed) {
            problems.add(
                    "the file cannot be read: " + failed.getMessage(),
                    SourcePlace.of(shownAs),
                    null,
                    null);
        }
        return null;
    }

    /// Reads the bytes of a file.
    ///
    /// @param shownAs name of the file in messages
    /// @param problems receives what is wrong
    /// @return null when the bytes are not one YAML document; an empty document is a null scalar
    public @Nullable YamlValue parse(byte[] bytes, String shownAs, Problems problems) {
        String text;
        try {
            text = decoded(bytes);
        } catch (CharacterCodingException malformed) {
            problems.add(
                    "the file is not valid UTF-8 (or UTF-16 with a byte order mark)",
                    SourcePlace.of(shownAs),
                    null,
                    "save the file as UTF-8");
            return null;
        }
        try {
            var options = new LoaderOptions();
            options.setCodePointLimit(MOST_CODE_POINTS);
            return new YamlTree(shownAs, new ParserImpl(new StreamReader(text), options))
                    .document();
        } catch (YamlTree.Refused refused) {
            problems.add(refused.problem());
        } catch (MarkedYAMLException malformed) {
            problems.add(syntax(malformed, shownAs));
        } catch (ReaderException malformed) {
            problems.add(character(malformed, text, shownAs));
        } catch (YAMLException limit) { // the parser's own limits
            problems.add(String.valueOf(limit.getMessage()), SourcePlace.of(shownAs), null, null);
        }
        return null;
    }

    private static String decoded(byte[] bytes) throws CharacterCodingException {
        int mark = 0;
        Charset charset = StandardCharsets.UTF_8;
        if (startsWith(bytes, 0xEF, 0xBB, 0xBF)) {
            mark = 3;
        } else if (startsWith(bytes, 0xFE, 0xFF)) {
            mark = 2;
            charset = StandardCharsets.UTF_16BE;
        } else if (startsWith(bytes, 0xFF, 0xFE)) {
            mark = 2;
            charset = StandardCharsets.UTF_16LE;
        }
        return charset.newDecoder()
                .decode(ByteBuffer.wrap(bytes, mark, bytes.length - mark))
                .toString();
    }

    private static boolean startsWith(byte[] bytes, int... start) {
        if (bytes.length < start.length) {
            return false;
        }
        for (int i = 0; i < start.length; i++) {
            if ((bytes[i] & 0xFF) != start[i]) {
                return false;
            }
        }
        return true;
    }

    private static Problem syntax(MarkedYAMLException malformed, String shownAs) {
        String what = String.valueOf(malformed.getProblem()).strip();
        Mark mark = malformed.getProblemMark();
        Mark begin = malformed.getContextMark();
        boolean open = what.contains("end of stream") && begin != null;
        if (open) { // the end of the file tells nothing: what was opened stands where it begins
            what += " " + malformed.getContext();
        }
        if (mark == null || open) {
            mark = begin;
        }
        SourcePlace place =
                mark == null
                        ? SourcePlace.of(shownAs)
                        : new SourcePlace(shownAs, mark.getLine() + 1, mark.getColumn() + 1);
        return new Problem("YAML syntax: " + what, place, null, hint(what));
    }

    private static @Nullable String hint(String what) {
        if (what.startsWith("mapping values are not allowed")) {
            return "put a value that contains ': ' in quotes, and check the indentation";
        } else if (what.contains("TAB")) {
            return "indent with spaces";
        } else if (what.contains("quoted scalar")) {
            return "close the quote that begins here";
        }
        return null;
    }

    private static Problem character(ReaderException malformed, String text, String shownAs) {
        int end = Math.min(malformed.getPosition(), text.length());
        int line = 1 + (int) text.substring(0, end).chars().filter(c -> c == '\n').count();
        int column = end - text.lastIndexOf('\n', Math.max(0, end - 1));
        return new Problem(
                "YAML syntax: the character U+%04X is not allowed"
                        .formatted(malformed.getCodePoint()),
                new SourcePlace(shownAs, line, Math.max(1, column)),
                null,
                "remove it, or write it as an escape in double quotes");
    }
}
