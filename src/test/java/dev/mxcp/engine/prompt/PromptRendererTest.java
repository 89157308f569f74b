package dev.mxcp.engine.prompt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.mxcp.problem.MxcpException.EndpointFailed;
import dev.mxcp.types.json.Json;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigInteger;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.assertj.core.api.Assertions;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class PromptRendererTest {
    private final PromptRenderer renderer = new PromptRenderer();

    /// E9: what the real Jinja2 3.1.6 made of these templates, text by text.
    @TestFactory
    Stream<DynamicTest> renders_as_jinja2_does() throws IOException {
        try (InputStream golden =
                Objects.requireNonNull(
                        getClass().getResourceAsStream("/prompt/jinja2-3.1.6.json"))) {
            var cases = (List<?>) Objects.requireNonNull(Json.parse(golden.readAllBytes()));
            return cases.stream()
                    .map(each -> (Map<?, ?>) Objects.requireNonNull(each))
                    .map(each ->
                            dynamicTest(String.valueOf(each.get("template")), () -> check(each)));
        }
    }

    private void check(Map<?, ?> expected) {
        String template = String.valueOf(expected.get("template"));
        if (expected.containsKey("fails")) {
            assertThatThrownBy(() -> renderer.render(template, arguments()))
                    .isInstanceOf(EndpointFailed.class);
            return;
        }
        assertThat(renderer.render(template, arguments())).isEqualTo(expected.get("text"));
        assertThat(renderer.undeclaredVariables(template, Set.of()))
                .extracting(PromptRenderer.Variable::name)
                .isEqualTo(expected.get("undeclared"));
    }

    private static Map<String, @Nullable Object> arguments() {
        var arguments = new LinkedHashMap<String, @Nullable Object>();
        arguments.put("name", "Ada");
        arguments.put("n", 3L);
        arguments.put("f", 1.5);
        arguments.put("one", 1.0);
        arguments.put("t", true);
        arguments.put("none", null);
        arguments.put("xs", List.of("a", "b'c"));
        arguments.put("m", Map.of("k", 1L));
        arguments.put("d", LocalDate.of(2024, 1, 2));
        arguments.put("evil", "{{ 7*7 }}{% for x in xs %}{% endfor %}");
        arguments.put("rows", List.of(row(1, true), row(2, false)));
        return arguments;
    }

    private static Map<String, Object> row(long id, boolean on) {
        var row = new LinkedHashMap<String, Object>();
        row.put("id", id);
        row.put("on", on);
        return row;
    }

    /// E9: dates and times print as Python prints them.
    @Test
    void shows_dates_and_times_in_pythons_notation() {
        var time = LocalDateTime.of(2024, 1, 2, 3, 4, 5, 600_000_000);
        Map<String, Object> values =
                Map.of(
                        "d", LocalDate.of(2024, 1, 2),
                        "t", LocalTime.of(3, 4),
                        "dt", time,
                        "z", OffsetDateTime.of(2024, 1, 2, 3, 4, 5, 0, ZoneOffset.UTC));

        assertThat(renderer.render("{{ d }} {{ t }} {{ dt }} {{ z }}", values))
                .isEqualTo(
                        "2024-01-02 03:04:00 2024-01-02 03:04:05.600000 2024-01-02 03:04:05+00:00");
        assertThat(renderer.render("{{ [d, dt, t] }}", values))
                .isEqualTo(
                        "[datetime.date(2024, 1, 2), datetime.datetime(2024, 1, 2, 3, 4, 5, 600000), datetime.time(3, 4)]");
    }

    /// M16.5
    @Test
    void never_evaluates_an_argument() {
        String evil = "{{ 7 * 7 }}{% for i in range(9) %}x{% endfor %}{# gone #}";

        assertThat(renderer.render("{{ a }}|{{ a|upper|lower }}", Map.of("a", evil)))
                .isEqualTo(evil + "|" + evil.toLowerCase(java.util.Locale.ROOT));
    }

    @Test
    void reaches_nothing_of_java() {
        for (String attempt :
                List.of(
                        "{{ a.getClass() }}",
                        "{{ a.class.forName('java.lang.Runtime') }}",
                        "{{ a.__class__.__mro__ }}",
                        "{{ range.getClass() }}")) {
            assertThatThrownBy(() -> renderer.render(attempt, Map.of("a", "x")))
                    .isInstanceOf(EndpointFailed.class);
        }
        assertThat(renderer.render("{{ a.class }}{{ a['class'] }}", Map.of("a", "x"))).isEmpty();
    }

    @Test
    void has_no_other_templates() {
        assertThat(renderer.fault("{% include 'x' %}"))
                .hasValueSatisfying(
                        fault -> assertThat(fault.what()).contains("'include' is not available"));
    }

    @Test
    void ends_what_would_take_too_long() {
        List<String> greedy =
                List.of(
                        "{% for a in range(90000) %}{% for b in range(90000) %}{% endfor %}{% endfor %}",
                        "{{ 'x' * 999999999 }}",
                        "{{ 10 ** 99999999 }}",
                        "{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}",
                        "{% for a in range(99999) %}" + "x".repeat(1000) + "{% endfor %}",
                        "{{ '%999999999d' % 1 }}",
                        "{{ " + "(".repeat(5000) + "1" + ")".repeat(5000) + " }}",
                        "{{ " + "-".repeat(5000) + "1 }}",
                        "{% if a %}".repeat(5000));
        for (String template : greedy) {
            Assertions.assertThat(
                            org.junit.jupiter.api.Assertions.assertTimeoutPreemptively(
                                    Duration.ofSeconds(20),
                                    () ->
                                            org.assertj.core.api.Assertions.catchThrowable(
                                                    () -> renderer.render(template, Map.of()))))
                    .as(template.substring(0, Math.min(40, template.length())))
                    .isInstanceOf(EndpointFailed.class);
        }
    }

    @Test
    void leaves_the_callers_lists_alone() {
        var list = new ArrayList<Object>(List.of(1L));

        assertThat(renderer.render("{{ l.append(2) }}{{ l }}", Map.of("l", list)))
                .isEqualTo("None[1, 2]");
        assertThat(list).containsExactly(1L);
    }

    @Test
    void keeps_every_digit_of_an_integer() {
        var big = new BigInteger("123456789012345678901234567890");

        assertThat(renderer.render("{{ a + 1 }}", Map.of("a", big)))
                .isEqualTo("123456789012345678901234567891");
    }

    /// V5
    @Test
    void says_what_is_wrong_with_a_template_and_in_which_line() {
        assertThat(renderer.fault("one\n{% if x %}\n"))
                .hasValueSatisfying(fault ->
                        assertThat(fault.what())
                                .contains("innermost block that needs to be closed is 'if'"));
        assertThat(renderer.fault("one\ntwo {{ a b }}"))
                .hasValue(new PromptRenderer.Fault("expected end of print statement, got 'b'", 2));
        assertThat(renderer.fault("{{ a|nofilter }}"))
                .hasValueSatisfying(
                        fault -> assertThat(fault.what()).contains("No filter named 'nofilter'"));
        assertThat(renderer.fault("{{ fine }}")).isEmpty();
    }

    /// V6
    @Test
    void finds_variables_that_are_neither_declared_nor_set() {
        String template =
                "{{ xs.tone }}\n{% set a = 1 %}{% for x in xs %}{{ x }}{{ loop.index }}{% endfor %}{{ a }}{{ tone }}{{ range(b) }}";

        assertThat(renderer.undeclaredVariables(template, Set.of("xs")))
                .containsExactly(
                        new PromptRenderer.Variable("b", 2),
                        new PromptRenderer.Variable("tone", 2));
    }
}
