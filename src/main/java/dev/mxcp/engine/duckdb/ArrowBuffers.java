package dev.mxcp.engine.duckdb;

/// How long the buffers of one array are, which Arrow's C data interface does not say but lets
/// follow from the format.
///
/// @param buffers where the addresses of the buffers are
record ArrowBuffers(String format, long buffers, int count) {

    long address(int index) {
        return Memory.longAt(buffers + (long) index * Long.BYTES);
    }

    /// @param rows of the array, with those before its offset
    long bytes(int index, long rows) {
        boolean union = format.startsWith("+u");
        if (index == 0 && !union) {
            return bits(rows); // which values are there
        }
        return switch (format.charAt(0)) {
            case 'b' -> bits(rows);
            case 'u', 'z' -> index == 1 ? 4 * (rows + 1) : lastInt(rows);
            case 'U', 'Z' -> index == 1 ? 8 * (rows + 1) : lastLong(rows);
            case 'v' -> view(index, rows);
            case '+' -> nested(index, rows);
            default -> rows * width();
        };
    }

    private static long bits(long rows) {
        return (rows + 7) / 8;
    }

    private long lastInt(long rows) {
        return address(1) == 0 ? 0 : Memory.intAt(address(1) + 4 * rows);
    }

    private long lastLong(long rows) {
        return address(1) == 0 ? 0 : Memory.longAt(address(1) + 8 * rows);
    }

    /// Sixteen bytes a value, then any number of buffers with long texts, then their sizes.
    private long view(int index, long rows) {
        if (index == 1) {
            return 16 * rows;
        }
        int texts = count - 3;
        return index == count - 1
                ? 8L * texts
                : Memory.longAt(address(count - 1) + 8L * (index - 2));
    }

    private long nested(int index, long rows) {
        return switch (format.charAt(1)) {
            case 'l', 'm' -> 4 * (rows + 1);
            case 'L' -> 8 * (rows + 1);
            case 'v' -> (format.charAt(2) == 'l' ? 4 : 8) * rows;
            case 'u' -> index == 0 ? rows : 4 * rows; // tags, then places in dense members
            default -> 0;
        };
    }

    private long width() {
        return switch (format.charAt(0)) {
            case 'n' -> 0;
            case 'c', 'C' -> 1;
            case 's', 'S', 'e' -> 2;
            case 'i', 'I', 'f' -> 4;
            case 'l', 'L', 'g' -> 8;
            case 'd' -> decimalWidth();
            case 'w' -> Long.parseLong(format, 2, format.length(), 10);
            case 't' -> temporalWidth();
            default -> throw new IllegalStateException("an Arrow type is new here: " + format);
        };
    }

    /// `d:precision,scale[,bits]`
    private long decimalWidth() {
        String[] parts = format.substring(2).split(",", -1);
        return parts.length < 3 ? 16 : Long.parseLong(parts[2]) / 8;
    }

    private long temporalWidth() {
        return switch (format.substring(0, 3)) {
            case "tdD", "tts", "ttm", "tiM" -> 4;
            case "tin" -> 16;
            default -> 8;
        };
    }
}
