package dev.mxcp.cli;

import dev.mxcp.problem.MxcpException.CallRejected;
import dev.mxcp.project.Catalog;
import dev.mxcp.project.Endpoint;
import dev.mxcp.project.EndpointKind;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/// Finds the endpoint a person named (cli C4.2).
///
/// @param endpoint what was found
/// @param fromUri parameters that a concrete URI gave; empty for a name or a template
record Lookup(Endpoint endpoint, SequencedMap<String, String> fromUri) {

    /// By name, by URI template exactly as written, or by a concrete URI.
    ///
    /// @throws CallRejected when there is none of this kind
    static Lookup of(Catalog catalog, EndpointKind kind, String name) {
        List<Endpoint> candidates =
                catalog.endpoints().stream().filter(endpoint -> endpoint.kind() == kind).toList();
        for (Endpoint endpoint : candidates) {
            if (endpoint.id().equals(name)) {
                return new Lookup(endpoint, new LinkedHashMap<>());
            }
        }
        return candidates.stream()
                .filter(Endpoint.Resource.class::isInstance)
                .map(Endpoint.Resource.class::cast)
                .sorted(Comparator.comparingInt(resource -> -resource.uri().literalLength()))
                .flatMap(resource ->
                        resource.uri().match(name).stream()
                                .map(values -> new Lookup(resource, values)))
                .findFirst()
                .orElseThrow(() -> notFound(catalog, candidates, kind, name));
    }

    private static CallRejected notFound(
            Catalog catalog, List<Endpoint> candidates, EndpointKind kind, String name) {
        var text = new StringBuilder();
        text.append("Endpoint '%s' not found in %ss".formatted(name, kind.yamlName()));
        catalog.endpoints().stream()
                .filter(endpoint -> endpoint.id().equals(name))
                .findFirst()
                .ifPresentOrElse(
                        other -> text.append("; it is a ").append(other.kind().yamlName()),
                        () ->
                                Suggestion.of(name, candidates.stream().map(Endpoint::id).toList())
                                        .ifPresent(near ->
                                                text.append(
                                                        "; did you mean '%s'?".formatted(near))));
        if (!catalog.broken().isEmpty()) {
            text.append("\n  ")
                    .append(catalog.broken().size())
                    .append(" file(s) could not be loaded: 'mxcp validate' says why");
        }
        return new CallRejected(text.toString());
    }
}
