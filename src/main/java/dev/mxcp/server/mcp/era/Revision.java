package dev.mxcp.server.mcp.era;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/// The published revisions of the handshake era, oldest first: an enumeration, never compared as
/// text (M1.6).
public enum Revision {
    V2024_11_05("2024-11-05"),
    V2025_03_26("2025-03-26"),
    V2025_06_18("2025-06-18"),
    V2025_11_25("2025-11-25");

    /// What is offered to a client that asks for something else (M1.2).
    public static final Revision NEWEST = V2025_11_25;

    /// What holds without a session and without a header (M7.7).
    public static final Revision ASSUMED = V2025_03_26;

    private static final Map<String, Revision> BY_TEXT =
            Arrays.stream(values())
                    .collect(Collectors.toUnmodifiableMap(Revision::text, Function.identity()));

    private final String text;

    Revision(String text) {
        this.text = text;
    }

    /// The revision with this name on the wire.
    public static Optional<Revision> of(String text) {
        return Optional.ofNullable(BY_TEXT.get(text));
    }

    /// The name on the wire.
    public String text() {
        return text;
    }

    /// Whether this is that revision or a later one.
    public boolean atLeast(Revision other) {
        return compareTo(other) >= 0;
    }
}
