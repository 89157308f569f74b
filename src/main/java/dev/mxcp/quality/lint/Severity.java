package dev.mxcp.quality.lint;

/// How much a finding matters, from most to least.
public enum Severity {
    ERROR("error"),
    WARNING("warning"),
    INFO("info");

    private final String word;

    Severity(String word) {
        this.word = word;
    }

    public String word() {
        return word;
    }

    /// Whether this matters at least as much as another.
    public boolean atLeast(Severity least) {
        return compareTo(least) <= 0;
    }
}
