package dev.mxcp.project;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mxcp.problem.MxcpException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/// P1, U1-U5, X1-X6, S11, C0.2-C0.4.
class ProjectLoaderTest {
    @TempDir Path folder;

    /// P1, P1.1.
    @Test
    void the_root_is_found_from_any_sub_folder() throws IOException {
        var project = new ProjectFolder(folder);
        Path deep = Files.createDirectories(project.root.resolve("a/b/c"));

        Project loaded =
                ProjectLoader.load(
                        new ProjectLoader.Options(deep, null, null, false, Map.of(), project.home));

        assertThat(loaded.root()).isEqualTo(project.root);
    }

    /// C0.2, Z7: the option wins over the working directory.
    @Test
    void a_project_folder_that_is_given_wins() {
        var project = new ProjectFolder(folder);
        new ProjectFolder(folder.resolve("other"));

        Project loaded =
                ProjectLoader.load(
                        new ProjectLoader.Options(
                                folder.resolve("other/shop"),
                                Path.of("../../shop"),
                                null,
                                false,
                                Map.of(),
                                project.home));

        assertThat(loaded.root()).isEqualTo(project.root);
    }

    @Test
    void no_project_says_what_to_do() {
        assertThatThrownBy(() ->
                        ProjectLoader.root(
                                new ProjectLoader.Options(
                                        folder, null, null, false, Map.of(), folder)))
                .isInstanceOf(MxcpException.InvalidProject.class)
                .hasMessage(
                        "mxcp-site.yml not found in current directory or any parent directory\n"
                                + "  fix: go to a project's folder, or create one with `mxcp init`");
    }

    /// S2, U4, C0.12.
    @TestFactory
    List<DynamicTest> the_version_is_one_in_four_spellings() {
        return List.of("1", "1.0", "'1'", "'1.0'").stream()
                .map(version ->
                        DynamicTest.dynamicTest(
                                version,
                                () -> {
                                    var project = new ProjectFolder(folder);
                                    project.write(
                                            "mxcp-site.yml",
                                            "mxcp: " + version + "\nproject: p\nprofile: d");
                                    project.user("mxcp: " + version);

                                    Project loaded = project.load();

                                    assertThat(loaded.site().plain()).containsEntry("mxcp", 1L);
                                    assertThat(loaded.user().plain()).containsEntry("mxcp", 1L);
                                }))
                .toList();
    }

    @TestFactory
    List<DynamicTest> other_versions_are_refused() {
        return List.of("2", "1.5", "'1.0.0'", "'2'", "null", "true", "[1]").stream()
                .map(version ->
                        DynamicTest.dynamicTest(
                                version,
                                () -> {
                                    var project = new ProjectFolder(folder);
                                    project.write(
                                            "mxcp-site.yml",
                                            "mxcp: " + version + "\nproject: p\nprofile: d");

                                    assertThat(project.problems())
                                            .containsExactly(
                                                    "mxcp-site.yml:1:7: mxcp: unsupported version\n"
                                                            + "  fix: write `mxcp: 1`, the only version");
                                }))
                .toList();
    }

    @Test
    void without_anything_else_all_defaults_hold() {
        var project = new ProjectFolder(folder);

        Project loaded = project.load();

        Path root = project.root;
        assertThat(loaded.profile()).isEqualTo("dev");
        assertThat(loaded.settings())
                .isEqualTo(
                        new ProfileSettings(
                                root.resolve("data/db-dev.duckdb"),
                                false,
                                root.resolve("drift/drift-dev.json"),
                                false,
                                root.resolve("audit/logs-dev.jsonl"),
                                52_428_800));
        assertThat(loaded.site().paths().tools()).isEqualTo(root.resolve("tools"));
        assertThat(loaded.user().file()).isNull();
        assertThat(loaded.user().transport().port()).isEqualTo(8000);
    }

    /// X2, C0.3, S11: the effective profile gets all defaults.
    @Test
    void flag_beats_variable_beats_file_and_the_chosen_profile_has_all_defaults() {
        var project = new ProjectFolder(folder).site("profiles: {dev: {}, test: {}, prod: {}}");
        project.environment.put("MXCP_PROFILE", "test");
        assertThat(project.load().settings().database())
                .isEqualTo(project.root.resolve("data/db-test.duckdb"));

        project.profile = "prod";
        Project prod = project.load();
        assertThat(prod.settings().auditLog())
                .isEqualTo(project.root.resolve("audit/logs-prod.jsonl"));
        assertThat(prod.site().plain()).containsEntry("profile", "prod"); // R3.10.9
        assertThat(prod.site().profile()).isEqualTo("dev");

        project.profile = "";
        project.environment.put("MXCP_PROFILE", "");
        assertThat(project.load().profile()).isEqualTo("dev");
    }

    /// C0.3.
    @Test
    void an_unknown_profile_is_an_error_that_names_the_known_ones() {
        var project = new ProjectFolder(folder).site("profiles: {staging: {}}");
        project.user("projects: {shop: {profiles: {prod: {}}}, other: {profiles: {prd: {}}}}");
        project.profile = "prd";

        assertThat(project.problems())
                .containsExactly(
                        "Profile 'prd' not found in project 'shop'\n"
                                + "  fix: did you mean 'prod'? known profiles: staging, prod, dev");

        project.profile = "prod"; // known to the user configuration only (U5.1)
        assertThat(project.load().profile()).isEqualTo("prod");
        project.profile = "staging"; // known to the site file only
        assertThat(project.load().user().secrets()).isEmpty();
    }

    /// P1.2, P1.3.
    @Test
    void paths_begin_at_the_root_or_at_home() {
        var project =
                new ProjectFolder(folder)
                        .site(
                                """
                                paths: {tools: api, python: src/py, data: /big}
                                profiles:
                                  dev:
                                    duckdb: {path: ../db/x.duckdb}
                                    drift: {path: ~/drift.json}
                                    audit: {path: /var/audit.jsonl, enabled: "yes", max_file_size: "100"}
                                """);

        Project loaded = project.load();

        assertThat(loaded.settings())
                .isEqualTo(
                        new ProfileSettings(
                                folder.resolve("db/x.duckdb"),
                                false,
                                project.home.resolve("drift.json"),
                                true,
                                Path.of("/var/audit.jsonl"),
                                100));
        assertThat(loaded.site().paths().tools()).isEqualTo(project.root.resolve("api"));
        assertThat(loaded.site().paths().python()).isEqualTo(project.root.resolve("src/py"));
    }

    /// X4, S11: empty paths count as absent; the variable wins and begins at the working directory.
    @Test
    void the_database_path_is_variable_then_file_then_default() {
        var project = new ProjectFolder(folder).site("profiles: {dev: {duckdb: {path: ''}}}");
        assertThat(project.load().settings().database())
                .isEqualTo(project.root.resolve("data/db-dev.duckdb"));

        project.environment.put("MXCP_DUCKDB_PATH", "here.duckdb");
        Project loaded =
                ProjectLoader.load(
                        new ProjectLoader.Options(
                                project.root.resolve("tools"),
                                project.root,
                                null,
                                false,
                                project.environment,
                                project.home));
        assertThat(loaded.settings().database())
                .isEqualTo(project.root.resolve("tools/here.duckdb"));
    }

    /// Issue 3 item 4 wins over X4.
    @Test
    void a_database_in_memory_is_allowed() {
        var project =
                new ProjectFolder(folder).site("profiles: {dev: {duckdb: {path: ':memory:'}}}");

        assertThat(project.load().settings().database()).isEqualTo(Path.of(":memory:"));
    }

    /// X5, V7.
    @Test
    void read_only_is_flag_or_variable_or_file() {
        var project = new ProjectFolder(folder);
        assertThat(project.load().settings().readOnly()).isFalse();
        project.environment.put("MXCP_READONLY", "YES");
        assertThat(project.load().settings().readOnly()).isTrue();
        project.environment.put("MXCP_READONLY", "on"); // X1: `on` is false
        assertThat(project.load().settings().readOnly()).isFalse();
        project.readOnlyFlag = true;
        assertThat(project.load().settings().readOnly()).isTrue();
        project.readOnlyFlag = false;
        project.site("profiles: {dev: {duckdb: {readonly: true}}}");
        assertThat(project.load().settings().readOnly()).isTrue();
    }

    /// X6, S11.
    @Test
    void the_audit_switch_of_the_environment_forces_on_and_off() {
        var project = new ProjectFolder(folder).site("profiles: {dev: {audit: {enabled: true}}}");
        project.environment.put("MXCP_AUDIT_ENABLED", " No ");
        assertThat(project.load().settings().auditEnabled()).isFalse();
        project.environment.put("MXCP_AUDIT_ENABLED", "maybe");
        assertThat(project.load().settings().auditEnabled()).isTrue();
    }

    /// R3.10.5, R3.10.6: keys as written, and what is always there.
    @Test
    void user_code_sees_the_site_file_with_the_paths_that_hold() {
        var project =
                new ProjectFolder(folder)
                        .site(
                                """
                                secrets: one
                                extensions: [httpfs, {name: h3, repo: community}, {name: json}]
                                profiles: {dev: {duckdb: {path: data/x.duckdb}}}
                                """);

        assertThat(project.load().site().plain())
                .isEqualTo(
                        Map.of(
                                "mxcp",
                                1L,
                                "project",
                                "shop",
                                "profile",
                                "dev",
                                "secrets",
                                List.of("one"),
                                "extensions",
                                List.of(
                                        "httpfs",
                                        Map.of("name", "h3", "repo", "community"),
                                        "json"),
                                "profiles",
                                Map.of(
                                        "dev",
                                        Map.of(
                                                "duckdb", Map.of("path", "data/x.duckdb"),
                                                "drift",
                                                        Map.of(
                                                                "path",
                                                                project.root
                                                                        + "/drift/drift-dev.json"),
                                                "audit",
                                                        Map.of(
                                                                "path",
                                                                project.root
                                                                        + "/audit/logs-dev.jsonl")))));
    }

    @Test
    void both_files_report_all_their_problems_together() {
        var project = new ProjectFolder(folder).site("secret: a\nprofiles: {dev: {duckdb: null}}");
        project.user("mxcp: 1\ntransport: {provider: htp}\nlogging: null\n");

        assertThat(project.problems())
                .containsExactly(
                        "mxcp-site.yml:4:1: secret: unknown key\n  fix: did you mean 'secrets'?",
                        "mxcp-site.yml:5:26: profiles.dev.duckdb: must be a mapping, not null",
                        project.home
                                + "/.mxcp/config.yml:2:23: transport.provider: unknown provider\n"
                                + "  fix: use one of: streamable-http, sse, stdio",
                        project.home
                                + "/.mxcp/config.yml:3:10: logging: must be a mapping, not null");
    }

    /// U1, U2, C0.4.
    @Test
    void the_user_configuration_is_where_the_variable_says() {
        var project = new ProjectFolder(folder);
        project.environment.put("MXCP_CONFIG", "mxcp-config.yml");
        assertThat(project.problems())
                .containsExactly(
                        "MXCP user config not found at "
                                + project.root.resolve("mxcp-config.yml")
                                + "\n  fix: create the file, or correct MXCP_CONFIG");

        project.write("mxcp-config.yml", "logging: {level: DEBUG, path: ~/x.log}");
        Project loaded = project.load();
        assertThat(loaded.user().logging().level()).isEqualTo("DEBUG");
        assertThat(loaded.user().logging().path()).isEqualTo(project.home.resolve("x.log"));

        project.environment.put("MXCP_CONFIG_PATH", "nowhere.yml");
        assertThat(project.load().user().file()).isEqualTo(project.root.resolve("mxcp-config.yml"));
    }

    @Test
    void no_secret_is_in_any_text() {
        var project =
                new ProjectFolder(folder).site("sql_tools: {list_tables: {description: '${S}'}}");
        project.environment.put("S", "hunter2");
        project.user(
                """
                projects: {shop: {profiles: {dev: {secrets: [
                  {name: a, type: api, parameters: {token: "${S}"}}]}}}}
                """);

        Project loaded = project.load();

        assertThat(loaded.user().secrets().getFirst().parameters())
                .containsEntry("token", "hunter2");
        assertThat(loaded.toString()).doesNotContain("hunter2");
        assertThat(loaded.site().toString()).doesNotContain("hunter2");
        assertThat(project.options().toString()).doesNotContain("hunter2");
    }
}
