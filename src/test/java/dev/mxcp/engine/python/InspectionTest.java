package dev.mxcp.engine.python;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// R1.7 and the design's table: what validation finds in Python files.
class InspectionTest {
    @Test
    void problems_have_file_and_line(@TempDir Path folder) throws Exception {
        try (var project = new PythonProject(folder)) {
            project.file("python/syntax.py", "x = 1\ndef broken(:\n    pass\n")
                    .file("python/imports.py", "import os\n\nimport no_such_module\n")
                    .file(
                            "python/good.py",
                            """
                            from mxcp.runtime import db, on_init
                            rows = db.execute("select 1 as n")
                            @on_init
                            def hook(): print("a hook ran")

                            def fits(a, b=2): pass
                            def anything(**values): pass
                            def needs(a, missing): pass
                            value = 3
                            """);
            var functions =
                    List.of(
                            tool(project, "syntax", "broken"),
                            tool(project, "imports", "f"),
                            tool(project, "good", "fits", "a", "b"),
                            tool(project, "good", "anything", "x"),
                            tool(project, "good", "needs", "a"),
                            tool(project, "good", "fits", "a", "c"),
                            tool(project, "good", "absent"),
                            tool(project, "good", "value"));

            List<FunctionProblem> problems =
                    Workers.inspect(project.config(), functions, project.database, project.sink());

            assertThat(problems.stream().map(p -> p.problem().text()))
                    .satisfiesExactly(
                            t -> assertThat(t).startsWith("python/syntax.py:2: SyntaxError: "),
                            t ->
                                    assertThat(t)
                                            .isEqualTo(
                                                    "python/imports.py:3: the file cannot be imported:"
                                                            + " ModuleNotFoundError: No module named 'no_such_module'"),
                            t ->
                                    assertThat(t)
                                            .isEqualTo(
                                                    "python/good.py:8: needs(a, missing) does not take the endpoint's"
                                                            + " parameters (a): missing a required argument: 'missing'"),
                            t ->
                                    assertThat(t)
                                            .isEqualTo(
                                                    "python/good.py:6: fits(a, b=2) does not take the endpoint's"
                                                            + " parameters (a, c): got an unexpected keyword argument 'c'"),
                            t ->
                                    assertThat(t)
                                            .startsWith(
                                                    "python/good.py: Function 'absent' not found in")
                                            .endsWith("it defines anything, fits, hook, needs"),
                            t -> assertThat(t).contains("'int' object is not callable"));
            assertThat(problems.getFirst().function()).isEqualTo(functions.getFirst());
            assertThat(project.lines).isEmpty();
            assertThat(project.running().inspect(functions)).hasSize(6);
        }
    }

    private static InspectedFunction tool(
            PythonProject project, String file, String name, String... parameters) {
        Path path = project.root.resolve("python").resolve(file + ".py");
        return new InspectedFunction(
                new PythonTarget.ToolFunction(path, name), List.of(parameters));
    }
}
