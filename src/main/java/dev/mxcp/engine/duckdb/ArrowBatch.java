package dev.mxcp.engine.duckdb;

import java.lang.foreign.MemorySegment;

/// Rows in Arrow's C data interface, ready for a process that has the same architecture: the
/// structures and what they point to, in one piece of memory. A pointer is the distance from the
/// beginning of the piece; who maps it adds its own address. Places are numbers of four bytes,
/// little-endian.
///
/// @param memory the piece
/// @param starts where the top structures are: the schema first, if it was asked for, then an array
///   for each chunk
/// @param pointers where there are pointers that are not null
/// @param releases where the structures' `release` has to be filled in
/// @param more whether rows are left
public record ArrowBatch(
        MemorySegment memory,
        MemorySegment starts,
        MemorySegment pointers,
        MemorySegment releases,
        boolean more) {}
