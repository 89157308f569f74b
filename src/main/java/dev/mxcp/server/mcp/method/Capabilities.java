package dev.mxcp.server.mcp.method;

import dev.mxcp.types.json.JsonBuffer;

/// What the server declares that it can do (M11.4-M11.6).
final class Capabilities {
    private Capabilities() {}

    /// Writes the object.
    ///
    /// @param told whether there is a way to tell of changes
    /// @param logging whether log messages can be had
    /// @param completions whether the revision knows that word
    static void write(boolean told, boolean logging, boolean completions, JsonBuffer out) {
        out.raw("{\"experimental\":{}");
        out.raw(",\"tools\":{\"listChanged\":").value(told);
        out.raw("},\"resources\":{\"subscribe\":").value(told);
        out.raw(",\"listChanged\":").value(told);
        out.raw("},\"prompts\":{\"listChanged\":").value(told).raw('}');
        if (completions) {
            out.raw(",\"completions\":{}");
        }
        if (logging) {
            out.raw(",\"logging\":{}");
        }
        out.raw('}');
    }
}
