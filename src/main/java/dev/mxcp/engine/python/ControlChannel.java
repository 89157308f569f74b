package dev.mxcp.engine.python;

import java.io.IOException;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Consumer;

/// The control channel of one worker. Orders wait in a queue, so that nobody waits for a worker
/// that does not read. Owns the thread that sends; whoever reads is its own.
final class ControlChannel implements AutoCloseable {
    private final FrameChannel channel;
    private final BlockingQueue<Consumer<MarshalWriter>> orders = new LinkedBlockingQueue<>();
    private final Thread sender;

    ControlChannel(FrameChannel channel) {
        this.channel = channel;
        this.sender = Thread.ofVirtual().name("mxcp-worker-orders").start(this::sendAll);
    }

    /// Sends a message some time soon; does nothing after the end.
    void order(Consumer<MarshalWriter> message) {
        orders.add(message);
    }

    MarshalReader receive() throws IOException {
        return channel.receive();
    }

    private void sendAll() {
        try {
            while (true) {
                Consumer<MarshalWriter> message = orders.take();
                message.accept(channel.begin());
                channel.send();
            }
        } catch (IOException _) {
            // the reader sees the end too, and acts on it
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        sender.interrupt();
        channel.close();
    }
}
