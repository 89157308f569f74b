package dev.mxcp.project;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The user configuration for one project and profile (U1-U14), references resolved, all defaults
/// applied. Immutable.
///
/// @param file where it was read; null when built-in defaults are used (U2)
/// @param secrets of the effective profile
/// @param pluginConfig blocks of `plugin.config` of the effective profile, by their key
/// @param auth the effective profile's `auth` block as plain values; empty when absent
/// @param telemetry the effective profile's `telemetry` block as plain values; empty when absent
/// @param models the `models` block as plain values; empty when absent
/// @param plain the file as user code sees it in `config.user_config`; contains secrets in clear
public record UserConfig(
        @Nullable Path file,
        List<Secret> secrets,
        Map<String, Map<String, String>> pluginConfig,
        Map<String, @Nullable Object> auth,
        Map<String, @Nullable Object> telemetry,
        Map<String, @Nullable Object> models,
        Transport transport,
        Logging logging,
        Map<String, @Nullable Object> plain) {

    @Override
    public String toString() {
        return "UserConfig[file=" + file + ", ***]";
    }

    /// How to serve (U10) with our `allowed_hosts` and `allowed_origins`.
    ///
    /// @param configured whether the file names a provider at all
    public record Transport(
            Provider provider,
            boolean configured,
            int port,
            String host,
            String scheme,
            @Nullable String baseUrl,
            boolean trustProxy,
            boolean stateless,
            List<String> allowedHosts,
            List<String> allowedOrigins) {}

    /// The transports of U10.
    public enum Provider {
        STREAMABLE_HTTP("streamable-http"),
        SSE("sse"),
        STDIO("stdio");

        private final String yamlName;

        Provider(String yamlName) {
            this.yamlName = yamlName;
        }

        /// The word in the file and on the command line.
        public String yamlName() {
            return yamlName;
        }
    }

    /// Where and how much to log (U13).
    ///
    /// @param level `DEBUG`, `INFO`, `WARNING`, `ERROR` or `CRITICAL`
    public record Logging(
            boolean enabled, @Nullable Path path, String level, long maxBytes, int backupCount) {}
}
