package dev.mxcp.cli;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;

/// A command line inside the test: its folder, its environment, and what it printed.
final class Terminal {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final Surroundings here;

    private Terminal(Path folder, Map<String, String> environment, Console.Terminal terminal) {
        this(folder, environment, folder, terminal);
    }

    private Terminal(
            Path folder, Map<String, String> environment, Path home, Console.Terminal terminal) {
        here =
                new Surroundings(
                        folder,
                        environment,
                        home,
                        "/opt/mxcp/bin/mxcp",
                        new Console(
                                new ByteArrayInputStream(new byte[0]),
                                out,
                                new PrintStream(err, true, StandardCharsets.UTF_8),
                                terminal));
    }

    static Terminal piped(Path folder) {
        return new Terminal(folder, Map.of(), Console.Terminal.NONE);
    }

    static Terminal with(Path folder, Map<String, String> environment) {
        return new Terminal(folder, environment, Console.Terminal.NONE);
    }

    static Terminal with(Path folder, Map<String, String> environment, Path home) {
        return new Terminal(folder, environment, home, Console.Terminal.NONE);
    }

    static Terminal wide(int columns, boolean colours) {
        return new Terminal(
                Path.of("/"), Map.of(), new Console.Terminal(true, true, true, columns, colours));
    }

    Surroundings here() {
        return here;
    }

    Console console() {
        return here.console();
    }

    int run(String... args) {
        return new Mxcp(here).run(args);
    }

    String out() {
        console().flush();
        return out.toString(StandardCharsets.UTF_8);
    }

    String err() {
        console().flush();
        return err.toString(StandardCharsets.UTF_8);
    }
}
