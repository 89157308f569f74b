package dev.mxcp.cli;

import dev.mxcp.engine.call.Caller;
import dev.mxcp.types.json.Json;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// Who calls, as the command line plays it (cli C4.4; serving-and-security A13).
final class CallerOptions {
    private static final String NOBODY = "cli_user";

    @Option(
            names = {"-u", "--user-context"},
            paramLabel = "JSON|@FILE",
            order = 20,
            description = "The user as a JSON object, for policies and user functions.")
    @Nullable String userContext;

    @Option(
            names = "--request-headers",
            paramLabel = "JSON|@FILE",
            order = 21,
            description = "HTTP headers as a JSON object, as get_request_header() sees them.")
    @Nullable String requestHeaders;

    /// The caller that `--user-context` describes, else nobody.
    ///
    /// @throws UsageError when it is no JSON object
    Caller caller(Path workingDirectory) {
        if (userContext == null) {
            return Caller.ANONYMOUS;
        }
        return Caller.played(
                "cli",
                NOBODY,
                object(userContext, workingDirectory, "User context must be a JSON object"));
    }

    /// The headers with their names as typed; null without the option.
    ///
    /// @throws UsageError when they are no JSON object
    @Nullable Map<String, String> headers(Path workingDirectory) {
        if (requestHeaders == null) {
            return null;
        }
        var headers = new LinkedHashMap<String, String>();
        object(requestHeaders, workingDirectory, "Request headers must be a JSON object")
                .forEach((name, value) -> headers.put(name, asText(value)));
        return headers;
    }

    private static Map<String, @Nullable Object> object(
            String option, Path workingDirectory, String otherwise) {
        Object value;
        if (option.startsWith("@")) {
            value = ParamOptions.json(workingDirectory, option.substring(1));
        } else {
            try {
                value = Json.parse(option);
            } catch (Json.Malformed malformed) {
                throw new UsageError("Invalid JSON: " + malformed.getMessage());
            }
        }
        if (!(value instanceof Map<?, ?> map)) {
            throw new UsageError(otherwise);
        }
        var members = new LinkedHashMap<String, @Nullable Object>();
        map.forEach((name, member) -> members.put(String.valueOf(name), member));
        return members;
    }

    private static String asText(@Nullable Object value) {
        return value instanceof String text ? text : Json.text(value);
    }
}
