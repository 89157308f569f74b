package dev.mxcp.project;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Finds the definition files below the folders of a project (P3): `.yml` and `.yaml` at any depth,
/// hidden ones too; linked files, but nothing in linked folders.
final class EndpointDiscovery {
    private static final Logger LOG = LoggerFactory.getLogger(EndpointDiscovery.class);

    private EndpointDiscovery() {}

    /// Each file once, with the kinds whose folders it lies in: in the order of kinds, then paths.
    static SequencedMap<Path, Set<EndpointKind>> files(Path root, SiteConfig.Paths paths) {
        var found = new LinkedHashMap<Path, Set<EndpointKind>>();
        Map<EndpointKind, Path> folders =
                Map.of(
                        EndpointKind.TOOL, paths.tools(),
                        EndpointKind.RESOURCE, paths.resources(),
                        EndpointKind.PROMPT, paths.prompts());
        for (EndpointKind kind : EndpointKind.values()) {
            Path folder = folders.getOrDefault(kind, root);
            var files = new ArrayList<Path>();
            if (Files.isDirectory(folder)) {
                collect(folder, files);
            }
            files.sort(Comparator.comparing(Path::toString));
            for (Path file : files) {
                found.computeIfAbsent(file, _ -> EnumSet.noneOf(EndpointKind.class)).add(kind);
            }
        }
        return found;
    }

    private static void collect(Path folder, List<Path> files) {
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
            for (Path entry : entries) {
                String name = entry.getFileName().toString();
                if (Files.isDirectory(entry, LinkOption.NOFOLLOW_LINKS)) {
                    collect(entry, files);
                } else if ((name.endsWith(".yml") || name.endsWith(".yaml"))
                        && !Files.isDirectory(entry)) {
                    files.add(entry);
                }
            }
        } catch (IOException failed) {
            LOG.warn("The folder {} cannot be read; what it holds is not served", folder, failed);
        }
    }
}
