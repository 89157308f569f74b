package dev.mxcp.types;

import static dev.mxcp.types.Definitions.ARRAY;
import static dev.mxcp.types.Definitions.BOOLEAN;
import static dev.mxcp.types.Definitions.INTEGER;
import static dev.mxcp.types.Definitions.NUMBER;
import static dev.mxcp.types.Definitions.OBJECT;
import static dev.mxcp.types.Definitions.STRING;
import static dev.mxcp.types.Definitions.bounded;
import static dev.mxcp.types.Definitions.closed;
import static dev.mxcp.types.Definitions.formatted;
import static dev.mxcp.types.Definitions.listOf;
import static dev.mxcp.types.Definitions.map;
import static dev.mxcp.types.Definitions.nullable;
import static dev.mxcp.types.Definitions.object;
import static dev.mxcp.types.Definitions.sensitive;
import static dev.mxcp.types.Definitions.text;
import static dev.mxcp.types.Definitions.withDefault;
import static dev.mxcp.types.Definitions.withEnum;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.mxcp.problem.MxcpException.EndpointFailed;
import dev.mxcp.types.TypeDef.Format;
import dev.mxcp.types.ValueKind.Scalar;
import dev.mxcp.types.json.Interval;
import dev.mxcp.types.json.Json;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class OutputTest {
    private static final TypeDef.Shape NUM = new TypeDef.Num(TypeDef.Bounds.NONE);
    private static final TypeDef.Shape INT = new TypeDef.Int(TypeDef.Bounds.NONE);
    private static final UUID ID = UUID.fromString("12345678-1234-1234-1234-123456789abc");
    private static final LocalDate DAY = LocalDate.of(2026, 1, 31);

    private static boolean checkJson(TypeDef type, String json, String typeName) {
        byte[] bytes = ("??" + json + "??").getBytes(StandardCharsets.UTF_8);
        return Output.of(type).checkJson(bytes, 2, bytes.length - 4, typeName);
    }

    /// O3, O3.1, O3.2.
    static Stream<Arguments> accepted() {
        return Stream.of(
                arguments(STRING, "x"),
                arguments(STRING, DAY),
                arguments(STRING, LocalTime.NOON),
                arguments(STRING, LocalDateTime.of(DAY, LocalTime.NOON)),
                arguments(STRING, OffsetDateTime.parse("2026-01-31T00:00:00Z")),
                arguments(STRING, ID),
                arguments(STRING, new Interval(0, 1, 0)),
                arguments(STRING, new byte[] {65}),
                arguments(STRING, null),
                arguments(formatted(Format.DATE), "whatever"), // not checked in results
                arguments(formatted(Format.TIMESTAMP), "whatever"),
                arguments(formatted(Format.EMAIL), "a@b.c"),
                arguments(formatted(Format.DURATION), new Interval(0, -1, 1_500_000)),
                arguments(text(1, 3, "^b"), "bcd"),
                arguments(text(null, null, "^2026-"), DAY),
                arguments(INTEGER, 1L),
                arguments(INTEGER, BigInteger.TWO.pow(100)),
                arguments(INTEGER, 5.0),
                arguments(INTEGER, 1e300),
                arguments(INTEGER, new BigDecimal("5")),
                arguments(INTEGER, new BigDecimal("5.00")),
                arguments(INTEGER, Double.NaN),
                arguments(NUMBER, 1L),
                arguments(NUMBER, 1.5),
                arguments(NUMBER, BigInteger.TWO.pow(100)),
                arguments(NUMBER, new BigDecimal("1.5")),
                arguments(NUMBER, Double.POSITIVE_INFINITY),
                arguments(BOOLEAN, false),
                arguments(BOOLEAN, null),
                arguments(ARRAY, List.of(1L, "a", Map.of())),
                arguments(listOf(INTEGER), Arrays.asList(1L, null)),
                arguments(listOf(object()), Arrays.asList(Map.of(), null)),
                arguments(OBJECT, Map.of("a", 1L)),
                arguments(object("a*", INTEGER), map("a", null)), // even a required one
                arguments(object("a", INTEGER), map("b", 1L)),
                arguments(closed("a", INTEGER), map()),
                arguments(withEnum(STRING, "2026-01-31"), DAY),
                arguments(withEnum(INTEGER, 1L), 1.0),
                arguments(withEnum(STRING, "a"), null),
                arguments(nullable(OBJECT), null),
                arguments(nullable(ARRAY), null));
    }

    @ParameterizedTest
    @MethodSource("accepted")
    void accepts(TypeDef type, @Nullable Object value) {
        assertThatCode(() -> Output.of(type).check(value)).doesNotThrowAnyException();
        assertThatCode(() -> checkJson(type, Json.text(value), "whatever"))
                .doesNotThrowAnyException();
    }

    /// O3, O3.3.
    static Stream<Arguments> refused() {
        return Stream.of(
                arguments(STRING, 1L, "Expected string, got int"),
                arguments(STRING, true, "Expected string, got bool"),
                arguments(STRING, Map.of(), "Expected string, got dict"),
                arguments(INTEGER, "1", "Expected integer, got str"),
                arguments(INTEGER, true, "Expected integer, got bool"),
                arguments(INTEGER, 1.5, "Expected integer, got float"),
                arguments(NUMBER, false, "Expected number, got bool"),
                arguments(NUMBER, "1", "Expected number, got str"),
                arguments(BOOLEAN, 1L, "Expected boolean, got int"),
                arguments(ARRAY, Map.of(), "Expected array, got dict"),
                arguments(ARRAY, "[]", "Expected array, got str"),
                arguments(OBJECT, List.of(), "Expected object, got list"),
                arguments(formatted(Format.EMAIL), "x", "Invalid email format: x"),
                arguments(formatted(Format.URI), "x", "Invalid URI format: x"),
                arguments(formatted(Format.DURATION), "x", "Invalid duration format: x"),
                arguments(text(2, null, null), "x", "String must be at least 2 characters long"),
                arguments(text(null, null, "^b"), "x", "String must match pattern '^b'"),
                arguments(bounded(INT, "minimum", 1), 0L, "Value must be >= 1.0"),
                arguments(bounded(NUM, "exclusiveMaximum", 1), 1L, "Value must be < 1.0"),
                arguments(bounded(NUM, "multipleOf", 2), 3L, "Value must be multiple of 2.0"),
                arguments(
                        listOf(ARRAY, 1, null, false),
                        List.of(),
                        "Array must have at least 1 items"),
                arguments(
                        listOf(ARRAY, null, null, true),
                        List.of(List.of(1L), List.of(1.0)),
                        "Array must contain unique items"),
                arguments( // structured content would show the same item twice (O6)
                        listOf(object("x", withDefault(INTEGER, 1L)), null, null, true),
                        List.of(map("x", 1L), map()),
                        "Array must contain unique items"),
                arguments(
                        listOf(INTEGER),
                        List.of(1L, "x"),
                        "Array item 1: Expected integer, got str"),
                arguments(
                        object("x", INTEGER),
                        map("x", "1"),
                        "Property 'x': Expected integer, got str"),
                arguments(
                        listOf(object("x", listOf(BOOLEAN))),
                        List.of(map("x", List.of(true)), map("x", List.of("no"))),
                        "Array item 1: Property 'x': Array item 0: Expected boolean, got str"),
                arguments(
                        object("a*", STRING, "b*", STRING, "c", INTEGER),
                        map("c", "x"),
                        "Missing required properties: a, b"),
                arguments(closed("a", STRING), map("b", 1L, "a", 1L), "Unexpected property: b"),
                arguments(
                        withEnum(STRING, "a", "b"),
                        "c",
                        "Invalid value. Must be one of: ['a', 'b']"),
                arguments(
                        listOf(withEnum(INTEGER, 1L)),
                        List.of(2L),
                        "Array item 0: Invalid value. Must be one of: [1]"));
    }

    @ParameterizedTest
    @MethodSource("refused")
    void refuses_with_the_same_words_for_values_and_for_json(
            TypeDef type, Object value, String reason) {
        String expected = "Output validation failed: " + reason;

        assertThatThrownBy(() -> Output.of(type).check(value))
                .isInstanceOf(EndpointFailed.class)
                .hasMessage(expected);
        assertThatThrownBy(() -> checkJson(type, Json.text(value), PythonNotation.typeName(value)))
                .isInstanceOf(EndpointFailed.class)
                .hasMessage(expected);
    }

    /// R2.6: the name is that of the Python value, not of its JSON.
    @Test
    void names_the_python_type_at_the_top_of_json() {
        assertThatThrownBy(() -> checkJson(OBJECT, "[]", "DataFrame"))
                .hasMessage(
                        "Output validation failed: Expected object, got DataFrame (which is array)");
        assertThatThrownBy(() -> checkJson(STRING, "1.5", "Decimal"))
                .hasMessage("Output validation failed: Expected string, got Decimal");
        assertThatThrownBy(() -> checkJson(STRING, "\"x\"", "bytes"))
                .hasMessage("Output validation failed: Expected string, got bytes");
        assertThatThrownBy(() -> checkJson(INTEGER, "{}", "Model"))
                .hasMessage("Output validation failed: Expected integer, got Model");
    }

    /// O3.3, R2.7, R10.6.
    @Test
    void null_is_no_array_and_no_object_unless_the_definition_says_so() {
        assertThatThrownBy(() -> Output.of(ARRAY).check(null))
                .hasMessage(
                        "Output validation failed: Expected array, got NoneType: the endpoint"
                                + " returned null although array is declared (nullable: true admits"
                                + " it)");
        assertThatThrownBy(() -> checkJson(OBJECT, "null", "NoneType"))
                .hasMessageContaining("the function returned None although object is declared");
    }

    @Test
    void does_not_quote_sensitive_results() {
        assertThatThrownBy(() -> Output.of(sensitive(formatted(Format.EMAIL))).check("hunter2"))
                .hasMessage("Output validation failed: Invalid email format");
        assertThatThrownBy(() ->
                        Output.of(sensitive(object("a", formatted(Format.URI))))
                                .check(map("a", "hunter2")))
                .hasMessageNotContaining("hunter2");
    }

    @Test
    void says_when_the_result_is_no_json() {
        assertThatThrownBy(() -> checkJson(OBJECT, "{\"a\":", "dict"))
                .isInstanceOf(EndpointFailed.class)
                .hasMessage("Output validation failed: the result cannot be read as JSON");
    }

    /// O2.
    @Test
    void reduces_a_list_to_the_declared_shape() {
        Map<String, @Nullable Object> row = map("a", 1L);

        assertThat(Output.of(ARRAY).shape(List.of(row), true)).isEqualTo(List.of(row));
        assertThat(Output.of(ARRAY).shape(List.of(), true)).isEqualTo(List.of());
        assertThat(Output.of(OBJECT).shape(List.of(row), true)).isEqualTo(row);
        assertThat(Output.of(INTEGER).shape(List.of(row), true)).isEqualTo(1L);
        assertThat(Output.of(INTEGER).shape(List.of(7L), true)).isEqualTo(7L);
        assertThat(Output.of(INTEGER).shape(7L, false)).isEqualTo(7L);
        assertThat(Output.of(OBJECT).shape(List.of(), false)).isEqualTo(List.of());
    }

    /// O2.
    @Test
    void says_why_a_list_has_not_the_declared_shape() {
        Map<String, @Nullable Object> two = map("a", 1L, "b", 2L);

        assertThatThrownBy(() -> Output.of(OBJECT).shape(List.of(), true))
                .hasMessage("No results returned");
        assertThatThrownBy(() -> Output.of(STRING).shape(List.of(), true))
                .hasMessage("No results returned");
        assertThatThrownBy(() -> Output.of(OBJECT).shape(List.of(two, two, two), true))
                .hasMessage("Expected single result for return type 'object', but got 3 results");
        assertThatThrownBy(() -> Output.of(INTEGER).shape(List.of(two), true))
                .hasMessage("Expected single value for return type 'integer', but got 2 values");
    }

    /// For columns of a result: what needs no look at each value.
    @Test
    void knows_which_kinds_pass_without_looking() {
        assertThat(values(STRING).admitsAll(Scalar.TEXT)).isTrue();
        assertThat(values(STRING).admitsAll(Scalar.TEMPORAL)).isTrue();
        assertThat(values(STRING).admitsAll(Scalar.INTEGER)).isFalse();
        assertThat(values(formatted(Format.DATE)).admitsAll(Scalar.TEXT)).isTrue();
        assertThat(values(formatted(Format.EMAIL)).admitsAll(Scalar.TEXT)).isFalse();
        assertThat(values(text(1, null, null)).admitsAll(Scalar.TEXT)).isFalse();
        assertThat(values(INTEGER).admitsAll(Scalar.INTEGER)).isTrue();
        assertThat(values(INTEGER).admitsAll(Scalar.NUMBER)).isFalse();
        assertThat(values(bounded(INT, "minimum", 0)).admitsAll(Scalar.INTEGER)).isFalse();
        assertThat(values(NUMBER).admitsAll(Scalar.INTEGER)).isTrue();
        assertThat(values(NUMBER).admitsAll(Scalar.NUMBER)).isTrue();
        assertThat(values(withEnum(NUMBER, 1L)).admitsAll(Scalar.NUMBER)).isFalse();
        assertThat(values(BOOLEAN).admitsAll(Scalar.BOOLEAN)).isTrue();

        ValueKind integers = new ValueKind.Lists(Scalar.INTEGER);
        assertThat(values(ARRAY).admitsAll(integers)).isTrue();
        assertThat(values(listOf(NUMBER)).admitsAll(integers)).isTrue();
        assertThat(values(listOf(STRING)).admitsAll(integers)).isFalse();
        assertThat(values(listOf(NUMBER, 1, null, false)).admitsAll(integers)).isFalse();

        var members = new LinkedHashMap<String, ValueKind>();
        members.put("a", Scalar.INTEGER);
        members.put("b", integers);
        ValueKind struct = new ValueKind.Objects(members);
        assertThat(values(object("a*", NUMBER)).admitsAll(struct)).isTrue();
        assertThat(values(closed("a*", NUMBER)).admitsAll(struct)).isFalse();
        assertThat(values(object("b", listOf(STRING))).admitsAll(struct)).isFalse();
        assertThat(values(object("c*", NUMBER)).admitsAll(struct)).isFalse();
        assertThat(values(OBJECT).admitsAll(new ValueKind.Maps(Scalar.TEXT))).isTrue();
        assertThat(values(object("a", NUMBER)).admitsAll(new ValueKind.Maps(Scalar.TEXT)))
                .isFalse();
        assertThat(values(OBJECT).admitsAll(new ValueKind.Unknown())).isFalse();
    }

    @Test
    void lets_a_writer_check_rows_column_by_column() {
        ValueCheck row = values(listOf(closed("id*", INTEGER, "name", STRING))).items();

        assertThat(row.namesProblem(List.of("id", "name"))).isNull();
        assertThat(row.namesProblem(List.of("name"))).isEqualTo("Missing required properties: id");
        assertThat(row.namesProblem(List.of("id", "x"))).isEqualTo("Unexpected property: x");
        assertThat(row.property("id").problem("x")).isEqualTo("Expected integer, got str");
        assertThat(row.property("other").problem("x")).isNull();
    }

    private static ValueCheck values(TypeDef type) {
        return Output.of(type).values();
    }

    /// O6.
    @Test
    void normalising_adds_absent_optional_members_recursively() {
        Output output =
                Output.of(
                        listOf(
                                object(
                                        "parcel*", STRING,
                                        "phone", STRING,
                                        "in", object("d", withDefault(INTEGER, 7L)))));
        List<Object> given = List.of(map("x", 1L, "parcel", "A1", "in", map()));

        assertThat(output.normalises()).isTrue();
        assertThat(output.normalised(given))
                .hasToString("[{parcel=A1, phone=null, in={d=7}, x=1}]");
        assertThat(given).hasToString("[{x=1, parcel=A1, in={}}]");
    }

    @Test
    void normalising_gives_back_what_is_complete() {
        Output output = Output.of(object("a", STRING, "b", OBJECT));
        Object complete = map("b", null, "a", "x");

        assertThat(output.normalised(complete)).isSameAs(complete);
        assertThat(checkJson(object("a", STRING, "b", OBJECT), "{\"b\":null,\"a\":\"x\"}", "dict"))
                .isTrue();
        assertThat(checkJson(object("a", STRING, "b", OBJECT), "{\"b\":null}", "dict")).isFalse();
        assertThat(Output.of(object("a*", STRING)).normalises()).isFalse();
        assertThat(Output.of(listOf(OBJECT)).normalises()).isFalse();
        assertThat(Output.of(STRING).normalised("x")).isEqualTo("x");
    }
}
