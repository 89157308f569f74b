package dev.mxcp.project.secrets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// R3, S4, R6: against an HTTP server that speaks as Vault does.
class VaultTest {
    private static final String TOKEN = "s.token-of-the-test";

    private final Map<String, String> secrets = new HashMap<>();
    private final List<String> asked = new ArrayList<>();
    private final List<String> namespaces = new ArrayList<>();
    private HttpServer server;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getRawPath();
        asked.add(path);
        String namespace = exchange.getRequestHeaders().getFirst("X-Vault-Namespace");
        if (namespace != null) {
            namespaces.add(namespace);
        }
        boolean known = TOKEN.equals(exchange.getRequestHeaders().getFirst("X-Vault-Token"));
        String body =
                known
                        ? secrets.getOrDefault(path, "{\"errors\":[]}")
                        : "{\"errors\":[\"permission denied\"]}";
        int status = !known ? 403 : secrets.containsKey(path) ? 200 : 404;
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length);
        try (exchange) {
            exchange.getResponseBody().write(bytes);
        }
    }

    private Vault vault() {
        return vault(TOKEN, null);
    }

    private Vault vault(String token, @Nullable String namespace) {
        String address = "http://127.0.0.1:" + server.getAddress().getPort() + "/";
        return new Vault(
                new Vault.Settings(address, "VAULT_TOKEN", "secret", namespace),
                Map.of("VAULT_TOKEN", token));
    }

    private static SecretUnreadable failure(Vault vault, String reference) {
        return catchThrowableOfType(SecretUnreadable.class, () -> vault.read(reference));
    }

    @Test
    void the_whole_path_is_first_read_below_the_mount() throws SecretUnreadable {
        secrets.put(
                "/v1/secret/data/secret/db",
                "{\"data\":{\"data\":{\"pw\":\"a\"},\"metadata\":{}}}");
        secrets.put("/v1/secret/data/db", "{\"data\":{\"data\":{\"pw\":\"b\"}}}");

        assertThat(vault().read("vault://secret/db#pw")).isEqualTo("a");
        assertThat(asked).containsExactly("/v1/secret/data/secret/db");
    }

    @Test
    void version_one_of_the_engine_is_read_too() throws SecretUnreadable {
        secrets.put("/v1/secret/app", "{\"data\":{\"pw\":\"one\"}}");

        assertThat(vault().read("vault://app#pw")).isEqualTo("one");
    }

    @Test
    void the_first_segment_may_be_the_mount() throws SecretUnreadable {
        secrets.put("/v1/kv/data/team/app%20one", "{\"data\":{\"data\":{\"pw\":\"mounted\"}}}");

        assertThat(vault().read("vault://kv/team/app one#pw")).isEqualTo("mounted");
    }

    @Test
    void a_secret_is_asked_for_once_and_values_become_text() throws SecretUnreadable {
        secrets.put(
                "/v1/secret/data/a", "{\"data\":{\"data\":{\"port\":5432,\"tls\":{\"on\":true}}}}");
        Vault vault = vault();

        assertThat(vault.read("vault://a#port")).isEqualTo("5432");
        assertThat(vault.read("vault://a#tls")).isEqualTo("{\"on\":true}");
        assertThat(asked).hasSize(1);
    }

    @Test
    void a_namespace_is_sent_when_there_is_one() throws SecretUnreadable {
        secrets.put("/v1/secret/data/a", "{\"data\":{\"data\":{\"k\":\"v\"}}}");

        vault(TOKEN, "team/one").read("vault://a#k");

        assertThat(namespaces).containsExactly("team/one");
    }

    @Test
    void a_missing_key_is_named_with_those_that_are_there() {
        secrets.put(
                "/v1/secret/data/a",
                "{\"data\":{\"data\":{\"user\":\"value-of-user\",\"host\":\"h\"}}}");

        SecretUnreadable failure = failure(vault(), "vault://a#pw");

        assertThat(failure.what()).isEqualTo("Key 'pw' not found in Vault secret at path 'a'");
        assertThat(failure.fix()).isEqualTo("its keys: user, host").doesNotContain("value-of");
    }

    @Test
    void a_refused_token_is_said_and_not_shown() {
        SecretUnreadable failure = failure(vault("s.wrong", null), "vault://a/b#pw");

        assertThat(failure.what())
                .isEqualTo(
                        "Failed to read secret from Vault path 'a/b': HTTP 403 permission denied");
        assertThat(failure.fix()).contains("VAULT_TOKEN").doesNotContain("s.wrong");
    }

    @Test
    void a_token_that_cannot_be_a_header_is_not_shown() {
        assertThat(failure(vault("one\ntwo", null), "vault://a#pw").what())
                .isEqualTo("Vault token in environment variable 'VAULT_TOKEN' is no token");
    }

    @Test
    void a_redirect_is_not_followed_since_it_would_carry_the_token_away() throws IOException {
        server.removeContext("/");
        server.createContext(
                "/",
                exchange -> {
                    asked.add(exchange.getRequestURI().getPath());
                    exchange.getResponseHeaders().add("Location", "/elsewhere");
                    exchange.sendResponseHeaders(307, -1);
                    exchange.close();
                });

        assertThat(failure(vault(), "vault://a#pw").what()).contains("HTTP 307");
        assertThat(asked).doesNotContain("/elsewhere");
    }

    @Test
    void a_vault_that_is_not_there_is_asked_once() {
        Vault vault = vault();
        server.stop(0);

        SecretUnreadable first = failure(vault, "vault://a#pw");

        assertThat(first.what()).startsWith("Vault at http://127.0.0.1:").contains("reached");
        assertThat(failure(vault, "vault://b#pw")).isSameAs(first);
    }

    @Test
    void an_address_and_a_token_are_needed() {
        var without = new Vault.Settings(null, "VAULT_TOKEN", "secret", null);
        var odd = new Vault.Settings("vault.example.net", "T", "secret", null);
        var with = new Vault.Settings("http://127.0.0.1:9", "OTHER", "secret", null);

        assertThat(failure(new Vault(without, Map.of()), "vault://a#k").what())
                .isEqualTo("Vault address must be configured when using vault:// URLs");
        assertThat(failure(new Vault(odd, Map.of("T", "t")), "vault://a#k").what())
                .isEqualTo("Vault address 'vault.example.net' is not a URL");
        assertThat(failure(new Vault(with, Map.of()), "vault://a#k").what())
                .isEqualTo("Vault token not found in environment variable 'OTHER'");
    }
}
