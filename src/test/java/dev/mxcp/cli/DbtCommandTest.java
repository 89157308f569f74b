package dev.mxcp.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yaml.snakeyaml.Yaml;

/// cli B1, B2, G3
class DbtCommandTest {
    private static final String FAKE =
            """
            #!/bin/sh
            echo "args: $*"
            echo "folder: $PWD"
            tr '\\0' '\\n' < /proc/$$/environ | grep '^MXCP_SECRET_' | LC_ALL=C sort
            exit ${FAKE_EXIT:-0}
            """;

    @TempDir private Path home;

    @SuppressWarnings("NullAway.Init") // before each test
    private Path project;

    @BeforeEach
    void makeProject() throws IOException {
        project = Files.createDirectories(home.resolve("shop"));
        site("");
        write(
                home.resolve(".mxcp/config.yml"),
                """
                mxcp: 1
                projects:
                  my-shop:
                    profiles:
                      dev:
                        secrets:
                          - {name: api, type: http, parameters: {BEARER_TOKEN: "t0ken", EXTRA_HTTP_HEADERS: {X-Tenant: blue}}}
                          - {name: plain, type: custom, parameters: {value: 5}}
                """);
    }

    /// What `dbt` gets: arguments as typed, the folder, variables; its exit status is ours.
    @Test
    void runs_dbt_with_its_arguments_the_secrets_and_its_exit_status() throws IOException {
        var process =
                CliProcess.in(project, home)
                        .with("PATH", fakeDbt() + ":" + System.getenv("PATH"))
                        .with("FAKE_EXIT", "3");

        var ended =
                process.run(
                        "dbt",
                        "run",
                        "--select",
                        "orders",
                        "--log-level",
                        "debug",
                        "--",
                        "--debug");

        assertThat(ended.code()).isEqualTo(3);
        assertThat(ended.out())
                .isEqualTo(
                        """
                        args: run --select orders --log-level debug --debug
                        folder: %s
                        MXCP_SECRET_API_BEARER_TOKEN=t0ken
                        MXCP_SECRET_API_EXTRA_HTTP_HEADERS_X-TENANT=blue
                        MXCP_SECRET_API_EXTRA_HTTP_HEADERS_X_TENANT=blue
                        MXCP_SECRET_PLAIN_VALUE=5
                        """
                                .formatted(project.toRealPath()));
        assertThat(ended.err())
                .contains("project my-shop, profile dev, 4 variables", "exit status 3")
                .doesNotContain("t0ken");
    }

    @Test
    void takes_only_its_own_options_for_itself() {
        assertThat(separated("dbt", "run", "--profile", "x", "-d"))
                .containsExactly("dbt", "--profile", "x", "--", "run", "-d");
        assertThat(separated("-C", "p", "dbt", "--debug", "test", "--project-dir", "q"))
                .containsExactly("-C", "p", "dbt", "--debug", "--", "test", "--project-dir", "q");
        assertThat(separated("dbt", "--", "--help")).containsExactly("dbt", "--", "--help");
        assertThat(separated("dbt", "ls", "--profile=x")).endsWith("--profile=x", "--", "ls");
        assertThat(separated("dbt", "--help")).containsExactly("dbt", "--help");
    }

    private static String[] separated(String... args) {
        return DbtCommand.separated(args, List.of(args).indexOf("dbt"));
    }

    @Test
    void says_that_there_is_no_dbt() {
        var terminal = Terminal.with(project, Map.of("PATH", "/nowhere"), home);

        assertThat(terminal.run("dbt", "run")).isEqualTo(1);
        assertThat(terminal.err()).contains("no dbt on PATH", "pip install");
        assertThat(terminal.out()).isEmpty();
    }

    @Test
    void does_nothing_where_dbt_is_disabled() throws IOException {
        site("dbt: {enabled: false}\n");

        for (List<String> line : List.of(List.of("dbt", "run"), List.of("dbt-config"))) {
            var terminal = terminal();
            assertThat(terminal.run(line.toArray(String[]::new))).isEqualTo(1);
            assertThat(terminal.err()).contains("disabled");
        }
    }

    @Test
    void writes_both_files() throws IOException {
        site("dbt: {model_paths: [models, more], target_path: out}\n");

        var terminal = terminal();
        assertThat(terminal.run("dbt-config")).isZero();

        assertThat(yaml(home.resolve(".dbt/profiles.yml")))
                .isEqualTo(
                        Map.of(
                                "my_shop_dev",
                                Map.of(
                                        "target",
                                        "dev",
                                        "outputs",
                                        Map.of(
                                                "dev",
                                                Map.of(
                                                        "type",
                                                        "duckdb",
                                                        "path",
                                                        project.resolve("data/db-dev.duckdb")
                                                                .toString(),
                                                        "extensions",
                                                        List.of("httpfs"),
                                                        "secrets",
                                                        List.of(
                                                                Map.of(
                                                                        "name",
                                                                        "api",
                                                                        "type",
                                                                        "http",
                                                                        "scope",
                                                                        "",
                                                                        "extra_http_headers",
                                                                        "map { 'Authorization': 'Bearer {{ env_var('MXCP_SECRET_API_BEARER_TOKEN') }}', 'X-Tenant': '{{ env_var('MXCP_SECRET_API_EXTRA_HTTP_HEADERS_X_TENANT') }}' }")))))));
        assertThat(yaml(project.resolve("dbt_project.yml")))
                .containsEntry("name", "my_shop")
                .containsEntry("profile", "my_shop_dev")
                .containsEntry("config-version", 2)
                .containsEntry("model-paths", List.of("models", "more"))
                .containsEntry("seed-paths", List.of("seeds"))
                .containsEntry("target-path", "out")
                .containsEntry("clean-targets", List.of("target", "dbt_packages"));
        assertThat(
                        PosixFilePermissions.toString(
                                Files.getPosixFilePermissions(home.resolve(".dbt/profiles.yml"))))
                .isEqualTo("rw-------");
        assertThat(terminal.out()).contains("my-shop", "mxcp dbt run").doesNotContain("t0ken");
    }

    @Test
    void keeps_what_belongs_to_others() throws IOException {
        write(
                home.resolve(".dbt/profiles.yml"),
                "other: {target: x}\nmy_shop_dev: {outputs: {dev: {threads: 4, path: old}, ci: {type: y}}}\n");
        write(project.resolve("dbt_project.yml"), "vars: {a: 1}\nname: old\n");

        assertThat(terminal().run("dbt-config", "--force")).isZero();

        Map<String, @Nullable Object> profiles = yaml(home.resolve(".dbt/profiles.yml"));
        assertThat(profiles.get("other")).isEqualTo(Map.of("target", "x"));
        Map<?, ?> outputs =
                (Map<?, ?>)
                        Objects.requireNonNull(
                                ((Map<?, ?>) Objects.requireNonNull(profiles.get("my_shop_dev")))
                                        .get("outputs"));
        assertThat(outputs.get("ci")).isEqualTo(Map.of("type", "y"));
        assertThat(String.valueOf(outputs.get("dev")))
                .contains("threads=4", "db-dev.duckdb")
                .doesNotContain("old");
        assertThat(yaml(project.resolve("dbt_project.yml")))
                .containsEntry("vars", Map.of("a", 1))
                .containsEntry("name", "my_shop");
    }

    /// The comparison is with the sanitised name, and a dry run never fails for it.
    @Test
    void replaces_an_existing_profile_only_by_force() throws IOException {
        assertThat(terminal().run("dbt-config")).isZero();
        String before = Files.readString(home.resolve(".dbt/profiles.yml"));

        var refused = terminal();
        assertThat(refused.run("dbt-config")).isEqualTo(1);
        assertThat(refused.err()).contains("my_shop_dev", "--force");

        var dry = terminal();
        assertThat(dry.run("dbt-config", "--dry-run")).isZero();
        assertThat(dry.out()).contains("profiles.yml", "dbt_project.yml", "my_shop_dev:");
        assertThat(Files.readString(home.resolve(".dbt/profiles.yml"))).isEqualTo(before);
    }

    @Test
    void writes_nothing_in_a_dry_run() {
        assertThat(terminal().run("dbt-config", "--dry-run")).isZero();

        assertThat(home.resolve(".dbt")).doesNotExist();
        assertThat(project.resolve("dbt_project.yml")).doesNotExist();
    }

    @Test
    void embeds_secrets_only_by_force() throws IOException {
        var refused = terminal();
        assertThat(refused.run("dbt-config", "--embed-secrets")).isEqualTo(1);
        assertThat(refused.err()).contains("--force").doesNotContain("t0ken");

        var forced = terminal();
        assertThat(forced.run("dbt-config", "--embed-secrets", "--force")).isZero();
        assertThat(Files.readString(home.resolve(".dbt/profiles.yml")))
                .contains("''Authorization'': ''Bearer t0ken''");
        assertThat(forced.out()).contains("Warning").doesNotContain("t0ken");
    }

    @Test
    void leaves_a_file_alone_that_it_cannot_read() throws IOException {
        write(home.resolve(".dbt/profiles.yml"), "a: [1\n");

        var terminal = terminal();
        assertThat(terminal.run("dbt-config")).isEqualTo(1);
        assertThat(terminal.err()).contains("profiles.yml", "no YAML");
        assertThat(Files.readString(home.resolve(".dbt/profiles.yml"))).isEqualTo("a: [1\n");
    }

    private Terminal terminal() {
        return Terminal.with(project, Map.of("PATH", "/nowhere"), home);
    }

    private Path fakeDbt() throws IOException {
        Path file = write(home.resolve("bin/dbt"), FAKE);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
        return file.resolveSibling("");
    }

    private void site(String more) throws IOException {
        write(project.resolve("mxcp-site.yml"), "mxcp: 1\nproject: my-shop\nprofile: dev\n" + more);
    }

    private static Map<String, @Nullable Object> yaml(Path file) throws IOException {
        Map<String, @Nullable Object> document = new Yaml().load(Files.readString(file));
        return Objects.requireNonNull(document);
    }

    private static Path write(Path file, String text) throws IOException {
        Files.createDirectories(file.resolveSibling(""));
        return Files.writeString(file, text);
    }
}
