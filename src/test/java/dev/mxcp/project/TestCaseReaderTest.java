package dev.mxcp.project;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// D8 with our extensions
class TestCaseReaderTest {
    @TempDir private Path folder;

    @Test
    void reads_isolation_and_an_expected_error() {
        var tests =
                project(
                                "- {name: a, isolation: rollback}\n- {name: b, error_contains: denied}\n- {name: c}\n")
                        .catalog()
                        .endpoints()
                        .getFirst()
                        .file()
                        .tests();

        assertThat(tests).extracting(test -> test.rollback()).containsExactly(true, false, false);
        assertThat(tests.get(1).assertions()).containsEntry("error_contains", "denied");
        assertThat(tests.get(2).assertions()).isEmpty();
    }

    @Test
    void refuses_other_words_and_an_error_beside_a_result() {
        List<String> problems =
                project(
                                "- {name: a, isolation: rolback}\n- {name: b, result: 1, error_contains: denied}\n")
                        .endpointProblems();

        assertThat(problems)
                .satisfiesExactly(
                        one ->
                                assertThat(one)
                                        .contains(
                                                "tools/t.yml:6",
                                                "unknown isolation 'rolback'",
                                                "rollback"),
                        two ->
                                assertThat(two)
                                        .contains("tools/t.yml:7", "cannot stand beside result"));
    }

    private ProjectFolder project(String tests) {
        return new ProjectFolder(folder)
                .write(
                        "tools/t.yml",
                        "mxcp: 1\ntool:\n  name: t\n  source: {code: SELECT 1 AS a}\n  tests:\n"
                                + tests.indent(4));
    }
}
