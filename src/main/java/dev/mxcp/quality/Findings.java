package dev.mxcp.quality;

import dev.mxcp.problem.Problem;
import dev.mxcp.problem.SourcePlace;
import dev.mxcp.project.Endpoint;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Collects what is found at one endpoint, with the places in its file. Used by one thread.
final class Findings {
    private final Endpoint endpoint;
    private final List<Finding> found = new ArrayList<>();

    Findings(Endpoint endpoint) {
        this.endpoint = endpoint;
    }

    /// An error at a key of the endpoint: `parameters.0.name`.
    void error(String key, String what, @Nullable String fix) {
        error(where(key), key, what, fix);
    }

    /// An error at a place that is known better than by its key.
    void error(SourcePlace where, String key, String what, @Nullable String fix) {
        found.add(Finding.error(new Problem(what, where, path(key), fix)));
    }

    void warning(String key, String what, @Nullable String fix) {
        warning(where(key), key, what, fix);
    }

    void warning(SourcePlace where, String key, String what, @Nullable String fix) {
        found.add(Finding.warning(new Problem(what, where, path(key), fix)));
    }

    void addAll(List<Finding> more) {
        found.addAll(more);
    }

    void add(Finding finding) {
        found.add(finding);
    }

    /// Where a key of the endpoint stands.
    SourcePlace where(String key) {
        return endpoint.file().places().of(path(key));
    }

    /// Where the text of a key of the endpoint begins.
    SourcePlace text(String key) {
        return endpoint.file().places().text(path(key));
    }

    List<Finding> list() {
        return List.copyOf(found);
    }

    private String path(String key) {
        return endpoint.kind().yamlName() + "." + key;
    }
}
