package dev.mxcp.quality.lint;

import dev.mxcp.engine.duckdb.SqlText;
import dev.mxcp.problem.MxcpException.CallRejected;
import dev.mxcp.project.Code;
import dev.mxcp.project.Endpoint;
import dev.mxcp.project.EndpointFile.TestCase;
import dev.mxcp.types.Arguments;
import dev.mxcp.types.Parameter;
import dev.mxcp.types.TypeDef;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Looks at one endpoint, in the order of cli Q4. One use, one thread.
final class EndpointLint {
    /// What one endpoint may take of a model's attention, in tokens.
    static final int LONGEST_SCHEMA = 1_000;

    private static final int MOST_EXAMPLES = 3;
    private static final Pattern USUAL_NAME = Pattern.compile("[A-Za-z0-9_-]{1,64}");

    private final Endpoint endpoint;
    private final Places places;
    private final List<Endpoint> alike;
    private final boolean plugins;
    private final Location root;
    private final List<Finding> findings = new ArrayList<>();

    /// @param alike others with the same description
    /// @param plugins whether SQL may call functions of the project that write
    EndpointLint(Endpoint endpoint, Places places, List<Endpoint> alike, boolean plugins) {
        this.endpoint = endpoint;
        this.places = places;
        this.alike = alike;
        this.plugins = plugins;
        this.root = Location.of(endpoint.kind().yamlName());
    }

    List<Finding> findings() {
        described();
        if (endpoint.file().tags().isEmpty()) {
            add(Rule.MISSING_TAGS, root.key("tags"), called() + " has no tags");
        }
        if (!(endpoint instanceof Endpoint.Prompt)) {
            tests();
        }
        for (int i = 0; i < endpoint.parameters().size(); i++) {
            Location at = root.key("parameters").item(i);
            if (places.has(at)) { // placeholders of a URI need not be declared
                parameter(endpoint.parameters().get(i), at);
            }
        }
        if (endpoint.returns() != null) {
            returns(endpoint.returns());
        }
        if (endpoint instanceof Endpoint.Tool tool) {
            annotations(tool);
        }
        size();
        return findings;
    }

    private void described() {
        Location at = root.key("description");
        String description = endpoint.description();
        if (description == null || description.isBlank()) {
            add(Rule.MISSING_DESCRIPTION, at, called() + " has no description");
        } else {
            String subject = called();
            tidy(subject, description, at);
            if (Words.repeats(description, endpoint.id())) {
                add(Rule.VAGUE_DESCRIPTION, at, vague(subject));
            }
            if (!alike.isEmpty()) {
                String others =
                        alike.stream()
                                .map(other -> other.file().relativePath())
                                .collect(Collectors.joining(", "));
                add(
                        Rule.DUPLICATE_DESCRIPTION,
                        at,
                        subject + " has the same description as " + others);
            }
        }
        if (!(endpoint instanceof Endpoint.Resource)
                && !USUAL_NAME.matcher(endpoint.id()).matches()) {
            add(
                    Rule.UNUSUAL_NAME,
                    root.key("name"),
                    "The name '%s' has characters or a length that clients refuse"
                            .formatted(endpoint.id()));
        }
    }

    private void tests() {
        List<TestCase> tests = endpoint.file().tests();
        if (tests.isEmpty()) {
            add(Rule.MISSING_TESTS, root.key("tests"), called() + " has no tests");
        }
        for (int i = 0; i < tests.size(); i++) {
            if (isMissing(tests.get(i).description())) {
                add(
                        Rule.MISSING_TEST_DESCRIPTION,
                        root.key("tests").item(i).key("description"),
                        "Test '%s' has no description".formatted(tests.get(i).name()));
            }
        }
    }

    private void parameter(Parameter parameter, Location at) {
        TypeDef type = parameter.type();
        String subject = "Parameter '" + parameter.name() + "'";
        String description = type.description();
        if (isMissing(description)) {
            add(
                    Rule.MISSING_PARAMETER_DESCRIPTION,
                    at.key("description"),
                    subject + " has no description");
        }
        if (type.examples().isEmpty()) {
            add(
                    Rule.MISSING_PARAMETER_EXAMPLES,
                    at.key("examples"),
                    subject + " has no examples",
                    examples(parameter, at));
        }
        if (parameter.required()) {
            add(Rule.MISSING_PARAMETER_DEFAULT, at.key("default"), subject + " has no default");
        }
        if (description != null && !description.isBlank()) {
            tidy(subject, description, at.key("description"));
            wording(parameter, description, at.key("description"));
        }
        for (int i = 0; i < type.examples().size(); i++) {
            String refused = refused(parameter, type.examples().get(i));
            if (refused != null) {
                add(
                        Rule.UNFIT_EXAMPLE,
                        at.key("examples").item(i),
                        "Example %d of %s does not fit: %s"
                                .formatted(i + 1, lower(subject), refused));
            }
        }
        nested(type, at);
    }

    private void wording(Parameter parameter, String description, Location at) {
        String subject = "Parameter '" + parameter.name() + "'";
        if (Words.repeats(description, parameter.name())) {
            add(Rule.VAGUE_DESCRIPTION, at, vague(subject));
        }
        Set<String> known = knownNames();
        for (String name : Words.identifiers(description)) {
            if (!known.contains(name)) {
                add(
                        Rule.FOREIGN_NAME,
                        at,
                        "The description of %s speaks of '%s', which is nothing here"
                                .formatted(lower(subject), name));
            }
        }
    }

    /// Names that a description may use: of the endpoint, its parameters, their values and members.
    private Set<String> knownNames() {
        var known = new HashSet<String>();
        known.add(endpoint.id());
        for (Parameter parameter : endpoint.parameters()) {
            known.add(parameter.name());
            names(parameter.type(), known);
        }
        if (endpoint.returns() != null) {
            names(endpoint.returns(), known);
        }
        return known;
    }

    private static void names(TypeDef type, Set<String> known) {
        if (type.enumeration() != null) {
            type.enumeration().forEach(member -> known.add(String.valueOf(member)));
        }
        type.examples().forEach(example -> known.add(String.valueOf(example)));
        switch (type.shape()) {
            case TypeDef.ListOf list when list.items() != null -> names(list.items(), known);
            case TypeDef.ObjectOf object when object.properties() != null ->
                    object.properties()
                            .forEach((name, property) -> {
                                known.add(name);
                                names(property, known);
                            });
            default -> {}
        }
    }

    private void returns(TypeDef returns) {
        Location at = root.key("return");
        if (isMissing(returns.description())) {
            add(
                    Rule.MISSING_RETURN_DESCRIPTION,
                    at.key("description"),
                    "The return value has no description");
        }
        nested(returns, at);
    }

    private void nested(TypeDef type, Location at) {
        switch (type.shape()) {
            case TypeDef.ListOf list when list.items() != null -> {
                Location items = at.key("items");
                if (isMissing(list.items().description())) {
                    add(
                            Rule.MISSING_TYPE_DESCRIPTION,
                            items,
                            "The elements of '%s' have no description".formatted(at.text()));
                }
                nested(list.items(), items);
            }
            case TypeDef.ObjectOf object when object.properties() != null ->
                    object.properties()
                            .forEach((name, property) -> {
                                Location place = at.key("properties").key(name);
                                if (isMissing(property.description())) {
                                    add(
                                            Rule.MISSING_PROPERTY_DESCRIPTION,
                                            place,
                                            "Property '%s' has no description".formatted(name));
                                }
                                nested(property, place);
                            });
            default -> {}
        }
    }

    private void annotations(Endpoint.Tool tool) {
        if (!tool.toolAnnotations().equals(Endpoint.ToolAnnotations.NONE)) {
            return;
        }
        Location at = root.key("annotations");
        boolean reads =
                !plugins
                        && tool.code() instanceof Code.Sql(String text, _, _)
                        && SqlText.of(text).onlyReads();
        Fix fix =
                reads && !places.has(at)
                        ? new Fix(
                                endpoint.file().path(),
                                root.path(),
                                "annotations",
                                Map.of("readOnlyHint", true))
                        : null;
        add(Rule.MISSING_ANNOTATIONS, at, called() + " has no annotations", fix);
    }

    private void size() {
        int tokens = TokenEstimate.of(endpoint);
        if (tokens > LONGEST_SCHEMA) {
            add(
                    Rule.LONG_SCHEMA,
                    root,
                    "%s takes about %d tokens of every request, more than %d"
                            .formatted(called(), tokens, LONGEST_SCHEMA));
        }
    }

    private void tidy(String subject, String description, Location at) {
        String text = description.replaceFirst("\\n+$", ""); // a block ends with a line break
        if (!text.equals(text.strip())) {
            add(
                    Rule.UNTIDY_DESCRIPTION,
                    at,
                    "The description of %s has blanks around it".formatted(lower(subject)),
                    new Fix(endpoint.file().path(), at.path(), null, text.strip()));
        }
    }

    /// The values that the file's own tests give: they are known to be accepted.
    private @Nullable Fix examples(Parameter parameter, Location at) {
        var values = new LinkedHashSet<Object>();
        for (TestCase test : endpoint.file().tests()) {
            Object value = test.arguments().get(parameter.name());
            if (value != null
                    && !test.assertions().containsKey("error_contains")
                    && refused(parameter, value) == null
                    && values.size() < MOST_EXAMPLES) {
                values.add(value);
            }
        }
        return values.isEmpty() || parameter.type().sensitive()
                ? null
                : new Fix(endpoint.file().path(), at.path(), "examples", List.copyOf(values));
    }

    private static @Nullable String refused(Parameter parameter, @Nullable Object value) {
        var argument = new LinkedHashMap<String, @Nullable Object>();
        argument.put(parameter.name(), value);
        try {
            Arguments.of(List.of(parameter)).convert(argument, Arguments.Source.TEXT);
            return null;
        } catch (CallRejected rejected) {
            return String.valueOf(rejected.getMessage());
        }
    }

    private String called() {
        String kind = endpoint.kind().yamlName();
        return Character.toUpperCase(kind.charAt(0))
                + kind.substring(1)
                + " '"
                + endpoint.id()
                + "'";
    }

    private static String vague(String subject) {
        return "The description of %s says no more than its name".formatted(lower(subject));
    }

    private static String lower(String subject) {
        return Character.toLowerCase(subject.charAt(0)) + subject.substring(1);
    }

    private static boolean isMissing(@Nullable String text) {
        return text == null || text.isBlank();
    }

    private void add(Rule rule, Location at, String message) {
        add(rule, at, message, null);
    }

    private void add(Rule rule, Location at, String message, @Nullable Fix fix) {
        findings.add(new Finding(rule, at.text(), message, rule.remedy(), places.of(at), fix));
    }
}
