package dev.mxcp.project;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/// U3-U14 and R1-R6.
class UserConfigTest {
    @TempDir Path folder;

    @Test
    void the_block_of_the_effective_profile_is_read() {
        var project = new ProjectFolder(folder);
        project.environment.putAll(
                Map.of("CARRIER_HOST", "c.example", "PORT", "9400", "EMPTY", ""));
        project.write("keys/carrier", "  s3cret\n");
        project.user(
                """
                mxcp: 1
                projects:
                  shop:
                    profiles:
                      dev:
                        secrets:
                          - {name: carrier, type: api, parameters: {
                              base_url: "https://${CARRIER_HOST}/v2", token: "file://keys/carrier",
                              retries: 3, since: 2024-01-02, more: {a: ["${EMPTY}", $HOME, "$${PORT}"]}}}
                          - {name: bare, type: x}
                        plugin: {config: {geo: {grid: "9"}}}
                        auth: {provider: github, github: {client_id: i, client_secret: s,
                               callback_path: /c, auth_url: a, token_url: t},
                               persistence: {path: ~/oauth.db}}
                        telemetry: {enabled: "yes", metrics: {export_interval: "5"}}
                models: {default: m, models: {m: {type: claude, api_key: "${CARRIER_HOST}"}}}
                transport: {provider: stdio, http: {port: "${PORT}", stateless: "true",
                            allowed_hosts: [a.example], allowed_origins: ["https://a.example"]}}
                """);

        UserConfig user = project.load().user();

        assertThat(user.secrets())
                .containsExactly(
                        new Secret(
                                "carrier",
                                "api",
                                Map.of(
                                        "base_url",
                                        "https://c.example/v2",
                                        "token",
                                        "s3cret",
                                        "retries",
                                        3L,
                                        "since",
                                        java.time.LocalDate.of(2024, 1, 2),
                                        "more",
                                        Map.of("a", List.of("", "$HOME", "$9400")))),
                        new Secret("bare", "x", Map.of()));
        assertThat(user.pluginConfig()).isEqualTo(Map.of("geo", Map.of("grid", "9")));
        assertThat(user.auth())
                .containsEntry("provider", "github")
                .containsEntry(
                        "persistence", Map.of("path", project.home.resolve("oauth.db").toString()));
        assertThat(user.telemetry())
                .isEqualTo(Map.of("enabled", true, "metrics", Map.of("export_interval", 5L)));
        assertThat(user.models()).containsEntry("default", "m");
        assertThat(user.transport())
                .isEqualTo(
                        new UserConfig.Transport(
                                UserConfig.Provider.STDIO,
                                true,
                                9400,
                                "localhost",
                                "http",
                                null,
                                false,
                                true,
                                List.of("a.example"),
                                List.of("https://a.example")));
        assertThat(user.toString()).doesNotContain("s3cret");
    }

    /// U2, U5.
    @TestFactory
    List<DynamicTest> projects_may_be_missing_or_null() {
        return List.of(
                        "# nothing",
                        "projects:",
                        "projects: {shop: }",
                        "projects: {other: {profiles: {}}}",
                        "projects: {shop: {profiles: }}",
                        "projects: {other: }")
                .stream()
                .map(text ->
                        DynamicTest.dynamicTest(
                                text,
                                () -> {
                                    UserConfig user =
                                            new ProjectFolder(folder).user(text).load().user();

                                    assertThat(user.secrets()).isEmpty();
                                    assertThat(String.valueOf(user.plain().get("projects")))
                                            .contains("shop={profiles={dev={}}}");
                                }))
                .toList();
    }

    /// R2, R2.1, N10: only the effective profile is resolved.
    @Test
    void references_of_other_profiles_stay_as_they_are_and_cannot_fail() {
        var project =
                new ProjectFolder(folder)
                        .user(
                                """
                                projects:
                                  shop:
                                    profiles:
                                      dev: {}
                                      prod: {secrets: [{name: a, type: b, parameters: {x: "${NOPE}"}}],
                                             telemetry: {enabled: "${NOPE}"}}
                                  other: {profiles: {dev: {telemetry: {enabled: "vault://a#b"}}}}
                                """);

        assertThat(project.load().user().plain().toString()).contains("${NOPE}", "vault://a#b");
    }

    /// R2.3, R2.4: a file whose only references are op://, its block interpolated first.
    @Test
    void a_field_of_1password_reaches_the_profile() throws IOException {
        Path tool = Files.createDirectories(folder.resolve("bin")).resolve("op");
        Files.writeString(tool, "#!/bin/sh\nprintf '%s' \"$OP_SERVICE_ACCOUNT_TOKEN of $3\"\n");
        assertThat(tool.toFile().setExecutable(true)).isTrue();
        var project =
                new ProjectFolder(folder)
                        .user(
                                """
                                projects: {shop: {profiles: {dev: {secrets: [
                                  {name: api, type: python, parameters: {key: "op://team/api/key"}}]}}}}
                                onepassword: {enabled: true, token_env: "MY_${KIND}"}
                                """);
        project.environment.put("KIND", "TOKEN");
        project.environment.put("MY_TOKEN", "ops_1");
        project.environment.put("PATH", tool.getParent() + ":/usr/bin:/bin");

        assertThat(project.load().user().secrets().getFirst().parameters())
                .containsEntry("key", "ops_1 of op://team/api/key");
    }

    /// R6: all failures together, nothing left unresolved.
    @TestFactory
    List<DynamicTest> what_cannot_be_resolved_is_an_error() {
        Path root = folder.resolve("shop");
        return List.of(
                row(
                        "models: {default: '${A}${B}'}",
                        ":1:19: models.default: Environment variable A is not set\n"
                                + "  fix: set A in the environment of this process",
                        ":1:19: models.default: Environment variable B is not set\n"
                                + "  fix: set B in the environment of this process"),
                row(
                        "models: {default: 'file://none.txt'}",
                        ":1:19: models.default: File not found: " + root.resolve("none.txt")),
                row(
                        "models: {default: 'file://.'}",
                        ":1:19: models.default: Path is not a file: " + root),
                row(
                        "models: {default: 'vault://a/b#c'}",
                        ":1:19: models.default: Vault URL 'vault://a/b#c' found but Vault is not enabled"
                                + " in configuration\n  fix: write `vault: {enabled: true}` in the"
                                + " user configuration"),
                row(
                        "{models: {default: 'vault://a/b'}, vault: {enabled: true}}",
                        ":1:20: models.default: Vault URL 'vault://a/b' must specify a key after '#'\n"
                                + "  fix: write vault://path/to/secret#key"),
                row(
                        "{models: {default: 'vault://a/b#c'}, vault: {enabled: 'yes'}}",
                        ":1:20: models.default: Vault address must be configured when using vault://"
                                + " URLs\n  fix: write vault.address"),
                row(
                        "models: {default: 'op://v/i/f'}",
                        ":1:19: models.default: 1Password URL 'op://v/i/f' found but 1Password is not"
                                + " enabled in configuration\n  fix: write `onepassword: {enabled:"
                                + " true}` in the user configuration"),
                row(
                        "{models: {default: 'op://v'}, onepassword: {enabled: true}}",
                        ":1:20: models.default: Invalid 1Password URL format: 'op://v' is not"
                                + " op://vault/item/field\n  fix: write op://vault/item/field or"
                                + " op://vault/item/field?attribute=otp"),
                row(
                        "{models: {default: 'op://v/i/f'}, onepassword: {enabled: true}}",
                        ":1:20: models.default: Failed to resolve 1Password URL 'op://v/i/f': no service"
                                + " account token in environment variable 'OP_SERVICE_ACCOUNT_TOKEN'\n"
                                + "  fix: set it, or name another variable in onepassword.token_env"));
    }

    @TestFactory
    List<DynamicTest> what_is_wrong_is_said_with_place_and_remedy() {
        String dev = "projects: {shop: {profiles: {dev: ";
        return List.of(
                row("- a", ":1:1: MXCP user config must be a mapping"),
                row("projects: [a]", ":1:11: projects: must be a mapping, not a list"),
                row(
                        "projects: {shop: {profiles: {dev: null}}}",
                        ":1:35: projects.shop.profiles.dev: must be a mapping, not null"),
                row(
                        "secrets: []",
                        ":1:1: secrets: unknown key\n"
                                + "  fix: write projects.<project>.profiles.<profile>.secrets"),
                row(
                        dev + "{secrets: [{name: a, type: env, key: V}]}}}}",
                        ":1:67: projects.shop.profiles.dev.secrets.0.key: unknown key\n"
                                + "  fix: write `parameters: {value: \"${NAME}\"}`"),
                row(
                        dev + "{plugin: {config: {geo: {grid: 9}}}}}}}",
                        ":1:66: projects.shop.profiles.dev.plugin.config.geo.grid: must be a string, not"
                                + " an integer"),
                row(
                        dev + "{auth: {github: {client_id: i}}}}}}",
                        ":1:51: projects.shop.profiles.dev.auth.github.client_secret: Field required",
                        ":1:51: projects.shop.profiles.dev.auth.github.callback_path: Field required",
                        ":1:51: projects.shop.profiles.dev.auth.github.auth_url: Field required",
                        ":1:51: projects.shop.profiles.dev.auth.github.token_url: Field required"),
                row(
                        dev
                                + "{auth: {mode: verifier, provider: oidc, oidc: {config_url: u, client_id: i,"
                                + " client_secret: s, scope: email, callback_path: p}}}}}}",
                        ":1:136: projects.shop.profiles.dev.auth.oidc.scope: must contain the word"
                                + " openid\n  fix: write `scope: openid ...`",
                        ":1:143: projects.shop.profiles.dev.auth.oidc.callback_path: unknown key\n"
                                + "  fix: not used in mode verifier; remove it"),
                row(
                        "transport: {port: 1, http: {port: x, prt: 1}}",
                        ":1:13: transport.port: unknown key\n  fix: write transport.http.port",
                        ":1:35: transport.http.port: must be an integer, not a string",
                        ":1:38: transport.http.prt: unknown key\n  fix: did you mean 'port'?"),
                row("transport: null", ":1:12: transport: must be a mapping, not null"),
                row(
                        "logging: {level: debug}",
                        ":1:18: logging.level: unknown level\n  fix: did you mean 'DEBUG'?"),
                row(
                        "models: {models: {m: {api_key: k}}}",
                        ":1:22: models.models.m.type: Field required\n  fix: use one of: claude, openai"));
    }

    private DynamicTest row(String yaml, String... problems) {
        String file = folder.resolve("home/.mxcp/config.yml").toString();
        return DynamicTest.dynamicTest(
                yaml,
                () ->
                        assertThat(new ProjectFolder(folder).user(yaml).problems())
                                .containsExactlyElementsOf(
                                        Arrays.stream(problems).map(it -> file + it).toList()));
    }
}
