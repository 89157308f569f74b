package dev.mxcp.engine.duckdb;

import dev.mxcp.engine.call.CallContext;
import dev.mxcp.types.json.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The SQL functions about the caller (R6), as temporary macros of a connection over one variable
/// of that connection: every thread of a query sees the values of the call that issued it, and
/// nothing reaches the user's file (D5).
final class CallerFunctions {
    /// The functions, in lower case.
    static final Set<String> NAMES =
            Set.of(
                    "get_username",
                    "get_user_email",
                    "get_user_provider",
                    "get_user_external_token",
                    "get_request_header",
                    "get_request_headers_json");

    private static final String VARIABLE = "mxcp_caller";

    /// Names that no statement of a user may touch: it could pretend to be somebody else.
    private static final Set<String> RESERVED = Set.of(VARIABLE);

    private static final List<String> MACROS =
            List.of(
                    "get_username() AS getvariable('mxcp_caller').username",
                    "get_user_email() AS getvariable('mxcp_caller').email",
                    "get_user_provider() AS getvariable('mxcp_caller').provider",
                    "get_user_external_token() AS getvariable('mxcp_caller').token",
                    "get_request_header(name) AS"
                            + " getvariable('mxcp_caller').headers[lower(name::VARCHAR)]",
                    "get_request_headers_json() AS getvariable('mxcp_caller').headers_json");

    private static final String SET =
            """
            SET VARIABLE mxcp_caller = {
              'username': $username::VARCHAR, 'email': $email::VARCHAR,
              'provider': $provider::VARCHAR, 'token': $token::VARCHAR,
              'headers': CASE WHEN $names IS NOT NULL
                  THEN map($names::VARCHAR[], $values::VARCHAR[]) END,
              'headers_json': $json::VARCHAR}
            """;
    private static final String RESET = "RESET VARIABLE mxcp_caller";

    private CallerFunctions() {}

    /// The statements that define the functions on a connection.
    static List<String> definitions() {
        return MACROS.stream().map(macro -> "CREATE OR REPLACE TEMP MACRO " + macro).toList();
    }

    static String setStatement() {
        return SET;
    }

    static String resetStatement() {
        return RESET;
    }

    /// The values for [#setStatement()].
    static Parameters values(CallContext call) {
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        values.put("username", call.caller().username());
        values.put("email", call.caller().email());
        values.put("provider", call.caller().provider());
        values.put("token", call.caller().externalToken());
        Map<String, String> headers = call.headers();
        if (headers == null) {
            values.put("names", null);
            values.put("values", null);
            values.put("json", null);
        } else {
            Map<String, String> folded = new LinkedHashMap<>();
            headers.forEach(
                    (name, value) -> folded.putIfAbsent(name.toLowerCase(Locale.ROOT), value));
            values.put("names", new ArrayList<>(folded.keySet()));
            values.put("values", new ArrayList<>(folded.values()));
            values.put("json", Json.text(headers));
        }
        return new Parameters.Named(values);
    }

    /// The values where there is no call: all functions give NULL.
    static Parameters noValues() {
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        for (String name :
                List.of("username", "email", "provider", "token", "names", "values", "json")) {
            values.put(name, null);
        }
        return new Parameters.Named(values);
    }

    /// Whether a failure says that one of the functions is not defined.
    static boolean undefined(DuckDbException failure) {
        String text = String.valueOf(failure.getMessage());
        return failure.kind() == DuckDbException.Kind.CATALOG
                && NAMES.stream().anyMatch(name -> text.contains("with name " + name + " "));
    }

    /// Why a text is refused that would replace the functions or their values; null for all others.
    static @Nullable DuckDbException forgery(SqlText text) {
        if (text.mentions(RESERVED)) {
            return DuckDbException.of(
                    DuckDbException.Kind.PERMISSION, "\"" + VARIABLE + "\" is reserved");
        }
        return text.statements().stream().anyMatch(CallerFunctions::definesFunction)
                ? DuckDbException.of(
                        DuckDbException.Kind.PERMISSION,
                        "the functions about the caller cannot be replaced")
                : null;
    }

    private static boolean definesFunction(SqlText.Statement statement) {
        List<String> words = statement.words();
        if (!Set.of("create", "drop", "alter").contains(statement.keyword())) {
            return false;
        }
        int kind = Math.max(words.indexOf("macro"), words.indexOf("function"));
        if (kind < 0) {
            return false;
        }
        int end = words.indexOf("(");
        List<String> name = words.subList(kind, end > kind ? end : words.size());
        return name.stream().anyMatch(NAMES::contains);
    }
}
