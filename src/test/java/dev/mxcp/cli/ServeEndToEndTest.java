package dev.mxcp.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// `mxcp serve` as a process (cli C3).
@Timeout(120)
class ServeEndToEndTest {
    private static final String INITIALIZE =
            "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"initialize\",\"params\":{\"protocolVersion\":\"2025-06-18\","
                    + "\"capabilities\":{},\"clientInfo\":{\"name\":\"test\",\"version\":\"1\"}}}";

    @TempDir private Path temporary;

    /// C3, O8: the banner when the port is bound, exit code 0 after SIGTERM
    @Test
    void serves_over_http_until_it_is_told_to_stop() throws Exception {
        int port = freePort();
        Process server =
                CliProcess.inCopyOf("cli-depot", temporary)
                        .builder("serve", "--port", String.valueOf(port))
                        .redirectError(temporary.resolve("err.txt").toFile())
                        .start();
        try (BufferedReader out = server.inputReader(StandardCharsets.UTF_8)) {
            String banner = upTo(out, "Ready: ");
            assertThat(banner)
                    .contains(
                            "project depot, profile default",
                            "streamable-http",
                            "port " + port,
                            "Read-write",
                            "SQL tools",
                            "heavy_parcels",
                            "http://localhost:" + port + "/mcp");
            assertThat(post(port)).contains("\"protocolVersion\"");

            server.destroy();

            assertThat(server.waitFor(40, TimeUnit.SECONDS)).isTrue();
            assertThat(server.exitValue()).isZero();
        } finally {
            server.destroyForcibly();
        }
    }

    /// X9
    @Test
    void says_that_the_port_is_in_use() throws IOException {
        try (var taken = new ServerSocket(0, 1, InetAddress.getByName("localhost"))) {
            String port = String.valueOf(taken.getLocalPort());

            var ended = CliProcess.inCopyOf("cli-depot", temporary).run("serve", "--port", port);

            assertThat(ended.code()).isEqualTo(1);
            assertThat(ended.out()).doesNotContain("Ready");
            assertThat(ended.err()).contains("Error: ", port).doesNotContain("\tat ");
        }
    }

    @Test
    void refuses_to_start_with_broken_endpoints() {
        var broken = CliProcess.inCopyOf("cli-broken", temporary);

        var human = broken.run("serve");
        assertThat(human.code()).isEqualTo(1);
        assertThat(human.out())
                .contains(
                        "Found 2 endpoint(s) with errors",
                        "tools/stocktaking.yml",
                        "tools/missing_table.yml",
                        "--ignore-errors");

        var json = broken.run("serve", "--json-output");
        assertThat(json.code()).isEqualTo(1);
        assertThat(json.json().get("message")).isEqualTo("Found 2 endpoint(s) with errors");
        assertThat(String.valueOf(json.json().get("failed_endpoints")))
                .contains(broken.folder().resolve("tools/stocktaking.yml").toString());
    }

    @Test
    void serves_the_others_when_errors_are_ignored() throws Exception {
        Process server =
                CliProcess.inCopyOf("cli-broken", temporary)
                        .builder("serve", "--ignore-errors", "--port", String.valueOf(freePort()))
                        .redirectError(temporary.resolve("err.txt").toFile())
                        .start();
        try (BufferedReader out = server.inputReader(StandardCharsets.UTF_8)) {
            assertThat(upTo(out, "Ready: ")).contains("sound", "Skipped", "2 with errors");
        } finally {
            server.destroy();
            server.waitFor(40, TimeUnit.SECONDS);
            server.destroyForcibly();
        }
    }

    /// V5, K1: nothing but the protocol on standard output; end of input ends the server
    @Test
    void speaks_nothing_but_the_protocol_over_stdio() throws Exception {
        Path err = temporary.resolve("err.txt");
        Process server =
                CliProcess.inCopyOf("cli-depot", temporary)
                        .builder("serve", "--transport", "stdio", "--debug")
                        .redirectError(err.toFile())
                        .start();
        try (BufferedReader out = server.inputReader(StandardCharsets.UTF_8)) {
            server.getOutputStream().write((INITIALIZE + "\n").getBytes(StandardCharsets.UTF_8));
            server.getOutputStream().flush();
            assertThat(out.readLine()).startsWith("{").contains("\"protocolVersion\"");

            server.getOutputStream().close();

            assertThat(server.waitFor(40, TimeUnit.SECONDS)).isTrue();
            assertThat(server.exitValue()).as(Files.readString(err)).isZero();
            assertThat(out.readLine()).isNull();
        } finally {
            server.destroyForcibly();
        }
    }

    /// V5: the report of a start that fails is not part of the protocol
    @Test
    void reports_broken_endpoints_on_standard_error_over_stdio() {
        var ended =
                CliProcess.inCopyOf("cli-broken", temporary).run("serve", "--transport", "stdio");

        assertThat(ended.code()).isEqualTo(1);
        assertThat(ended.out()).isEmpty();
        assertThat(ended.err()).contains("Found 2 endpoint(s) with errors");
    }

    private static String upTo(BufferedReader out, String mark) throws IOException {
        var text = new StringBuilder();
        for (String line = out.readLine(); line != null; line = out.readLine()) {
            text.append(line).append('\n');
            if (line.contains(mark)) {
                break;
            }
        }
        return text.toString();
    }

    private static String post(int port) throws Exception {
        var request =
                HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/mcp"))
                        .header("Content-Type", "application/json")
                        .header("Accept", "application/json, text/event-stream")
                        .POST(HttpRequest.BodyPublishers.ofString(INITIALIZE))
                        .build();
        try (var client = HttpClient.newHttpClient()) {
            return client.send(request, HttpResponse.BodyHandlers.ofString()).body();
        }
    }

    private static int freePort() throws IOException {
        try (var free = new ServerSocket(0, 1, InetAddress.getByName("localhost"))) {
            return free.getLocalPort();
        }
    }
}
