package dev.mxcp.types;

import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.opentest4j.AssertionFailedError;

/// Tries a property on many random cases. Every run draws others; a failure says which seed makes
/// its case again: `mvn test -Dtest=... -Dmxcp.cases.seed=<seed>`.
final class Cases {
    /// Runs the property on the case of this one seed.
    static final String SEED = "mxcp.cases.seed";

    private static final int COUNT = 2_000;

    /// More are given up than are of use: the generator does not fit the property.
    private static final int TRIES = COUNT * 10;

    private Cases() {}

    /// Thrown by [#assume]: the case says nothing about the property.
    @SuppressWarnings("serial") // never leaves this class
    private static final class OutOfQuestion extends RuntimeException {
        private OutOfQuestion() {
            super(null, null, false, false);
        }
    }

    private record Failure(long seed, String text, Throwable cause) {}

    /// Gives up the case at hand where the property says nothing about it.
    static void assume(boolean condition) {
        if (!condition) {
            throw new OutOfQuestion();
        }
    }

    /// Checks the property on [#COUNT] cases that it speaks of.
    ///
    /// @throws AssertionFailedError if it fails for any: with the seed and the text of the failed
    ///   case whose text is shortest, which is as good as shrinking
    static <T> void check(Function<Draw, T> maker, Consumer<T> property) {
        String given = System.getProperty(SEED);
        if (given != null) {
            again(Long.parseLong(given), maker, property);
            return;
        }
        var seeds = new SplittableRandom();
        @Nullable Failure shortest = null;
        int failures = 0;
        int checked = 0;
        for (int tries = 0; checked < COUNT; tries++) {
            if (tries == TRIES) {
                throw new AssertionFailedError(
                        "only %d of %d cases were of use".formatted(checked, tries));
            }
            try {
                @Nullable Failure failure = failure(seeds.nextLong(), maker, property);
                checked++;
                if (failure != null) {
                    failures++;
                    shortest =
                            shortest == null || failure.text.length() < shortest.text.length()
                                    ? failure
                                    : shortest;
                }
            } catch (OutOfQuestion _) {
                // another case
            }
        }
        report(shortest, failures, checked);
    }

    private static <T> void again(long seed, Function<Draw, T> maker, Consumer<T> property) {
        try {
            report(failure(seed, maker, property), 1, 1);
        } catch (OutOfQuestion _) {
            // the seed is of another property
        }
    }

    private static <T> @Nullable Failure failure(
            long seed, Function<Draw, T> maker, Consumer<T> property) {
        T sample = maker.apply(new Draw(seed));
        try {
            property.accept(sample);
            return null;
        } catch (OutOfQuestion given) {
            throw given;
        } catch (RuntimeException | Error cause) {
            return new Failure(seed, String.valueOf(sample), cause);
        }
    }

    private static void report(@Nullable Failure failure, int failures, int checked) {
        if (failure != null) {
            throw new AssertionFailedError(
                    "%d of %d cases failed; the simplest, again with -D%s=%d: %s%n%s"
                            .formatted(
                                    failures,
                                    checked,
                                    SEED,
                                    failure.seed,
                                    failure.text,
                                    failure.cause.getMessage()),
                    failure.cause);
        }
    }
}
