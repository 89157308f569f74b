package dev.mxcp.project;

import dev.mxcp.problem.Problem;
import dev.mxcp.project.yaml.Problems;
import dev.mxcp.project.yaml.YamlReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Loads the endpoints of a project (P3, P4) and checks what can be checked without a database and
/// without Python (V1-V4, V7, V8).
public final class CatalogLoader {
    private static final Logger LOG = LoggerFactory.getLogger(CatalogLoader.class);

    private static final Pattern NAMED =
            Pattern.compile("^\\s*(?:name|uri)\\s*:\\s*[\"']?([^\"'#]+?)[\"']?\\s*$");

    private final Project project;
    private final YamlReader yaml = new YamlReader();
    private final List<DefinitionFile> files = new ArrayList<>();

    /// @param draft null when the file is malformed
    private record DefinitionFile(
            String relativePath,
            @Nullable String id,
            @Nullable EndpointDraft draft,
            Problems problems) {}

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
                        new Catalog.BrokenFile(
                                file.relativePath(), file.id(), file.problems().inFileOrder()));
            }
        }
        endpoints.sort(Comparator.comparing(Endpoint::kind)); // kinds may share a folder
        return new Catalog(endpoints, broken);
    }

    private void read(Path file, Set<EndpointKind> kinds) {
        var problems = new Problems();
        String relativePath = Locations.shown(project.root(), file);
        var reader = new EndpointReader(yaml, project.root(), file, problems);
        EndpointDraft draft = reader.read();
        if (draft != null && !kinds.contains(draft.kind())) {
            LOG.warn(
                    "{}: skipped: a {} in the folder for {}s",
                    relativePath,
                    draft.kind().yamlName(),
                    kinds.iterator().next().yamlName());
        } else if (draft == null || draft.enabled()) {
            String id = reader.id() == null ? guessedId(file) : reader.id();
            files.add(new DefinitionFile(relativePath, id, draft, problems));
        }
    }

    /// The name in a file that is no YAML: the first line that looks like one.
    private static @Nullable String guessedId(Path file) {
        try (Stream<String> lines = Files.lines(file)) {
            return lines.map(NAMED::matcher)
                    .filter(Matcher::find)
                    .map(match -> match.group(1))
                    .findFirst()
                    .orElse(null);
        } catch (IOException | UncheckedIOException unreadable) {
            return null; // which the file's problems say already
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
