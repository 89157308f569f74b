package dev.mxcp.server.mcp;

import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;

/// Short ids that are unique in the logs of one machine: a random word a process, and a number.
final class CallIds {
    private static final int RADIX = 36;
    private static final int WORDS = RADIX * RADIX * RADIX * RADIX;

    private final String prefix =
            Integer.toString(WORDS + ThreadLocalRandom.current().nextInt(WORDS), RADIX).substring(1)
                    + "-";
    private final AtomicLong next = new AtomicLong(1);

    String next() {
        return prefix + Long.toString(next.getAndIncrement(), RADIX);
    }
}
