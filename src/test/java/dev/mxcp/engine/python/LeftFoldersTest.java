package dev.mxcp.engine.python;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What killed servers leave in the temporary folder.
class LeftFoldersTest {
    @TempDir Path folder;

    private Path old(Path path) throws IOException {
        Files.setLastModifiedTime(path, FileTime.from(Instant.now().minusSeconds(3600)));
        return path;
    }

    @Test
    void what_nobody_listens_on_is_removed_and_the_rest_stays() throws IOException {
        Path own = Files.createDirectory(folder.resolve("mxcp-own"));
        Path empty = old(Files.createDirectory(folder.resolve("mxcp-empty")));
        Path young = Files.createDirectory(folder.resolve("mxcp-young"));
        Path foreign = old(Files.createDirectory(folder.resolve("other-empty")));
        Path strange = Files.createDirectory(folder.resolve("mxcp-strange"));
        Files.writeString(strange.resolve("notes.txt"), "not ours");
        old(strange);
        Path dead = Files.createDirectory(folder.resolve("mxcp-dead"));
        bound(dead).close();
        Files.writeString(dead.resolve("secret"), "");
        old(dead);
        Path alive = Files.createDirectory(folder.resolve("mxcp-alive"));
        try (ServerSocketChannel server = bound(alive)) {
            old(alive);

            LeftFolders.sweep(own);

            assertThat(server.isOpen()).isTrue();
        }
        assertThat(empty).doesNotExist();
        assertThat(dead).doesNotExist();
        assertThat(own).exists();
        assertThat(young).exists();
        assertThat(foreign).exists();
        assertThat(strange).exists();
        assertThat(alive).exists();
    }

    private static ServerSocketChannel bound(Path folder) throws IOException {
        return ServerSocketChannel.open(StandardProtocolFamily.UNIX)
                .bind(UnixDomainSocketAddress.of(folder.resolve("socket")));
    }
}
