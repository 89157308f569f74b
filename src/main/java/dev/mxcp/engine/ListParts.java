package dev.mxcp.engine;

import dev.mxcp.engine.call.Page;
import dev.mxcp.engine.call.Result;
import dev.mxcp.engine.duckdb.JsonRows;
import dev.mxcp.project.Presentation.Delivery;
import dev.mxcp.types.json.JsonBuffer;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Cuts lists to what an endpoint sends at once.
final class ListParts {
    private ListParts() {}

    static JsonRows.Part of(Delivery delivery, Cursor from) {
        return new JsonRows.Part(from.offset(), mostRows(delivery), mostBytes(delivery));
    }

    /// What to say of a part; null when it is all there is.
    static @Nullable Page page(long rows, boolean more, Delivery delivery, Cursor from) {
        if (!more) {
            return null;
        }
        return new Page(rows, from.offset(), delivery.paginated() ? from.after(rows) : null);
    }

    /// Cuts a value if it is a list.
    ///
    /// @param result makes the result of what is left
    static Result of(
            @Nullable Object value,
            Delivery delivery,
            Cursor from,
            Function<@Nullable Object, Result> result) {
        if (delivery.equals(Delivery.WHOLE) || !(value instanceof List<?> list)) {
            return result.apply(value);
        }
        int begin = (int) Math.min(from.offset(), list.size());
        int end = begin;
        long bytes = 2;
        var item = new JsonBuffer();
        while (end < list.size() && end - begin < mostRows(delivery)) {
            item.clear();
            bytes += item.any(list.get(end)).size() + 1L;
            if (bytes > mostBytes(delivery) && end > begin) {
                break;
            }
            end++;
        }
        Page page = page(end - begin, end < list.size(), delivery, from);
        Result part = result.apply(list.subList(begin, end));
        return page == null ? part : part.with(page);
    }

    private static long mostRows(Delivery delivery) {
        return delivery.maxRows() == null ? Long.MAX_VALUE : delivery.maxRows();
    }

    private static long mostBytes(Delivery delivery) {
        return Objects.requireNonNullElse(delivery.maxBytes(), Long.MAX_VALUE);
    }
}
