package dev.mxcp.server.http;

import dev.mxcp.problem.MxcpException.InvalidProject;
import dev.mxcp.problem.Problem;
import io.helidon.http.HeaderNames;
import io.helidon.http.HttpLogConfig;
import io.helidon.http.Status;
import io.helidon.http.encoding.ContentEncodingContext;
import io.helidon.http.media.MediaContext;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.Handler;
import io.helidon.webserver.http1.Http1Config;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// The listening socket: Helidon's web server with nothing but HTTP/1.1, a virtual thread a
/// connection. Owned by whoever started it.
public final class HttpListener implements AutoCloseable {
    private static final int MOST_CONNECTIONS = 4096;
    private static final Duration IDLE = Duration.ofMinutes(5);

    /// Longer than any drain: whoever closes decides how long to wait.
    private static final Duration GRACE = Duration.ofHours(1);

    private static final Duration LAST_WAIT = Duration.ofSeconds(3);

    private final WebServer server;
    private @Nullable Thread stopping;

    private HttpListener(WebServer server) {
        this.server = server;
    }

    /// Where to listen.
    ///
    /// @param port 0 for any free one
    /// @param requestBytes larger bodies are refused with 413
    public record Config(String host, int port, long requestBytes) {}

    /// Binds and serves.
    ///
    /// @param path the one path that is served; with a slash behind it redirects there (V2)
    /// @throws InvalidProject when the address cannot be had
    public static HttpListener start(Config config, String path, Handler handler) {
        InetAddress address = address(config);
        WebServer server =
                WebServer.builder()
                        .address(address)
                        .port(config.port())
                        .shutdownHook(false)
                        .featuresDiscoverServices(false)
                        .protocolsDiscoverServices(false)
                        .concurrencyLimitDiscoverServices(false)
                        .addProtocol(
                                Http1Config.builder()
                                        .sendKeepAliveHeader(false)
                                        .log(
                                                HttpLogConfig.builder()
                                                        .receiveLog(false)
                                                        .sendLog(false)
                                                        .build())
                                        .addReceiveListener(new PayloadGuard(config.requestBytes()))
                                        .build())
                        .mediaContext(
                                MediaContext.builder().mediaSupportsDiscoverServices(false).build())
                        .contentEncoding(
                                ContentEncodingContext.builder()
                                        .contentEncodingsDiscoverServices(false)
                                        .build())
                        .connectionOptions(options -> options.tcpNoDelay(true))
                        .maxPayloadSize(config.requestBytes())
                        .maxTcpConnections(MOST_CONNECTIONS)
                        .idleConnectionTimeout(IDLE)
                        .shutdownGracePeriod(GRACE)
                        .routing(routing ->
                                routing.any(path, handler).any(path + "/", redirectTo(path)))
                        .build()
                        .start();
        if (!server.isRunning()) {
            throw taken(config, null);
        }
        return new HttpListener(server);
    }

    /// The port that was bound.
    public int port() {
        return server.port();
    }

    /// Accepts no more connections and ends those that are idle; requests that are being answered
    /// go on. Does not wait.
    public synchronized void stopAccepting() {
        if (stopping == null) {
            stopping = Thread.ofPlatform().daemon().name("http-stop").start(server::stop);
        }
    }

    @Override
    public void close() {
        stopAccepting();
        Thread stop = stopping();
        try {
            if (!stop.join(LAST_WAIT)) {
                stop.interrupt(); // ends the remaining connections at once
                stop.join(LAST_WAIT);
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized Thread stopping() {
        return stopping == null ? Thread.currentThread() : stopping;
    }

    private static Handler redirectTo(String path) {
        return (_, response) ->
                response.status(Status.TEMPORARY_REDIRECT_307)
                        .header(HeaderNames.LOCATION, path)
                        .send();
    }

    /// Helidon only logs that it cannot bind, so that is tried before.
    private static InetAddress address(Config config) {
        try {
            InetAddress address = InetAddress.getByName(config.host());
            try (var probe = new ServerSocket()) {
                probe.setReuseAddress(true);
                probe.bind(new InetSocketAddress(address, config.port()));
            }
            return address;
        } catch (IOException impossible) {
            throw taken(config, impossible);
        }
    }

    private static InvalidProject taken(Config config, @Nullable IOException why) {
        String reason = why == null ? "see the log" : String.valueOf(why.getMessage());
        return new InvalidProject(
                Problem.of(
                        "cannot listen on %s port %d: %s"
                                .formatted(config.host(), config.port(), reason),
                        "stop what uses the port, or choose another one with --port"));
    }
}
