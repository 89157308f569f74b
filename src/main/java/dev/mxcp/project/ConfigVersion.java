package dev.mxcp.project;

import dev.mxcp.project.yaml.ConfigNode;
import dev.mxcp.project.yaml.YamlValue;
import dev.mxcp.project.yaml.YamlValue.Scalar;

/// The `mxcp` key of every kind of file (S2, U4, D1, C0.12): 1, 1.0, "1" and "1.0" are the one
/// version there is; absent means the same; everything else is refused.
final class ConfigVersion {

    private ConfigVersion() {}

    /// Adds a problem when the file is of another version.
    static void check(ConfigNode root) {
        YamlValue value = root.value("mxcp");
        if (value == null) {
            return;
        }
        boolean known =
                value instanceof Scalar scalar
                        && switch (scalar.value()) {
                            case Long number -> number == 1;
                            case Double number -> number == 1.0;
                            case String text -> text.equals("1") || text.equals("1.0");
                            case null, default -> false;
                        };
        if (known) {
            root.show("mxcp", 1L);
        } else {
            root.reject("mxcp", "unsupported version", "write `mxcp: 1`, the only version");
        }
    }
}
