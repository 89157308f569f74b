package dev.mxcp.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// R5.5: every annotation as an argument and as a result.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(60)
@SuppressWarnings("NullAway.Init") // filled by BeforeAll
class PluginTypesTest {
    private static final String MODULE =
            """
            import enum
            from dataclasses import dataclass
            from datetime import date, datetime, time, timedelta, timezone
            from decimal import Decimal
            from typing import Annotated, Any, Dict, List, NamedTuple, Optional, TypedDict, Union
            from uuid import UUID
            from mxcp.plugins import MXCPBasePlugin, udf

            class Color(enum.Enum):
                RED = "red"
                DEEP = 2

            @dataclass
            class Point:
                x: int
                y: Optional[float]

            class Named(NamedTuple):
                point: Point
                words: List[str]

            class Typed(TypedDict):
                tags: dict[str, list[Point]]

            def same(name, kind):
                def method(self, value):
                    return value
                method.__name__ = name
                method.__annotations__ = {"value": kind, "return": kind}
                return udf(method)

            def shown(name, kind):
                def method(self, value):
                    return repr(value)
                method.__name__ = "show_" + name
                method.__annotations__ = {"value": kind, "return": str}
                return udf(method)

            KINDS = {
                "str": str, "int": int, "float": float, "bool": bool, "bytes": bytes, "decimal": Decimal,
                "date": date, "time": time, "datetime": datetime, "timedelta": timedelta, "uuid": UUID,
                "list_int": list[int], "lists": List[List[str]], "map": dict[int, str], "maps": Dict[str, Dict[date, List[int]]],
                "optional": Optional[int], "union": Union[str, None], "pipe": int | None, "annotated": Annotated[int, {}],
                "color": Color, "colors": list[Color], "point": Point, "named": Named, "typed": Typed,
                "any": Any, "dict": dict, "list": list, "jsons": list[dict], "uuids": list[UUID], "decimals": dict[str, Decimal],
                "moments": list[datetime], "spans": list[timedelta], "times": list[time], "blobs": list[bytes],
            }

            class MXCPPlugin(MXCPBasePlugin):
                for name, kind in KINDS.items():
                    locals()["same_" + name] = same("same_" + name, kind)
                    locals()["show_" + name] = shown(name, kind)

                @udf
                def other(self, what: str) -> Any:
                    return {"set": {1}, "text": "x", "date": date(2026, 1, 31), "nested": [1, {"a": None}], "none": None}[what]

                @udf
                def a_point(self, as_what: str) -> Point:
                    return {"object": Point(1, 2.5), "dict": {"x": 1}, "extra": {"x": 1, "z": 2}, "tuple": (1, 2)}[as_what]

                @udf
                def a_named(self, n: int) -> Named:
                    return Named(Point(n, None), ["w"] * n)

                @udf
                def text_of(self, what: str) -> str:
                    return {"int": 5, "color": Color.RED, "none": None, "surrogate": "\\ud800", "long": "å" * 20}[what]

                @udf
                def int_of(self, what: str) -> int:
                    return {"text": " 12 ", "float": 2.0, "bool": True, "edge": 2**31 - 1, "over": 2**31, "word": "x"}[what]

                @udf
                def float_of(self, what: str) -> float:
                    return {"int": 1, "text": "0.5", "decimal": Decimal("0.25"), "nan": float("nan"), "bool": True}[what]

                @udf
                def bool_of(self, what: str) -> bool:
                    return {"one": 1, "text": "false", "word": "maybe"}[what]

                @udf
                def decimal_of(self, what: str) -> Decimal:
                    return {"float": 0.1, "digits": Decimal("1.23456"), "int": 7, "half": Decimal("0.0005"),
                            "over": Decimal(10) ** 15, "max": Decimal("999999999999999.999"), "minus": Decimal("-1.5")}[what]

                @udf
                def datetime_of(self, what: str) -> datetime:
                    aware = datetime(2026, 1, 31, 12, tzinfo=timezone(timedelta(hours=2)))
                    return {"aware": aware, "date": date(2026, 1, 31), "text": "2026-01-31T01:02:03", "word": "x"}[what]

                @udf
                def date_of(self, what: str) -> date:
                    return {"moment": datetime(2026, 1, 31, 1), "text": "2026-01-31", "early": date(1, 1, 1)}[what]

                @udf
                def uuid_of(self, what: str) -> UUID:
                    return {"text": "7f6e0d5a-0b0c-4d0e-8f00-112233445566", "word": "x"}[what]

                @udf
                def list_of(self, what: str) -> list[int]:
                    return {"tuple": (1, 2), "mixed": [1, None, "3"], "scalar": 5, "empty": []}[what]

                @udf
                def map_of(self, what: str) -> dict[str, int]:
                    return {"dict": {"a": 1, 5: None}, "empty": {}, "key": {None: 1}, "list": [1]}[what]
            """;

    private EngineProject project;

    @BeforeAll
    void start(@TempDir Path folder) {
        project =
                new EngineProject(folder)
                        .site("plugin: [{name: p, module: kinds}]\n")
                        .write("plugins/kinds.py", MODULE)
                        .open();
    }

    @AfterAll
    void stop() {
        project.close();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    str       | VARCHAR                  | 'å text of more than twelve bytes'            | 'å text of more than twelve bytes'
                    int       | INTEGER                  | -2147483648                                   | -2147483648
                    float     | DOUBLE                   | 0.5::DOUBLE                                   | 0.5
                    bool      | BOOLEAN                  | true                                          | True
                    bytes     | BLOB                     | '\\x00\\xFFabc'::BLOB                         | b'\\x00\\xffabc'
                    decimal   | DECIMAL(18,3)            | -1.250::DECIMAL(18,3)                         | Decimal('-1.250')
                    date      | DATE                     | DATE '2026-01-31'                             | datetime.date(2026, 1, 31)
                    time      | TIME                     | TIME '01:02:03.000004'                        | datetime.time(1, 2, 3, 4)
                    datetime  | TIMESTAMP                | TIMESTAMP '1969-12-31 23:59:59.999999'        | datetime.datetime(1969, 12, 31, 23, 59, 59, 999999)
                    timedelta | INTERVAL                 | INTERVAL '2 days 3 seconds'                   | datetime.timedelta(days=2, seconds=3)
                    uuid      | UUID                     | '7f6e0d5a-0b0c-4d0e-8f00-112233445566'::UUID  | UUID('7f6e0d5a-0b0c-4d0e-8f00-112233445566')
                    list_int  | INTEGER[]                | [1, NULL, 3]                                  | [1, None, 3]
                    lists     | VARCHAR[][]              | [['a', NULL], [], NULL]                       | [['a', None], [], None]
                    map       | MAP(INTEGER, VARCHAR)    | MAP {1: 'a', 2: NULL}                         | {1: 'a', 2: None}
                    maps      | MAP(VARCHAR, MAP(DATE, INTEGER[])) | MAP {'k': MAP {DATE '2026-01-31': [1]}, 'l': NULL} | {'k': {datetime.date(2026, 1, 31): [1]}, 'l': None}
                    optional  | INTEGER                  | 5                                             | 5
                    union     | VARCHAR                  | 'u'                                           | 'u'
                    pipe      | INTEGER                  | 6                                             | 6
                    annotated | INTEGER                  | 7                                             | 7
                    color     | VARCHAR                  | 'red'                                         | <Color.RED: 'red'>
                    colors    | VARCHAR[]                | ['red', NULL, '2']                            | [<Color.RED: 'red'>, None, <Color.DEEP: 2>]
                    point     | STRUCT(x INTEGER, y DOUBLE) | {'x': 1, 'y': NULL}                        | {'x': 1, 'y': None}
                    named     | STRUCT(point STRUCT(x INTEGER, y DOUBLE), words VARCHAR[]) | {'point': {'x': 1, 'y': 0.5}, 'words': ['w']} | {'point': {'x': 1, 'y': 0.5}, 'words': ['w']}
                    typed     | STRUCT(tags MAP(VARCHAR, STRUCT(x INTEGER, y DOUBLE)[])) | {'tags': MAP {'t': [{'x': 1, 'y': 2.0}, NULL]}} | {'tags': {'t': [{'x': 1, 'y': 2.0}, None]}}
                    any       | JSON                     | '[1,{"a":null}]'::JSON                        | [1, {'a': None}]
                    dict      | JSON                     | '{"a":[1.5,true]}'::JSON                      | {'a': [1.5, True]}
                    list      | JSON                     | '["x"]'::JSON                                 | ['x']
                    jsons     | JSON[]                   | ['{"a":1}'::JSON, NULL]                       | [{'a': 1}, None]
                    uuids     | UUID[]                   | ['7f6e0d5a-0b0c-4d0e-8f00-112233445566'::UUID] | [UUID('7f6e0d5a-0b0c-4d0e-8f00-112233445566')]
                    decimals  | MAP(VARCHAR, DECIMAL(18,3)) | MAP {'a': 1.5::DECIMAL(18,3)}              | {'a': Decimal('1.500')}
                    moments   | TIMESTAMP[]              | [TIMESTAMP '2026-01-31 00:00:00', NULL]       | [datetime.datetime(2026, 1, 31, 0, 0), None]
                    spans     | INTERVAL[]               | [INTERVAL '1 hour']                           | [datetime.timedelta(seconds=3600)]
                    times     | TIME[]                   | [TIME '00:00:01']                             | [datetime.time(0, 0, 1)]
                    blobs     | BLOB[]                   | ['\\xAB'::BLOB, NULL]                         | [b'\\xab', None]
                    """)
    void passes_unchanged(String name, String type, String value, String python) {
        assertThat(
                        project.query(
                                "SELECT parameter_types[1] AS p, return_type AS r FROM duckdb_functions() WHERE function_name = 'same_%s_p'"
                                        .formatted(name)))
                .isEqualTo("[{\"p\":\"%1$s\",\"r\":\"%1$s\"}]".formatted(type));
        assertThat(
                        project.query(
                                "SELECT show_%s_p(%s) = %s AS same"
                                        .formatted(
                                                name,
                                                value,
                                                "'" + python.replace("'", "''") + "'")))
                .as(() -> project.query("SELECT show_%s_p(%s) AS shown".formatted(name, value)))
                .isEqualTo("[{\"same\":true}]");
        // among others and NULL, in more than one batch
        assertThat(
                        project.query(
                                """
                                SELECT count(*) AS n FROM (SELECT CASE WHEN mod(range, 3) = 0 THEN NULL ELSE %2$s END AS v FROM range(5000))
                                WHERE same_%1$s_p(v)::VARCHAR IS NOT DISTINCT FROM v::VARCHAR\
                                """
                                        .formatted(name, value)))
                .as(() ->
                        project.query("SELECT same_%s_p(%s)::VARCHAR AS v".formatted(name, value)))
                .isEqualTo("[{\"n\":5000}]");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    other_p('set')                | [1]
                    other_p('text')               | "x"
                    other_p('date')               | "2026-01-31"
                    other_p('nested')             | [1,{"a":null}]
                    other_p('none')               | NULL
                    a_point_p('object')           | {'x': 1, 'y': 2.5}
                    a_point_p('dict')             | {'x': 1, 'y': NULL}
                    a_named_p(2)                  | {'point': {'x': 2, 'y': NULL}, 'words': [w, w]}
                    text_of_p('int')              | 5
                    text_of_p('color')            | Color.RED
                    text_of_p('none')             | NULL
                    text_of_p('long')             | åååååååååååååååååååå
                    int_of_p('text')              | 12
                    int_of_p('float')             | 2
                    int_of_p('bool')              | 1
                    int_of_p('edge')              | 2147483647
                    float_of_p('int')             | 1.0
                    float_of_p('text')            | 0.5
                    float_of_p('decimal')         | 0.25
                    float_of_p('nan')             | nan
                    float_of_p('bool')            | 1.0
                    bool_of_p('one')              | true
                    bool_of_p('text')             | false
                    decimal_of_p('float')         | 0.100
                    decimal_of_p('digits')        | 1.235
                    decimal_of_p('int')           | 7.000
                    decimal_of_p('half')          | 0.001
                    decimal_of_p('max')           | 999999999999999.999
                    decimal_of_p('minus')         | -1.500
                    datetime_of_p('aware')        | 2026-01-31 10:00:00
                    datetime_of_p('date')         | 2026-01-31 00:00:00
                    datetime_of_p('text')         | 2026-01-31 01:02:03
                    date_of_p('moment')           | 2026-01-31
                    date_of_p('text')             | 2026-01-31
                    date_of_p('early')            | 0001-01-01
                    uuid_of_p('text')             | 7f6e0d5a-0b0c-4d0e-8f00-112233445566
                    list_of_p('tuple')            | [1, 2]
                    list_of_p('mixed')            | [1, NULL, 3]
                    list_of_p('empty')            | []
                    map_of_p('dict')              | {a=1, 5=NULL}
                    map_of_p('empty')             | {}
                    """)
    void is_made_to_fit(String call, String text) {
        String expected = text.equals("NULL") ? "NULL" : "'" + text.replace("'", "''") + "'";
        assertThat(
                        project.query(
                                "SELECT %s::VARCHAR IS NOT DISTINCT FROM %s AS same"
                                        .formatted(call, expected)))
                .as(() -> project.query("SELECT %s::VARCHAR AS v".formatted(call)))
                .isEqualTo("[{\"same\":true}]");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    a_point_p('extra')      | has no field z
                    a_point_p('tuple')      | a result of type tuple is no STRUCT
                    text_of_p('surrogate')  | a text is no Unicode
                    int_of_p('over')        | Python Conversion Failure: a result does not fit into INTEGER
                    int_of_p('word')        | a result of type str is no INTEGER
                    bool_of_p('word')       | a result of type str is no BOOLEAN
                    decimal_of_p('over')    | does not fit into DECIMAL(18,3)
                    datetime_of_p('word')   | a result of type str is no TIMESTAMP
                    uuid_of_p('word')       | a result of type str is no UUID
                    list_of_p('scalar')     | a result of type int is no INTEGER[]
                    map_of_p('key')         | a key of a MAP(VARCHAR, INTEGER) is None
                    map_of_p('list')        | a result of type list is no MAP
                    show_color_p('blue')    | ValueError: 'blue' is not a valid Color
                    """)
    void is_refused(String call, String why) {
        assertThatThrownBy(() -> project.query("SELECT " + call))
                .hasMessageContaining(why)
                .hasMessageContaining("[SQL function " + call.substring(0, call.indexOf('(')));
    }

    /// A column of texts travels as one, divided by zeros: what if they hold zeros, or nothing?
    @ParameterizedTest
    @ValueSource(
            strings = {
                "''",
                "chr(0)",
                "range::VARCHAR",
                "CASE mod(range, 3) WHEN 0 THEN '' WHEN 1 THEN 'å' ELSE 'a longer text ' || range END",
                "CASE mod(range, 3) WHEN 0 THEN '' WHEN 1 THEN 'a' || chr(0) || 'b' ELSE 'x' END",
                "CASE mod(range, 3) WHEN 0 THEN '' WHEN 1 THEN NULL ELSE 'x' || range END",
                "CASE WHEN range = 4999 THEN chr(0) ELSE 'x' || range END",
            })
    void texts_of_every_kind_pass_unchanged(String value) {
        for (int rows : new int[] {1, 2, 5000}) {
            assertThat(
                            project.query(
                                    "SELECT count(*) AS n FROM (SELECT range AS i, %s AS v FROM range(%d)) WHERE same_str_p(v) IS NOT DISTINCT FROM v"
                                            .formatted(value, rows)))
                    .isEqualTo("[{\"n\":" + rows + "}]");
        }
    }

    @Test
    void nothing_of_it_harms_the_worker() {
        assertThat(project.query("SELECT same_int_p(1) AS a")).isEqualTo("[{\"a\":1}]");
    }
}
