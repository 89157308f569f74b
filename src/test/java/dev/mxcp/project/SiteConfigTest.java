package dev.mxcp.project;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/// S1-S13 and our extensions of the site file.
class SiteConfigTest {
    @TempDir Path folder;

    @Test
    void every_key_is_read() {
        SiteConfig site =
                new ProjectFolder(folder)
                        .site(
                                """
                                secrets: [a, b]
                                plugin: {name: geo, module: geo_plugin, config: geo}
                                extensions: [httpfs, {name: h3, repo: community}]
                                dbt: {enabled: false, model_paths: m, clean_targets: null, target_path: t}
                                sql_tools: {enabled: "on", list_tables: {description: all tables}}
                                python: {interpreter: bin/python, workers: 3, decimals: exact}
                                limits: {call_timeout: 30s, connections: 4, connection_wait: 500ms,
                                         result_size: 1MB, request_size: 1MiB}
                                reload: {wait_limit: 2m, drain_limit: 5s, backup_limit: 0, payload_limit: 1h}
                                """)
                        .load()
                        .site();

        assertThat(site.secrets()).containsExactly("a", "b");
        assertThat(site.plugins())
                .containsExactly(new SiteConfig.Plugin("geo", "geo_plugin", "geo"));
        assertThat(site.extensions())
                .containsExactly(
                        new SiteConfig.Extension("httpfs", null),
                        new SiteConfig.Extension("h3", "community"));
        assertThat(site.dbt().enabled()).isFalse();
        assertThat(site.dbt().modelPaths()).containsExactly("m");
        assertThat(site.dbt().cleanTargets()).isEmpty();
        assertThat(site.dbt().seedPaths()).containsExactly("seeds");
        assertThat(site.sqlTools())
                .isEqualTo(new SiteConfig.SqlTools(true, null, "all tables", null));
        assertThat(site.python())
                .isEqualTo(
                        new SiteConfig.Python(
                                folder.resolve("shop/bin/python").toString(), 3, true));
        assertThat(site.limits())
                .isEqualTo(
                        new SiteConfig.Limits(
                                Duration.ofSeconds(30),
                                Duration.ofMinutes(1),
                                4,
                                3,
                                Duration.ofMillis(500),
                                1_000_000,
                                1 << 20));
        assertThat(site.reload())
                .isEqualTo(
                        new SiteConfig.Reload(
                                Duration.ofMinutes(2),
                                Duration.ofSeconds(5),
                                0,
                                Duration.ofHours(1)));
    }

    @Test
    void our_extensions_have_defaults() {
        SiteConfig site = new ProjectFolder(folder).load().site();

        assertThat(site.python()).isEqualTo(new SiteConfig.Python(null, 1, false));
        assertThat(site.limits())
                .isEqualTo(
                        new SiteConfig.Limits(
                                Duration.ofMinutes(10),
                                Duration.ofMinutes(1),
                                32,
                                24,
                                Duration.ofSeconds(30),
                                64L << 20,
                                4L << 20));
        assertThat(site.reload())
                .isEqualTo(
                        new SiteConfig.Reload(
                                Duration.ofSeconds(30), Duration.ofSeconds(90), 1L << 30, null));
    }

    @Test
    void calls_may_take_as_long_as_they_like_if_that_is_said() {
        SiteConfig site =
                new ProjectFolder(folder)
                        .site("limits: {call_timeout: none, session_connections: 40}")
                        .load()
                        .site();

        assertThat(site.limits().callTimeout()).isNull();
        assertThat(site.limits().sessionConnections()).isEqualTo(40);
    }

    /// S3: null is allowed where the table says so.
    @Test
    void null_is_empty_for_most_root_keys() {
        SiteConfig site =
                new ProjectFolder(folder)
                        .site(
                                """
                                secrets:
                                plugin:
                                extensions:
                                dbt:
                                sql_tools:
                                paths:
                                profiles:
                                """)
                        .load()
                        .site();

        assertThat(site.secrets()).isEmpty();
        assertThat(site.dbt().enabled()).isTrue();
    }

    /// S13.
    @Test
    void variables_are_replaced_but_those_of_other_profiles_cannot_fail() {
        var project =
                new ProjectFolder(folder)
                        .site(
                                """
                                sql_tools: {enabled: "${TOOLS}"}
                                profiles:
                                  dev: {duckdb: {path: "${DIR}/x.duckdb", readonly: "${RO}"}}
                                  prod: {duckdb: {path: "${NOWHERE}", readonly: "${NOTHING}"}}
                                """);
        project.environment.put("TOOLS", "true");
        project.environment.put("DIR", "/data");
        project.environment.put("RO", "1");

        Project loaded = project.load();

        assertThat(loaded.site().sqlTools().enabled()).isTrue();
        assertThat(loaded.settings().database()).isEqualTo(Path.of("/data/x.duckdb"));
        assertThat(loaded.settings().readOnly()).isTrue();
    }

    @TestFactory
    List<DynamicTest> what_is_wrong_is_said_with_place_and_remedy() {
        return List.of(
                row(
                        "audit: {enabled: true}",
                        "mxcp-site.yml:4:1: audit: unknown key\n  fix: write it below profiles.<name>"),
                row(
                        "transport: {}",
                        "mxcp-site.yml:4:1: transport: unknown key\n  fix: this belongs into the user"
                                + " configuration (~/.mxcp/config.yml or MXCP_CONFIG)"),
                row(
                        "plugins: []",
                        "mxcp-site.yml:4:1: plugins: unknown key\n  fix: did you mean 'plugin'?"),
                row(
                        "plugin: [{name: x, modul: y}]",
                        "mxcp-site.yml:4:10: plugin.0.module: Field required",
                        "mxcp-site.yml:4:20: plugin.0.modul: unknown key\n  fix: did you mean 'module'?"),
                row(
                        "extensions: [{name: x, repo: comunity}]",
                        "mxcp-site.yml:4:30: extensions.0.repo: unknown repo 'comunity'\n"
                                + "  fix: did you mean 'community'?"),
                row(
                        "extensions: [5]",
                        "mxcp-site.yml:4:14: extensions.0: must be a string or a mapping, not an integer\n"
                                + "  fix: put it in quotes: \"5\""),
                row(
                        "profiles: [dev]",
                        "mxcp-site.yml:4:11: profiles: must be a mapping, not a list"),
                row(
                        "profiles: {dev: null}",
                        "mxcp-site.yml:4:17: profiles.dev: must be a mapping, not null"),
                row(
                        "profiles: {dev: {duckdb: {path: '${A:-x}'}}}",
                        "mxcp-site.yml:4:33: profiles.dev.duckdb.path: the path contains '${'\n"
                                + "  fix: write ${NAME} with letters, digits and underscores; there is no"
                                + " default syntax"),
                row(
                        "profiles: {dev: {duckdb: {path: '${UNSET}'}}}",
                        "mxcp-site.yml:4:33: profiles.dev.duckdb.path: Environment variable UNSET is not"
                                + " set\n  fix: set UNSET in the environment of this process"),
                row(
                        "sql_tools: {list_tables: {description: ''}}",
                        "mxcp-site.yml:4:40: sql_tools.list_tables.description: must have at least 1"
                                + " character\n  fix: remove the key"),
                row(
                        "python: {workers: 0, decimals: double}",
                        "mxcp-site.yml:4:19: python.workers: the integer is out of range\n"
                                + "  fix: use 1 to 256",
                        "mxcp-site.yml:4:32: python.decimals: unknown decimals 'double'\n"
                                + "  fix: use one of: float, exact"),
                row(
                        "limits: {call_timeout: 0, result_size: 0B}",
                        "mxcp-site.yml:4:24: limits.call_timeout: must be more than 0\n"
                                + "  fix: write none for no limit",
                        "mxcp-site.yml:4:40: limits.result_size: must be more than 0"),
                row(
                        "paths: {tool: x}",
                        "mxcp-site.yml:4:9: paths.tool: unknown key\n  fix: did you mean 'tools'?"));
    }

    /// S1: an empty file lacks what is required.
    @Test
    void an_empty_file_lacks_the_required_keys() {
        assertThat(new ProjectFolder(folder).write("mxcp-site.yml", "").problems())
                .containsExactly(
                        "mxcp-site.yml:1:1: project: Field required",
                        "mxcp-site.yml:1:1: profile: Field required");
    }

    @Test
    void a_name_that_is_no_string_is_refused() {
        assertThat(
                        new ProjectFolder(folder)
                                .write("mxcp-site.yml", "project: 5\nprofile: on")
                                .problems())
                .containsExactly(
                        "mxcp-site.yml:1:10: project: must be a string, not an integer\n"
                                + "  fix: put it in quotes: \"5\"",
                        "mxcp-site.yml:2:10: profile: must be a string, not a boolean\n"
                                + "  fix: put it in quotes: \"on\"");
    }

    @Test
    void a_file_that_is_no_mapping_is_refused() {
        assertThat(new ProjectFolder(folder).write("mxcp-site.yml", "- a").problems())
                .containsExactly(
                        "mxcp-site.yml:1:1: the site file must be a mapping, not a list\n"
                                + "  fix: begin it with `mxcp: 1`");
    }

    private DynamicTest row(String yaml, String... problems) {
        return DynamicTest.dynamicTest(
                yaml,
                () ->
                        assertThat(new ProjectFolder(folder).site(yaml).problems())
                                .containsExactly(problems));
    }
}
