package dev.mxcp.server.mcp.transport;

import dev.mxcp.server.mcp.era.Eras;
import dev.mxcp.server.mcp.message.ErrorCode;
import dev.mxcp.server.mcp.message.Refusal;
import dev.mxcp.server.mcp.message.Request;
import dev.mxcp.server.mcp.method.Mirror;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.Headers;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The headers of one HTTP request against its body (M8.5-M8.8, M8.14).
record HeaderMirror(Headers headers) implements Mirror {
    private static final HeaderName METHOD = HeaderNames.create("Mcp-Method");
    private static final HeaderName NAME = HeaderNames.create("Mcp-Name");
    private static final String ENCODED = "=?base64?";
    private static final String ENCODED_END = "?=";

    @Override
    public void check(Request request) {
        same(StreamableHttp.PROTOCOL_VERSION, request.meta().get(Eras.VERSION), false);
        same(METHOD, request.method(), false);
        String named =
                switch (request.method()) {
                    case "tools/call", "prompts/get" -> "name";
                    case "resources/read" -> "uri";
                    default -> null;
                };
        // what is no text is refused for its shape later
        if (named != null && request.params().get(named) instanceof String name) {
            same(NAME, name, true);
        }
    }

    @Override
    public void checkArgument(String suffix, @Nullable Object value) {
        HeaderName name = HeaderNames.create("Mcp-Param-" + suffix);
        if (value == null) {
            if (headers.contains(name)) {
                throw mismatch(name, "is there although the argument is not");
            }
            return;
        }
        String given = decoded(name, single(name));
        boolean same =
                switch (value) {
                    case String text -> text.equals(given);
                    case Boolean truth -> truth.toString().equals(given);
                    case Number number -> sameNumber(number, given);
                    default -> false; // refused for its type, whatever the header says
                };
        if (!same) {
            throw mismatch(name, "differs from the argument");
        }
    }

    private void same(HeaderName name, @Nullable Object expected, boolean encodable) {
        String given = single(name);
        if (!(encodable ? decoded(name, given) : given).equals(expected)) {
            throw mismatch(name, "differs from the body");
        }
    }

    private String single(HeaderName name) {
        if (!headers.contains(name)) {
            throw mismatch(name, "is missing");
        }
        List<String> values = headers.get(name).allValues();
        if (values.size() != 1) {
            throw mismatch(name, "is repeated");
        }
        return values.getFirst().strip();
    }

    private static String decoded(HeaderName name, String value) {
        int end = value.length() - ENCODED_END.length();
        if (!value.startsWith(ENCODED) || !value.endsWith(ENCODED_END) || end < ENCODED.length()) {
            return value;
        }
        String base64 = value.substring(ENCODED.length(), end);
        try {
            if (base64.length() % 4 != 0) {
                throw mismatch(name, "is not padded base64");
            }
            byte[] utf8 = Base64.getDecoder().decode(base64);
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(utf8)).toString();
        } catch (IllegalArgumentException | CharacterCodingException malformed) {
            throw mismatch(name, "is not base64 of UTF-8");
        }
    }

    private static boolean sameNumber(Number number, String given) {
        try {
            return new BigDecimal(number.toString()).compareTo(new BigDecimal(given)) == 0;
        } catch (NumberFormatException none) {
            return false;
        }
    }

    private static Refusal mismatch(HeaderName name, String how) {
        return new Refusal(
                ErrorCode.HEADER_MISMATCH,
                "Header mismatch: %s %s".formatted(name.defaultCase(), how));
    }
}
