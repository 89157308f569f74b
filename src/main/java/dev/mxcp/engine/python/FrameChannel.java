package dev.mxcp.engine.python;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.SocketChannel;
import java.util.Arrays;

/// One socket to a worker: frames of four bytes of length, little-endian, and a marshalled value.
/// Sending and receiving are each for one thread at a time, but [#close()] may come from any and
/// ends a waiting read or write.
final class FrameChannel implements AutoCloseable {
    private static final int BUFFER_BYTES = 32 * 1024;
    private static final int HEADER_BYTES = 4;
    private static final int RAW_PART_BYTES = 256 * 1024;

    private final SocketChannel socket;
    private final long maxFrame;
    private final ByteBuffer in =
            ByteBuffer.allocateDirect(BUFFER_BYTES).order(ByteOrder.LITTLE_ENDIAN).flip();
    private final ByteBuffer out = ByteBuffer.allocateDirect(BUFFER_BYTES);
    private final MarshalWriter writer = new MarshalWriter();
    private byte[] frame = new byte[1024];

    /// @param maxFrame larger frames of the worker are refused
    FrameChannel(SocketChannel socket, long maxFrame) {
        this.socket = socket;
        this.maxFrame = maxFrame;
    }

    /// The writer for the next frame; [#send()] sends what was written.
    MarshalWriter begin() {
        writer.clear();
        writer.reserveInt();
        return writer;
    }

    /// Sends the frame that was begun last.
    void send() throws IOException {
        writer.patchInt(0, writer.size() - HEADER_BYTES);
        int sent = 0;
        while (sent < writer.size()) {
            int part = Math.min(out.capacity(), writer.size() - sent);
            out.clear().put(writer.array(), sent, part).flip();
            while (out.hasRemaining()) {
                socket.write(out);
            }
            sent += part;
        }
    }

    /// Sends bytes that the frame before announced.
    void sendRaw(ByteBuffer bytes) throws IOException {
        int end = bytes.limit();
        while (bytes.position() < end) {
            // the system's copy of what is on the heap stays small
            bytes.limit(Math.min(end, bytes.position() + RAW_PART_BYTES));
            while (bytes.hasRemaining()) {
                socket.write(bytes);
            }
        }
    }

    /// Waits for a frame. The reader is good until the next one is received.
    ///
    /// @throws EOFException when the worker closed the channel
    MarshalReader receive() throws IOException {
        fill(HEADER_BYTES);
        int length = in.getInt();
        if (length < 0 || length > maxFrame) {
            throw new MarshalReader.Garbled("a message of " + length + " bytes");
        }
        byte[] bytes = frame;
        int have = 0;
        while (have < length) {
            if (!in.hasRemaining()) {
                fill(1);
            }
            int part = Math.min(in.remaining(), length - have);
            if (have + part > bytes.length) {
                // grows with what arrives, not with what the header claims
                bytes = Arrays.copyOf(bytes, (int) Math.min(length, (have + part) * 2L));
            }
            in.get(bytes, have, part);
            have += part;
        }
        if (bytes.length <= BUFFER_BYTES) {
            frame = bytes;
        }
        return new MarshalReader(bytes, 0, length);
    }

    private void fill(int wanted) throws IOException {
        if (in.remaining() >= wanted) {
            return;
        }
        in.compact();
        try {
            while (in.position() < wanted) {
                if (socket.read(in) < 0) {
                    throw new EOFException("the worker closed the channel");
                }
            }
        } finally {
            in.flip();
        }
    }

    boolean isOpen() {
        return socket.isOpen();
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException _) {
            // nobody is left to tell
        }
    }
}
