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
import static dev.mxcp.types.Definitions.parameter;
import static dev.mxcp.types.Definitions.sensitive;
import static dev.mxcp.types.Definitions.text;
import static dev.mxcp.types.Definitions.withDefault;
import static dev.mxcp.types.Definitions.withEnum;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.mxcp.problem.MxcpException.CallRejected;
import dev.mxcp.types.Arguments.Source;
import dev.mxcp.types.TypeDef.Format;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class ArgumentsTest {
    private static final Source MCP = Source.MCP;
    private static final Source TEXT = Source.TEXT;
    private static final TypeDef.Shape NUM = new TypeDef.Num(TypeDef.Bounds.NONE);
    private static final TypeDef.Shape INT = new TypeDef.Int(TypeDef.Bounds.NONE);
    private static final BigInteger HUGE = BigInteger.TWO.pow(80);

    private static @Nullable Object convert(TypeDef type, @Nullable Object raw, Source source) {
        return Arguments.of(List.of(parameter("p", type))).convert(map("p", raw), source).get("p");
    }

    private static String rejection(
            List<Parameter> parameters, Map<String, @Nullable Object> raw, Source source) {
        var rejected =
                catchThrowableOfType(
                        CallRejected.class, () -> Arguments.of(parameters).convert(raw, source));
        return String.valueOf(rejected.getMessage());
    }

    private static String rejection(TypeDef type, @Nullable Object raw, Source source) {
        return rejection(List.of(parameter("p", type)), map("p", raw), source);
    }

    /// T7, both sources alike.
    static Stream<org.junit.jupiter.params.provider.Arguments> conversions() {
        return Stream.of(
                arguments(STRING, "text", "text"),
                arguments(STRING, "", ""),
                arguments(STRING, "null", "null"),
                arguments(STRING, "[1, 2]", "[1, 2]"), // N23
                arguments(STRING, "{\"a\": 1}", "{\"a\": 1}"),
                arguments(STRING, 5L, "5"),
                arguments(STRING, 1.5, "1.5"),
                arguments(STRING, 2.0, "2.0"),
                arguments(STRING, HUGE, HUGE.toString()),
                arguments(STRING, new BigDecimal("1E+3"), "1000"),
                arguments(STRING, null, null),
                arguments(INTEGER, 5L, 5L),
                arguments(INTEGER, 5, 5L),
                arguments(INTEGER, 5.0, 5L),
                arguments(INTEGER, new BigDecimal("5.00"), 5L),
                arguments(INTEGER, HUGE, HUGE),
                arguments(INTEGER, BigInteger.TEN, 10L),
                arguments(INTEGER, 1e18, 1_000_000_000_000_000_000L),
                arguments(INTEGER, 1e20, new BigInteger("100000000000000000000")),
                arguments(INTEGER, true, 1L),
                arguments(INTEGER, "5", 5L),
                arguments(INTEGER, "-5", -5L),
                arguments(INTEGER, "+5", 5L),
                arguments(INTEGER, " 5 ", 5L),
                arguments(INTEGER, "5.0", 5L),
                arguments(INTEGER, "007", 7L),
                arguments(INTEGER, "9223372036854775807", Long.MAX_VALUE),
                arguments(INTEGER, "-9223372036854775808", Long.MIN_VALUE),
                arguments(INTEGER, "9223372036854775808", BigInteger.TWO.pow(63)),
                arguments(INTEGER, "+9223372036854775808", BigInteger.TWO.pow(63)),
                arguments(INTEGER, null, null),
                arguments(NUMBER, 3L, 3.0),
                arguments(NUMBER, 1.5, 1.5),
                arguments(NUMBER, HUGE, Math.pow(2, 80)),
                arguments(NUMBER, false, 0.0),
                arguments(NUMBER, "1e3", 1000.0),
                arguments(NUMBER, " .5 ", 0.5),
                arguments(NUMBER, "nan", Double.NaN),
                arguments(NUMBER, "-Inf", Double.NEGATIVE_INFINITY),
                arguments(NUMBER, "infinity", Double.POSITIVE_INFINITY),
                arguments(BOOLEAN, true, true),
                arguments(BOOLEAN, 0L, false),
                arguments(BOOLEAN, 1.0, true),
                arguments(BOOLEAN, null, null),
                arguments(ARRAY, List.of(1L, "a"), List.of(1L, "a")),
                arguments(ARRAY, "[1, \"a\"]", List.of(1L, "a")),
                arguments(listOf(INTEGER), List.of("1", 2.0), List.of(1L, 2L)),
                arguments(listOf(INTEGER), "[\"1\"]", List.of(1L)),
                arguments(listOf(listOf(NUMBER)), List.of("[1]"), List.of(List.of(1.0))),
                arguments(OBJECT, Map.of("a", 1L), Map.of("a", 1L)),
                arguments(OBJECT, "{\"a\": [1]}", Map.of("a", List.of(1L))),
                arguments(object("a", INTEGER), Map.of("a", "1"), Map.of("a", 1L)),
                arguments(formatted(Format.EMAIL), "a@b.c", "a@b.c"),
                arguments(formatted(Format.URI), "urn:x", "urn:x"),
                arguments(formatted(Format.DURATION), "P1DT2H", "P1DT2H"),
                arguments(formatted(Format.DURATION), "P", "P"),
                arguments(formatted(Format.DATE), "2026-01-31", LocalDate.of(2026, 1, 31)),
                arguments(formatted(Format.DATE), "2024-1-2", LocalDate.of(2024, 1, 2)),
                arguments(formatted(Format.TIME), "01:02:03", LocalTime.of(1, 2, 3)),
                arguments(
                        formatted(Format.DATE_TIME),
                        "2026-01-31T01:02:03",
                        LocalDateTime.of(2026, 1, 31, 1, 2, 3)),
                arguments(
                        formatted(Format.DATE_TIME),
                        "2026-01-31T01:02:03Z",
                        OffsetDateTime.parse("2026-01-31T01:02:03Z")),
                arguments(formatted(Format.TIMESTAMP), "1700000000", local(1_700_000_000_000L)),
                arguments(formatted(Format.TIMESTAMP), 1_700_000_000L, local(1_700_000_000_000L)),
                arguments(formatted(Format.TIMESTAMP), 1.5, local(1500)));
    }

    private static LocalDateTime local(long millis) {
        return LocalDateTime.ofInstant(Instant.ofEpochMilli(millis), ZoneId.systemDefault());
    }

    @ParameterizedTest
    @MethodSource("conversions")
    void converts_from_both_sources(TypeDef type, @Nullable Object raw, @Nullable Object expected) {
        assertThat(convert(type, raw, MCP)).isEqualTo(expected);
        assertThat(convert(type, raw, TEXT)).isEqualTo(expected);
    }

    /// T7 with the Server amendments, T4.2.
    static Stream<org.junit.jupiter.params.provider.Arguments> refusals() {
        return Stream.of(
                arguments(INTEGER, "5.7", "Expected integer, got str: '5.7'"),
                arguments(INTEGER, "x", "Expected integer, got str: 'x'"),
                arguments(INTEGER, "", "Expected integer, got str: ''"),
                arguments(INTEGER, "1e3", "Expected integer, got str: '1e3'"),
                arguments(INTEGER, 5.7, "Expected integer, got float: 5.7"),
                arguments(INTEGER, Double.NaN, "Expected integer, got float: nan"),
                arguments(INTEGER, List.of(), "Expected integer, got list"),
                arguments(NUMBER, "1d", "Expected number, got str: '1d'"),
                arguments(NUMBER, "0x1p3", "Expected number, got str: '0x1p3'"),
                arguments(NUMBER, "1e", "Expected number, got str: '1e'"),
                arguments(NUMBER, BigInteger.TEN.pow(400), "Expected number, got int: 1000"),
                arguments(NUMBER, Map.of(), "Expected number, got dict"),
                arguments(BOOLEAN, "maybe", "Expected boolean, got str: 'maybe'"),
                arguments(BOOLEAN, "", "Expected boolean, got str: ''"),
                arguments(BOOLEAN, 2L, "Expected boolean, got int: 2"),
                arguments(ARRAY, "1,2", "Invalid JSON array: 1,2"),
                arguments(ARRAY, "{\"a\": 1}", "Expected array, got dict"),
                arguments(ARRAY, "null", "Expected array, got the text null"),
                arguments(ARRAY, 5L, "Expected array, got int: 5"),
                arguments(OBJECT, "x", "Invalid JSON object: x"),
                arguments(OBJECT, "[1]", "Expected object, got list"),
                arguments(OBJECT, List.of(), "Expected object, got list"),
                arguments(formatted(Format.EMAIL), "nobody", "Invalid email format: nobody"),
                arguments(formatted(Format.URI), "no uri", "Invalid URI format: no uri"),
                arguments(formatted(Format.DURATION), "P1W", "Invalid duration format: P1W"),
                arguments(formatted(Format.DATE), "31.1.2026", "Invalid date format: 31.1.2026"),
                arguments(formatted(Format.DATE), "2026-02-30", "Invalid date format: 2026-02-30"),
                arguments(formatted(Format.DATE), 5L, "Expected string for date format, got int"),
                arguments(formatted(Format.TIME), "25:00:00", "Invalid time format: 25:00:00"),
                arguments(formatted(Format.TIME), 45L, "Expected string for time format, got int"),
                arguments(formatted(Format.DATE_TIME), "soon", "Invalid date-time format: soon"),
                arguments(formatted(Format.TIMESTAMP), "soon", "Invalid timestamp: soon"),
                arguments(formatted(Format.TIMESTAMP), true, "Invalid timestamp: "),
                arguments(formatted(Format.TIMESTAMP), 1e300, "Invalid timestamp: 1e+300"),
                arguments(formatted(Format.TIMESTAMP), Double.NaN, "Invalid timestamp: nan"));
    }

    @ParameterizedTest
    @MethodSource("refusals")
    void refuses_from_both_sources(TypeDef type, Object raw, String reason) {
        String expected = "Error validating parameter 'p': " + reason;

        assertThat(rejection(type, raw, MCP)).startsWith(expected);
        assertThat(rejection(type, raw, TEXT)).startsWith(expected);
    }

    /// T6.
    static Stream<org.junit.jupiter.params.provider.Arguments> constraints() {
        return Stream.of(
                arguments(
                        text(2, null, null),
                        "ab",
                        "a",
                        "String must be at least 2 characters long"),
                arguments(
                        text(null, 2, null),
                        "😀😀",
                        "abc",
                        "String must be at most 2 characters long"),
                arguments(
                        text(2, null, null),
                        "😀😀",
                        "😀",
                        "String must be at least 2 characters long"),
                arguments(
                        text(null, null, "b+"),
                        "abc",
                        "ac",
                        "String must match pattern 'b+'"), // N21
                arguments(bounded(INT, "minimum", 1), 1L, 0L, "Value must be >= 1.0"),
                arguments(bounded(NUM, "maximum", 1.5), 1.5, 1.6, "Value must be <= 1.5"),
                arguments(bounded(NUM, "maximum", 1.5), "nan", "2", "Value must be <= 1.5"),
                arguments(bounded(INT, "exclusiveMinimum", 0), 1L, 0L, "Value must be > 0.0"),
                arguments(bounded(NUM, "exclusiveMaximum", 1), 0.9, 1L, "Value must be < 1.0"),
                arguments(bounded(INT, "multipleOf", 3), 9L, 10L, "Value must be multiple of 3.0"),
                arguments(
                        bounded(INT, "multipleOf", 3), -9L, HUGE, "Value must be multiple of 3.0"),
                arguments(
                        bounded(NUM, "multipleOf", 0.5), 1.5, 1.7, "Value must be multiple of 0.5"),
                arguments(
                        bounded(NUM, "multipleOf", 0.1), 0.0, 0.3, "Value must be multiple of 0.1"),
                arguments(
                        bounded(INT, "maximum", Math.pow(2, 53)),
                        1L << 53,
                        (1L << 53) + 1,
                        "Value must be <= 9007199254740992.0"),
                arguments(
                        listOf(INTEGER, 1, null, false),
                        List.of(1L),
                        List.of(),
                        "Array must have at least 1 items"),
                arguments(
                        listOf(INTEGER, null, 1, false),
                        List.of(1L),
                        "[1, 2]",
                        "Array must have at most 1 items"),
                arguments(
                        listOf(INTEGER, null, null, true),
                        List.of(1L, 2L),
                        List.of(1L, "1"),
                        "Array must contain unique items"),
                arguments(
                        TypeDef.of(new TypeDef.ListOf(null, null, null, true)),
                        List.of(1L, 2L),
                        List.of(1L, "1"),
                        "Array must contain unique items"),
                arguments(
                        object("a*", STRING, "b*", STRING),
                        Map.of("a", "", "b", ""),
                        Map.of("c", 1L),
                        "Missing required properties: a, b"),
                arguments(
                        closed("a", STRING),
                        Map.of("a", ""),
                        map("a", "", "z", 1L),
                        "Unexpected property: z"),
                arguments(closed(), Map.of(), Map.of("z", 1L), "Unexpected property: z"),
                arguments(
                        object("a", object("b", listOf(INTEGER))),
                        map("a", map("b", List.of(1L))),
                        map("a", map("b", List.of(1L, "x"))),
                        "Property 'a': Property 'b': Array item 1: Expected integer, got str: 'x'"));
    }

    @ParameterizedTest
    @MethodSource("constraints")
    void enforces_constraints(TypeDef type, Object good, Object bad, String reason) {
        for (Source source : Source.values()) {
            assertThat(convert(type, good, source)).isNotNull();
            assertThat(rejection(type, bad, source))
                    .isEqualTo("Error validating parameter 'p': " + reason);
        }
    }

    /// N25.
    @Test
    void reads_the_usual_words_for_booleans_in_any_case() {
        for (String word : List.of("true", "1", "yes", "on", "t", "y", "TRUE", "Yes")) {
            assertThat(convert(BOOLEAN, word, TEXT)).as(word).isEqualTo(true);
        }
        for (String word : List.of("false", "0", "no", "off", "f", "n", "OFF", "N")) {
            assertThat(convert(BOOLEAN, word, MCP)).as(word).isEqualTo(false);
        }
    }

    /// T7: the one conversion where the sources differ.
    @Test
    void shows_other_values_for_a_string_as_json_does_over_mcp_and_as_python_does_elsewhere() {
        assertThat(convert(STRING, true, MCP)).isEqualTo("true");
        assertThat(convert(STRING, true, TEXT)).isEqualTo("True");
        assertThat(convert(STRING, LocalDate.of(2026, 1, 31), TEXT)).isEqualTo("2026-01-31");
        assertThat(convert(STRING, List.of(1L, "a"), TEXT)).isEqualTo("[1, 'a']");
        assertThat(rejection(STRING, List.of(1L), MCP))
                .isEqualTo("Error validating parameter 'p': Expected string, got list");
        assertThat(rejection(STRING, Map.of(), MCP)).endsWith("Expected string, got dict");
    }

    /// T4.2, T5.6.
    @Test
    void admits_null_for_every_scalar_but_not_for_arrays_and_objects_of_mcp() {
        for (TypeDef scalar : List.of(STRING, INTEGER, NUMBER, BOOLEAN, text(3, null, "x"))) {
            assertThat(convert(scalar, null, MCP)).isNull();
            assertThat(convert(listOf(scalar), java.util.Arrays.asList((Object) null), MCP))
                    .isEqualTo(java.util.Arrays.asList((Object) null));
        }
        assertThat(rejection(ARRAY, null, MCP)).endsWith("'p': Expected array, got NoneType");
        assertThat(rejection(OBJECT, null, MCP)).endsWith("'p': Expected object, got NoneType");
        assertThat(rejection(object("a*", ARRAY), map("a", null), MCP))
                .endsWith("Property 'a': Expected array, got NoneType");
        assertThat(convert(object("a", ARRAY), map("a", null), MCP)).isEqualTo(map("a", null));
        assertThat(convert(ARRAY, null, TEXT)).isNull();
        assertThat(convert(nullable(ARRAY), null, MCP)).isNull();
        assertThat(convert(withDefault(OBJECT, null), null, MCP)).isNull();
    }

    /// T2.
    @Test
    void drops_unknown_names_of_mcp_and_refuses_them_elsewhere() {
        List<Parameter> declared =
                List.of(parameter("a", STRING), parameter("b", withDefault(STRING, "")));
        Map<String, @Nullable Object> raw = map("a", "x", "zz", 1L);

        assertThat(Arguments.of(declared).convert(raw, MCP)).isEqualTo(map("a", "x", "b", ""));
        assertThat(rejection(declared, raw, TEXT))
                .isEqualTo("Unknown parameter: zz (declared: a, b)");
        assertThat(rejection(List.of(), raw, TEXT)).contains("Unknown parameter: zz");
        assertThat(Arguments.of(List.of()).convert(raw, MCP)).isEmpty();
    }

    /// T3.
    @Test
    void substitutes_a_default_only_for_an_absent_argument_and_converts_it() {
        var date = withDefault(formatted(Format.DATE), "2026-01-31");
        Arguments arguments = Arguments.of(List.of(parameter("p", date)));

        assertThat(arguments.convert(map(), MCP)).isEqualTo(map("p", LocalDate.of(2026, 1, 31)));
        assertThat(arguments.convert(map("p", null), MCP)).isEqualTo(map("p", null));
    }

    /// T3: unquoted dates of YAML.
    @Test
    void accepts_dates_of_yaml_as_defaults() {
        var day = LocalDate.of(2026, 1, 31);
        var time = day.atTime(10, 30);
        var parameters =
                List.of(
                        parameter("a", withDefault(formatted(Format.DATE), day)),
                        parameter("b", withDefault(formatted(Format.DATE), day.atStartOfDay())),
                        parameter("c", withDefault(formatted(Format.DATE_TIME), time)),
                        parameter("d", withDefault(formatted(Format.DATE_TIME), day)),
                        parameter("e", withDefault(STRING, day)));

        assertThat(Arguments.of(parameters).convert(map(), MCP))
                .isEqualTo(
                        map(
                                "a",
                                day,
                                "b",
                                day,
                                "c",
                                time,
                                "d",
                                day.atStartOfDay(),
                                "e",
                                "2026-01-31"));
        assertThat(rejection(withDefaultOnly(formatted(Format.DATE), time), map(), MCP))
                .contains("Expected string for date format, got datetime")
                .contains("default");
    }

    private static List<Parameter> withDefaultOnly(TypeDef type, Object value) {
        return List.of(parameter("p", withDefault(type, value)));
    }

    /// T3.
    @Test
    void a_default_outside_the_enum_fails_each_call_that_needs_it() {
        TypeDef type = withDefault(withEnum(STRING, "a", "b"), "c");
        Arguments arguments = Arguments.of(List.of(parameter("p", type)));

        assertThat(rejection(List.of(parameter("p", type)), map(), MCP))
                .isEqualTo("Invalid value for p. Must be one of: ['a', 'b'], got 'c'");
        assertThat(arguments.convert(map("p", "a"), MCP)).isEqualTo(map("p", "a"));
    }

    @Test
    void a_default_cannot_be_changed_by_whoever_got_it() {
        Arguments arguments = Arguments.of(withDefaultOnly(ARRAY, List.of(1L)));

        assertThat(arguments.convert(map(), MCP).get("p"))
                .asInstanceOf(org.assertj.core.api.InstanceOfAssertFactories.LIST)
                .isUnmodifiable();
    }

    /// T5.4: converts first, then compares.
    @Test
    void compares_an_enum_after_conversion_and_numbers_by_value() {
        assertThat(convert(withEnum(INTEGER, 1L, 2L), "1", TEXT)).isEqualTo(1L);
        assertThat(convert(withEnum(NUMBER, 1L, 2.5), 1.0, MCP)).isEqualTo(1.0);
        assertThat(convert(withEnum(INTEGER, "1"), 1L, MCP)).isEqualTo(1L);
        assertThat(convert(withEnum(STRING, 1L, 2L), "1", MCP)).isEqualTo("1");
        assertThat(convert(withEnum(formatted(Format.DATE), "2026-01-31"), "2026-1-31", MCP))
                .isEqualTo(LocalDate.of(2026, 1, 31));
        assertThat(rejection(withEnum(INTEGER, 1L, 2L), "3", TEXT))
                .isEqualTo("Invalid value for p. Must be one of: [1, 2], got 3");
        assertThat(rejection(withEnum(STRING, "a"), null, MCP))
                .isEqualTo("Invalid value for p. Must be one of: ['a'], got None");
        assertThat(convert(withEnum(STRING, "a", null), null, MCP)).isNull();
        assertThat(convert(withDefault(withEnum(STRING, "a"), null), null, MCP)).isNull();
    }

    /// Issue 179 in serving-and-security V11.
    @Test
    void checks_enums_of_items_and_properties() {
        assertThat(rejection(listOf(withEnum(STRING, "a")), List.of("a", "x"), MCP))
                .isEqualTo(
                        "Error validating parameter 'p': Array item 1: Invalid value. Must be one"
                                + " of: ['a']");
        assertThat(rejection(object("k", withEnum(INTEGER, 1L)), map("k", 2L), TEXT))
                .endsWith("Property 'k': Invalid value. Must be one of: [1]");
        assertThat(convert(object("k", withEnum(INTEGER, 1L)), map(), MCP))
                .isEqualTo(map("k", null));
    }

    /// T4.6.
    @ParameterizedTest
    @EnumSource(Source.class)
    void fills_absent_optional_properties_in_declared_order(Source source) {
        TypeDef type =
                object(
                        "x*",
                        INTEGER,
                        "y",
                        withDefault(STRING, "hey"),
                        "z",
                        STRING,
                        "in",
                        object("d", withDefault(formatted(Format.DATE), "2026-01-31")));

        assertThat(convert(type, map("extra", 1L, "x", 1L), source))
                .hasToString("{x=1, y=hey, z=null, in=null, extra=1}");
        assertThat(convert(type, map("in", map(), "x", 1L), source))
                .hasToString("{x=1, y=hey, z=null, in={d=2026-01-31}}");
        assertThat(convert(listOf(type), List.of(map("x", 1L)), source))
                .hasToString("[{x=1, y=hey, z=null, in=null}]");
    }

    @Test
    void fills_nothing_into_a_default() {
        Arguments arguments = Arguments.of(withDefaultOnly(object("x", STRING), Map.of()));

        assertThat(arguments.convert(map(), MCP)).isEqualTo(map("p", Map.of()));
    }

    @Test
    void gives_arguments_in_the_order_of_declaration() {
        var parameters = List.of(parameter("a", STRING), parameter("b", STRING));

        SequencedMap<String, @Nullable Object> result =
                Arguments.of(parameters).convert(map("b", "2", "a", "1"), MCP);

        assertThat(result.keySet()).containsExactly("a", "b");
    }

    /// What V11 wants.
    @Test
    void reports_every_problem_on_a_line_of_its_own() {
        var parameters =
                List.of(
                        parameter("a", STRING),
                        parameter("b", INTEGER),
                        parameter("c", listOf(INTEGER)),
                        parameter("d", withEnum(STRING, "x")));

        assertThat(
                        rejection(
                                parameters,
                                map("b", "?", "c", List.of("!", 1L, "?"), "d", "y", "e", 1L),
                                TEXT))
                .isEqualTo(
                        """
                        Required parameter missing: a
                        Error validating parameter 'b': Expected integer, got str: '?'
                        Error validating parameter 'c': Array item 0: Expected integer, got str: '!'
                        Error validating parameter 'c': Array item 2: Expected integer, got str: '?'
                        Invalid value for d. Must be one of: ['x'], got 'y'
                        Unknown parameter: e (declared: a, b, c, d)\
                        """);
    }

    @Test
    void a_thousand_problems_do_not_make_a_thousand_lines() {
        var bad = java.util.Collections.nCopies(1000, "x");

        assertThat(rejection(listOf(INTEGER), bad, MCP).lines())
                .hasSize(21)
                .last()
                .isEqualTo("... and 980 more problems");
    }

    /// O7.
    @Test
    void never_quotes_a_sensitive_value() {
        for (TypeDef type :
                List.of(
                        sensitive(INTEGER),
                        sensitive(BOOLEAN),
                        sensitive(formatted(Format.EMAIL)),
                        sensitive(formatted(Format.DATE)),
                        sensitive(formatted(Format.TIMESTAMP)),
                        sensitive(withEnum(STRING, "a")),
                        sensitive(ARRAY),
                        listOf(sensitive(STRING)),
                        object("k", sensitive(STRING)))) {
            assertThat(rejection(type, "hunter2", TEXT)).doesNotContain("hunter2");
        }
        assertThat(rejection(sensitive(listOf(INTEGER)), List.of("hunter2"), TEXT))
                .doesNotContain("hunter2");
        assertThat(rejection(sensitive(object("k", INTEGER)), map("k", "hunter2"), TEXT))
                .doesNotContain("hunter2");
    }

    @Test
    void cuts_long_values_in_messages() {
        assertThat(rejection(INTEGER, "x".repeat(5000), TEXT).length()).isLessThan(200);
    }
}
