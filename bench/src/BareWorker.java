import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// The limit of a Python call: one request and one answer over a Unix socket, one socket per call in flight, to a
/// CPython process that decodes, calls a function and encodes its result (bare_worker.py). The CPU time of both
/// processes counts. Arguments: python, bare_worker.py, then numbers of sockets.
static final int WARM_UP_SECONDS = 2;

static final int SECONDS = 4;

void main(String[] args) throws Exception {
    Path folder = Files.createTempDirectory("bench");
    Path address = folder.resolve("s");
    try (var server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
        server.bind(UnixDomainSocketAddress.of(address));
        Process worker =
                new ProcessBuilder(args[0], args[1], address.toString())
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start();
        for (int i = 2; i < args.length; i++) {
            int sockets = Integer.parseInt(args[i]);
            worker.getOutputStream().write((sockets + "\n").getBytes(StandardCharsets.US_ASCII));
            worker.getOutputStream().flush();
            var channels = new ArrayList<SocketChannel>();
            while (channels.size() < sockets) {
                channels.add(server.accept());
            }
            run(channels, WARM_UP_SECONDS);
            long cpu = cpuNanos(worker);
            long start = System.nanoTime();
            long count = run(channels, SECONDS);
            double seconds = (System.nanoTime() - start) / 1e9;
            IO.println(
                    String.format(
                            Locale.ROOT,
                            "RESULT {\"sockets\": %d, \"cpu_ms\": %.4f, \"per_second\": %.0f}",
                            sockets,
                            (cpuNanos(worker) - cpu) / 1e6 / count,
                            count / seconds));
            for (SocketChannel channel : channels) {
                channel.close();
            }
        }
        worker.destroy();
    } finally {
        Files.deleteIfExists(address);
        Files.deleteIfExists(folder);
    }
}

static long run(List<SocketChannel> channels, int seconds) throws InterruptedException, ExecutionException {
    long end = System.nanoTime() + seconds * 1_000_000_000L;
    long count = 0;
    try (var callers = Executors.newVirtualThreadPerTaskExecutor()) {
        var calls = new ArrayList<Future<Long>>();
        for (SocketChannel channel : channels) {
            calls.add(callers.submit(() -> callUntil(end, channel)));
        }
        for (Future<Long> call : calls) {
            count += call.get();
        }
    }
    return count;
}

static long callUntil(long end, SocketChannel channel) throws IOException {
    // marshal, version 2: ("ok", {}) as a tuple of a text and an empty dict
    byte[] message = {'(', 2, 0, 0, 0, 'u', 2, 0, 0, 0, 'o', 'k', '{', '0'};
    ByteBuffer out = ByteBuffer.allocateDirect(64).order(ByteOrder.LITTLE_ENDIAN);
    ByteBuffer in = ByteBuffer.allocateDirect(256).order(ByteOrder.LITTLE_ENDIAN);
    long count = 0;
    while (System.nanoTime() < end) {
        out.clear().putInt(message.length).put(message).flip();
        while (out.hasRemaining()) {
            channel.write(out);
        }
        in.clear();
        do {
            if (channel.read(in) < 0) {
                throw new IOException("the worker went away");
            }
        } while (in.position() < 4 || in.position() < 4 + in.getInt(0));
        count++;
    }
    return count;
}

static long cpuNanos(Process worker) {
    return ProcessHandle.current().info().totalCpuDuration().orElseThrow().toNanos()
            + worker.info().totalCpuDuration().orElseThrow().toNanos();
}
