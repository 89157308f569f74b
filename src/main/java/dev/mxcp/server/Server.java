package dev.mxcp.server;

import dev.mxcp.engine.Engine;
import dev.mxcp.project.Catalog;
import dev.mxcp.server.http.BodyReader;
import dev.mxcp.server.http.HostPolicy;
import dev.mxcp.server.http.HttpListener;
import dev.mxcp.server.lifecycle.EndpointRunner;
import dev.mxcp.server.lifecycle.Gate;
import dev.mxcp.server.mcp.Dispatcher;
import dev.mxcp.server.mcp.method.Calls;
import dev.mxcp.server.mcp.method.Initialize;
import dev.mxcp.server.mcp.method.Ping;
import dev.mxcp.server.mcp.method.PromptsGet;
import dev.mxcp.server.mcp.method.PromptsList;
import dev.mxcp.server.mcp.method.ResourceTemplatesList;
import dev.mxcp.server.mcp.method.ResourcesList;
import dev.mxcp.server.mcp.method.ResourcesRead;
import dev.mxcp.server.mcp.method.SetLogLevel;
import dev.mxcp.server.mcp.method.ToolsCall;
import dev.mxcp.server.mcp.method.ToolsList;
import dev.mxcp.server.mcp.session.Sessions;
import dev.mxcp.server.mcp.transport.StdioTransport;
import dev.mxcp.server.mcp.transport.StreamableHttp;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/// Serves an engine over one transport: the composition root of this storey. Closing drains what
/// runs; the engine stays open, it belongs to whoever opened it. Thread-safe.
public final class Server implements AutoCloseable {
    private static final String PATH = "/mcp";
    private static final Duration RELOAD_PATIENCE = Duration.ofSeconds(30);
    private static final Duration BODY_TIME = Duration.ofSeconds(30);

    /// How long calls may go on when the input has ended, and how long their last answers may take;
    /// with the last wait of the gate this stays below 5 s (M9.6).
    private static final Duration STDIO_WAIT = Duration.ofSeconds(1);

    private final Gate gate;
    private final @Nullable Http http;
    private final @Nullable StdioTransport stdio;
    private final AtomicBoolean closing = new AtomicBoolean();
    private final CountDownLatch closed = new CountDownLatch(1);

    private Server(Gate gate, @Nullable Http http, @Nullable StdioTransport stdio) {
        this.gate = gate;
        this.http = http;
        this.stdio = stdio;
    }

    /// What there is when serving over HTTP.
    private record Http(HttpListener listener, StreamableHttp transport, BodyReader bodies) {}

    /// Where and for whom to serve.
    ///
    /// @param port 0 for any free one
    /// @param stateless without sessions (M7.18)
    /// @param allowedHosts more values of `Host` (V6)
    /// @param allowedOrigins more values of `Origin` (V6)
    /// @param baseUrl the public URL, if there is one
    public record HttpOptions(
            String host,
            int port,
            boolean stateless,
            List<String> allowedHosts,
            List<String> allowedOrigins,
            @Nullable String baseUrl) {
        public HttpOptions {
            allowedHosts = List.copyOf(allowedHosts);
            allowedOrigins = List.copyOf(allowedOrigins);
        }
    }

    /// Binds and serves.
    ///
    /// @param served the endpoints that clients see, all of them the engine's
    /// @param productVersion shown to clients
    /// @throws dev.mxcp.problem.MxcpException.InvalidProject with one problem when the address
    ///   cannot be had
    public static Server startHttp(
            Engine engine, Catalog served, HttpOptions options, String productVersion) {
        return startHttp(
                new EngineRunner(engine, served),
                options,
                productVersion,
                Sessions.Limits.DEFAULT,
                InstantSource.system());
    }

    /// Serves until the end of the input.
    ///
    /// @param served the endpoints that clients see, all of them the engine's
    /// @param out nothing else may write to it
    /// @param productVersion shown to clients
    public static Server startStdio(
            Engine engine,
            Catalog served,
            InputStream in,
            OutputStream out,
            String productVersion) {
        return startStdio(new EngineRunner(engine, served), in, out, productVersion);
    }

    static Server startHttp(
            EndpointRunner runner,
            HttpOptions options,
            String productVersion,
            Sessions.Limits limits,
            InstantSource clock) {
        var gate = new Gate(runner, RELOAD_PATIENCE);
        long requestBytes = runner.limits().requestBytes();
        var bodies = new BodyReader(requestBytes, BODY_TIME);
        try {
            var transport =
                    new StreamableHttp(
                            dispatcher(gate, productVersion),
                            options.stateless() ? null : new Sessions(limits, clock),
                            new HostPolicy(
                                    options.host(),
                                    options.allowedHosts(),
                                    options.allowedOrigins(),
                                    options.baseUrl()),
                            bodies);
            var address = new HttpListener.Config(options.host(), options.port(), requestBytes);
            var listener = HttpListener.start(address, PATH, transport);
            return new Server(gate, new Http(listener, transport, bodies), null);
        } catch (RuntimeException | Error failure) {
            bodies.close();
            throw failure;
        }
    }

    static Server startStdio(
            EndpointRunner runner, InputStream in, OutputStream out, String productVersion) {
        var gate = new Gate(runner, RELOAD_PATIENCE);
        int lineLimit = (int) Math.min(runner.limits().requestBytes(), Integer.MAX_VALUE - 8);
        var stdio = new StdioTransport(dispatcher(gate, productVersion), in, out, lineLimit);
        var server = new Server(gate, null, stdio);
        stdio.start(() -> {
            stdio.awaitAnswered(STDIO_WAIT);
            server.close(Duration.ZERO);
        });
        return server;
    }

    /// The port that was bound; 0 on stdio.
    public int port() {
        return http == null ? 0 : http.listener().port();
    }

    /// The gate, for reloads.
    public Gate gate() {
        return gate;
    }

    /// Waits until the server has ended: by [#close(Duration)], a signal, or the end of the input.
    public void await() throws InterruptedException {
        closed.await();
    }

    /// Accepts nothing new, lets running calls finish up to the limit, cancels the rest, and closes
    /// the transport. Only the first call does anything; all return when the server has ended.
    ///
    /// @param drain how long running calls may go on
    public void close(Duration drain) {
        if (closing.compareAndSet(false, true)) {
            try {
                end(drain);
            } finally {
                closed.countDown();
            }
        } else {
            awaitEnd();
        }
    }

    /// The same with the limit of the project (O8).
    @Override
    public void close() {
        close(gate.current().limits().stopWait());
    }

    private void end(Duration drain) {
        if (http != null) {
            http.listener().stopAccepting();
            http.transport().close();
        }
        gate.close(drain);
        if (http != null) {
            http.listener().close();
            http.bodies().close();
        }
        if (stdio != null) {
            stdio.awaitAnswered(STDIO_WAIT);
        }
    }

    private void awaitEnd() {
        try {
            closed.await();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static Dispatcher dispatcher(Gate gate, String productVersion) {
        var calls = new Calls(gate);
        return new Dispatcher(
                List.of(
                        new Initialize(productVersion),
                        new Ping(),
                        new SetLogLevel(),
                        new ToolsList(calls),
                        new ToolsCall(calls),
                        new ResourcesList(calls),
                        new ResourceTemplatesList(calls),
                        new ResourcesRead(calls),
                        new PromptsList(calls),
                        new PromptsGet(calls)));
    }
}
