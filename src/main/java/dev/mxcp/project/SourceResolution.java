package dev.mxcp.project;

import dev.mxcp.problem.SourcePlace;
import dev.mxcp.project.yaml.ConfigNode;
import dev.mxcp.project.yaml.YamlValue.Origin;
import dev.mxcp.project.yaml.YamlValue.Scalar;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Finds the code of a tool or resource: reads `source` (D7), decides on the language, finds files
/// (E1) and reads SQL (E2). Files are looked for only when the endpoint is in use.
final class SourceResolution {
    private static final List<String> LANGUAGES = List.of("sql", "python");

    private final Path root;
    private final Path folder;
    private final ConfigNode node;
    private final @Nullable String code;
    private final @Nullable String file;
    private final boolean python;

    private SourceResolution(
            Path root,
            Path folder,
            ConfigNode node,
            @Nullable String code,
            @Nullable String file,
            boolean python) {
        this.root = root;
        this.folder = folder;
        this.node = node;
        this.code = code;
        this.file = file;
        this.python = python;
    }

    /// Reads `language` and `source` of an endpoint.
    ///
    /// @param folder of the endpoint file
    /// @return null when `source` is missing or gives not exactly one of `code` and `file`
    static @Nullable SourceResolution read(ConfigNode endpoint, Path root, Path folder) {
        String language = endpoint.choice("language", LANGUAGES);
        if (!endpoint.has("source")) {
            endpoint.reject("source", "Field required", "write `source: {file: ...}`");
            return null;
        }
        ConfigNode source = endpoint.object("source");
        String code = source.optionalString("code");
        String file = source.optionalString("file");
        String sourceLanguage = source.choice("language", LANGUAGES);
        source.rejectUnknownKeys(
                Map.of("path", "write file", "function", "the function has the endpoint's name"));
        code = code == null || code.isEmpty() ? null : code;
        file = file == null || file.isEmpty() ? null : file;
        if ((code == null) == (file == null)) {
            endpoint.reject(
                    "source",
                    "Source must provide exactly one of 'code' or 'file'",
                    code != null ? "remove one of the two" : "write `file: ...` or `code: ...`");
            return null;
        }
        boolean byName = file != null && file.endsWith(".py");
        String decided = language == null ? sourceLanguage : language;
        boolean python = decided == null ? byName : decided.equals("python");
        return new SourceResolution(root, folder, source, code, file, python);
    }

    /// Where the files of an endpoint begin.
    ///
    /// @param folder of the endpoint file
    record Place(Path root, Path folder) {}

    /// Reads `code` or `file` of a completion.
    ///
    /// @return null when there is not exactly one of them
    static @Nullable SourceResolution ofCompletion(ConfigNode node, Place place) {
        String code = node.optionalString("code");
        String file = node.optionalString("file");
        node.rejectUnknownKeys(Map.of("sql", "write code", "python", "write file and function"));
        if ((code == null) == (file == null)) {
            node.reject(
                    "a completion has exactly one of 'code' and 'file'",
                    "write `code: SELECT ...`, or `file: ...` and for Python `function: ...`");
            return null;
        }
        boolean python = file != null && file.endsWith(".py");
        return new SourceResolution(place.root(), place.folder(), node, code, file, python);
    }

    /// The code; null when it cannot be had, with a problem added (V7, V8).
    @Nullable Code resolve() {
        if (file == null) {
            return inline();
        }
        Path path = find(file);
        String shown = Locations.shown(root, path);
        if (!Files.isRegularFile(path)) {
            node.reject(
                    "file",
                    python
                            ? "Python source file not found: " + shown
                            : "Error resolving source code: SQL file not found: " + shown,
                    remedy());
            return null;
        }
        return python ? new Code.Python(path, node.place("file")) : sql(path, shown);
    }

    private @Nullable Code inline() {
        String text = code == null ? "" : code;
        if (python) {
            node.reject(
                    "code",
                    "Python endpoints must specify source.file",
                    "put the code into a file below python/ and name it in source.file");
            return null;
        } else if (text.isBlank()) {
            node.reject("code", "No SQL query found", "write a statement");
            return null;
        }
        return new Code.Sql(text, null, placeOfCode());
    }

    /// The text of a block begins one line below its `|`.
    private SourcePlace placeOfCode() {
        SourcePlace place = node.place("code");
        return node.value("code") instanceof Scalar scalar && scalar.origin() == Origin.BLOCK
                ? new SourcePlace(place.file(), place.line() + 1, 0)
                : place;
    }

    /// Relative to the endpoint file; a leading slash means the root, and only if there is no such
    /// file the file system (E1).
    private Path find(String written) {
        if (!written.startsWith("/")) {
            return Locations.literal(folder, written).orElse(folder);
        }
        Path belowRoot = Locations.literal(root, written.replaceFirst("^/+", "")).orElse(root);
        Path literal = Locations.literal(root, written).orElse(root);
        return !Files.exists(belowRoot) && Files.isRegularFile(literal) ? literal : belowRoot;
    }

    private String remedy() {
        if (python && file != null && file.matches(".*\\.py:\\w+")) {
            return "remove ':function': the function is the one with the endpoint's name";
        }
        return "paths begin at the folder of this file; a leading '/' means the project root";
    }

    private @Nullable Code sql(Path path, String shown) {
        String failure;
        try {
            String text = decoded(Files.readAllBytes(path));
            if (!text.isBlank()) {
                return new Code.Sql(text, path, new SourcePlace(shown, 1, 1));
            }
            node.reject("file", "No SQL query found in " + shown, "write a statement");
            return null;
        } catch (CharacterCodingException malformed) {
            failure = shown + " is not valid UTF-8";
        } catch (IOException failed) {
            failure = shown + " cannot be read: " + failed.getMessage();
        }
        node.reject("file", "Error resolving source code: " + failure, null);
        return null;
    }

    private static String decoded(byte[] bytes) throws CharacterCodingException {
        String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
        return text.startsWith("\uFEFF") ? text.substring(1) : text;
    }
}
