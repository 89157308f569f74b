package dev.mxcp.engine.duckdb;

import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// Lays Arrow's C structures, with all that they point to, one behind the other into one piece of
/// memory. See [ArrowBatch].
final class ArrowLayout {
    private static final VarHandle LONG =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle INT =
            MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final int ALIGNMENT = 16;
    static final int ARRAY_BYTES = 80;
    private static final int LENGTH = 0;
    private static final int NULLS = 8;
    private static final int OFFSET = 16;
    private static final int BUFFER_COUNT = 24;
    private static final int CHILD_COUNT = 32;
    private static final int BUFFERS = 40;
    private static final int CHILDREN = 48;
    private static final int DICTIONARY = 56;
    static final int RELEASE = 64;

    private byte[] bytes;
    private int size;
    private final Places starts = new Places();
    private final Places pointers = new Places();
    private final Places releases = new Places();

    /// A growing list of places.
    private static final class Places {
        private byte[] bytes = new byte[256];
        private int size;

        void add(int place) {
            if (size + Integer.BYTES > bytes.length) {
                bytes = Arrays.copyOf(bytes, 2 * bytes.length);
            }
            INT.set(bytes, size, place);
            size += Integer.BYTES;
        }

        MemorySegment segment() {
            return MemorySegment.ofArray(bytes).asSlice(0, size);
        }
    }

    /// @param expected how large the piece will probably be
    ArrowLayout(int expected) {
        bytes = new byte[expected];
    }

    /// What was laid out so far.
    int size() {
        return size;
    }

    ArrowBatch batch(boolean more) {
        return new ArrowBatch(
                MemorySegment.ofArray(bytes).asSlice(0, size),
                starts.segment(),
                pointers.segment(),
                releases.segment(),
                more);
    }

    /// Lays out a schema.
    void schema(ArrowField field) {
        starts.add(place(field));
    }

    /// Lays out an array that DuckDB made.
    ///
    /// @param array the address of the `struct ArrowArray`
    void array(long array, ArrowField field) {
        starts.add(place(array, field));
    }

    private int place(ArrowField field) {
        int at = room(ArrowField.SCHEMA_BYTES);
        pointer(at, text(field.format()));
        pointer(at + 8, text(field.name()));
        if (!field.metadata().isEmpty()) {
            byte[] binary = field.metadata().getBytes(StandardCharsets.ISO_8859_1);
            int metadata = room(binary.length);
            System.arraycopy(binary, 0, bytes, metadata, binary.length);
            pointer(at + 16, metadata);
        }
        word(at + 24, field.flags());
        word(at + 32, field.children().size());
        if (!field.children().isEmpty()) {
            int children = room(field.children().size() * Long.BYTES);
            pointer(at + 40, children);
            for (int i = 0; i < field.children().size(); i++) {
                pointer(children + i * Long.BYTES, place(field.children().get(i)));
            }
        }
        if (field.dictionary() != null) {
            pointer(at + 48, place(field.dictionary()));
        }
        releases.add(at + 56);
        return at;
    }

    private int place(long array, ArrowField field) {
        int at = room(ARRAY_BYTES);
        long rows = Memory.longAt(array + LENGTH) + Memory.longAt(array + OFFSET);
        for (int part : new int[] {LENGTH, NULLS, OFFSET, BUFFER_COUNT, CHILD_COUNT}) {
            word(at + part, Memory.longAt(array + part));
        }
        int buffers = (int) Memory.longAt(array + BUFFER_COUNT);
        if (buffers > 0) {
            int list = room(buffers * Long.BYTES);
            pointer(at + BUFFERS, list);
            var sizes = new ArrowBuffers(field.format(), Memory.longAt(array + BUFFERS), buffers);
            for (int i = 0; i < buffers; i++) {
                copy(list + i * Long.BYTES, sizes.address(i), sizes.bytes(i, rows));
            }
        }
        int children = (int) Memory.longAt(array + CHILD_COUNT);
        if (children > 0) {
            int list = room(children * Long.BYTES);
            pointer(at + CHILDREN, list);
            long source = Memory.longAt(array + CHILDREN);
            for (int i = 0; i < children; i++) {
                long child = Memory.longAt(source + (long) i * Long.BYTES);
                pointer(list + i * Long.BYTES, place(child, field.children().get(i)));
            }
        }
        long dictionary = Memory.longAt(array + DICTIONARY);
        if (dictionary != 0 && field.dictionary() != null) {
            pointer(at + DICTIONARY, place(dictionary, field.dictionary()));
        }
        releases.add(at + RELEASE);
        return at;
    }

    private void copy(int pointerAt, long source, long length) {
        if (source == 0) {
            return;
        }
        int to = room(Math.toIntExact(length));
        Memory.copy(source, bytes, to, (int) length);
        pointer(pointerAt, to);
    }

    private int text(String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        int at = room(utf8.length + 1);
        System.arraycopy(utf8, 0, bytes, at, utf8.length);
        return at;
    }

    /// Zeros, where DuckDB's own code would find them aligned. Nothing is empty: a consumer may
    /// look at the address of an empty buffer.
    private int room(int length) {
        int at = (size + ALIGNMENT - 1) & -ALIGNMENT;
        long end = (long) at + Math.max(1, length);
        if (end > bytes.length) {
            if (end > Integer.MAX_VALUE - 64) {
                throw DuckDbException.of(
                        DuckDbException.Kind.OUT_OF_RANGE,
                        "2048 rows of this result have more than 2 GB");
            }
            bytes = Arrays.copyOf(bytes, (int) Math.min(Integer.MAX_VALUE - 64, 2 * end));
        }
        size = (int) end;
        return at;
    }

    private void word(int at, long value) {
        LONG.set(bytes, at, value);
    }

    private void pointer(int at, int target) {
        word(at, target);
        pointers.add(at);
    }
}
