package dev.mxcp.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import picocli.CommandLine.Command;

/// `mxcp train-start-up`, which the launcher runs once to make the start-up cache (JEP 514): works
/// with a throw-away project in one process as people do in many, so that the JVM meets the classes
/// of all commands and of a server. Prints nothing; what fails is simply not learned.
@Command(name = "train-start-up", hidden = true)
final class TrainCommand implements CliCommand {
    private static final int MILLIS = 5_000;
    private static final String PING =
            "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"initialize\",\"params\":{\"protocolVersion\":\"2025-06-18\","
                    + "\"capabilities\":{},\"clientInfo\":{\"name\":\"training\",\"version\":\"1\"}}}";

    private final CommonOptions options;
    private final Surroundings here;

    TrainCommand(CommonOptions options, Surroundings here) {
        this.options = options;
        this.here = here;
    }

    @Override
    public boolean json() {
        return false;
    }

    @Override
    public Integer call() {
        try {
            Path folder = Files.createTempDirectory("mxcp-training");
            try {
                train(folder);
            } finally {
                delete(folder);
            }
            return ExitCode.OK;
        } catch (IOException | InterruptedException failure) {
            here.console().error("no training: " + failure);
            return ExitCode.FAILED;
        }
    }

    private void train(Path folder) throws IOException, InterruptedException {
        var silent =
                new Console(
                        InputStream.nullInputStream(),
                        OutputStream.nullOutputStream(),
                        new PrintStream(
                                OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8),
                        Console.Terminal.NONE);
        Map<String, String> environment = new HashMap<>(here.environment());
        environment.keySet().removeIf(name -> name.startsWith("MXCP_"));
        var there = new Surroundings(folder, environment, folder, "mxcp", silent);
        List<List<String>> lines =
                List.of(
                        List.of("--help"),
                        List.of("init", "--bootstrap"),
                        List.of("list"),
                        List.of("list", "--json-output"),
                        List.of("validate", "--json-output"),
                        List.of("test"),
                        List.of("test", "--json-output"),
                        List.of("lint", "--json-output"),
                        List.of("run", "tool", "hello_world", "-p", "name=World"),
                        List.of("run", "tool", "hello_world", "-p", "name=World", "--json"),
                        List.of(
                                "query",
                                "SELECT 42 AS answer, 'text' AS text, DATE '2026-01-31' AS day"),
                        List.of("run", "tool", "hello_wrld"));
        for (List<String> line : lines) {
            new Mxcp(there).run(line.toArray(String[]::new));
        }
        serve(there);
    }

    private void serve(Surroundings there) throws IOException, InterruptedException {
        int port;
        try (var free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        var serving = new ServeCommand(options, there);
        serving.listenOn(port);
        Thread server =
                Thread.ofPlatform()
                        .daemon()
                        .start(() -> {
                            try {
                                serving.call();
                            } catch (RuntimeException notServing) {
                                // then serving is simply not learned
                            }
                        });
        long end = System.nanoTime() + MILLIS * 1_000_000L;
        while (server.isAlive() && System.nanoTime() < end && !asked(port)) {
            server.join(50);
        }
        serving.stop();
        server.join(MILLIS);
    }

    private static boolean asked(int port) {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(MILLIS);
            byte[] body = PING.getBytes(StandardCharsets.UTF_8);
            String head =
                    "POST /mcp HTTP/1.1\r\nHost: localhost:"
                            + port
                            + "\r\nContent-Type: application/json\r\nAccept: application/json, text/event-stream\r\n"
                            + "Connection: close\r\nContent-Length: "
                            + body.length
                            + "\r\n\r\n";
            socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
            socket.getOutputStream().write(body);
            return socket.getInputStream().read() >= 0;
        } catch (IOException notYet) {
            return false;
        }
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
