package dev.mxcp.server;

import dev.mxcp.server.http.BodyReader;
import dev.mxcp.server.http.HostPolicy;
import dev.mxcp.server.http.HttpListener;
import dev.mxcp.server.lifecycle.EndpointRunner;
import dev.mxcp.server.lifecycle.Gate;
import dev.mxcp.server.lifecycle.Reload;
import dev.mxcp.server.lifecycle.ReloadStatus;
import dev.mxcp.server.mcp.Dispatcher;
import dev.mxcp.server.mcp.era.StatelessEra;
import dev.mxcp.server.mcp.method.Calls;
import dev.mxcp.server.mcp.method.Complete;
import dev.mxcp.server.mcp.method.Discover;
import dev.mxcp.server.mcp.method.Initialize;
import dev.mxcp.server.mcp.method.Ping;
import dev.mxcp.server.mcp.method.PromptsGet;
import dev.mxcp.server.mcp.method.PromptsList;
import dev.mxcp.server.mcp.method.ResourceTemplatesList;
import dev.mxcp.server.mcp.method.ResourceWatch;
import dev.mxcp.server.mcp.method.ResourcesList;
import dev.mxcp.server.mcp.method.ResourcesRead;
import dev.mxcp.server.mcp.method.Rounds;
import dev.mxcp.server.mcp.method.SetLogLevel;
import dev.mxcp.server.mcp.method.SubscriptionsListen;
import dev.mxcp.server.mcp.method.ToolsCall;
import dev.mxcp.server.mcp.method.ToolsList;
import dev.mxcp.server.mcp.session.Changes;
import dev.mxcp.server.mcp.session.SealedStates;
import dev.mxcp.server.mcp.session.Sessions;
import dev.mxcp.server.mcp.transport.StdioTransport;
import dev.mxcp.server.mcp.transport.StreamableHttp;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/// Serves an engine over one transport, and reloads it: the composition root of this storey.
/// Closing drains what runs; the engine stays open, it belongs to whoever opened it. Thread-safe.
public final class Server implements AutoCloseable {
    private static final String PATH = "/mcp";
    private static final Duration RELOAD_PATIENCE = Duration.ofSeconds(30);

    /// How long a client may take to come back with answers (M22.5).
    private static final Duration STATE_LIFE = Duration.ofHours(1);

    private static final Duration BODY_TIME = Duration.ofSeconds(30);

    /// How long calls may go on when the input has ended, and how long their last answers may take;
    /// with the last wait of the gate this stays below 5 s (M9.6).
    private static final Duration STDIO_WAIT = Duration.ofSeconds(1);

    private final Parts parts;
    private final @Nullable Http http;
    private final @Nullable StdioTransport stdio;
    private final AtomicBoolean closing = new AtomicBoolean();
    private final CountDownLatch closed = new CountDownLatch(1);

    private Server(Parts parts, @Nullable Http http, @Nullable StdioTransport stdio) {
        this.parts = parts;
        this.http = http;
        this.stdio = stdio;
    }

    /// What there is on every transport.
    ///
    /// @param reload null where what is served never changes
    private record Parts(Gate gate, @Nullable Reload reload, Changes changes) {
        static Parts of(EndpointRunner runner) {
            return new Parts(new Gate(runner, RELOAD_PATIENCE), null, new Changes());
        }

        static Parts of(ServedEngine served) {
            var changes = new Changes();
            var gate = new Gate(served.first(), RELOAD_PATIENCE);
            var notices = new ListNotices(changes);
            Reload reload = Reload.start(gate, served, InstantSource.system(), notices);
            served.onReload(reload);
            return new Parts(gate, reload, changes);
        }

        void close(Duration drain) {
            changes.publish(new Changes.Closing());
            if (reload != null) {
                reload.stop();
            }
            gate.close(drain);
            if (reload != null) {
                reload.close(drain);
            }
        }
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
    /// @param stateKey what all replicas seal the state of calls with that ask their client; null
    ///   for one process alone
    public record HttpOptions(
            String host,
            int port,
            boolean stateless,
            List<String> allowedHosts,
            List<String> allowedOrigins,
            @Nullable String baseUrl,
            @Nullable String stateKey) {
        /// Without replicas.
        public HttpOptions(
                String host,
                int port,
                boolean stateless,
                List<String> allowedHosts,
                List<String> allowedOrigins,
                @Nullable String baseUrl) {
            this(host, port, stateless, allowedHosts, allowedOrigins, baseUrl, null);
        }

        public HttpOptions {
            allowedHosts = List.copyOf(allowedHosts);
            allowedOrigins = List.copyOf(allowedOrigins);
        }

        private byte[] stateSecret() {
            return stateKey == null
                    ? SealedStates.randomSecret()
                    : stateKey.getBytes(StandardCharsets.UTF_8);
        }

        @Override
        public String toString() {
            return "HttpOptions[host=" + host + ", port=" + port + ", ***]";
        }
    }

    /// Binds and serves.
    ///
    /// @param productVersion shown to clients
    /// @throws dev.mxcp.problem.MxcpException.InvalidProject with one problem when the address
    ///   cannot be had
    public static Server startHttp(
            ServedEngine served, HttpOptions options, String productVersion) {
        var parts = Parts.of(served);
        return startHttp(
                parts, options, productVersion, Sessions.Limits.DEFAULT, InstantSource.system());
    }

    /// Serves until the end of the input.
    ///
    /// @param out nothing else may write to it
    /// @param productVersion shown to clients
    public static Server startStdio(
            ServedEngine served, InputStream in, OutputStream out, String productVersion) {
        return startStdio(Parts.of(served), in, out, productVersion);
    }

    static Server startHttp(
            EndpointRunner runner,
            HttpOptions options,
            String productVersion,
            Sessions.Limits limits,
            InstantSource clock) {
        return startHttp(Parts.of(runner), options, productVersion, limits, clock);
    }

    private static Server startHttp(
            Parts parts,
            HttpOptions options,
            String productVersion,
            Sessions.Limits limits,
            InstantSource clock) {
        long requestBytes = parts.gate.current().limits().requestBytes();
        var bodies = new BodyReader(requestBytes, BODY_TIME);
        try {
            var transport =
                    new StreamableHttp(
                            dispatcher(parts, productVersion, options.stateSecret()),
                            new StatelessEra(productVersion),
                            options.stateless() ? null : new Sessions(limits, clock),
                            new HostPolicy(
                                    options.host(),
                                    options.allowedHosts(),
                                    options.allowedOrigins(),
                                    options.baseUrl()),
                            bodies);
            var address = new HttpListener.Config(options.host(), options.port(), requestBytes);
            var listener = HttpListener.start(address, PATH, transport);
            parts.changes.listen(transport::tell);
            return new Server(parts, new Http(listener, transport, bodies), null);
        } catch (RuntimeException | Error failure) {
            bodies.close();
            parts.close(Duration.ZERO);
            throw failure;
        }
    }

    static Server startStdio(
            EndpointRunner runner, InputStream in, OutputStream out, String productVersion) {
        return startStdio(Parts.of(runner), in, out, productVersion);
    }

    private static Server startStdio(
            Parts parts, InputStream in, OutputStream out, String productVersion) {
        long requestBytes = parts.gate.current().limits().requestBytes();
        int lineLimit = (int) Math.min(requestBytes, Integer.MAX_VALUE - 8);
        var stdio =
                new StdioTransport(
                        dispatcher(parts, productVersion, SealedStates.randomSecret()),
                        new StatelessEra(productVersion),
                        in,
                        out,
                        lineLimit);
        parts.changes.listen(stdio::tell);
        var server = new Server(parts, null, stdio);
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

    /// Takes a wish for a reload without a payload, from a signal or an operator.
    ///
    /// @param description for log and status
    public void reload(String description) {
        if (parts.reload != null) {
            parts.reload.request(description, null);
        }
    }

    /// What operators see of reloads; empty where there are none.
    public Optional<ReloadStatus> reloadStatus() {
        return Optional.ofNullable(parts.reload).map(Reload::status);
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
        close(parts.gate.current().limits().stopWait());
    }

    private void end(Duration drain) {
        if (http != null) {
            http.listener().stopAccepting();
            http.transport().close();
        }
        parts.close(drain);
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

    private static Dispatcher dispatcher(Parts parts, String productVersion, byte[] stateSecret) {
        var rounds = new Rounds(new SealedStates(stateSecret, STATE_LIFE, InstantSource.system()));
        var calls = new Calls(parts.gate, rounds, parts.changes);
        return new Dispatcher(
                List.of(
                        new Initialize(productVersion),
                        new Discover(),
                        new Ping(),
                        new SetLogLevel(),
                        new ToolsList(calls),
                        new ToolsCall(calls),
                        new ResourcesList(calls),
                        new ResourceTemplatesList(calls),
                        new ResourcesRead(calls),
                        new ResourceWatch(calls, true),
                        new ResourceWatch(calls, false),
                        new PromptsList(calls),
                        new PromptsGet(calls),
                        new Complete(calls),
                        new SubscriptionsListen(parts.changes)),
                rounds);
    }
}
