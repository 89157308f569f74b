package dev.mxcp.project;

import java.nio.file.Path;

/// What holds for the effective profile after defaults and environment variables (S9, S11, X4-X6).
/// Paths are absolute.
///
/// @param database the DuckDB file, or a path named `:memory:`
/// @param readOnly open the database read-only
/// @param driftSnapshot the drift baseline
/// @param auditEnabled whether calls are recorded
/// @param auditLog the audit log
/// @param auditMaxBytes size of a segment of the audit log
public record ProfileSettings(
        Path database,
        boolean readOnly,
        Path driftSnapshot,
        boolean auditEnabled,
        Path auditLog,
        long auditMaxBytes) {
    static final long DEFAULT_AUDIT_MAX_BYTES = 52_428_800;
}
