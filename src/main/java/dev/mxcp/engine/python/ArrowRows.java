package dev.mxcp.engine.python;

import java.lang.foreign.MemorySegment;

/// Rows in Arrow's C data interface, in one piece of memory, with pointers that count from its
/// beginning. Places are numbers of four bytes, little-endian.
///
/// @param memory the piece, on the heap
/// @param starts where the top structures are
/// @param pointers where there are pointers that are not null
/// @param releases where the structures' `release` has to be filled in
/// @param more whether rows are left
public record ArrowRows(
        MemorySegment memory,
        MemorySegment starts,
        MemorySegment pointers,
        MemorySegment releases,
        boolean more) {}
