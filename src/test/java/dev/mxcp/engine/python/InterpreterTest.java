package dev.mxcp.engine.python;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mxcp.problem.MxcpException.InvalidProject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Issue 3, item 5: which Python runs a project, and the environment that a project gets.
@SuppressWarnings("NullAway.Init") // filled by JUnit
class InterpreterTest {
    @TempDir Path root;
    private final List<String> progress = new ArrayList<>();
    private final InstallProgress told =
            new InstallProgress() {
                @Override
                public void step(String what) {
                    progress.add(what);
                }

                @Override
                public void detail(String line) {
                    progress.add("  " + line);
                }

                @Override
                public void done() {
                    progress.add("done");
                }
            };
    private ManagedEnvironment managed;

    @BeforeEach
    void path() {
        managed = new ManagedEnvironment(true, System.getenv("PATH"), told);
    }

    private Path python(String environment) throws IOException {
        Path python = root.resolve(environment).resolve("bin/python");
        Files.createDirectories(python.resolveSibling(""));
        Files.createSymbolicLink(python, Path.of("/bin/sh"));
        return python;
    }

    private Interpreter choose(Map<String, String> environment) {
        return Interpreter.choose(null, root, environment, managed);
    }

    @Test
    void the_first_that_is_named_is_taken() throws IOException {
        var environment = new HashMap<>(Map.of("MXCP_PYTHON", "python3.12"));
        assertThat(Interpreter.choose("venvs/a/bin/python", root, environment, managed))
                .isEqualTo(
                        new Interpreter(
                                List.of(root + "/venvs/a/bin/python"),
                                "python.interpreter in mxcp-site.yml"));
        assertThat(choose(environment))
                .isEqualTo(new Interpreter(List.of("python3.12"), "MXCP_PYTHON"));
        environment.clear();
        environment.put("VIRTUAL_ENV", root.resolve("active").toString());
        assertThat(choose(environment).command()).containsExactly("python3");
        Path active = python("active");
        assertThat(choose(environment).command()).containsExactly(active.toString());
        Path own = python(".venv");
        assertThat(choose(environment).command()).containsExactly(own.toString());
    }

    /// An environment made from a file that has changed since.
    private Path stale() throws IOException {
        python(".mxcp/venv");
        Files.writeString(root.resolve(".mxcp/venv/mxcp-made-from"), "another file");
        return Files.createFile(root.resolve(".mxcp/venv/witness"));
    }

    /// Needs no network: the file names no package.
    @Test
    void a_project_with_requirements_gets_an_environment() throws IOException {
        Files.writeString(root.resolve("requirements.txt"), "# nothing yet\n");
        Path python = root.resolve(".mxcp/venv/bin/python");
        Path witness = stale();

        assertThat(choose(Map.of()).command()).containsExactly(python.toString());
        assertThat(python).isExecutable();
        assertThat(witness).doesNotExist();
        assertThat(progress)
                .first()
                .isEqualTo("Installing the packages of requirements.txt into .mxcp/venv ...");
        assertThat(progress).last().isEqualTo("done");

        progress.clear();
        choose(Map.of());
        assertThat(progress).isEmpty();
    }

    @Test
    void a_failed_installation_leaves_things_as_they_were() throws IOException {
        Files.writeString(root.resolve("requirements.txt"), "-r not-there.txt\n");
        assertThatThrownBy(() -> choose(Map.of()))
                .isInstanceOf(InvalidProject.class)
                .hasMessageContaining("requirements.txt")
                .hasMessageContaining("not-there.txt");
        assertThat(root.resolve(".mxcp/venv")).doesNotExist();

        Path witness = stale();
        assertThatThrownBy(() -> choose(Map.of())).isInstanceOf(InvalidProject.class);
        assertThat(witness).exists();
        assertThat(root.resolve(".mxcp/venv.old")).doesNotExist();
    }

    @Test
    void packages_are_counted_where_they_can_be() throws IOException {
        Path file = root.resolve("requirements.txt");
        Files.writeString(file, "# tools\nhttpx\n\npandas==2.3\n");
        assertThat(Requirements.of(root).orElseThrow().counted())
                .isEqualTo("2 packages of requirements.txt");
        Files.writeString(file, "-r more.txt\nhttpx\n");
        assertThat(Requirements.of(root).orElseThrow().counted())
                .isEqualTo("the packages of requirements.txt");
    }

    @Test
    void nothing_is_installed_unless_wanted() throws IOException {
        Files.writeString(root.resolve("requirements.txt"), "requests\n");
        var off = new ManagedEnvironment(false, System.getenv("PATH"), told);

        assertThat(Interpreter.choose(null, root, Map.of(), off).command())
                .containsExactly("python3");
        assertThat(progress).isEmpty();
    }

    @Test
    void a_pyproject_counts_when_it_names_dependencies() throws IOException {
        Path file = root.resolve("pyproject.toml");
        Files.writeString(file, "[tool.x]\ndependencies = ['a']\n");
        assertThat(Requirements.of(root)).isEmpty();
        Files.writeString(file, "[project]\nname = 'x'\n\n[tool.x]\ndependencies = ['a']\n");
        assertThat(Requirements.of(root)).isEmpty();
        Files.writeString(file, "[project]\nname = 'x'\ndependencies = [\n]\n");
        assertThat(Requirements.of(root)).isPresent();
        assertThat(choose(Map.of()).origin()).contains(".mxcp/venv");
    }
}
