package dev.mxcp.quality.testing;

import java.util.Collection;

/// How a test, an endpoint's tests or a whole run ended (cli Q3.6), from good to bad.
public enum Status {
    PASSED("passed"),
    /// An assertion did not hold.
    FAILED("failed"),
    /// The call failed.
    ERROR("error");

    private final String word;

    Status(String word) {
        this.word = word;
    }

    /// The word for one test.
    public String word() {
        return word;
    }

    /// The word for several tests: that nothing is wrong is `ok` there.
    public String ofSeveral() {
        return this == PASSED ? "ok" : word;
    }

    /// The worst of several; of none [#PASSED].
    static Status worst(Collection<Status> several) {
        return several.stream().max(Status::compareTo).orElse(PASSED);
    }
}
