package dev.mxcp.project;

import dev.mxcp.problem.Problem;
import dev.mxcp.project.yaml.Problems;
import dev.mxcp.project.yaml.YamlReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Loads the endpoints of a project (P3, P4) and checks what can be checked without a database and
/// without Python (V1-V4, V7, V8).
public final class CatalogLoader {
    private static final Logger LOG = LoggerFactory.getLogger(CatalogLoader.class);

    private final Project project;
    private final YamlReader yaml = new YamlReader();
    private final List<DefinitionFile> files = new ArrayList<>();

    /// @param draft null when the file is malformed
    private record DefinitionFile(
            String relativePath, @Nullable EndpointDraft draft, Problems problems) {}

    private CatalogLoader(Project project) {
        this.project = project;
    }

    /// Reads all definition files. Never fails as a whole: broken files are part of the answer.
    public static Catalog load(Project project) {
        return new CatalogLoader(project).load();
    }

    private Catalog load() {
        EndpointDiscovery.files(project.root(), project.site().paths()).forEach(this::read);
        addDuplicates();
        var endpoints = new ArrayList<Endpoint>();
        var broken = new ArrayList<Catalog.BrokenFile>();
        for (DefinitionFile file : files) {
            Endpoint endpoint = file.draft() == null ? null : file.draft().finish().get();
            if (endpoint != null && file.problems().isEmpty()) {
                endpoints.add(endpoint);
            } else {
                broken.add(
                        new Catalog.BrokenFile(file.relativePath(), file.problems().inFileOrder()));
            }
        }
        endpoints.sort(Comparator.comparing(Endpoint::kind)); // kinds may share a folder
        return new Catalog(endpoints, broken);
    }

    private void read(Path file, Set<EndpointKind> kinds) {
        var problems = new Problems();
        String relativePath = Locations.shown(project.root(), file);
        EndpointDraft draft = new EndpointReader(yaml, project.root(), file, problems).read();
        if (draft != null && !kinds.contains(draft.kind())) {
            LOG.warn(
                    "{}: skipped: a {} in the folder for {}s",
                    relativePath,
                    draft.kind().yamlName(),
                    kinds.iterator().next().yamlName());
        } else if (draft == null || draft.enabled()) {
            files.add(new DefinitionFile(relativePath, draft, problems));
        }
    }

    /// P4: one namespace for all kinds; every file involved is an error.
    private void addDuplicates() {
        var byId = new LinkedHashMap<String, List<DefinitionFile>>();
        for (DefinitionFile file : files) {
            if (file.draft() != null && !file.draft().id().isEmpty()) {
                byId.computeIfAbsent(file.draft().id(), _ -> new ArrayList<>()).add(file);
            }
        }
        byId.forEach((id, sharing) -> {
            if (sharing.size() > 1) {
                String what = duplicate(id, sharing);
                sharing.forEach(file -> file.problems().add(problem(what, file)));
            }
        });
    }

    private static String duplicate(String id, List<DefinitionFile> files) {
        boolean anyUri =
                files.stream()
                        .map(DefinitionFile::draft)
                        .anyMatch(draft -> draft != null && draft.kind() == EndpointKind.RESOURCE);
        return "Duplicate endpoint %s '%s' found in: %s"
                .formatted(
                        anyUri ? "URI" : "name",
                        id,
                        String.join(
                                ", ", files.stream().map(DefinitionFile::relativePath).toList()));
    }

    private static Problem problem(String what, DefinitionFile file) {
        return new Problem(
                what,
                file.draft() == null ? null : file.draft().idPlace(),
                null,
                "names and URIs are unique in a project, across tools, resources and prompts");
    }
}
