package dev.mxcp.types;

import org.jspecify.annotations.Nullable;

/// The check of what is not declared.
final class AnyCheck extends ValueCheck {
    static final AnyCheck ANY = new AnyCheck();

    private AnyCheck() {}

    @Override
    public boolean admitsAll(ValueKind kind) {
        return true;
    }

    @Override
    String mismatch(String typeName) {
        throw new IllegalStateException("everything matches");
    }

    @Override
    @Nullable String found(Object value) {
        return null;
    }
}
