package dev.mxcp.project;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mxcp.problem.MxcpException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/// P7, C2.
class ProjectSkeletonTest {
    @TempDir Path folder;

    private final Map<String, String> environment = new HashMap<>();

    @Test
    void a_new_project_can_be_loaded_and_has_its_first_tool() throws IOException {
        ProjectSkeleton skeleton = ProjectSkeleton.plan(request("shop", true));

        ProjectSkeleton.Created created = skeleton.create();

        Path root = folder.resolve("shop");
        assertThat(created)
                .isEqualTo(
                        new ProjectSkeleton.Created(
                                root,
                                List.of(
                                        "tools",
                                        "resources",
                                        "prompts",
                                        "evals",
                                        "python",
                                        "plugins",
                                        "sql",
                                        "drift",
                                        "audit",
                                        "data"),
                                List.of(
                                        "mxcp-site.yml",
                                        "tools/hello-world.yml",
                                        "sql/hello-world.sql"),
                                List.of()));
        assertThat(Files.readString(root.resolve("mxcp-site.yml")))
                .isEqualTo("mxcp: 1\nproject: shop\nprofile: default\n");
        Project project =
                ProjectLoader.load(
                        new ProjectLoader.Options(root, null, null, false, Map.of(), folder));
        Catalog catalog = CatalogLoader.load(project);
        assertThat(catalog.broken()).isEmpty();
        assertThat(catalog.endpoints()).extracting(Endpoint::id).containsExactly("hello_world");
        assertThat(project.settings().database()).isEqualTo(root.resolve("data/db-default.duckdb"));
    }

    @TestFactory
    List<DynamicTest> names_are_written_so_that_they_stay_strings() {
        return List.of(
                        "yes",
                        "5",
                        "a: b",
                        "2024-01-02",
                        "say \"hi\" \\ there",
                        "ünï",
                        "null",
                        "a-b")
                .stream()
                .map(name ->
                        DynamicTest.dynamicTest(
                                name,
                                () -> {
                                    Path root = Files.createTempDirectory(folder, "p");
                                    ProjectSkeleton.plan(
                                                    new ProjectSkeleton.Request(
                                                            root, name, name, false, folder,
                                                            Map.of(), folder))
                                            .create();
                                    Project project =
                                            ProjectLoader.load(
                                                    new ProjectLoader.Options(
                                                            root, null, null, false, Map.of(),
                                                            folder));
                                    assertThat(project.site().project()).isEqualTo(name);
                                    assertThat(project.profile()).isEqualTo(name);
                                }))
                .toList();
    }

    @Test
    void the_profile_is_option_then_variable_then_default() {
        environment.put("MXCP_PROFILE", "test");
        assertThat(ProjectSkeleton.plan(request("a", false)).profile()).isEqualTo("test");
    }

    @Test
    void a_project_inside_a_project_is_refused() {
        ProjectSkeleton.plan(request("shop", false)).create();

        assertThatThrownBy(() -> ProjectSkeleton.plan(request("shop/sub/deep", false)))
                .isInstanceOf(MxcpException.InvalidProject.class)
                .hasMessageStartingWith(
                        "mxcp-site.yml already exists in " + folder.resolve("shop"));
    }

    @Test
    void a_folder_with_a_database_or_a_file_is_refused() throws IOException {
        Files.createFile(folder.resolve("db-default.duckdb"));
        Files.createFile(folder.resolve("file"));

        assertThatThrownBy(() -> ProjectSkeleton.plan(request(".", false)))
                .hasMessageStartingWith("db-default.duckdb already exists in");
        assertThatThrownBy(() -> ProjectSkeleton.plan(request("file", false)))
                .hasMessageStartingWith(folder.resolve("file") + " is a file, not a folder");
    }

    /// C2 step 8, wanted: checked before anything is written.
    @Test
    void a_missing_user_configuration_that_is_demanded_is_an_error() {
        environment.put("MXCP_CONFIG", "none.yml");

        assertThatThrownBy(() -> ProjectSkeleton.plan(request("a", false)))
                .hasMessageStartingWith(
                        "MXCP user config not found at " + folder.resolve("none.yml"));
        assertThat(folder.resolve("a")).doesNotExist();
    }

    /// C2 step 4.
    @Test
    void a_name_that_the_user_configuration_knows_is_told() throws IOException {
        Files.writeString(folder.resolve("c.yml"), "projects: {shop: {profiles: {}}}");
        environment.put("MXCP_CONFIG", "c.yml");

        assertThat(ProjectSkeleton.plan(request("shop", false)).nameIsTaken()).isTrue();
        assertThat(ProjectSkeleton.plan(request("other", false)).nameIsTaken()).isFalse();
    }

    @Test
    void files_that_are_there_are_kept() throws IOException {
        Files.createDirectories(folder.resolve("shop/sql"));
        Files.writeString(folder.resolve("shop/sql/hello-world.sql"), "mine");

        ProjectSkeleton.Created created = ProjectSkeleton.plan(request("shop", true)).create();

        assertThat(created.kept()).containsExactly("sql/hello-world.sql");
        assertThat(created.folders()).doesNotContain("sql");
        assertThat(Files.readString(folder.resolve("shop/sql/hello-world.sql"))).isEqualTo("mine");
    }

    private ProjectSkeleton.Request request(String target, boolean bootstrap) {
        return new ProjectSkeleton.Request(
                Path.of(target), null, null, bootstrap, folder, environment, folder);
    }
}
