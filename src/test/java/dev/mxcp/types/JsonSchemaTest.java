package dev.mxcp.types;

import static dev.mxcp.types.Definitions.ARRAY;
import static dev.mxcp.types.Definitions.BOOLEAN;
import static dev.mxcp.types.Definitions.INTEGER;
import static dev.mxcp.types.Definitions.OBJECT;
import static dev.mxcp.types.Definitions.STRING;
import static dev.mxcp.types.Definitions.bounded;
import static dev.mxcp.types.Definitions.closed;
import static dev.mxcp.types.Definitions.described;
import static dev.mxcp.types.Definitions.formatted;
import static dev.mxcp.types.Definitions.listOf;
import static dev.mxcp.types.Definitions.nullable;
import static dev.mxcp.types.Definitions.object;
import static dev.mxcp.types.Definitions.parameter;
import static dev.mxcp.types.Definitions.sensitive;
import static dev.mxcp.types.Definitions.text;
import static dev.mxcp.types.Definitions.withDefault;
import static dev.mxcp.types.Definitions.withEnum;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.mxcp.types.TypeDef.Format;
import dev.mxcp.types.json.Json;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class JsonSchemaTest {
    private static final TypeDef.Shape INT = new TypeDef.Int(TypeDef.Bounds.NONE);
    private static final TypeDef.Shape NUM = new TypeDef.Num(TypeDef.Bounds.NONE);

    /// V10: what was written survives, and nothing else is there.
    static Stream<Arguments> inputs() {
        return Stream.of(
                arguments(STRING, "{'type':'string'}"),
                arguments(described(STRING, "Who"), "{'type':'string','description':'Who'}"),
                arguments(withEnum(STRING, "a", "b"), "{'type':'string','enum':['a','b']}"),
                arguments(withEnum(STRING, 1L, true), "{'type':'string','enum':['1','true']}"),
                arguments(withEnum(INTEGER, 1L, "2"), "{'type':'integer','enum':[1,2]}"),
                arguments(
                        withEnum(STRING, "a", null),
                        "{'type':['string','null'],'enum':['a',null]}"),
                arguments(
                        nullable(withEnum(STRING, "a")),
                        "{'type':['string','null'],'enum':['a',null]}"),
                arguments(
                        withEnum(formatted(Format.DATE), LocalDate.of(2026, 1, 31)),
                        "{'type':'string','enum':['2026-01-31'],'format':'date'}"),
                arguments(formatted(Format.EMAIL), "{'type':'string','format':'email'}"),
                arguments(formatted(Format.URI), "{'type':'string','format':'uri'}"),
                arguments(formatted(Format.DATE), "{'type':'string','format':'date'}"),
                arguments(formatted(Format.TIME), "{'type':'string','format':'time'}"),
                arguments(formatted(Format.DATE_TIME), "{'type':'string','format':'date-time'}"),
                arguments(formatted(Format.DURATION), "{'type':'string','format':'duration'}"),
                arguments(formatted(Format.TIMESTAMP), "{'type':'string'}"),
                arguments(
                        text(1, 9, "^a"),
                        "{'type':'string','minLength':1,'maxLength':9,'pattern':'^a'}"),
                arguments(bounded(INT, "minimum", 1), "{'type':'integer','minimum':1}"),
                arguments(bounded(NUM, "maximum", 1.5), "{'type':'number','maximum':1.5}"),
                arguments(
                        bounded(INT, "exclusiveMinimum", 0),
                        "{'type':'integer','exclusiveMinimum':0}"),
                arguments(
                        bounded(NUM, "exclusiveMaximum", 9),
                        "{'type':'number','exclusiveMaximum':9}"),
                arguments(bounded(NUM, "multipleOf", 0.1), "{'type':'number','multipleOf':0.1}"),
                arguments(withDefault(BOOLEAN, null), "{'type':['boolean','null'],'default':null}"),
                arguments(
                        withDefault(formatted(Format.DATE), LocalDate.of(2026, 1, 31)),
                        "{'type':'string','format':'date','default':'2026-01-31'}"),
                arguments(
                        new TypeDef(INT, null, null, List.of(1L, 2L), null, false, false),
                        "{'type':'integer','examples':[1,2]}"),
                arguments(ARRAY, "{'type':'array','items':{}}"),
                arguments(
                        listOf(STRING, 1, 5, true),
                        "{'type':'array','items':{'type':'string'},'minItems':1,'maxItems':5,'uniqueItems':true}"),
                arguments(OBJECT, "{'type':'object'}"),
                arguments(
                        closed("a*", INTEGER, "b", described(STRING, "B")),
                        "{'type':'object','properties':{'a':{'type':'integer'},'b':{'type':'string','description':'B'}},'required':['a'],'additionalProperties':false}"),
                arguments(sensitive(STRING), "{'type':'string'}"));
    }

    @ParameterizedTest
    @MethodSource("inputs")
    void publishes_what_was_written(TypeDef type, String expected) {

        Object root = JsonSchema.input(List.of(parameter("p", type)));

        assertThat(Json.text(root))
                .startsWith(
                        "{'type':'object','properties':{'p':".replace('\'', '"')
                                + expected.replace('\'', '"'));
    }

    /// J1.
    @Test
    void lists_parameters_without_default_first() {
        var parameters =
                List.of(
                        parameter("a", withDefault(STRING, "x")),
                        parameter("b", INTEGER),
                        parameter("c", withDefault(STRING, null)),
                        parameter("d", INTEGER));

        assertThat(Json.text(JsonSchema.input(parameters)))
                .isEqualTo(
                        """
                        {'type':'object','properties':{'b':{'type':'integer'},'d':{'type':'integer'},\
                        'a':{'type':'string','default':'x'},'c':{'type':['string','null'],'default':null}},\
                        'required':['b','d']}\
                        """
                                .replace('\'', '"'));
    }

    /// M14.3.
    @Test
    void an_endpoint_without_parameters_admits_none() {
        assertThat(Json.text(JsonSchema.input(List.of())))
                .isEqualTo(
                        "{\"type\":\"object\",\"properties\":{},\"additionalProperties\":false}");
    }

    /// J2, J6, O3: null may stand anywhere in a result, below the top.
    static Stream<Arguments> outputs() {
        return Stream.of(
                arguments(STRING, "{'type':['string','null']}"),
                arguments(withEnum(STRING, "a"), "{'type':['string','null'],'enum':['a',null]}"),
                arguments(OBJECT, "{'type':'object'}"),
                arguments(nullable(OBJECT), "{'type':['object','null']}"),
                arguments(
                        described(listOf(object("parcel*", STRING, "tags", listOf(INTEGER))), "P"),
                        "{'type':'array','description':'P','items':{'type':['object','null'],'properties':{'parcel':{'type':['string','null']},'tags':{'type':['array','null'],'items':{'type':['integer','null']}}},'required':['parcel']}}"),
                arguments(formatted(Format.DATE), "{'type':['string','null'],'format':'date'}"),
                arguments(formatted(Format.DATE_TIME), "{'type':['string','null']}"),
                arguments(formatted(Format.TIME), "{'type':['string','null']}"));
    }

    @ParameterizedTest
    @MethodSource("outputs")
    void publishes_what_results_may_be(TypeDef type, String expected) {
        assertThat(Json.text(JsonSchema.output(type))).isEqualTo(expected.replace('\'', '"'));
    }
}
