package dev.mxcp.quality.evals;

import org.jspecify.annotations.Nullable;

/// How many tokens went to a model and came back, as far as its API tells.
public record Usage(long input, long output) {
    static final Usage NONE = new Usage(0, 0);
    private static final double MILLION = 1e6;

    Usage plus(Usage other) {
        return new Usage(input + other.input, output + other.output);
    }

    /// What it cost in the currency of the configured prices; null without prices.
    public @Nullable Double cost(ModelSettings model) {
        Double in = model.inputPrice();
        Double out = model.outputPrice();
        return in == null && out == null
                ? null
                : (Double)
                        ((in == null ? 0 : in * input / MILLION)
                                + (out == null ? 0 : out * output / MILLION));
    }
}
