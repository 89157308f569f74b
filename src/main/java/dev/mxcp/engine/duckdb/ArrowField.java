package dev.mxcp.engine.duckdb;

import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One field of a schema in Arrow's C data interface (`struct ArrowSchema`).
///
/// @param format the type, as the interface writes it: `i`, `u`, `+l`
/// @param metadata in the interface's own binary form, a character for each byte; or empty
/// @param dictionary the type of the values, where the column holds their indexes
record ArrowField(
        String format,
        String name,
        String metadata,
        long flags,
        List<ArrowField> children,
        @Nullable ArrowField dictionary) {

    static final int SCHEMA_BYTES = 72;
    private static final int FORMAT = 0;
    private static final int NAME = 8;
    private static final int METADATA = 16;
    private static final int FLAGS = 24;
    private static final int CHILD_COUNT = 32;
    private static final int CHILDREN = 40;
    private static final int DICTIONARY = 48;
    private static final int RELEASE = 56;

    ArrowField {
        children = List.copyOf(children);
    }

    /// The schema of rows, as DuckDB writes it.
    ///
    /// @param options see [ArrowCalls#connectionGetArrowOptions(long)]
    static ArrowField of(CApi api, long options, List<Long> types, List<String> names) {
        try (var arena = Arena.ofConfined()) {
            MemorySegment typeWords = words(arena, types);
            MemorySegment nameWords =
                    words(arena, names.stream().map(n -> arena.allocateFrom(n).address()).toList());
            MemorySegment schema = arena.allocate(SCHEMA_BYTES, Long.BYTES);
            api.arrow()
                    .toArrowSchema(options, typeWords, nameWords, names.size(), schema.address());
            try {
                return read(schema.address());
            } finally {
                api.arrow().release(schema.get(JAVA_LONG_UNALIGNED, RELEASE), schema.address());
            }
        }
    }

    private static MemorySegment words(Arena arena, List<Long> values) {
        MemorySegment words =
                arena.allocate(Math.max(1, values.size()) * (long) Long.BYTES, Long.BYTES);
        for (int i = 0; i < values.size(); i++) {
            words.setAtIndex(JAVA_LONG_UNALIGNED, i, values.get(i));
        }
        return words;
    }

    private static ArrowField read(long at) {
        long count = Memory.longAt(at + CHILD_COUNT);
        long childPointers = Memory.longAt(at + CHILDREN);
        var children = new ArrayList<ArrowField>();
        for (long i = 0; i < count; i++) {
            children.add(read(Memory.longAt(childPointers + i * Long.BYTES)));
        }
        long dictionary = Memory.longAt(at + DICTIONARY);
        return new ArrowField(
                Memory.cString(Memory.longAt(at + FORMAT)),
                Memory.cString(Memory.longAt(at + NAME)),
                metadata(Memory.longAt(at + METADATA)),
                Memory.longAt(at + FLAGS),
                children,
                dictionary == 0 ? null : read(dictionary));
    }

    /// A count, then so many pairs of texts, each text with its length in front.
    private static String metadata(long at) {
        if (at == 0) {
            return "";
        }
        int texts = 2 * Memory.intAt(at);
        long end = at + Integer.BYTES;
        for (int i = 0; i < texts; i++) {
            end += Integer.BYTES + Memory.intAt(end);
        }
        return new String(Memory.bytes(at, Math.toIntExact(end - at)), StandardCharsets.ISO_8859_1);
    }
}
