package dev.mxcp.project;

import dev.mxcp.problem.SourcePlace;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// A well-formed definition whose code was not looked for yet: it may be disabled, a duplicate, or
/// in the wrong folder.
///
/// @param id name or URI
/// @param idPlace where that stands
/// @param finish checks V2-V4 and finds the code; null when it found problems
record EndpointDraft(
        EndpointKind kind,
        String id,
        SourcePlace idPlace,
        boolean enabled,
        Supplier<@Nullable Endpoint> finish) {}
