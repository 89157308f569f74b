package dev.mxcp.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The launcher script of a distribution, with a Java and a Maven that only say how they were
/// called.
class LauncherTest {
    private static final Path SCRIPT = Path.of("src/main/dist/bin/mxcp").toAbsolutePath();
    private static final Path ROOT_SCRIPT = Path.of("mxcp").toAbsolutePath();

    @TempDir private Path temporary;
    private Path home;

    @BeforeEach
    void layOut() throws IOException {
        home = Files.createDirectories(temporary.resolve("a folder/mxcp-0.1.0")).toRealPath();
        Files.createDirectories(home.resolve("bin"));
        Files.createDirectories(home.resolve("lib"));
        Files.copy(SCRIPT, home.resolve("bin/mxcp"));
        Files.writeString(home.resolve("lib/mxcp-0.1.0.jar"), "");
        Files.writeString(home.resolve("lib/other.jar"), "");
    }

    @Test
    void starts_java_with_the_distributions_classes_and_all_arguments() throws Exception {
        Path jdk = jdk("jdk25", "25.0.1");

        List<String> call =
                calledWith(jdk, home.resolve("bin/mxcp"), "run", "tool", "a b", "-p", "x=*");

        assertThat(call)
                .contains(
                        "-cp",
                        home.resolve("lib/mxcp-0.1.0.jar") + ":" + home.resolve("lib/other.jar"));
        assertThat(call).endsWith("dev.mxcp.Main", "run", "tool", "a b", "-p", "x=*");
        assertThat(call).contains("-XX:TieredStopAtLevel=1", "--enable-native-access=ALL-UNNAMED");
    }

    @Test
    void lets_a_server_compile() throws Exception {
        List<String> call =
                calledWith(jdk("jdk25", "25"), home.resolve("bin/mxcp"), "-C", "x", "serve");

        assertThat(call).doesNotContain("-XX:TieredStopAtLevel=1");
    }

    @Test
    void works_as_a_symbolic_link() throws Exception {
        Path link = temporary.resolve("link");
        Files.createSymbolicLink(link, Path.of("a folder/mxcp-0.1.0/bin/mxcp"));

        List<String> call = calledWith(jdk("jdk25", "25"), link, "list");

        assertThat(call).contains("-Dmxcp.home=" + home, "-Dmxcp.launcher=" + link);
    }

    @Test
    void takes_a_start_up_cache_of_this_java_and_no_other() throws Exception {
        Path jdk = jdk("jdk25", "25.0.1");
        Path cache = home.resolve("lib/mxcp-0.1.0-java-25.0.1+9.aot");
        Files.writeString(cache, "cache");
        Files.writeString(home.resolve("lib/mxcp-0.1.0-java-26+1.aot"), "another's");

        List<String> call =
                ended(Map.of("JAVA_HOME", jdk.toString()), home.resolve("bin/mxcp"), "list").out();

        assertThat(call).contains("-XX:AOTCache=" + cache);
    }

    /// Java wrote such a cache once, and then crashed at every start.
    @Test
    void keeps_no_start_up_cache_with_which_java_fails() throws Exception {
        Path jdk = jdk("jdk25", "25.0.1");
        Path cache = home.resolve("lib/mxcp-0.1.0-java-25.0.1+9.aot");
        String writes =
                "case \"$*\" in *AOTCacheOutput=*) for w in \"$@\"; do case $w in *Output=*) echo cache >\"${w#*=}\";; esac; done;; %s esac";
        script(jdk.resolve("bin/java"), writes.formatted("*AOTCache=*) exit 134;;"));

        assertThat(training(jdk).code()).isEqualTo(1);
        assertThat(cache).doesNotExist();

        script(jdk.resolve("bin/java"), writes.formatted(""));

        assertThat(training(jdk).code()).isZero();
        assertThat(cache).hasContent("cache");
    }

    private Ended training(Path jdk) throws Exception {
        return ended(Map.of("JAVA_HOME", jdk.toString()), home.resolve("bin/mxcp"), "--train-aot");
    }

    @Test
    void prefers_java_25_to_a_newer_one() throws Exception {
        Path newer = jdk("jdk26", "26");
        Path wanted = jdk("jdk25", "25");
        Map<String, String> environment =
                Map.of(
                        "JAVA_HOME",
                        newer.toString(),
                        "PATH",
                        wanted.resolve("bin") + ":" + System.getenv("PATH"),
                        "MXCP_NO_AOT",
                        "1");

        assertThat(ended(environment, home.resolve("bin/mxcp"), "list").out().getFirst())
                .isEqualTo(wanted.resolve("bin/java").toString());
    }

    @Test
    void hands_the_exit_code_on() throws Exception {
        Path jdk = jdk("jdk25", "25");
        script(jdk.resolve("bin/java"), "exit 7");

        assertThat(ended(noCache(jdk), home.resolve("bin/mxcp"), "list").code()).isEqualTo(7);
    }

    /// Builds once, and not again while no source is newer.
    @Test
    void the_root_launcher_builds_when_it_has_to() throws Exception {
        Path root = temporary.resolve("sources");
        Files.createDirectories(root.resolve("src/main/dist/bin"));
        Files.copy(SCRIPT, root.resolve("src/main/dist/bin/mxcp"));
        Files.copy(ROOT_SCRIPT, root.resolve("mxcp"));
        Files.writeString(root.resolve("pom.xml"), "<project/>");
        Path tools = Files.createDirectories(temporary.resolve("tools"));
        script(
                tools.resolve("mvn"),
                "echo built >> \"$BUILDS\"; echo noise of the build",
                "mkdir -p \"$ROOT/target/mxcp-1/bin\"",
                "printf '#!/bin/sh\\necho ran \"$@\"\\n' > \"$ROOT/target/mxcp-1/bin/mxcp\"",
                "chmod +x \"$ROOT/target/mxcp-1/bin/mxcp\"");
        Path builds = temporary.resolve("builds");
        Map<String, String> environment =
                Map.of(
                        "JAVA_HOME", jdk("jdk25", "25").toString(),
                        "PATH", tools + ":" + System.getenv("PATH"),
                        "ROOT", root.toString(),
                        "BUILDS", builds.toString());

        Ended first = ended(environment, root.resolve("mxcp"), "list", "x");
        assertThat(first.out()).containsExactly("ran list x");
        assertThat(first.err()).contains("noise of the build");
        ended(environment, root.resolve("mxcp"), "list");
        assertThat(Files.readAllLines(builds)).hasSize(1);

        Files.setLastModifiedTime(
                root.resolve("pom.xml"),
                java.nio.file.attribute.FileTime.fromMillis(System.currentTimeMillis() + 60_000));
        assertThat(ended(environment, root.resolve("mxcp"), "list").code()).isZero();
        assertThat(Files.readAllLines(builds)).hasSize(2);
    }

    private record Ended(int code, List<String> out, String err) {}

    private List<String> calledWith(Path jdk, Path launcher, String... args) throws Exception {
        return ended(noCache(jdk), launcher, args).out();
    }

    private static Map<String, String> noCache(Path jdk) {
        return Map.of("JAVA_HOME", jdk.toString(), "MXCP_NO_AOT", "1");
    }

    private Ended ended(Map<String, String> environment, Path launcher, String... args)
            throws Exception {
        var command = new ArrayList<>(List.of("sh", launcher.toString()));
        command.addAll(List.of(args));
        Path out = temporary.resolve("out.txt");
        Path err = temporary.resolve("err.txt");
        var builder =
                new ProcessBuilder(command)
                        .redirectOutput(out.toFile())
                        .redirectError(err.toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("MXCP_"));
        builder.environment().put("HOME", temporary.toString());
        builder.environment().putAll(environment);
        Process process = builder.start();
        process.getOutputStream().close();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return new Ended(process.exitValue(), Files.readAllLines(out), Files.readString(err));
    }

    /// A folder that looks like a JDK, whose java prints its arguments, one a line.
    private Path jdk(String name, String version) throws IOException {
        Path jdk = temporary.resolve(name);
        Files.createDirectories(jdk.resolve("bin"));
        Files.writeString(
                jdk.resolve("release"),
                "IMPLEMENTOR=\"x\"\nJAVA_RUNTIME_VERSION=\"%s+9\"\nJAVA_VERSION=\"%s\"\n"
                        .formatted(version, version));
        script(jdk.resolve("bin/java"), "printf '%s\\n' \"$0\" \"$@\"");
        script(jdk.resolve("bin/javac"), "exit 0");
        return jdk;
    }

    private static void script(Path file, String... lines) throws IOException {
        Files.writeString(file, "#!/bin/sh\n" + String.join("\n", lines) + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
}
