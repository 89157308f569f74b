package dev.mxcp.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The commands as scripts and people start them: whole processes on a whole project.
class CommandsEndToEndTest {
    @TempDir private Path temporary;
    private CliProcess depot;

    @BeforeEach
    void copyProject() {
        depot = CliProcess.inCopyOf("cli-depot", temporary);
    }

    /// cli C6
    @Test
    void lists_endpoints_as_json_and_as_text() {
        var result = (Map<?, ?>) depot.run("list", "--json-output").result();
        assertThat(result.get("status")).isEqualTo("ok");
        assertThat((List<?>) Objects.requireNonNull(result.get("endpoints")))
                .extracting(entry ->
                        ((Map<?, ?>) entry).get("kind") + " " + ((Map<?, ?>) entry).get("name"))
                .containsExactly(
                        "tool heavy_parcels",
                        "tool label_of",
                        "resource depot://parcels/{number}",
                        "prompt complaint");

        var human = depot.run("list");
        assertThat(human.out())
                .contains("4 endpoints found: 4 valid, 0 failed", "Tools", "The label of a parcel")
                .doesNotContain("\u001b");
        assertThat(human.err()).isEmpty();
    }

    /// cli C0.2, X1: from any sub-folder, and with -C from anywhere
    @Test
    void finds_the_project_from_below_and_by_option() {
        assertThat(depot.under("tools").run("list").out()).contains("heavy_parcels");
        assertThat(
                        depot.under("sql")
                                .run("run", "tool", "heavy_parcels", "-p", "over=2.6", "--json")
                                .code())
                .isZero();
        assertThat(
                        CliProcess.in(temporary, temporary.resolve("home"))
                                .run("-C", "cli-depot", "list")
                                .out())
                .contains("heavy_parcels");
    }

    /// cli C0.2, X2: once, on standard error, and as JSON when asked
    @Test
    void says_that_there_is_no_project() {
        var nowhere = CliProcess.in(temporary, temporary.resolve("home"));

        var human = nowhere.run("list");
        assertThat(human.code()).isEqualTo(1);
        assertThat(human.out()).isEmpty();
        assertThat(human.err()).containsOnlyOnce("mxcp-site.yml not found").startsWith("Error: ");

        var json = nowhere.run("list", "--json-output");
        assertThat(json.code()).isEqualTo(1);
        assertThat(json.json().get("status")).isEqualTo("error");
        assertThat(String.valueOf(json.json().get("error"))).contains("mxcp-site.yml not found");
    }

    /// cli C0.3, X3
    @Test
    void refuses_an_unknown_profile() {
        var ended = depot.run("run", "tool", "heavy_parcels", "-p", "over=1", "--profile", "nope");

        assertThat(ended.code()).isEqualTo(1);
        assertThat(ended.err()).contains("nope", "archive", "default");
    }

    /// cli C0.10, ADR 0013
    @Test
    void a_failing_hook_stops_calls_but_not_queries_and_checks() throws IOException {
        Files.writeString(
                temporary.resolve("cli-depot/python/hooks.py"),
                """
                from mxcp.runtime import on_init

                @on_init
                def warm_up():
                    raise RuntimeError("no coal")
                """);

        var call = depot.run("run", "tool", "label_of", "-p", "number=71");
        assertThat(call.code()).isEqualTo(1);
        assertThat(call.err()).contains("warm_up", "no coal", "hooks.py");

        var query = depot.run("query", "SELECT 40 + 2 AS answer", "--json");
        assertThat(query.code()).isZero();
        assertThat(query.json().get("result")).isEqualTo(List.of(Map.of("answer", 42L)));
        assertThat(query.err()).contains("going on without Python", "warm_up", "no coal");

        assertThat(depot.run("validate").code()).isZero();
    }

    /// cli C4
    @Test
    void runs_a_sql_tool() {
        assertThat(
                        depot.run("run", "tool", "heavy_parcels", "-p", "over=2.6", "--json-output")
                                .out())
                .isEqualTo(
                        """
                        {
                          "status": "ok",
                          "result": [
                            {
                              "number": 72,
                              "weight": 11.25
                            },
                            {
                              "number": 73,
                              "weight": 12.00
                            }
                          ]
                        }
                        """);
        assertThat(depot.run("run", "tool", "heavy_parcels", "-p", "over=2.6").out())
                .contains(
                        "heavy_parcels",
                        "over = 2.6",
                        "Success",
                        "number  weight",
                        "72      11.25");
    }

    /// cli C0.7, R1.9: what user code prints is not part of the answer
    @Test
    void runs_a_python_tool_and_keeps_its_prints_out_of_the_json() {
        var ended =
                depot.run(
                        "run",
                        "tool",
                        "label_of",
                        "-p",
                        "number=71",
                        "-p",
                        "loud=yes",
                        "--json",
                        "-u",
                        "{\"username\": \"ana\"}");

        assertThat(ended.result()).isEqualTo(Map.of("label", "#00071", "by", "ana"));
        assertThat(ended.err()).contains("a line of user code");
    }

    /// C4.6: the message of a Python exception alone
    @Test
    void passes_a_python_exception_on() {
        var ended = depot.run("run", "tool", "label_of", "-p", "number=-1", "--json");

        assertThat(ended.code()).isEqualTo(1);
        assertThat(String.valueOf(ended.json().get("error")))
                .contains("no parcel has the number -1");
    }

    /// C4.2
    @Test
    void runs_a_resource_by_template_and_by_uri() {
        Map<String, Object> parcel = Map.of("number", 72L, "sender", "Åsa");

        assertThat(
                        depot.run(
                                        "run",
                                        "resource",
                                        "depot://parcels/{number}",
                                        "-p",
                                        "number=72",
                                        "--json")
                                .result())
                .isEqualTo(parcel);
        assertThat(depot.run("run", "resource", "depot://parcels/72", "--json").result())
                .isEqualTo(parcel);
    }

    /// C4.6, E9
    @Test
    void renders_a_prompt() {
        assertThat(depot.run("run", "prompt", "complaint", "-p", "number=7", "--json").out())
                .contains(
                        "\"prompt\": \"You write polite letters.\"",
                        "\"role\": \"system\"",
                        "\"prompt\": \"Write about parcel 7, please.\"",
                        "\"role\": null");
    }

    /// C4.2, C4.3
    @Test
    void names_the_parameter_or_endpoint_that_is_wrong() {
        assertThat(error("run", "tool", "label_of", "-p", "number=seventy")).contains("number");
        assertThat(error("run", "tool", "label_of"))
                .isEqualTo("Required parameter missing: number");
        assertThat(error("run", "tool", "label_of", "-p", "number=1", "-p", "zz=1"))
                .contains("Unknown parameter: zz");
        assertThat(error("run", "tool", "lable_of"))
                .startsWith("Endpoint 'lable_of' not found in tools")
                .contains("label_of");
        assertThat(error("run", "prompt", "label_of")).contains("not found in prompts", "tool");
    }

    /// cli C5
    @Test
    void queries_the_database() {
        assertThat(
                        depot.run(
                                        "query",
                                        "CREATE TABLE t (a INTEGER); INSERT INTO t VALUES (1), (2); SELECT sum(a) AS s FROM t WHERE a > $least",
                                        "-p",
                                        "least=1",
                                        "--json")
                                .result())
                .isEqualTo(List.of(Map.of("s", 2L)));
        assertThat(error("query", "SELECT nothing FROM nowhere"))
                .startsWith("Failed to execute SQL:");
        assertThat(depot.run("query", "SELECT 1 AS one", "--readonly").out())
                .contains("Read-only", "one");
    }

    /// cli Q2
    @Test
    void validates() throws Exception {
        assertThat(depot.run("validate", "--json-output").result().toString())
                .contains("status=ok", "tools/label_of.yml");

        Files.writeString(
                depot.folder().resolve("prompts/bad.yml"),
                "mxcp: 1\nprompt:\n  name: bad\n  messages:\n    - prompt: '{{ tone }}'\n");
        var ended = depot.run("validate", "prompts/bad.yml", "--json");
        assertThat(ended.code()).isEqualTo(1);
        assertThat(String.valueOf(ended.json().get("result")))
                .contains(
                        "path=prompts/bad.yml",
                        "Message 1 uses undefined template variables: tone");
        assertThat(depot.run("validate", "label_of").code()).isZero();
        assertThat(depot.run("validate", "nothing").out())
                .contains("not found or not a valid endpoint");
    }

    /// Q1, D8: by file and line, beside the verdicts on the other files
    @Test
    void says_where_a_file_is_broken() {
        var ended = CliProcess.inCopyOf("cli-broken", temporary).run("validate");

        assertThat(ended.code()).isEqualTo(1);
        assertThat(ended.out())
                .contains(
                        "3 files checked: 1 passed, 2 failed",
                        "tools/stocktaking.yml:7",
                        "Source code syntax validation failed",
                        "tools/sound.yml");
    }

    /// cli C2
    @Test
    void starts_a_project_that_works() {
        var empty = CliProcess.in(temporary, temporary.resolve("home"));

        var made = empty.run("init", "shop", "--bootstrap");
        assertThat(made.code()).isZero();
        assertThat(made.out()).contains("mxcp-site.yml", "mxcp run tool hello_world", "mxcp serve");
        assertThat(temporary.resolve("shop/data/db-default.duckdb")).exists();

        var shop = CliProcess.in(temporary.resolve("shop"), temporary.resolve("home"));
        assertThat(shop.run("validate").code()).isZero();
        assertThat(
                        shop.run("run", "tool", "hello_world", "--param", "name=World", "--json")
                                .result())
                .isEqualTo("Hello, World!");

        var again = empty.run("init", "shop");
        assertThat(again.code()).isEqualTo(1);
        assertThat(again.err()).contains("Error: ", "mxcp-site.yml");
    }

    /// cli C0.8
    @Test
    void shows_the_stack_with_debug_only() {
        var plain = depot.run("run", "tool", "nothing", "--json");
        assertThat(plain.json().containsKey("traceback")).isFalse();

        var debug = depot.run("run", "tool", "nothing", "--json", "--debug");
        assertThat(debug.json().containsKey("traceback")).isTrue();
        assertThat(debug.json().get("type")).isEqualTo("CallRejected");
    }

    private String error(String... args) {
        var line = new java.util.ArrayList<>(List.of(args));
        line.add("--json-output");
        var ended = depot.run(line.toArray(String[]::new));
        assertThat(ended.code()).isEqualTo(1);
        return String.valueOf(ended.json().get("error"));
    }
}
