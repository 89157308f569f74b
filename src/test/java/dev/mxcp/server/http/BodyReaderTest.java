package dev.mxcp.server.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class BodyReaderTest {
    @Test
    void reads_what_is_small_enough() throws IOException {
        try (var reader = new BodyReader(10, Duration.ofSeconds(30))) {
            assertThat(reader.read(new ByteArrayInputStream(new byte[10]))).hasSize(10);
            assertThat(reader.read(new ByteArrayInputStream(new byte[11]))).isNull();
        }
    }

    @Test
    void gives_up_on_a_body_that_does_not_come() throws IOException {
        try (var reader = new BodyReader(10, Duration.ofMillis(10));
                var listener = ServerSocketChannel.open()) {
            listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            try (var _ = SocketChannel.open(listener.getLocalAddress());
                    var mine = listener.accept()) {
                assertThatThrownBy(() -> reader.read(Channels.newInputStream(mine)))
                        .isInstanceOf(IOException.class);
            } finally {
                Thread.interrupted();
            }
        }
    }
}
