package dev.mxcp.types;

import static dev.mxcp.types.Cases.assume;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mxcp.problem.MxcpException.CallRejected;
import dev.mxcp.problem.MxcpException.EndpointFailed;
import dev.mxcp.types.Arguments.Source;
import dev.mxcp.types.TypedValues.Sample;
import dev.mxcp.types.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// What holds for every type definition and every value.
class TypePropertiesTest {
    private static final SchemaClaims INPUT_CLAIMS = new SchemaClaims(true, false);
    private static final SchemaClaims CLIENT_CLAIMS = new SchemaClaims(false, true);
    private static final SchemaClaims OUTPUT_CLAIMS = new SchemaClaims(false, false);

    /// The value that code receives, in JSON's terms, or an exception.
    private static @Nullable Object converted(TypeDef type, @Nullable Object raw, Source source) {
        var arguments = Arguments.of(List.of(Definitions.parameter("p", type)));
        Object value = arguments.convert(Definitions.map("p", raw), source).get("p");
        return Json.parse(Json.text(value));
    }

    private static Map<?, ?> inputSchema(TypeDef type) {
        var root = JsonSchema.input(List.of(Definitions.parameter("p", type)));
        return requireNonNull(
                (Map<?, ?>) requireNonNull((Map<?, ?>) plain(root).get("properties")).get("p"));
    }

    private static Map<?, ?> plain(Map<?, ?> schema) {
        return requireNonNull((Map<?, ?>) Json.parse(Json.text(schema)));
    }

    private static Map<?, ?> outputSchema(TypeDef type) {
        return plain(JsonSchema.output(type));
    }

    private static @Nullable String problem(Runnable check) {
        try {
            check.run();
            return null;
        } catch (EndpointFailed failed) {
            return failed.getMessage();
        }
    }

    /// A sample and where it comes from.
    private record Try(Sample sample, Source source) {
        static Try of(Draw draw) {
            return new Try(TypedValues.sample(draw), draw.of(Source.values()));
        }

        static Try withoutFormats(Draw draw) {
            return new Try(TypedValues.sampleWithoutFormats(draw), draw.of(Source.values()));
        }

        TypeDef type() {
            return sample.type();
        }

        @Nullable Object value() {
            return sample.value();
        }
    }

    @Test
    void what_is_accepted_satisfies_the_published_schema() {
        Cases.check(
                Try::of,
                given -> {
                    Object value = ifAccepted(given.type(), given.value(), given.source());

                    assertThat(INPUT_CLAIMS.hold(inputSchema(given.type()), value))
                            .as("accepted as %s", value)
                            .isTrue();
                });
    }

    /// A client that keeps to the schema is never refused.
    @Test
    void what_satisfies_the_published_schema_is_accepted() {
        Cases.check(
                Try::withoutFormats,
                given -> {
                    assume(CLIENT_CLAIMS.hold(inputSchema(given.type()), given.value()));

                    converted(given.type(), given.value(), given.source());
                });
    }

    /// J1: never stricter than conversion.
    @Test
    void what_conversion_leaves_as_it_is_satisfies_the_schema() {
        Cases.check(
                TypedValues::sample,
                sample -> {
                    Object value = ifAccepted(sample.type(), sample.value(), Source.MCP);
                    assume(Json.text(value).equals(Json.text(sample.value())));

                    assertThat(INPUT_CLAIMS.hold(inputSchema(sample.type()), sample.value()))
                            .isTrue();
                });
    }

    private static @Nullable Object ifAccepted(TypeDef type, @Nullable Object raw, Source source) {
        Object value = null;
        boolean accepted = false;
        try {
            value = converted(type, raw, source);
            accepted = true;
        } catch (CallRejected _) {
            // says nothing
        }
        assume(accepted);
        return value;
    }

    @Test
    void json_text_is_as_good_as_what_it_says() {
        Cases.check(
                TypedValues::sample,
                sample -> {
                    assume(sample.value() instanceof List || sample.value() instanceof Map);
                    assume(!(sample.type().shape() instanceof TypeDef.Text));
                    assume(sample.type().enumeration() == null);

                    assertThat(outcome(sample.type(), Json.text(sample.value())))
                            .isEqualTo(outcome(sample.type(), sample.value()));
                });
    }

    private static String outcome(TypeDef type, @Nullable Object raw) {
        try {
            return Json.text(converted(type, raw, Source.TEXT));
        } catch (CallRejected _) {
            return "rejected";
        }
    }

    @Test
    void the_check_of_json_agrees_with_the_check_of_values() {
        Cases.check(
                TypedValues::sample,
                sample -> {
                    Output output = Output.of(sample.type());
                    byte[] json = json(sample.value());
                    Object value = Json.parse(json);
                    String typeName = PythonNotation.typeName(value);

                    String ofValue = problem(() -> output.check(value));
                    String ofJson = problem(() -> output.checkJson(json, 0, json.length, typeName));

                    if (value == null) { // said in other words
                        assertThat(ofJson == null).isEqualTo(ofValue == null);
                    } else {
                        assertThat(ofJson).isEqualTo(ofValue);
                    }
                });
    }

    @Test
    void a_checked_and_normalised_result_passes_and_satisfies_the_output_schema() {
        Cases.check(
                TypedValues::sample,
                sample -> {
                    Output output = Output.of(sample.type());
                    assume(problem(() -> output.check(sample.value())) == null);

                    Object normal = output.normalised(sample.value());

                    assertThat(problem(() -> output.check(normal))).isNull();
                    assertThat(
                                    OUTPUT_CLAIMS.hold(
                                            outputSchema(sample.type()),
                                            Json.parse(Json.text(normal))))
                            .as("normalised to %s", normal)
                            .isTrue();
                });
    }

    @Test
    void normalising_changes_nothing_where_it_says_so() {
        Cases.check(
                TypedValues::sample,
                sample -> {
                    Output output = Output.of(sample.type());
                    byte[] json = json(sample.value());
                    assume(problem(() -> output.check(sample.value())) == null);

                    boolean complete = output.checkJson(json, 0, json.length, "x");

                    if (complete || !output.normalises()) {
                        assertThat(output.normalised(sample.value())).isSameAs(sample.value());
                    }
                    assertThat(output.normalised(output.normalised(sample.value())))
                            .isEqualTo(output.normalised(sample.value()));
                });
    }

    private static byte[] json(@Nullable Object value) {
        return Json.text(value).getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void values_of_a_kind_that_is_admitted_as_a_whole_pass() {
        Cases.check(
                TypedValues::sample,
                sample -> {
                    ValueCheck check = Output.of(sample.type()).values();
                    assume(sample.value() != null && check.admitsAll(kind(sample.value())));

                    assertThat(check.problem(requireNonNull(sample.value()))).isNull();
                });
    }

    private static ValueKind kind(@Nullable Object value) {
        return switch (value) {
            case null -> new ValueKind.Unknown();
            case String _ -> ValueKind.Scalar.TEXT;
            case Boolean _ -> ValueKind.Scalar.BOOLEAN;
            case Double _ -> ValueKind.Scalar.NUMBER;
            case Number _ -> ValueKind.Scalar.INTEGER;
            case List<?> list -> {
                List<ValueKind> kinds =
                        list.stream().map(TypePropertiesTest::kind).distinct().toList();
                yield new ValueKind.Lists(
                        kinds.size() == 1 ? kinds.getFirst() : new ValueKind.Unknown());
            }
            case Map<?, ?> map -> {
                var members = new java.util.LinkedHashMap<String, ValueKind>();
                map.forEach((name, item) -> members.put(String.valueOf(name), kind(item)));
                yield new ValueKind.Objects(members);
            }
            default -> new ValueKind.Unknown();
        };
    }
}
