package dev.mxcp.types;

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
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.PropertyDefaults;
import net.jqwik.api.Provide;
import org.jspecify.annotations.Nullable;

/// What holds for every type definition and every value.
@PropertyDefaults(tries = 500, edgeCases = EdgeCasesMode.NONE) // finding edge cases costs most
class TypePropertiesTest {
    private static final SchemaClaims INPUT_CLAIMS = new SchemaClaims(true);
    private static final SchemaClaims STRICT_CLAIMS = new SchemaClaims(false);

    @Provide
    Arbitrary<Sample> samples() {
        return TypedValues.samples(true);
    }

    @Provide
    Arbitrary<Sample> withoutFormats() {
        return TypedValues.samples(false);
    }

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

    @Property
    void what_is_accepted_satisfies_the_published_schema(
            @ForAll("samples") Sample sample, @ForAll Source source) {
        Object value;
        try {
            value = converted(sample.type(), sample.value(), source);
        } catch (CallRejected _) {
            return;
        }
        assertThat(INPUT_CLAIMS.hold(inputSchema(sample.type()), value))
                .as("%s -> %s", sample, value)
                .isTrue();
    }

    /// A client that keeps to the schema is never refused.
    @Property
    void what_satisfies_the_published_schema_is_accepted(
            @ForAll("withoutFormats") Sample sample, @ForAll Source source) {
        Assume.that(STRICT_CLAIMS.hold(inputSchema(sample.type()), sample.value()));

        converted(sample.type(), sample.value(), source);
    }

    /// J1: never stricter than conversion.
    @Property
    void what_conversion_leaves_as_it_is_satisfies_the_schema(@ForAll("samples") Sample sample) {
        Object value;
        try {
            value = converted(sample.type(), sample.value(), Source.MCP);
        } catch (CallRejected _) {
            return;
        }
        if (Json.text(value).equals(Json.text(sample.value()))) {
            assertThat(INPUT_CLAIMS.hold(inputSchema(sample.type()), sample.value())).isTrue();
        }
    }

    @Property
    void json_text_is_as_good_as_what_it_says(@ForAll("samples") Sample sample) {
        Assume.that(sample.value() instanceof List || sample.value() instanceof Map);
        Assume.that(!(sample.type().shape() instanceof TypeDef.Text));
        Assume.that(sample.type().enumeration() == null);
        String direct = outcome(sample.type(), sample.value());

        assertThat(outcome(sample.type(), Json.text(sample.value()))).isEqualTo(direct);
    }

    private static String outcome(TypeDef type, @Nullable Object raw) {
        try {
            return Json.text(converted(type, raw, Source.TEXT));
        } catch (CallRejected _) {
            return "rejected";
        }
    }

    @Property
    void the_check_of_json_agrees_with_the_check_of_values(@ForAll("samples") Sample sample) {
        Output output = Output.of(sample.type());
        byte[] json = Json.text(sample.value()).getBytes(StandardCharsets.UTF_8);
        Object value = Json.parse(json);
        String typeName = PythonNotation.typeName(value);

        String ofValue = problem(() -> output.check(value));
        String ofJson = problem(() -> output.checkJson(json, 0, json.length, typeName));

        if (value == null) { // said in other words
            assertThat(ofJson == null).isEqualTo(ofValue == null);
        } else {
            assertThat(ofJson).isEqualTo(ofValue);
        }
    }

    @Property
    void a_checked_and_normalised_result_passes_and_satisfies_the_output_schema(
            @ForAll("samples") Sample sample) {
        Output output = Output.of(sample.type());
        Assume.that(problem(() -> output.check(sample.value())) == null);

        Object normal = output.normalised(sample.value());

        assertThat(problem(() -> output.check(normal))).isNull();
        assertThat(STRICT_CLAIMS.hold(outputSchema(sample.type()), Json.parse(Json.text(normal))))
                .as("%s -> %s", sample, normal)
                .isTrue();
    }

    @Property
    void normalising_changes_nothing_where_it_says_so(@ForAll("samples") Sample sample) {
        Output output = Output.of(sample.type());
        byte[] json = Json.text(sample.value()).getBytes(StandardCharsets.UTF_8);
        Assume.that(problem(() -> output.check(sample.value())) == null);

        boolean complete = output.checkJson(json, 0, json.length, "x");

        if (complete || !output.normalises()) {
            assertThat(output.normalised(sample.value())).isSameAs(sample.value());
        }
        assertThat(output.normalised(output.normalised(sample.value())))
                .isEqualTo(output.normalised(sample.value()));
    }

    @Property
    void values_of_a_kind_that_is_admitted_as_a_whole_pass(@ForAll("samples") Sample sample) {
        ValueCheck check = Output.of(sample.type()).values();
        ValueKind kind = kind(sample.value());

        if (sample.value() != null && check.admitsAll(kind)) {
            assertThat(check.problem(sample.value())).isNull();
        }
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
