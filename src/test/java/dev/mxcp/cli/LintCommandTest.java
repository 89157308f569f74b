package dev.mxcp.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `mxcp lint` as scripts and people start it (cli Q4)
class LintCommandTest {
    @TempDir private Path temporary;
    private CliProcess project;

    @BeforeEach
    void copyProject() {
        project = CliProcess.inCopyOf("lint-mistakes", temporary);
    }

    /// A flat list with the stated keys; exit 0, files that do not load are left out in silence
    @Test
    void prints_a_flat_list_as_json() throws Exception {
        var ended =
                project.run("lint", "--json-output", "--severity", "error", "--sarif", "l.sarif");

        assertThat(ended.result())
                .isEqualTo(
                        List.of(
                                Map.of(
                                        "severity", "error",
                                        "path", "tools/bare.yml",
                                        "location", "tool.parameters[0].description",
                                        "message", "Parameter 'id' has no description",
                                        "suggestion",
                                                "Add 'description' to the parameter, so that a model knows what to send",
                                        "code", "missing-parameter-description",
                                        "reason", "a model can only guess what to send",
                                        "line", 5L,
                                        "fixable", false)));
        assertThat(ended.err()).isEmpty();
        assertThat(Files.readString(project.folder().resolve("l.sarif")))
                .contains("\"version\": \"2.1.0\"");
    }

    /// Q4, X17: a level is a minimum
    @Test
    void shows_people_the_worst_first_and_clean_files() {
        var ended = project.run("lint", "--severity", "warning");

        assertThat(ended.code()).isZero();
        assertThat(ended.out())
                .containsSubsequence(
                        "The tools take about ",
                        "tools/bare.yml",
                        "error    tools/bare.yml:5:",
                        "warning  tools/bare.yml:2:",
                        "Clean",
                        "tools/clean.yml",
                        "9 files checked, 6 with findings: 1 error, 16 warnings, 0 suggestions",
                        "Why it matters",
                        "missing-parameter-description: a model can only guess what to send")
                .doesNotContain("missing-tags", "broken.yml", "\u001b");
        assertThat(project.run("lint", "--strict").code()).isEqualTo(1);
        assertThat(project.run("lint", "--severity", "loud").code()).isEqualTo(2);
    }

    @Test
    void fixes_and_shows_what_is_left() {
        var ended = project.run("lint", "--fix", "--json");

        assertThat(ended.err()).contains("fixed tools/told.yml:22:", "[untidy-description]");
        assertThat(String.valueOf(ended.result()))
                .contains("foreign-name")
                .doesNotContain("untidy-description");
        assertThat(project.run("lint", "--fix").out()).contains("Nothing could be fixed");
    }

    /// C0.2, C0.12; without a project only the rules can be had
    @Test
    void says_why_it_cannot_look() throws Exception {
        var nowhere = CliProcess.in(temporary, temporary.resolve("home"));
        assertThat(nowhere.run("lint").err()).startsWith("Error: ").contains("mxcp-site.yml");
        assertThat(nowhere.run("lint", "--rules").out())
                .contains("missing-tags (info)", "why: tags let people");

        Files.writeString(project.folder().resolve("mxcp-site.yml"), "mxcp: 1\nlint: {ignor: x}\n");
        var broken = project.run("lint", "--json");
        assertThat(broken.code()).isEqualTo(1);
        assertThat(String.valueOf(broken.json().get("error")))
                .contains("mxcp-site.yml:2:", "lint.ignor");
    }
}
