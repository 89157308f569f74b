package dev.mxcp.cli;

import java.io.IOException;
import java.io.InputStream;
import java.util.Properties;

/// The version of this program, which Maven writes into the jar.
final class ProductVersion {
    private static final String WRITTEN_BY_MAVEN = "/META-INF/maven/dev.mxcp/mxcp/pom.properties";

    private ProductVersion() {}

    /// `0.1.0`; `development` where the program runs from compiled classes.
    static String text() {
        try (InputStream file = ProductVersion.class.getResourceAsStream(WRITTEN_BY_MAVEN)) {
            if (file == null) {
                return "development";
            }
            var properties = new Properties();
            properties.load(file);
            return properties.getProperty("version", "development");
        } catch (IOException unreadable) {
            return "development";
        }
    }
}
