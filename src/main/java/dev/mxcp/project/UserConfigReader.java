package dev.mxcp.project;

import dev.mxcp.project.yaml.ConfigNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/// Reads the user configuration (U4-U13) after references were resolved. Every project and profile
/// is checked; the result holds the effective one.
final class UserConfigReader {
    private static final List<String> PROVIDERS = List.of("streamable-http", "sse", "stdio");
    private static final List<String> LEVELS =
            List.of("DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL");
    private static final Map<String, String> SECRET_ELSEWHERE =
            Map.of("key", "write `parameters: {value: \"${NAME}\"}`", "value", "write parameters");
    private static final Map<String, String> TRANSPORT_ELSEWHERE =
            Map.of("port", "write transport.http.port", "host", "write transport.http.host");
    private static final Map<String, String> ROOT_ELSEWHERE =
            Map.of(
                    "profiles", "write projects.<project>.profiles",
                    "secrets", "write projects.<project>.profiles.<profile>.secrets",
                    "auth", "write projects.<project>.profiles.<profile>.auth",
                    "telemetry", "write projects.<project>.profiles.<profile>.telemetry",
                    "extensions", "write extensions in mxcp-site.yml");

    private final Locations locations;
    private final Path root;

    /// @param root where a relative `logging.path` begins
    UserConfigReader(Path root, Locations locations) {
        this.root = root;
        this.locations = locations;
    }

    private record ProfileBlock(
            List<Secret> secrets,
            Map<String, Map<String, String>> pluginConfig,
            SequencedMap<String, @Nullable Object> auth,
            SequencedMap<String, @Nullable Object> telemetry) {
        static final ProfileBlock EMPTY =
                new ProfileBlock(List.of(), Map.of(), new LinkedHashMap<>(), new LinkedHashMap<>());
    }

    /// @param file where it was read; null for built-in defaults
    /// @param project of the site file; null when that is broken
    UserConfig read(
            ConfigNode node, @Nullable Path file, @Nullable String project, String profile) {
        ConfigVersion.check(node);
        ProfileBlock block = profiles(node, project, profile);
        vault(node.objectOrEmpty("vault"), true);
        vault(node.objectOrEmpty("onepassword"), false);
        UserConfig.Transport transport = transport(node.object("transport"));
        SequencedMap<String, @Nullable Object> models = models(node);
        UserConfig.Logging logging = logging(node.object("logging"));
        node.rejectUnknownKeys(ROOT_ELSEWHERE);
        return new UserConfig(
                file,
                block.secrets(),
                block.pluginConfig(),
                block.auth(),
                block.telemetry(),
                models,
                transport,
                logging,
                node.plain());
    }

    private ProfileBlock profiles(ConfigNode node, @Nullable String project, String profile) {
        ProfileBlock chosen = ProfileBlock.EMPTY;
        for (Map.Entry<String, ConfigNode> ofProject : node.children("projects").entrySet()) {
            ConfigNode projectNode = ofProject.getValue();
            for (Map.Entry<String, ConfigNode> ofProfile :
                    projectNode.children("profiles").entrySet()) {
                ProfileBlock block = profile(ofProfile.getValue());
                if (ofProject.getKey().equals(project) && ofProfile.getKey().equals(profile)) {
                    chosen = block;
                }
            }
            projectNode.rejectUnknownKeys(Map.of());
        }
        return chosen;
    }

    private ProfileBlock profile(ConfigNode node) {
        var block =
                new ProfileBlock(
                        node.objects("secrets").stream().map(UserConfigReader::secret).toList(),
                        pluginConfig(node.object("plugin")),
                        new AuthReader(root, locations).read(node),
                        TelemetryReader.read(node));
        node.rejectUnknownKeys(Map.of());
        return block;
    }

    private static Secret secret(ConfigNode node) {
        SequencedMap<String, @Nullable Object> parameters = node.free("parameters");
        var secret =
                new Secret(
                        node.string("name"),
                        node.string("type"),
                        parameters == null ? new LinkedHashMap<>() : parameters);
        node.rejectUnknownKeys(SECRET_ELSEWHERE);
        return secret;
    }

    private static Map<String, Map<String, String>> pluginConfig(ConfigNode node) {
        var blocks = new LinkedHashMap<String, Map<String, String>>();
        ConfigNode config = node.objectOrEmpty("config");
        for (String name : config.keys()) {
            blocks.put(name, config.stringMap(name));
        }
        node.rejectUnknownKeys(Map.of());
        return blocks;
    }

    private static void vault(ConfigNode node, boolean hasAddress) {
        node.bool("enabled", false);
        if (hasAddress) {
            node.optionalString("address");
            node.optionalString("mount");
            node.optionalString("namespace");
        }
        node.optionalString("token_env");
        node.rejectUnknownKeys(Map.of());
    }

    /// U10 with our `allowed_hosts` and `allowed_origins` (serving V6): hosts and origins that are
    /// answered beside the own ones.
    private static UserConfig.Transport transport(ConfigNode node) {
        ConfigNode http = node.object("http");
        String provider = node.choice("provider", PROVIDERS);
        var transport =
                new UserConfig.Transport(
                        provider(provider),
                        provider != null,
                        (int) http.integer("port", 8000, 0, 65_535),
                        http.string("host", "localhost"),
                        scheme(http),
                        http.optionalString("base_url"),
                        http.bool("trust_proxy", false),
                        http.bool("stateless", false),
                        http.strings("allowed_hosts"),
                        http.strings("allowed_origins"));
        http.rejectUnknownKeys(Map.of());
        node.rejectUnknownKeys(TRANSPORT_ELSEWHERE);
        return transport;
    }

    private static String scheme(ConfigNode http) {
        String scheme = http.choice("scheme", List.of("http", "https"));
        return scheme == null ? "http" : scheme;
    }

    private static UserConfig.Provider provider(@Nullable String word) {
        for (UserConfig.Provider provider : UserConfig.Provider.values()) {
            if (provider.yamlName().equals(word)) {
                return provider;
            }
        }
        return UserConfig.Provider.STREAMABLE_HTTP;
    }

    private static SequencedMap<String, @Nullable Object> models(ConfigNode root) {
        ConfigNode node = root.objectOrEmpty("models");
        node.optionalString("default");
        for (ConfigNode model : new ArrayList<>(node.children("models").values())) {
            model.choice("type", List.of("claude", "openai"), "openai");
            model.optionalString("api_key");
            model.optionalString("base_url");
            model.optionalCount("timeout");
            model.optionalCount("max_retries");
            // our extension: the name of the model at its provider (design, Z5)
            model.optionalString("model");
            // ours too: prices of a million tokens, for the report of evals
            model.optionalNumber("input_price");
            model.optionalNumber("output_price");
            model.rejectUnknownKeys(Map.of());
        }
        node.rejectUnknownKeys(Map.of());
        return node.plain();
    }

    private UserConfig.Logging logging(ConfigNode node) {
        String written = node.optionalString("path");
        Path path = null;
        if (written != null && !written.isEmpty()) {
            path = locations.resolve(root, written).orElse(null);
            if (path == null) {
                node.reject("path", "not a valid path", null);
            }
        }
        String level = node.choice("level", LEVELS);
        var logging =
                new UserConfig.Logging(
                        node.bool("enabled", true),
                        path,
                        level == null ? "WARNING" : level,
                        node.integer("max_bytes", 10_485_760, 0, Long.MAX_VALUE),
                        (int) node.integer("backup_count", 5, 0, 10_000));
        node.rejectUnknownKeys(Map.of());
        return logging;
    }
}
