package dev.mxcp.engine;

/// A part of the declared `return` that the columns of an SQL result do not fit.
///
/// @param keyPath of that part below the endpoint: `return.items.properties.id`
/// @param fix what to do
/// @param certain whether every row will be refused; else the endpoint works, but hardly as meant
public record ReturnMismatch(String what, String keyPath, String fix, boolean certain) {}
