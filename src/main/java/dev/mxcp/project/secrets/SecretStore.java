package dev.mxcp.project.secrets;

/// Reads secrets by reference. Owned by one load of the configuration: what was read once is not
/// asked for again, and the next load asks anew (R5). Not thread-safe.
public interface SecretStore {

    /// The text a reference stands for.
    ///
    /// @param reference with its prefix, as written
    /// @throws SecretUnreadable when it is malformed or cannot be read
    String read(String reference) throws SecretUnreadable;
}
