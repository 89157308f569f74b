package dev.mxcp.engine.duckdb;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NativeLibraryTest {
    @TempDir Path folder;

    @Test
    void knows_the_names_in_the_jar() {
        assertThat(NativeLibrary.fileName("Linux", "amd64"))
                .isEqualTo("libduckdb_java.so_linux_amd64");
        assertThat(NativeLibrary.fileName("Linux", "aarch64"))
                .isEqualTo("libduckdb_java.so_linux_arm64");
        assertThat(NativeLibrary.fileName("Mac OS X", "aarch64"))
                .isEqualTo("libduckdb_java.so_macos_arm64");
        assertThat(NativeLibrary.fileName("Windows 11", "amd64"))
                .isEqualTo("libduckdb_java.so_windows_amd64");
    }

    @Test
    void unpacks_once_and_again_when_the_file_is_damaged() throws IOException {
        String name =
                NativeLibrary.fileName(
                        System.getProperty("os.name"), System.getProperty("os.arch"));
        Path cache = folder.resolve("cache");
        Path file = NativeLibrary.find(name, cache);
        assertThat(file).hasParent(cache).isRegularFile();
        long size = Files.size(file);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(cache)))
                .isEqualTo("rwx------");
        var written = Files.getLastModifiedTime(file);
        assertThat(NativeLibrary.find(name, cache)).isEqualTo(file);
        assertThat(Files.getLastModifiedTime(file)).isEqualTo(written);
        Files.writeString(file, "damaged");
        assertThat(Files.size(NativeLibrary.find(name, cache))).isEqualTo(size);
        try (var files = Files.list(cache)) {
            assertThat(files).hasSize(1);
        }
    }
}
