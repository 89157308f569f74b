package dev.mxcp.server;

import dev.mxcp.project.Catalog;
import dev.mxcp.project.Endpoint;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What is served after definitions were read anew: the sound ones, and for a file that is broken
/// now what was served of it before (R2.1.4).
///
/// @param problems of endpoints that were read
record MergedCatalog(Catalog before, Catalog read, Map<Endpoint, String> problems) {
    private static final Logger LOG = LoggerFactory.getLogger(MergedCatalog.class);

    /// As catalogs are: by kind, then file; built-in ones come last.
    private static final Comparator<Endpoint> LISTED =
            Comparator.comparing(Endpoint::kind)
                    .thenComparing(endpoint -> endpoint.file().document().isEmpty())
                    .thenComparing(endpoint -> endpoint.file().relativePath());

    Catalog merged() {
        var endpoints = new ArrayList<Endpoint>();
        Map<String, String> broken = new LinkedHashMap<>();
        for (Endpoint endpoint : read.endpoints()) {
            String problem = problems.get(endpoint);
            if (problem == null) {
                endpoints.add(endpoint);
            } else {
                broken.put(endpoint.file().relativePath(), problem);
            }
        }
        for (Catalog.BrokenFile file : read.broken()) {
            broken.put(file.relativePath(), file.problems().getFirst().text());
        }
        if (keep(broken, endpoints)) {
            endpoints.sort(LISTED);
        }
        return new Catalog(endpoints, List.of());
    }

    /// @return whether anything is kept
    private boolean keep(Map<String, String> broken, List<Endpoint> endpoints) {
        int sound = endpoints.size();
        Set<String> taken = new HashSet<>();
        endpoints.forEach(endpoint -> taken.add(endpoint.id()));
        broken.forEach((path, problem) -> {
            List<Endpoint> old =
                    before.endpoints().stream()
                            .filter(endpoint -> endpoint.file().relativePath().equals(path))
                            .filter(endpoint -> taken.add(endpoint.id()))
                            .toList();
            endpoints.addAll(old);
            LOG.warn("{}: {}: {}", path, old.isEmpty() ? "left out" : "stays as it was", problem);
        });
        return endpoints.size() > sound;
    }
}
