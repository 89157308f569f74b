package dev.mxcp.project.secrets;

import org.jspecify.annotations.Nullable;

/// A secret that could not be read. The message names the reference and the reason, never a value
/// or a token.
public final class SecretUnreadable extends Exception {
    private final @Nullable String fix;

    SecretUnreadable(String what, @Nullable String fix) {
        super(what);
        this.fix = fix;
    }

    /// What to do about it; null when the message says all.
    public @Nullable String fix() {
        return fix;
    }

    /// What failed and why.
    public String what() {
        return String.valueOf(getMessage());
    }
}
