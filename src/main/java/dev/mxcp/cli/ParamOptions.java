package dev.mxcp.cli;

import dev.mxcp.types.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// `-p/--param name=value` (T8, cli C4.3).
final class ParamOptions {
    @Option(
            names = {"-p", "--param"},
            paramLabel = "NAME=VALUE",
            order = 10,
            description = {
                "A parameter; may be repeated.",
                "NAME=@FILE reads the value from a JSON file, NAME=@@TEXT is the text @TEXT.",
            })
    List<String> params = new ArrayList<>();

    /// One parameter: what the code gets, and what a person is shown.
    record Param(@Nullable Object value, String shown) {}

    /// The parameters as written; of a repeated name the last one.
    ///
    /// @throws UsageError for what is not `name=value`, or a file that cannot be read as JSON
    SequencedMap<String, Param> read(Path workingDirectory) {
        SequencedMap<String, Param> read = new LinkedHashMap<>();
        for (String param : params) {
            int equals = param.indexOf('=');
            if (equals < 1) {
                throw new UsageError(
                        "Parameter must be in format name=value or name=@file.json: " + param);
            }
            String name = param.substring(0, equals);
            String value = param.substring(equals + 1);
            read.remove(name);
            if (value.startsWith("@@")) {
                read.put(name, new Param(value.substring(1), value.substring(1)));
            } else if (value.startsWith("@")) {
                String file = value.substring(1);
                read.put(name, new Param(json(workingDirectory, file), value));
            } else {
                read.put(name, new Param(value, value));
            }
        }
        return read;
    }

    /// What the code gets.
    static SequencedMap<String, @Nullable Object> values(SequencedMap<String, Param> params) {
        SequencedMap<String, @Nullable Object> values = new LinkedHashMap<>();
        params.forEach((name, param) -> values.put(name, param.value()));
        return values;
    }

    /// A JSON document in a file, relative to the working directory.
    ///
    /// @throws UsageError when there is no such file, or no JSON in it
    static @Nullable Object json(Path workingDirectory, String file) {
        try {
            return Json.parse(Files.readAllBytes(workingDirectory.resolve(file)));
        } catch (NoSuchFileException missing) {
            throw new UsageError("JSON file not found: " + file);
        } catch (Json.Malformed malformed) {
            throw new UsageError(
                    "Invalid JSON in file %s: %s".formatted(file, malformed.getMessage()));
        } catch (IOException unreadable) {
            throw new UsageError("Cannot read JSON file %s: %s".formatted(file, unreadable));
        }
    }
}
