package dev.mxcp.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mxcp.engine.Engine;
import dev.mxcp.project.CatalogLoader;
import dev.mxcp.project.Project;
import dev.mxcp.project.ProjectLoader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// cli C0.10, Q2.6: `validate` while another process holds the database.
@SuppressWarnings("NullAway.Init") // filled by JUnit
class ValidateBesideAServerTest {
    @TempDir Path temporary;

    @Test
    void says_who_holds_the_database_once_and_checks_the_rest() throws IOException {
        CliProcess cli = CliProcess.inCopyOf("cli-broken", temporary);
        Files.writeString(
                cli.folder().resolve("tools/grammar.yml"),
                "mxcp: 1\ntool:\n  name: grammar\n  source:\n    code: SELEC 1\n");
        Project project =
                ProjectLoader.load(
                        new ProjectLoader.Options(
                                cli.folder(), null, null, false, Map.of(), temporary));
        var how = new Engine.Options(Engine.PythonUse.NONE, false, "WARNING");
        try (Engine _ = Engine.open(project, CatalogLoader.load(project), how)) {
            CliProcess.Ended human = cli.run("validate");

            assertThat(human.code()).isEqualTo(1);
            assertThat(human.err())
                    .containsOnlyOnce("is in use by process " + ProcessHandle.current().pid())
                    .contains("fix: ", "MXCP_DUCKDB_PATH");
            assertThat(human.out())
                    .doesNotContain("is in use by")
                    .contains(
                            "4 files checked: 0 passed, 2 failed, 2 not fully checked",
                            "tools/grammar.yml:5:11",
                            "Not fully checked (skipped: SQL against the database)",
                            "? tools/missing_table.yml");

            assertThat(cli.run("validate", "sound", "--json").json().get("result"))
                    .asString()
                    .contains("status=skipped", "message=The database", "SQL against the database");
        }
    }
}
