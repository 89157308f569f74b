package dev.mxcp.types;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The choices one random case is made of; the same seed makes the same choices.
final class Draw {
    private final SplittableRandom random;

    Draw(long seed) {
        this.random = new SplittableRandom(seed);
    }

    /// A number from `least` to `most`, both included.
    int between(int least, int most) {
        return random.nextInt(least, most + 1);
    }

    /// A number of any size; small ones and the two ends come as often as large ones.
    long anyLong() {
        return oneIn(10)
                ? of(Long.MIN_VALUE, Long.MAX_VALUE)
                : random.nextLong() >> random.nextInt(Long.SIZE);
    }

    boolean oneIn(int chances) {
        return random.nextInt(chances) == 0;
    }

    boolean truth() {
        return random.nextBoolean();
    }

    /// One of the values, each as likely.
    @SafeVarargs
    final <T> T of(T... values) {
        return values[random.nextInt(values.length)];
    }

    <T extends @Nullable Object> T of(List<? extends T> values) {
        return values.get(random.nextInt(values.size()));
    }

    /// What one of the makers makes, each as likely; the others are not asked.
    @SafeVarargs
    final <T extends @Nullable Object> T from(Supplier<? extends T>... makers) {
        return makers[random.nextInt(makers.length)].get();
    }

    /// Nothing in so many percent of the cases, else what the maker makes.
    <T> @Nullable T orNull(int percent, Supplier<? extends T> maker) {
        return random.nextInt(100) < percent ? null : maker.get();
    }

    /// None to `most` items; now and then one comes twice.
    <T extends @Nullable Object> List<T> list(int most, Supplier<? extends T> maker) {
        var items = new ArrayList<T>();
        int size = between(0, most);
        while (items.size() < size) {
            items.add(!items.isEmpty() && oneIn(5) ? of(items) : maker.get());
        }
        return items;
    }
}
