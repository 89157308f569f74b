package dev.mxcp.server.mcp.era;

import dev.mxcp.server.mcp.message.Batch;
import dev.mxcp.server.mcp.message.ErrorCode;
import dev.mxcp.server.mcp.message.Incoming;
import dev.mxcp.server.mcp.message.Notification;
import dev.mxcp.server.mcp.message.Refusal;
import dev.mxcp.server.mcp.message.Request;
import dev.mxcp.server.mcp.message.Response;
import dev.mxcp.server.mcp.message.Unreadable;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Which era a message belongs to (M3). The body decides: a *claim* is a key of `params._meta` that
/// only the stateless era has; the header is a mirror of it.
public final class Eras {
    /// Key of `_meta`: the revision of the request.
    public static final String VERSION = "io.modelcontextprotocol/protocolVersion";

    /// Key of `_meta`: what the client can do.
    public static final String CAPABILITIES = "io.modelcontextprotocol/clientCapabilities";

    private static final Map<Revision, Era> LEGACY = legacy();

    private Eras() {}

    /// The era of a handshake revision.
    public static Era of(Revision revision) {
        return LEGACY.getOrDefault(revision, new LegacyEra(revision));
    }

    /// Whether a header names a revision of the handshake era, or is absent: the only case in which
    /// GET, DELETE and unclaimed messages belong there (M3.1, M3.2, M3.7-M3.9).
    public static boolean legacyHeader(@Nullable String protocolVersionHeader) {
        return protocolVersionHeader == null || Revision.of(protocolVersionHeader).isPresent();
    }

    /// Whether a message belongs to the stateless era (M3.4-M3.9, M3.16).
    ///
    /// @param protocolVersionHeader null on stdio and where absent
    /// @throws Refusal for a batch with claims; its HTTP status is 400
    public static boolean stateless(Incoming incoming, @Nullable String protocolVersionHeader) {
        return switch (incoming) {
            case Request request ->
                    claimed(request.params()) || !legacyHeader(protocolVersionHeader);
            case Notification notification ->
                    claimed(notification.params()) || !legacyHeader(protocolVersionHeader);
            case Response _ -> !legacyHeader(protocolVersionHeader);
            case Batch batch -> {
                if (batch.messages().stream().anyMatch(Eras::claimed)) {
                    throw new Refusal(
                            ErrorCode.INVALID_REQUEST,
                            "Invalid request: messages of this revision cannot be batched");
                }
                yield !legacyHeader(protocolVersionHeader);
            }
            case Unreadable _ -> false;
        };
    }

    /// Refuses a request of the stateless era that does not say what every request has to say
    /// (M3.10, step 2).
    ///
    /// @return the revision that it names
    public static String requireMeta(Request request) {
        Map<String, @Nullable Object> meta = request.meta();
        if (!(meta.get(VERSION) instanceof String version)) {
            throw lacking(VERSION, "a string");
        }
        if (!(meta.get(CAPABILITIES) instanceof Map)) {
            throw lacking(CAPABILITIES, "an object");
        }
        return version;
    }

    /// Refuses a revision that cannot be had per request (M1.4, M1.5, M3.14).
    public static void requireServed(String version) {
        if (!version.equals(StatelessEra.REVISION)) {
            var data = new LinkedHashMap<String, @Nullable Object>();
            data.put("supported", List.of(StatelessEra.REVISION));
            data.put("requested", version);
            throw new Refusal(
                    ErrorCode.UNSUPPORTED_REVISION, "Unsupported protocol revision", data);
        }
    }

    private static Refusal lacking(String key, String kind) {
        return Refusal.malformedParams("_meta lacks \"" + key + "\", " + kind);
    }

    private static boolean claimed(Incoming incoming) {
        return switch (incoming) {
            case Request request -> claimed(request.params());
            case Notification notification -> claimed(notification.params());
            case Response _, Batch _, Unreadable _ -> false;
        };
    }

    private static boolean claimed(Map<String, @Nullable Object> params) {
        return !params.isEmpty()
                && params.get("_meta") instanceof Map<?, ?> meta
                && (meta.containsKey(VERSION) || meta.containsKey(CAPABILITIES));
    }

    private static Map<Revision, Era> legacy() {
        var eras = new LinkedHashMap<Revision, Era>();
        for (Revision revision : Revision.values()) {
            eras.put(revision, new LegacyEra(revision));
        }
        return Map.copyOf(eras);
    }
}
