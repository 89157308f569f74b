package dev.mxcp.engine.python;

import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Removes the folders of workers' sockets that servers left behind when they were killed.
final class LeftFolders {
    /// How the names of the folders begin.
    static final String PREFIX = "mxcp-";

    private static final Logger LOG = LoggerFactory.getLogger(LeftFolders.class);
    private static final Duration YOUNG = Duration.ofMinutes(1);

    private LeftFolders() {}

    /// Looks at the neighbours of a folder. Another user's are left alone, and so is everything
    /// that may be in use: a server listens on its socket for as long as it lives.
    static void sweep(Path own) {
        Path parent = own.toAbsolutePath().getParent();
        if (parent == null) {
            return;
        }
        try (DirectoryStream<Path> folders = Files.newDirectoryStream(parent, PREFIX + "*")) {
            for (Path folder : folders) {
                if (!folder.equals(own.toAbsolutePath()) && isLeft(folder, own)) {
                    delete(folder);
                }
            }
        } catch (IOException unreadable) {
            LOG.debug("folders that were left behind stay", unreadable);
        }
    }

    private static boolean isLeft(Path folder, Path own) throws IOException {
        if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)
                || !Files.getOwner(folder).equals(Files.getOwner(own))
                || Files.getLastModifiedTime(folder)
                        .toInstant()
                        .isAfter(Instant.now().minus(YOUNG))) {
            return false;
        }
        Path socket = folder.resolve("socket");
        List<Path> content = content(folder);
        return content.isEmpty() || (content.contains(socket) && !answered(socket));
    }

    private static boolean answered(Path socket) {
        try (SocketChannel probe = SocketChannel.open(UnixDomainSocketAddress.of(socket))) {
            return probe.isConnected();
        } catch (IOException refused) {
            return false;
        }
    }

    private static List<Path> content(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.toList();
        }
    }

    private static void delete(Path folder) {
        try {
            for (Path file : content(folder)) {
                Files.deleteIfExists(file);
            }
            Files.deleteIfExists(folder);
        } catch (IOException kept) {
            LOG.debug("a folder that was left behind stays", kept);
        }
    }
}
