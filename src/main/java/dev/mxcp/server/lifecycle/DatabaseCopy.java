package dev.mxcp.server.lifecycle;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The database file as it was before a payload, and its log if it had one (R4.5.2): copies beside
/// them, which share blocks where the file system can do that. Only while no process has the file
/// open.
final class DatabaseCopy implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(DatabaseCopy.class);

    private final List<Part> parts;
    private boolean there;

    private DatabaseCopy(List<Part> parts) {
        this.parts = parts;
    }

    /// What tells whether a file is still the same.
    private record State(@Nullable Object key, long size, FileTime modified) {}

    /// One file and where its copy is.
    ///
    /// @param before null if there was none
    private record Part(Path file, Path copy, @Nullable State before) {
        static Part of(Path file) {
            return new Part(
                    file, file.resolveSibling(file.getFileName() + ".before-reload"), state(file));
        }

        boolean unchanged() {
            State now = state(file);
            return before == null ? now == null : before.equals(now);
        }

        void save() throws IOException {
            if (before != null) {
                Files.copy(
                        file,
                        copy,
                        StandardCopyOption.REPLACE_EXISTING,
                        StandardCopyOption.COPY_ATTRIBUTES);
            }
        }

        void restore() throws IOException {
            if (before == null) {
                Files.deleteIfExists(file);
            } else {
                Files.move(copy, file, StandardCopyOption.REPLACE_EXISTING);
            }
        }
    }

    /// Copies the file, unless it is too large; the log says when there is no copy.
    ///
    /// @param limit largest size in bytes; 0 for never
    static DatabaseCopy of(Path file, long limit) {
        Part database = Part.of(file);
        var made =
                new DatabaseCopy(
                        List.of(
                                Part.of(file.resolveSibling(file.getFileName() + ".wal")),
                                database));
        if (database.before == null || limit == 0) {
            return made;
        }
        if (database.before.size > limit) {
            LOG.warn(
                    "no copy of the database is made before the payload: it has {} bytes, more than"
                            + " {} (reload.backup_limit)",
                    database.before.size,
                    limit);
            return made;
        }
        made.there = true;
        try {
            for (Part part : made.parts) {
                part.save();
            }
        } catch (IOException failure) {
            LOG.warn("no copy of the database could be made before the payload", failure);
            made.close();
        }
        return made;
    }

    /// Puts the file back as it was, if it has changed and there is a copy.
    ///
    /// @return whether the file is now as it was before
    boolean restore() {
        if (parts.stream().allMatch(Part::unchanged)) {
            return true;
        }
        if (!there) {
            return false;
        }
        try {
            for (Part part : parts) {
                part.restore();
            }
            there = false;
            LOG.warn("the database file is again as it was before the payload");
            return true;
        } catch (IOException failure) {
            LOG.error("the copy of the database cannot be put back", failure);
            return false;
        }
    }

    /// Gives the copy up.
    @Override
    public void close() {
        if (!there) {
            return;
        }
        there = false;
        for (Part part : parts) {
            try {
                Files.deleteIfExists(part.copy);
            } catch (IOException failure) {
                LOG.warn("a copy stays behind: {}", part.copy.getFileName(), failure);
            }
        }
    }

    private static @Nullable State state(Path file) {
        try {
            var found = Files.readAttributes(file, BasicFileAttributes.class);
            return new State(found.fileKey(), found.size(), found.lastModifiedTime());
        } catch (IOException notThere) {
            return null;
        }
    }
}
