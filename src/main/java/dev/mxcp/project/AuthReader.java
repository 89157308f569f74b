package dev.mxcp.project;

import dev.mxcp.project.yaml.ConfigNode;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/// Checks the `auth` block of a profile (U8) and gives it as plain values. What the keys mean is
/// the business of those who serve.
final class AuthReader {
    private static final List<String> MODES = List.of("issuer", "verifier");
    private static final List<String> PROVIDERS =
            List.of("none", "github", "atlassian", "salesforce", "keycloak", "google", "oidc");
    private static final List<String> GRANTS = List.of("authorization_code", "refresh_token");

    private final Path root;
    private final Locations locations;

    /// @param root where a relative `persistence.path` begins
    AuthReader(Path root, Locations locations) {
        this.root = root;
        this.locations = locations;
    }

    /// The block with its `persistence.path` made absolute; empty when it is absent.
    SequencedMap<String, @Nullable Object> read(ConfigNode profile) {
        ConfigNode auth = profile.object("auth");
        String mode = auth.choice("mode", MODES);
        String provider = auth.choice("provider", PROVIDERS);
        for (ConfigNode client : auth.objects("clients")) {
            client(client);
        }
        List<String> common = List.of("client_id", "client_secret", "callback_path");
        List<String> endpoints = List.of("auth_url", "token_url");
        for (String name : List.of("github", "salesforce")) {
            auth.optionalObject(name).ifPresent(it -> provider(it, common, endpoints, false));
        }
        for (String name : List.of("atlassian", "google")) {
            auth.optionalObject(name).ifPresent(it -> provider(it, common, endpoints, true));
        }
        auth.optionalObject("keycloak")
                .ifPresent(it -> provider(it, common, List.of("realm", "server_url"), false));
        boolean verifies = "verifier".equals(mode);
        auth.optionalObject("oidc").ifPresent(it -> oidc(it, verifies, "oidc".equals(provider)));
        auth.optionalObject("authorization").ifPresent(AuthReader::authorization);
        Path store = persistence(auth);
        auth.rejectUnknownKeys(Map.of());
        return store == null
                ? auth.plain()
                : EffectiveSettings.overlaid(
                        auth.plain(), Map.of("persistence", Map.of("path", store.toString())));
    }

    private static void client(ConfigNode node) {
        node.string("client_id");
        node.string("name");
        node.optionalString("client_secret");
        node.strings("redirect_uris");
        for (String grant : node.strings("grant_types")) {
            if (!GRANTS.contains(grant)) {
                node.reject("grant_types", "unknown grant type", "use " + GRANTS);
            }
        }
        node.strings("scopes");
        node.rejectUnknownKeys(Map.of());
    }

    private static void provider(
            ConfigNode node, List<String> required, List<String> more, boolean needsScope) {
        required.forEach(node::string);
        more.forEach(node::string);
        if (needsScope) {
            node.string("scope");
        } else {
            node.optionalString("scope");
        }
        claimMappings(node);
        node.rejectUnknownKeys(Map.of());
    }

    /// The verifier needs no callback and starts no authorization.
    private static void oidc(ConfigNode node, boolean verifies, boolean selected) {
        List.of("config_url", "client_id", "client_secret").forEach(node::string);
        String scope = node.string("scope");
        boolean hasOpenid = List.of(scope.split("\\s+")).contains("openid");
        if (node.has("scope") && !hasOpenid && !node.isUnresolved("scope")) {
            node.reject("scope", "must contain the word openid", "write `scope: openid ...`");
        }
        node.optionalString("audience");
        node.optionalString("provider_name");
        claimMappings(node);
        if (!verifies) {
            node.string("callback_path");
            node.stringMap("extra_authorize_params");
        } else if (!selected) { // a block that is not in use may be of the other mode
            node.value("callback_path");
            node.value("extra_authorize_params");
        }
        String why = "not used in mode verifier; remove it";
        node.rejectUnknownKeys(Map.of("callback_path", why, "extra_authorize_params", why));
    }

    private static void claimMappings(ConfigNode node) {
        node.children("claim_mappings")
                .values()
                .forEach(claim -> claim.keys().forEach(claim::strings));
    }

    private static void authorization(ConfigNode node) {
        node.strings("required_scopes");
        node.rejectUnknownKeys(Map.of());
    }

    private @Nullable Path persistence(ConfigNode auth) {
        ConfigNode node = auth.objectOrEmpty("persistence");
        node.choice("type", List.of("sqlite"));
        String path = node.optionalString("path");
        node.optionalString("auth_encryption_key");
        node.rejectUnknownKeys(Map.of());
        return path == null || path.isEmpty() ? null : locations.resolve(root, path).orElse(null);
    }
}
