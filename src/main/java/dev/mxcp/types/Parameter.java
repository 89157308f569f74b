package dev.mxcp.types;

/// A named parameter of an endpoint (D6). It is optional iff its type has a default (T3).
///
/// @param name letters, digits and `_`, not beginning with a digit
public record Parameter(String name, TypeDef type) {
    public boolean required() {
        return type.fallback() == null;
    }
}
