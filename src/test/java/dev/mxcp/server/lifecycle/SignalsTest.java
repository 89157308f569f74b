package dev.mxcp.server.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// O8, in processes of their own.
class SignalsTest {

    /// A program that ends in order at the first signal; with an argument that takes for ever.
    static final class Program {
        private Program() {}

        public static void main(String[] arguments) throws InterruptedException {
            var ended = new CountDownLatch(1);
            try (var _ =
                    Signals.endWith(() -> {
                        System.err.println("ending");
                        if (arguments.length == 0) {
                            ended.countDown();
                        }
                    })) {
                System.err.println("ready");
                ended.await();
            }
            System.exit(0);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"TERM", "INT"})
    void the_first_signal_ends_in_order(String signal) throws Exception {
        Process program = start();
        try (var lines = program.errorReader()) {
            assertThat(lines.readLine()).isEqualTo("ready");
            send(signal, program);
            assertThat(lines.readLine()).isEqualTo("ending");
            assertThat(program.waitFor(10, TimeUnit.SECONDS)).isTrue();
            assertThat(program.exitValue()).isZero();
        } finally {
            program.destroyForcibly();
        }
    }

    @Test
    void the_second_signal_ends_at_once() throws Exception {
        Process program = start("for ever");
        try (var lines = program.errorReader()) {
            assertThat(lines.readLine()).isEqualTo("ready");
            send("TERM", program);
            assertThat(lines.readLine()).isEqualTo("ending");
            send("TERM", program);
            assertThat(program.waitFor(10, TimeUnit.SECONDS)).isTrue();
            assertThat(program.exitValue()).isEqualTo(143);
        } finally {
            program.destroyForcibly();
        }
    }

    private static Process start(String... arguments) throws IOException {
        var command = new java.util.ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("-cp");
        command.add(System.getProperty("java.class.path"));
        command.add(Program.class.getName());
        command.addAll(java.util.List.of(arguments));
        return new ProcessBuilder(command).start();
    }

    private static void send(String signal, Process program) throws Exception {
        int sent =
                new ProcessBuilder("kill", "-" + signal, Long.toString(program.pid()))
                        .start()
                        .waitFor();
        assertThat(sent).isZero();
    }
}
