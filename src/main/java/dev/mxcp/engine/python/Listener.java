package dev.mxcp.engine.python;

import dev.mxcp.problem.MxcpException.EndpointFailed;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Takes the connections of workers on a Unix domain socket in a folder that only this user may
/// enter (R9.13). Whoever connects must say the secret of a worker that was started. Owns the
/// folder and one thread that accepts; each connection begins on a thread of its own.
final class Listener implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Listener.class);
    private static final String PREFIX = LeftFolders.PREFIX;
    private static final int MAX_SOCKET_PATH = 100;
    private static final int SECRET_BYTES = 32;

    private final Path folder;
    private final ServerSocketChannel server;
    private final long maxFrame;
    private final SecureRandom random = new SecureRandom();
    private final Map<String, Guest> expected = new ConcurrentHashMap<>();

    private Listener(Path folder, ServerSocketChannel server, long maxFrame) {
        this.folder = folder;
        this.server = server;
        this.maxFrame = maxFrame;
    }

    /// Who is expected to connect.
    @FunctionalInterface
    interface Guest {
        /// A channel of it; may use the calling thread for as long as it wants.
        ///
        /// @param rest what the first frame holds after secret and kind
        void connected(int kind, MarshalReader rest, FrameChannel channel) throws IOException;
    }

    static Listener open(long maxFrame) {
        try {
            Path folder = privateFolder();
            ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
            server.bind(UnixDomainSocketAddress.of(folder.resolve("socket")), 512);
            var listener = new Listener(folder, server, maxFrame);
            Thread.ofVirtual().name("mxcp-worker-listener").start(listener::accept);
            return listener;
        } catch (IOException broken) {
            throw new EndpointFailed(
                    "The socket for Python workers cannot be made: " + broken.getMessage(), broken);
        }
    }

    private static Path privateFolder() throws IOException {
        var onlyMe =
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
        Path folder = Files.createTempDirectory(PREFIX, onlyMe);
        LeftFolders.sweep(folder);
        if (folder.resolve("socket").toString().length() <= MAX_SOCKET_PATH) {
            return folder;
        }
        // the system limits the length of a socket's path
        Files.delete(folder);
        return Files.createTempDirectory(Path.of("/tmp"), PREFIX, onlyMe);
    }

    Path folder() {
        return folder;
    }

    /// Expects a worker.
    ///
    /// @return the name of the file in the folder with its secret, which the worker takes away
    String expect(Guest guest) throws IOException {
        String secret = random(SECRET_BYTES);
        String name = random(8);
        expected.put(secret, guest);
        Files.write(
                Files.createFile(
                        folder.resolve(name),
                        PosixFilePermissions.asFileAttribute(
                                PosixFilePermissions.fromString("rw-------"))),
                secret.getBytes(StandardCharsets.US_ASCII));
        return name;
    }

    void forget(Guest guest) {
        expected.values().removeIf(guest::equals);
    }

    private String random(int bytes) {
        var random = new byte[bytes];
        this.random.nextBytes(random);
        return HexFormat.of().formatHex(random);
    }

    private void accept() {
        while (server.isOpen()) {
            try {
                SocketChannel socket = server.accept();
                Thread.ofVirtual().name("mxcp-worker-channel").start(() -> greet(socket));
            } catch (IOException broken) {
                if (server.isOpen()) {
                    LOG.error("a Python worker could not connect", broken);
                }
            }
        }
    }

    private void greet(SocketChannel socket) {
        var channel = new FrameChannel(socket, maxFrame);
        try {
            MarshalReader hello = channel.receive();
            hello.tuple();
            Guest guest = expected.get(hello.text());
            if (guest == null) {
                throw new IOException("somebody without the secret of a worker connected");
            }
            guest.connected(hello.integer(), hello, channel);
        } catch (IOException | MarshalReader.Garbled broken) {
            LOG.debug("a connection of a Python worker ended early", broken);
            channel.close();
        }
    }

    @Override
    public void close() {
        try {
            server.close();
            try (Stream<Path> files = Files.list(folder)) {
                for (Path file : files.toList()) {
                    Files.deleteIfExists(file);
                }
            }
            Files.deleteIfExists(folder);
        } catch (IOException broken) {
            LOG.debug("the folder of the workers' socket stays behind", broken);
        }
    }
}
