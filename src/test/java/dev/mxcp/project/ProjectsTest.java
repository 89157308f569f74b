package dev.mxcp.project;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mxcp.problem.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// Whole projects under `src/test/projects/`.
class ProjectsTest {
    private static final Path PROJECTS = Path.of("src/test/projects").toAbsolutePath();

    @Test
    void a_complete_project_is_read() {
        Path root = PROJECTS.resolve("project-complete");
        Map<String, String> environment =
                Map.of(
                        "MXCP_CONFIG", root.resolve("mxcp-config.yml").toString(),
                        "DESK", "north",
                        "CARRIER_HOST", "carrier.example",
                        "PORT", "9400");
        Project project = load(root, environment);

        assertThat(project.settings().database()).isEqualTo(root.resolve("data/north.duckdb"));
        assertThat(project.settings().auditEnabled()).isTrue();
        assertThat(project.site().sqlTools().enabled()).isTrue();
        assertThat(project.site().paths().python()).isEqualTo(root.resolve("src"));
        assertThat(project.site().limits().callTimeout()).isEqualTo(Duration.ofMinutes(2));
        assertThat(project.user().transport().port()).isEqualTo(9400);
        assertThat(project.user().secrets())
                .containsExactly(
                        new Secret(
                                "carrier",
                                "api",
                                Map.of("base_url", "https://carrier.example/v2", "retries", 3L)));

        Catalog catalog = CatalogLoader.load(project);
        assertThat(catalog.broken()).isEmpty();
        assertThat(catalog.endpoints())
                .extracting(Endpoint::id)
                .containsExactly("late_parcels", "route", "parcel://{depot}/{id}", "apology");
        assertThat(
                        Objects.requireNonNull(
                                        catalog.endpoints()
                                                .getFirst()
                                                .parameters()
                                                .getFirst()
                                                .type()
                                                .fallback())
                                .value())
                .isEqualTo(LocalDate.of(2030, 1, 31));
        assertThat(catalog.endpoints().get(1).code())
                .isInstanceOfSatisfying(
                        Code.Python.class,
                        code -> assertThat(code.file()).isEqualTo(root.resolve("src/routes.py")));
    }

    @Test
    void a_broken_project_says_everything_that_is_wrong() throws IOException {
        Path root = PROJECTS.resolve("project-broken");

        Catalog catalog = CatalogLoader.load(load(root, Map.of()));

        String problems =
                catalog.broken().stream()
                        .flatMap(file -> file.problems().stream())
                        .map(Problem::text)
                        .collect(Collectors.joining("\n", "", "\n"));
        assertThat(problems).isEqualTo(Files.readString(root.resolve("expected-problems.txt")));
        assertThat(catalog.endpoints()).extracting(Endpoint::id).containsExactly("good");
    }

    private static Project load(Path root, Map<String, String> environment) {
        return ProjectLoader.load(
                new ProjectLoader.Options(
                        root, null, null, false, environment, PROJECTS.resolve("no-home")));
    }
}
