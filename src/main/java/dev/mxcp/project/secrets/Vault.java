package dev.mxcp.project.secrets;

import dev.mxcp.types.json.Json;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// `vault://PATH#KEY`: a field of a secret in a key-value engine of HashiCorp Vault or OpenBao (R3,
/// S4). The whole path is first read below the configured mount, then its first segment is taken
/// for the mount; each as version 2 of the engine and then as version 1.
public final class Vault implements SecretStore {
    private static final String PREFIX = "vault://";
    private static final Duration CONNECT_LIMIT = Duration.ofSeconds(5);
    private static final Duration REPLY_LIMIT = Duration.ofSeconds(15);

    private final Settings settings;
    private final Map<String, String> environment;
    private final Map<String, Map<?, ?>> known = new HashMap<>();
    private @Nullable HttpClient client;
    private @Nullable SecretUnreadable outage;

    /// Where a Vault is and how to log in.
    ///
    /// @param address base URL; null when the configuration has none
    /// @param tokenVariable environment variable that holds the token
    /// @param mount of the key-value engine under which whole paths are tried first
    /// @param namespace of Vault Enterprise; null for the root
    public record Settings(
            @Nullable String address,
            String tokenVariable,
            String mount,
            @Nullable String namespace) {}

    /// @param environment where the token is taken from
    public Vault(Settings settings, Map<String, String> environment) {
        this.settings = settings;
        this.environment = environment;
    }

    /// What was found at one URL.
    private sealed interface Answer {
        record Found(Map<?, ?> data) implements Answer {}

        record Refused(String why) implements Answer {}
    }

    @Override
    public String read(String reference) throws SecretUnreadable {
        int hash = reference.indexOf('#');
        String path = reference.substring(PREFIX.length(), hash < 0 ? reference.length() : hash);
        if (hash < 0 || hash == reference.length() - 1 || path.isEmpty()) {
            throw new SecretUnreadable(
                    "Vault URL '%s' must specify a key after '#'".formatted(reference),
                    "write vault://path/to/secret#key");
        }
        Map<?, ?> secret = known.get(path);
        if (secret == null) {
            secret = secret(path);
            known.put(path, secret);
        }
        String key = reference.substring(hash + 1);
        if (!secret.containsKey(key)) {
            throw new SecretUnreadable(
                    "Key '%s' not found in Vault secret at path '%s'".formatted(key, path),
                    "its keys: " + keys(secret));
        }
        return text(secret.get(key));
    }

    private Map<?, ?> secret(String path) throws SecretUnreadable {
        if (outage != null) {
            throw outage; // a second reference need not wait for the same timeout
        }
        URI address = address();
        String token = token();
        Set<String> reasons = new LinkedHashSet<>();
        for (Candidate candidate : candidates(path)) {
            switch (get(address, candidate.path(), token)) {
                case Answer.Found(Map<?, ?> body)
                        when candidate.unwrapped(body) instanceof Map<?, ?> data -> {
                    return data;
                }
                case Answer.Found _ -> reasons.add("the reply holds no secret");
                case Answer.Refused(String why) -> reasons.add(why);
            }
        }
        throw new SecretUnreadable(
                "Failed to read secret from Vault path '%s': %s"
                        .formatted(path, String.join("; ", reasons)),
                "check the path, vault.mount, and what the token in %s may read"
                        .formatted(settings.tokenVariable()));
    }

    /// One way to read a path.
    ///
    /// @param path below `/v1/`
    /// @param version of the key-value engine
    private record Candidate(String path, int version) {
        @Nullable Object unwrapped(Map<?, ?> body) {
            Object data = body.get("data");
            return version == 2 && data instanceof Map<?, ?> outer ? outer.get("data") : data;
        }
    }

    private List<Candidate> candidates(String path) {
        var candidates = new ArrayList<Candidate>();
        candidates.add(new Candidate(settings.mount() + "/data/" + path, 2));
        candidates.add(new Candidate(settings.mount() + "/" + path, 1));
        int slash = path.indexOf('/');
        if (slash > 0 && slash < path.length() - 1) {
            String mount = path.substring(0, slash);
            candidates.add(new Candidate(mount + "/data/" + path.substring(slash + 1), 2));
            candidates.add(new Candidate(path, 1));
        }
        return candidates;
    }

    private Answer get(URI address, String path, String token) throws SecretUnreadable {
        String encoded =
                Stream.of(path.split("/", -1))
                        .map(part -> URLEncoder.encode(part, StandardCharsets.UTF_8))
                        .map(part -> part.replace("+", "%20"))
                        .collect(Collectors.joining("/"));
        String base = address.toString().replaceAll("/+$", "");
        try {
            HttpRequest.Builder request =
                    HttpRequest.newBuilder(URI.create(base + "/v1/" + encoded))
                            .timeout(REPLY_LIMIT)
                            .header("X-Vault-Request", "true")
                            .header("X-Vault-Token", token);
            if (settings.namespace() != null) {
                request.header("X-Vault-Namespace", settings.namespace());
            }
            return answer(client().send(request.build(), HttpResponse.BodyHandlers.ofByteArray()));
        } catch (IOException unreachable) {
            String why = unreachable.getMessage();
            outage =
                    new SecretUnreadable(
                            "Vault at %s cannot be reached: %s"
                                    .formatted(
                                            base,
                                            why == null
                                                    ? unreachable.getClass().getSimpleName()
                                                    : why),
                            "check vault.address");
            throw outage;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new SecretUnreadable("Reading from Vault was interrupted", null);
        } catch (IllegalArgumentException unusable) {
            // a header value with a line break: the message would quote the token
            throw new SecretUnreadable(
                    "Vault token in environment variable '%s' is no token"
                            .formatted(settings.tokenVariable()),
                    "set it to the token alone, in one line");
        }
    }

    private static Answer answer(HttpResponse<byte[]> reply) {
        Object body;
        try {
            body = Json.parse(reply.body());
        } catch (Json.Malformed _) {
            body = null;
        }
        if (reply.statusCode() == 200) {
            return body instanceof Map<?, ?> map
                    ? new Answer.Found(map)
                    : new Answer.Refused("the reply is not JSON");
        }
        String errors =
                body instanceof Map<?, ?> map && map.get("errors") instanceof List<?> list
                        ? list.stream().map(String::valueOf).collect(Collectors.joining(", "))
                        : "";
        String status = "HTTP " + reply.statusCode();
        return new Answer.Refused(errors.isBlank() ? status : status + " " + errors.strip());
    }

    private URI address() throws SecretUnreadable {
        String address = settings.address();
        if (address == null || address.isBlank()) {
            throw new SecretUnreadable(
                    "Vault address must be configured when using vault:// URLs",
                    "write vault.address");
        }
        try {
            URI uri = URI.create(address);
            if (uri.getHost() != null && Set.of("http", "https").contains(uri.getScheme())) {
                return uri;
            }
        } catch (IllegalArgumentException _) {
            // said below
        }
        throw new SecretUnreadable(
                "Vault address '%s' is not a URL".formatted(address),
                "write vault.address like https://vault.example.net:8200");
    }

    private String token() throws SecretUnreadable {
        String token = environment.getOrDefault(settings.tokenVariable(), "").strip();
        if (token.isEmpty()) {
            throw new SecretUnreadable(
                    "Vault token not found in environment variable '%s'"
                            .formatted(settings.tokenVariable()),
                    "set it, or name another variable in vault.token_env");
        }
        return token;
    }

    private HttpClient client() {
        HttpClient open = client;
        if (open == null) {
            // a redirect would carry the token to another host
            open =
                    HttpClient.newBuilder()
                            .connectTimeout(CONNECT_LIMIT)
                            .followRedirects(HttpClient.Redirect.NEVER)
                            .build();
            client = open;
        }
        return open;
    }

    private static String keys(Map<?, ?> secret) {
        return secret.keySet().stream().map(String::valueOf).collect(Collectors.joining(", "));
    }

    private static String text(@Nullable Object value) {
        return value instanceof Map<?, ?> || value instanceof List<?>
                ? Json.text(value)
                : value == null ? "" : String.valueOf(value);
    }
}
