package dev.mxcp.server.mcp.era;

import dev.mxcp.server.mcp.message.Batch;
import dev.mxcp.server.mcp.message.ErrorCode;
import dev.mxcp.server.mcp.message.Incoming;
import dev.mxcp.server.mcp.message.Notification;
import dev.mxcp.server.mcp.message.Refusal;
import dev.mxcp.server.mcp.message.Request;
import dev.mxcp.server.mcp.message.Response;
import dev.mxcp.server.mcp.message.Unreadable;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Which era a message belongs to (M3). The body decides: a *claim* is a key of `params._meta` that
/// only the stateless era has. No stateless revision is served yet, so a claim is answered as that
/// era answers a revision it does not serve: -32022 with the revisions that a handshake leads to.
public final class Eras {
    private static final String VERSION = "io.modelcontextprotocol/protocolVersion";
    private static final String CAPABILITIES = "io.modelcontextprotocol/clientCapabilities";
    private static final Map<Revision, Era> LEGACY = legacy();

    private Eras() {}

    /// The era of a handshake revision.
    public static Era of(Revision revision) {
        return LEGACY.getOrDefault(revision, new LegacyEra(revision));
    }

    /// Whether a header names a revision of the handshake era, or is absent: the only case in which
    /// GET, DELETE and unclaimed messages are served (M3.1, M3.2, M3.7-M3.9).
    public static boolean legacyHeader(@Nullable String protocolVersionHeader) {
        return protocolVersionHeader == null || Revision.of(protocolVersionHeader).isPresent();
    }

    /// Refuses what does not belong to the handshake era (M3.4-M3.9, M3.14, M3.16).
    ///
    /// @param protocolVersionHeader null on stdio and where absent
    /// @throws Refusal with the code that is due; its HTTP status is 400
    public static void requireLegacy(Incoming incoming, @Nullable String protocolVersionHeader) {
        switch (incoming) {
            case Request request -> requireLegacy(request, protocolVersionHeader);
            case Notification notification -> {
                if (claimed(notification.params()) || !legacyHeader(protocolVersionHeader)) {
                    throw unserved(version(notification.params(), protocolVersionHeader));
                }
            }
            case Response _ -> {
                if (!legacyHeader(protocolVersionHeader)) {
                    throw new Refusal(
                            ErrorCode.INVALID_REQUEST,
                            "Invalid request: a response is not awaited");
                }
            }
            case Batch batch -> {
                if (batch.messages().stream().anyMatch(Eras::claimed)) {
                    throw new Refusal(
                            ErrorCode.INVALID_REQUEST,
                            "Invalid request: messages of this revision cannot be batched");
                }
            }
            case Unreadable _ -> {}
        }
    }

    private static void requireLegacy(Request request, @Nullable String protocolVersionHeader) {
        boolean claimed = claimed(request.params());
        if (!claimed && legacyHeader(protocolVersionHeader)) {
            return;
        }
        Map<String, @Nullable Object> meta = request.meta();
        require(meta.get(VERSION) instanceof String, VERSION);
        require(meta.get(CAPABILITIES) instanceof Map, CAPABILITIES);
        throw unserved(version(request.params(), protocolVersionHeader));
    }

    private static void require(boolean met, String key) {
        if (!met) {
            throw Refusal.invalidParams("Invalid request parameters: _meta lacks \"" + key + "\"");
        }
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

    private static String version(
            Map<String, @Nullable Object> params, @Nullable String protocolVersionHeader) {
        if (params.get("_meta") instanceof Map<?, ?> meta
                && meta.get(VERSION) instanceof String version) {
            return version;
        }
        return protocolVersionHeader == null ? "" : protocolVersionHeader;
    }

    private static Refusal unserved(String requested) {
        var data = new LinkedHashMap<String, @Nullable Object>();
        data.put(
                "supported",
                Arrays.stream(Revision.values()).map(Revision::text).toList().reversed());
        data.put("requested", requested);
        return new Refusal(
                ErrorCode.UNSUPPORTED_REVISION,
                "Unsupported protocol revision; begin with the method initialize",
                data);
    }

    private static Map<Revision, Era> legacy() {
        var eras = new LinkedHashMap<Revision, Era>();
        for (Revision revision : Revision.values()) {
            eras.put(revision, new LegacyEra(revision));
        }
        return Map.copyOf(eras);
    }
}
