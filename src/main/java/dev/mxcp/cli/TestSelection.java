package dev.mxcp.cli;

import dev.mxcp.problem.MxcpException.CallRejected;
import dev.mxcp.project.Catalog;
import dev.mxcp.project.Catalog.BrokenFile;
import dev.mxcp.project.Endpoint;
import dev.mxcp.project.EndpointKind;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Which endpoints a person wants to test (cli Q3.1).
///
/// @param broken files that count as errors: all of them when the whole project is tested
/// @param single whether one endpoint was named
/// @param missing why there is no such endpoint; else null
record TestSelection(
        List<Endpoint> endpoints,
        List<BrokenFile> broken,
        boolean single,
        @Nullable String missing) {

    /// @param kind null for all kinds
    /// @param name null for all endpoints
    static TestSelection of(Catalog catalog, @Nullable EndpointKind kind, @Nullable String name) {
        if (kind == null) {
            return new TestSelection(catalog.endpoints(), catalog.broken(), false, null);
        }
        List<Endpoint> ofKind =
                catalog.endpoints().stream().filter(one -> one.kind() == kind).toList();
        if (name == null) {
            return new TestSelection(ofKind, List.of(), false, null);
        }
        List<Endpoint> named =
                ofKind.stream()
                        .filter(one ->
                                one instanceof Endpoint.Resource resource
                                        && name.equals(resource.name()))
                        .toList();
        if (named.size() == 1 && ofKind.stream().noneMatch(one -> one.id().equals(name))) {
            return new TestSelection(named, List.of(), true, null);
        }
        try {
            Lookup found = Lookup.of(catalog, kind, name);
            return new TestSelection(List.of(found.endpoint()), List.of(), true, null);
        } catch (CallRejected unknown) {
            String why = String.valueOf(unknown.getMessage());
            int detail = why.indexOf(';');
            String message =
                    "Endpoint not found: "
                            + kind.yamlName()
                            + "/"
                            + name
                            + (detail < 0 ? "" : why.substring(detail));
            return new TestSelection(List.of(), List.of(), true, message);
        }
    }
}
