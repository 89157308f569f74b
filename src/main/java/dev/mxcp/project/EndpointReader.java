package dev.mxcp.project;

import dev.mxcp.problem.SourcePlace;
import dev.mxcp.project.yaml.ConfigNode;
import dev.mxcp.project.yaml.Problems;
import dev.mxcp.project.yaml.YamlReader;
import dev.mxcp.project.yaml.YamlValue;
import dev.mxcp.project.yaml.YamlValue.Mapping;
import dev.mxcp.project.yaml.YamlValue.Scalar;
import dev.mxcp.types.Parameter;
import dev.mxcp.types.TypeDef;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/// Reads one endpoint file (section 7).
final class EndpointReader {
    private static final Map<String, String> ELSEWHERE =
            Map.of(
                    "metadata", "write it at the root of the file, beside `mxcp:`",
                    "code", "write source.code",
                    "file", "write source.file",
                    "function", "the Python function is the one with the endpoint's name",
                    "returns", "write return");
    private static final Map<String, String> ROOT_ELSEWHERE =
            Map.of("endpoint", "write tool, resource or prompt");

    private final YamlReader yaml;
    private final Path root;
    private final Path file;
    private final String shownAs;
    private final Problems problems;
    private @Nullable String id;

    /// @param problems receives what is wrong with the file
    EndpointReader(YamlReader yaml, Path root, Path file, Problems problems) {
        this.yaml = yaml;
        this.root = root;
        this.file = file;
        this.shownAs = Locations.shown(root, file);
        this.problems = problems;
    }

    private record Common(
            EndpointFile file,
            @Nullable String description,
            List<Parameter> parameters,
            @Nullable TypeDef returns) {}

    /// Reads the definition.
    ///
    /// @return null when it is not well-formed, with problems added
    @Nullable EndpointDraft read() {
        return switch (yaml.read(file, shownAs, problems)) {
            case null -> null;
            case Mapping document -> document(document);
            case Scalar scalar when scalar.value() == null -> {
                problems.add(
                        "Endpoint file is empty",
                        SourcePlace.of(shownAs),
                        null,
                        "define a tool, resource or prompt, or remove the file");
                yield null;
            }
            case YamlValue other -> {
                problems.add(
                        "an endpoint file must be a mapping, not " + other.kind(),
                        other.place(),
                        null,
                        "begin it with `mxcp: 1`");
                yield null;
            }
        };
    }

    /// The name or URI that the definition gives itself, however broken the rest is; null when
    /// there is none, or the file is no YAML.
    @Nullable String id() {
        return id;
    }

    private static @Nullable String id(Mapping document) {
        for (EndpointKind kind : EndpointKind.values()) {
            String key = kind == EndpointKind.RESOURCE ? "uri" : "name";
            if (document.get(kind.yamlName()) instanceof Mapping definition
                    && definition.get(key) instanceof Scalar scalar) {
                return scalar.text();
            }
        }
        return null;
    }

    private @Nullable EndpointDraft document(Mapping document) {
        id = id(document);
        ConfigNode node = ConfigNode.root(document, problems);
        ConfigVersion.check(node);
        SequencedMap<String, @Nullable Object> metadata = node.free("metadata");
        List<EndpointKind> kinds =
                Arrays.stream(EndpointKind.values())
                        .filter(kind -> node.isPresent(kind.yamlName()))
                        .toList();
        EndpointDraft draft = null;
        if (kinds.size() == 1) {
            EndpointKind kind = kinds.getFirst();
            ConfigNode endpoint = node.object(kind.yamlName());
            SourcePlace place = node.keyPlace(kind.yamlName());
            draft = endpoint(kind, endpoint, place, metadata, document);
        }
        int before = problems.count();
        node.rejectUnknownKeys(ROOT_ELSEWHERE);
        if (kinds.size() > 1) {
            problems.add(
                    "Endpoint definition must contain exactly one endpoint type",
                    node.keyPlace(kinds.get(1).yamlName()),
                    null,
                    "write one file for each endpoint");
        } else if (kinds.isEmpty() && problems.count() == before) {
            // an unknown key is most likely a misspelt kind, and says so itself
            problems.add(
                    "Endpoint definition must include a tool, resource, or prompt definition",
                    document.place(),
                    null,
                    null);
        }
        return problems.isEmpty() ? draft : null;
    }

    private EndpointDraft endpoint(
            EndpointKind kind,
            ConfigNode node,
            SourcePlace place,
            @Nullable SequencedMap<String, @Nullable Object> metadata,
            Mapping document) {
        boolean enabled = node.bool("enabled", true);
        var presentation = new PresentationReader(new SourceResolution.Place(root, folder()));
        List<Parameter> parameters =
                TypeReader.parameters(node, presentation, kind == EndpointKind.TOOL);
        var endpointFile =
                new EndpointFile(
                        file,
                        shownAs,
                        place,
                        node.strings("tags"),
                        TestCaseReader.read(node),
                        PolicyReader.read(node),
                        metadata,
                        document.plain(),
                        Places.of(document),
                        presentation.read(node, kind));
        var common =
                new Common(
                        endpointFile,
                        node.optionalString("description"),
                        parameters,
                        TypeReader.returns(node));
        EndpointDraft draft =
                switch (kind) {
                    case TOOL -> tool(node, common, enabled);
                    case RESOURCE -> resource(node, common, enabled);
                    case PROMPT -> prompt(node, common, enabled);
                };
        node.rejectUnknownKeys(ELSEWHERE);
        return draft;
    }

    private EndpointDraft tool(ConfigNode node, Common common, boolean enabled) {
        String name = node.string("name");
        SourceResolution source = SourceResolution.read(node, root, folder());
        Endpoint.ToolAnnotations annotations = annotations(node);
        return new EndpointDraft(
                EndpointKind.TOOL,
                name,
                node.place("name"),
                enabled,
                () -> {
                    checkId(node, "name", name);
                    Code code = source == null ? null : source.resolve();
                    return code == null || name.isEmpty()
                            ? null
                            : new Endpoint.Tool(
                                    common.file(),
                                    name,
                                    common.description(),
                                    common.parameters(),
                                    common.returns(),
                                    code,
                                    annotations);
                });
    }

    private EndpointDraft resource(ConfigNode node, Common common, boolean enabled) {
        String uri = node.string("uri");
        String name = node.optionalString("name");
        String mimeType = node.optionalString("mime_type");
        SourceResolution source = SourceResolution.read(node, root, folder());
        return new EndpointDraft(
                EndpointKind.RESOURCE,
                uri,
                node.place("uri"),
                enabled,
                () -> {
                    checkId(node, "uri", uri);
                    UriTemplate template = UriTemplate.of(uri);
                    boolean used = checkUsed(common.file(), template, common.parameters());
                    Code code = source == null ? null : source.resolve();
                    return code == null || uri.isEmpty() || !used
                            ? null
                            : new Endpoint.Resource(
                                    common.file(),
                                    template,
                                    name,
                                    common.description(),
                                    withPlaceholders(template, common.parameters()),
                                    common.returns(),
                                    code,
                                    mimeType);
                });
    }

    private EndpointDraft prompt(ConfigNode node, Common common, boolean enabled) {
        String name = node.string("name");
        SourceResolution source =
                node.has("source") ? SourceResolution.read(node, root, folder()) : null;
        if (!node.has("messages") && !node.has("source")) {
            node.reject("messages", "Field required", "write messages, or a Python source");
        } else if (node.has("messages") && node.has("source")) {
            node.reject("source", "a prompt has messages or a source, not both", "remove one");
        }
        var messages = new ArrayList<Endpoint.PromptMessage>();
        for (ConfigNode message : node.objects("messages")) {
            messages.add(
                    new Endpoint.PromptMessage(
                            message.string("prompt"),
                            message.optionalString("role"),
                            message.optionalString("type")));
            message.rejectUnknownKeys(Map.of("content", "write prompt", "text", "write prompt"));
        }
        return new EndpointDraft(
                EndpointKind.PROMPT,
                name,
                node.place("name"),
                enabled,
                () -> {
                    checkId(node, "name", name);
                    if (source != null) {
                        return promptOf(node, common, name, source.resolve());
                    }
                    if (messages.isEmpty()) {
                        node.reject(
                                "messages", "No messages found in prompt definition", "write one");
                    }
                    return messages.isEmpty() || name.isEmpty()
                            ? null
                            : new Endpoint.Prompt(
                                    common.file(),
                                    name,
                                    common.description(),
                                    common.parameters(),
                                    List.copyOf(messages));
                });
    }

    /// A prompt whose messages a function makes.
    private static @Nullable Endpoint promptOf(
            ConfigNode node, Common common, String name, @Nullable Code code) {
        if (code != null && !(code instanceof Code.Python)) {
            node.reject("source", "the source of a prompt is Python", "write messages");
        }
        return name.isEmpty() || !(code instanceof Code.Python)
                ? null
                : new Endpoint.Prompt(
                        common.file(),
                        name,
                        common.description(),
                        common.parameters(),
                        List.of(),
                        code);
    }

    private static Endpoint.ToolAnnotations annotations(ConfigNode tool) {
        ConfigNode node = tool.optionalObject("annotations").orElse(null);
        if (node == null) {
            return Endpoint.ToolAnnotations.NONE;
        }
        var annotations =
                new Endpoint.ToolAnnotations(
                        node.optionalString("title"),
                        node.optionalBool("readOnlyHint"),
                        node.optionalBool("destructiveHint"),
                        node.optionalBool("idempotentHint"),
                        node.optionalBool("openWorldHint"));
        node.rejectUnknownKeys(Map.of());
        return annotations;
    }

    /// V2.
    private static void checkId(ConfigNode node, String key, String id) {
        if (id.isEmpty()) {
            node.reject(
                    key,
                    "No valid endpoint type (tool/resource/prompt) found: the %s is empty"
                            .formatted(key),
                    "give it a " + key);
        }
    }

    /// V3.
    private boolean checkUsed(EndpointFile endpoint, UriTemplate uri, List<Parameter> parameters) {
        List<String> names = parameters.stream().map(Parameter::name).toList();
        List<String> unused = names.stream().filter(name -> !uri.names().contains(name)).toList();
        if (!unused.isEmpty()) {
            String quoted = "['" + String.join("', '", unused) + "']";
            String key = "resource.parameters." + names.indexOf(unused.getFirst());
            problems.add(
                    "Resource parameter(s) %s are not used in uri '%s'"
                            .formatted(quoted, uri.text()),
                    endpoint.places().of(key),
                    key,
                    "write {%s} in the uri, or remove the parameter".formatted(unused.getFirst()));
        }
        return unused.isEmpty();
    }

    /// A placeholder without a declared parameter is a required string (E8.1).
    private static List<Parameter> withPlaceholders(UriTemplate uri, List<Parameter> parameters) {
        var all = new ArrayList<>(parameters);
        for (String name : uri.names()) {
            if (all.stream().noneMatch(parameter -> parameter.name().equals(name))) {
                all.add(new Parameter(name, TypeDef.of(TypeDef.Text.PLAIN)));
            }
        }
        return List.copyOf(all);
    }

    private Path folder() {
        Path folder = file.getParent();
        return folder == null ? root : folder;
    }
}
