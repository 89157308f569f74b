package dev.mxcp.project;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mxcp.problem.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// P2-P4.
class CatalogLoaderTest {
    @TempDir Path folder;

    private ProjectFolder project;

    @org.junit.jupiter.api.BeforeEach
    void make() {
        project = new ProjectFolder(folder);
    }

    /// P3.1.
    @Test
    void endpoints_come_in_the_order_of_kinds_then_paths() {
        prompt("prompts/a.yml", "p");
        tool("tools/z.yml", "t1");
        tool("tools/b/x.yaml", "t2");
        tool("tools/.hidden/_under.yml", "t3");
        resource("resources/r.yml", "r://x");

        assertThat(project.catalog().endpoints())
                .extracting(Endpoint::id)
                .containsExactly("t3", "t2", "t1", "r://x", "p");
        assertThat(project.catalog().broken()).isEmpty();
    }

    /// P2.
    @Test
    void missing_folders_yield_nothing() {
        assertThat(project.catalog())
                .isEqualTo(new Catalog(java.util.List.of(), java.util.List.of()));
    }

    /// P3.3: each kind takes its own; a file is read once.
    @Test
    void kinds_may_share_a_folder() {
        project.site("paths: {tools: api, prompts: api/prompts, resources: api}");
        tool("api/prompts/b.yml", "t");
        prompt("api/prompts/a.yml", "p");
        project.write("api/broken.yml", "tool: {}");

        Catalog catalog = project.catalog();

        assertThat(catalog.endpoints()).extracting(Endpoint::id).containsExactly("t", "p");
        assertThat(catalog.broken())
                .extracting(Catalog.BrokenFile::relativePath)
                .containsExactly("api/broken.yml");
    }

    /// P3 steps 5 and 6.
    @Test
    void other_kinds_and_disabled_files_are_skipped_and_share_no_names() {
        prompt("tools/p.yml", "x");
        project.write("tools/off.yml", "tool: {name: x, enabled: no, source: {file: nowhere.sql}}");
        tool("tools/x.yml", "x");

        assertThat(project.catalog().endpoints()).extracting(Endpoint::id).containsExactly("x");
        assertThat(project.catalog().broken()).isEmpty();
    }

    /// P3 step 4: a disabled file must be well-formed all the same.
    @Test
    void a_disabled_file_that_is_malformed_is_an_error() {
        project.write("tools/off.yml", "tool: {name: x, enabled: no}");

        assertThat(project.endpointProblems()).hasSize(1);
    }

    /// P3.2.
    @Test
    void linked_files_are_read_and_linked_folders_are_not() throws IOException {
        project.write("../away/tools/a.yml", "tool: {name: a, source: {file: a.sql}}");
        project.write("../away/tools/a.sql", "SELECT 'beside the target'");
        project.write("tools/a.sql", "SELECT 'beside the link'");
        Files.createSymbolicLink(
                project.root.resolve("tools/linked.yml"), folder.resolve("away/tools/a.yml"));
        Files.createSymbolicLink(project.root.resolve("tools/dir"), folder.resolve("away/tools"));
        Files.createSymbolicLink(
                project.root.resolve("tools/gone.yml"), folder.resolve("gone.yml"));
        Files.createSymbolicLink(project.root.resolve("tools/dir.yml"), folder.resolve("away"));

        Catalog catalog = project.catalog();

        assertThat(catalog.endpoints())
                .extracting(it -> it.code() instanceof Code.Sql sql ? sql.text() : "")
                .containsExactly("SELECT 'beside the link'");
        assertThat(project.endpointProblems()).containsExactly("tools/gone.yml: file not found");
    }

    /// P2: the definition folder itself may be a link.
    @Test
    void a_definition_folder_may_be_linked() throws IOException {
        project.write("../away/t.yml", "tool: {name: a, source: {code: SELECT 1}}");
        Files.createSymbolicLink(project.root.resolve("tools"), folder.resolve("away"));

        assertThat(project.catalog().endpoints()).extracting(Endpoint::id).containsExactly("a");
    }

    /// P4: one namespace, every file involved.
    @Test
    void duplicates_are_errors_of_every_file_involved() {
        tool("tools/a.yml", "same");
        prompt("prompts/b.yml", "same");
        tool("tools/c.yml", "x://y");
        resource("resources/d.yml", "x://y");
        tool("tools/ok.yml", "ok");

        Catalog catalog = project.catalog();

        assertThat(catalog.endpoints()).extracting(Endpoint::id).containsExactly("ok");
        String names = "Duplicate endpoint name 'same' found in: tools/a.yml, prompts/b.yml";
        String uris = "Duplicate endpoint URI 'x://y' found in: tools/c.yml, resources/d.yml";
        assertThat(catalog.broken())
                .extracting(file -> Map.entry(file.relativePath(), message(file)))
                .containsExactly(
                        Map.entry("tools/a.yml", names),
                        Map.entry("tools/c.yml", uris),
                        Map.entry("resources/d.yml", uris),
                        Map.entry("prompts/b.yml", names));
        assertThat(catalog.broken().getFirst().problems().getFirst().text())
                .startsWith("tools/a.yml:1:14: Duplicate endpoint name");
    }

    /// P4: a missing SQL file does not free its name.
    @Test
    void a_duplicate_with_missing_code_is_still_a_duplicate() {
        tool("tools/a.yml", "same");
        project.write("tools/b.yml", "tool: {name: same, source: {file: no.sql}}");

        assertThat(project.catalog().endpoints()).isEmpty();
        assertThat(project.endpointProblems()).hasSize(3);
    }

    @Test
    void broken_files_leave_the_others_alone() {
        tool("tools/a.yml", "a");
        project.write("tools/b.yml", "tool: [");
        project.write("tools/c.yml", "tool: {name: c}");

        Catalog catalog = project.catalog();

        assertThat(catalog.endpoints()).hasSize(1);
        assertThat(catalog.broken())
                .extracting(Catalog.BrokenFile::relativePath)
                .containsExactly("tools/b.yml", "tools/c.yml");
    }

    private static String message(Catalog.BrokenFile file) {
        return file.problems().stream().map(Problem::message).findFirst().orElse("");
    }

    private void tool(String path, String name) {
        project.write(path, "tool: {name: '" + name + "', source: {code: SELECT 1}}");
    }

    private void resource(String path, String uri) {
        project.write(path, "resource: {uri: '" + uri + "', source: {code: SELECT 1}}");
    }

    private void prompt(String path, String name) {
        project.write(path, "prompt: {name: " + name + ", messages: [{prompt: hi}]}");
    }
}
