package dev.mxcp.engine.python;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// R1.9, R9.7, S38, S102: prints and log records of user code.
class OutputTest {
    @Test
    void everything_printed_or_logged_arrives(@TempDir Path folder) throws Exception {
        try (var project = new PythonProject(folder)) {
            project.file(
                            "python/tools.py",
                            """
                            import logging, os, subprocess, sys, warnings
                            logger = logging.getLogger(__name__)
                            print("at import")
                            logging.basicConfig(level=logging.DEBUG)

                            def talk():
                                print("in a", "call")
                                print("två\\nrader", end="")
                                print("to stderr", file=sys.stderr)
                                os.write(1, b"bytes\\n")
                                subprocess.run(["echo", "a child"], check=True)
                                subprocess.run(["cat"], check=True)
                                logger.info("Processing order %s", 7)
                                logger.debug("not wanted")
                                try:
                                    1 / 0
                                except ZeroDivisionError:
                                    logger.exception("it failed")
                                sys.stdout.buffer.write(b"buffered\\n")
                                sys.stdout.flush()
                                return [sys.stdout.isatty(), sys.stdout.fileno(), sys.argv, os.getcwd(), sys.stdin.read()]
                            """)
                    .start();

            assertThat(String.valueOf(project.call("talk")))
                    .isEqualTo("[false, 1, [mxcp], " + project.root + ", ]");
            project.stop();

            assertThat(project.lines.stream().filter(l -> l.startsWith("STDOUT")))
                    .satisfiesExactly(
                            l ->
                                    assertThat(l)
                                            .startsWith("STDOUT|at import|import-")
                                            .endsWith("|import"),
                            l -> assertThat(l).isEqualTo("STDOUT|in a call|call-1|talk"),
                            l -> assertThat(l).isEqualTo("STDOUT|två|call-1|talk"),
                            l -> assertThat(l).isEqualTo("STDOUT|bytes|null|null"),
                            l -> assertThat(l).isEqualTo("STDOUT|a child|null|null"),
                            l -> assertThat(l).isEqualTo("STDOUT|buffered|null|null"),
                            l -> assertThat(l).isEqualTo("STDOUT|rader|call-1|talk"));
            assertThat(project.lines).contains("STDERR|to stderr|call-1|talk");
            assertThat(project.logs)
                    .contains("INFO|tools|Processing order 7|talk")
                    .anyMatch(l ->
                            l.startsWith("ERROR|tools|it failed\nTraceback")
                                    && l.endsWith("division by zero|talk"))
                    .noneMatch(l -> l.contains("not wanted"));
        }
    }
}
