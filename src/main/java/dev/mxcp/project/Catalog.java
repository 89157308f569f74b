package dev.mxcp.project;

import dev.mxcp.problem.Problem;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The endpoints of a project (P3, P4) in stable order (kind, then path), and the files that could
/// not be loaded.
///
/// @param endpoints without those of broken, duplicate or disabled files
/// @param broken one entry a file
public record Catalog(List<Endpoint> endpoints, List<BrokenFile> broken) {
    public Catalog {
        endpoints = List.copyOf(endpoints);
        broken = List.copyOf(broken);
    }

    /// A file that could not be loaded.
    ///
    /// @param relativePath below the project root, with `/` between the parts
    /// @param id the name or URI that the file gives its endpoint; null when it cannot be told
    /// @param problems at least one
    public record BrokenFile(String relativePath, @Nullable String id, List<Problem> problems) {
        public BrokenFile {
            problems = List.copyOf(problems);
        }
    }
}
