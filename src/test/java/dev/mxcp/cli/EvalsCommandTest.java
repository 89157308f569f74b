package dev.mxcp.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mxcp.types.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// cli Q5, G1: against scripted APIs of both families
class EvalsCommandTest {
    private static final String ONE_CALL =
            "assertions: {must_call: [{tool: stock, args: {city: Bern}}], answer_contains: [kettle]}";

    @TempDir private Path folder;
    private final FakeModels models = new FakeModels();

    @BeforeEach
    void makeProject() throws IOException {
        write("mxcp-site.yml", "mxcp: 1\nproject: shop\nprofile: dev\n");
        user("");
        write("sql/stock.sql", "SELECT 'kettle' AS item, $limit AS n WHERE $city = 'Bern'\n");
        write(
                "tools/stock.yml",
                """
                mxcp: 1
                tool:
                  name: stock
                  description: What is left
                  parameters:
                    - {name: city, type: string, description: City}
                    - {name: limit, type: integer, default: 5}
                  source: {file: ../sql/stock.sql}
                """);
        write(
                "tools/kinds.yml",
                "mxcp: 1\ntool:\n  name: kinds\n  source: {code: \"SELECT DATE '2026-01-31' AS day, 1.10::DECIMAL(5,2) AS price, [1, 2] AS list, 'NaN'::DOUBLE AS nan, get_username() AS who\"}\n");
        write(
                "resources/item.yml",
                "mxcp: 1\nresource:\n  uri: 'item://{id}'\n  parameters: [{name: id, type: integer}]\n  source: {code: 'SELECT $id + 1 AS next'}\n");
        write("prompts/ask.yml", "mxcp: 1\nprompt:\n  name: ask\n  messages: [{prompt: Why}]\n");
    }

    @AfterEach
    void stop() {
        models.close();
    }

    @Test
    void accepts_a_plain_answer() throws IOException {
        suite("assertions: {must_not_call: [stock], answer_contains: ['THREE kettles']}");
        models.openAi("There are three kettles.");

        Map<?, ?> result = result(run(0, "evals", "desk", "--json-output"));

        assertThat(Json.text(result).replaceAll("(time\":)[0-9.E-]+", "$1 0"))
                .isEqualTo(
                        "{\"suite\":\"desk\",\"description\":null,\"model\":\"fake\",\"tests\":[{\"name\":\"asks\",\"description\":null,\"passed\":true,\"failures\":[],\"time\": 0,"
                                + "\"details\":{\"response\":\"There are three kettles.\",\"tool_calls\":[]}}],\"all_passed\":true,\"elapsed_time\": 0,"
                                + "\"usage\":{\"input_tokens\":100,\"output_tokens\":10}}");
        FakeModels.Request request = models.requests().getFirst();
        assertThat(request.path()).isEqualTo("/v1/chat/completions");
        assertThat(request.headers()).containsEntry("Authorization", "Bearer s3cret");
        assertThat(request.body().get("model")).isEqualTo("fake");
        assertThat(request.body().get("max_tokens")).isEqualTo(4096L);
    }

    /// The very schemas that a server publishes; resources under a name that APIs admit.
    @Test
    void offers_tools_and_resources_as_a_server_does() throws IOException {
        suite("assertions: {}");
        models.openAi("ok");
        run(0, "evals", "desk");

        assertThat(Json.text(models.requests().getFirst().body().get("tools")))
                .isEqualTo(
                        "[{\"type\":\"function\",\"function\":{\"name\":\"kinds\",\"description\":\"\",\"parameters\":{\"type\":\"object\",\"properties\":{},\"additionalProperties\":false}}},"
                                + "{\"type\":\"function\",\"function\":{\"name\":\"stock\",\"description\":\"What is left\",\"parameters\":{\"type\":\"object\",\"properties\":{"
                                + "\"city\":{\"type\":\"string\",\"description\":\"City\"},\"limit\":{\"type\":\"integer\",\"default\":5}},\"required\":[\"city\"]}}},"
                                + "{\"type\":\"function\",\"function\":{\"name\":\"item_id\",\"description\":\"\",\"parameters\":{\"type\":\"object\",\"properties\":{\"id\":{\"type\":\"integer\"}},\"required\":[\"id\"]}}}]");
    }

    @Test
    void lets_the_model_call_and_asks_again_with_question_and_result() throws IOException {
        suite(ONE_CALL);
        models.openAiCalls("stock", "{\"city\":\"Bern\"}").openAi("A kettle is left.");

        Map<?, ?> result = result(run(0, "evals", "desk", "--json"));

        assertThat(Json.text(details(result).get("tool_calls")))
                .isEqualTo("[{\"tool\":\"stock\",\"arguments\":{\"city\":\"Bern\"}}]");
        List<?> messages = messages(1);
        assertThat(Json.text(messages.get(1)))
                .isEqualTo("{\"role\":\"user\",\"content\":\"How many kettles?\"}");
        assertThat(Json.text(messages.get(3)))
                .isEqualTo(
                        "{\"role\":\"tool\",\"tool_call_id\":\"c0\",\"content\":\"[{\\\"item\\\":\\\"kettle\\\",\\\"n\\\":5}]\"}");
    }

    @Test
    void speaks_the_other_family_too() throws IOException {
        suite(ONE_CALL);
        models.claudeCall("stock", "{\"city\":\"Bern\"}").claude("A kettle.");

        run(0, "evals", "desk", "--model", "other");

        FakeModels.Request second = models.requests().get(1);
        assertThat(second.path()).isEqualTo("/v1/messages");
        assertThat(second.headers())
                .containsEntry("x-api-key", "k2")
                .containsEntry("anthropic-version", "2023-06-01");
        assertThat(second.body().get("model")).isEqualTo("wire-name");
        List<?> messages = messages(1);
        assertThat(messages).hasSize(3);
        assertThat(Json.text(messages.get(2)))
                .isEqualTo(
                        "{\"role\":\"user\",\"content\":[{\"type\":\"tool_result\",\"tool_use_id\":\"u1\",\"content\":\"[{\\\"item\\\":\\\"kettle\\\",\\\"n\\\":5}]\",\"is_error\":false}]}");
        assertThat(second.text()).contains("\"input_schema\":{\"type\":\"object\"");
    }

    @Test
    void makes_two_calls_at_once_in_order() throws IOException {
        suite("assertions: {must_call: [{tool: 'item://{id}', args: {id: 7}}]}");
        models.openAiCalls("stock", "{\"city\":\"Bern\",\"limit\":1}", "item_id", "{\"id\":7}")
                .openAi("done");

        Map<?, ?> result = result(run(0, "evals", "desk", "--json"));

        assertThat(Json.text(details(result).get("tool_calls")))
                .isEqualTo(
                        "[{\"tool\":\"stock\",\"arguments\":{\"city\":\"Bern\",\"limit\":1}},{\"tool\":\"item://{id}\",\"arguments\":{\"id\":7}}]");
        assertThat(Json.text(messages(1).get(4))).contains("[{\\\"next\\\":8}]");
    }

    /// Failures go back to the model; the calls count even so.
    @Test
    void tells_the_model_what_was_wrong_with_a_call() throws IOException {
        suite("assertions: {must_call: [{tool: nothing, args: {}}, {tool: stock, args: {}}]}");
        models.openAiCalls("nothing", "{}", "stock", "{\"limit\":\"x\"}", "stock", "no json")
                .openAi("Sorry.");

        run(0, "evals", "desk");

        assertThat(messages(1).stream().map(Json::text))
                .anySatisfy(text -> assertThat(text).contains("Error: Unknown tool: nothing"))
                .anySatisfy(text ->
                        assertThat(text).contains("Error: Required parameter missing: city"))
                .anySatisfy(text ->
                        assertThat(text).contains("Error: the arguments are no JSON object"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"tool\": \"stock\", \"arguments\": {\"city\": \"Bern\"}}",
                "I call ```json\n[{\"tool\": \"stock\", \"arguments\": {\"city\": \"Bern\"}}]\n``` now"
            })
    void takes_calls_from_the_text_of_a_model_that_knows_no_tools(String text) throws IOException {
        suite(ONE_CALL);
        models.openAi(text).openAi("One kettle");

        run(0, "evals", "desk");

        assertThat(Json.text(messages(1).getLast()))
                .contains("\"role\":\"user\"", "Result of stock: [{", "kettle");
    }

    @Test
    void ends_after_ten_rounds() throws IOException {
        suite("assertions: {must_not_call: [write_off]}");
        models.openAiCalls("stock", "{\"city\":\"Bern\"}");

        Map<?, ?> result = result(run(0, "evals", "desk", "--json"));

        assertThat(models.requests()).hasSize(10);
        assertThat((List<?>) Objects.requireNonNull(details(result).get("tool_calls"))).hasSize(10);
    }

    @Test
    void shows_every_type_of_a_result_as_json_and_runs_it_as_the_tests_user() throws IOException {
        suite("user_context: {username: ana}\n    assertions: {}");
        models.openAiCalls("kinds", "{}").openAi("ok");

        run(0, "evals", "desk");

        assertThat(Json.text(messages(1).getLast()))
                .contains(
                        "[{\\\"day\\\":\\\"2026-01-31\\\",\\\"price\\\":1.10,\\\"list\\\":[1,2],\\\"nan\\\":null,\\\"who\\\":\\\"ana\\\"}]");

        run(0, "evals", "desk", "-u", "{\"username\": \"bob\"}");
        assertThat(models.requests().getLast().text()).doesNotContain("ana");
    }

    @Test
    void tries_again_when_the_provider_is_busy_or_broken() throws IOException {
        suite("assertions: {answer_contains: [kettle]}");
        models.then(429, "").then(500, "oops").openAi("kettle");

        run(0, "evals", "desk");

        assertThat(models.requests()).hasSize(3);
    }

    @Test
    void reports_a_test_that_cannot_be_asked_and_goes_on_with_the_next() throws IOException {
        write(
                "evals/desk.yml",
                """
                mxcp: 1
                suite: desk
                model: fake
                tests:
                  - {name: refused, prompt: a, assertions: {}}
                  - {name: garbage, prompt: b, assertions: {}}
                  - {name: silent, prompt: c, assertions: {}}
                  - {name: fine, prompt: d, assertions: {}}
                """);
        models.then(401, "{\"error\":{\"message\":\"bad key\"}}")
                .then(200, "<html>")
                .openAi("")
                .openAi("fine");

        Terminal terminal = run(1, "evals", "desk", "--json");

        Map<?, ?> result = result(terminal);
        assertThat(result.get("all_passed")).isEqualTo(false);
        List<?> tests = (List<?>) Objects.requireNonNull(result.get("tests"));
        assertThat(tests)
                .extracting(test -> String.valueOf(((Map<?, ?>) test).get("error")))
                .satisfiesExactly(
                        error -> assertThat(error).isEqualTo("HTTP 401: bad key"),
                        error -> assertThat(error).contains("no JSON"),
                        error -> assertThat(error).contains("empty answer"),
                        error -> assertThat(error).isEqualTo("null"));
        assertThat(((Map<?, ?>) tests.getFirst()).keySet())
                .asString()
                .isEqualTo("[name, description, passed, error, time]");
        assertThat(terminal.out() + terminal.err()).doesNotContain("s3cret");
    }

    @Test
    void gives_up_a_provider_that_does_not_answer() throws IOException {
        suite("assertions: {}");
        models.hang();
        user(
                "    slow: {type: openai, api_key: x, base_url: '%s/v1', timeout: 1, max_retries: 0}\n"
                        .formatted(models.url()));

        assertThat(run(1, "evals", "desk", "-m", "slow").out()).contains("no reply within 1 s");
    }

    @Test
    void needs_neither_network_nor_key_for_a_recorded_run() throws IOException {
        suite(ONE_CALL);
        models.openAiCalls("stock", "{\"city\":\"Bern\"}").openAi("A kettle is left.");
        run(0, "evals", "--record", "answers.json");
        assertThat(Files.readString(folder.resolve("answers.json"))).doesNotContain("s3cret");
        int asked = models.requests().size();
        write(".mxcp/config.yml", "mxcp: 1\n");

        Map<?, ?> result = result(run(0, "evals", "desk", "--replay", "answers.json", "--json"));

        assertThat(models.requests()).hasSize(asked);
        assertThat(details(result).get("response")).isEqualTo("A kettle is left.");
        assertThat(result.get("model")).isEqualTo("fake");

        write("evals/new.yml", "mxcp: 1\nsuite: new\nmodel: fake\ntests: []\n");
        assertThat(run(1, "evals", "new", "--replay", "answers.json").err())
                .contains("No models configuration found");
    }

    @Test
    void adds_up_tokens_and_costs() throws IOException {
        suite("assertions: {}");
        user(
                "    dear: {type: openai, api_key: x, base_url: '%s/v1', input_price: 10, output_price: 1000}\n"
                        .formatted(models.url()));
        models.openAi("ok");

        Map<?, ?> result = result(run(0, "evals", "desk", "-m", "dear", "--json"));

        assertThat(Json.text(result.get("usage")))
                .isEqualTo("{\"input_tokens\":100,\"output_tokens\":10,\"cost\":0.011}");
    }

    @Test
    void runs_all_suites_whatever_becomes_of_one() throws IOException {
        suite("assertions: {answer_contains: [teapot]}");
        write(
                "evals/deep/good.yaml.yml",
                "mxcp: 1\nsuite: good\ntests: [{name: t, prompt: p, assertions: {}}]\n");
        write("evals/bad.yml", "mxcp: 1\nsuite: 9bad\ntsts: []\n");
        write("evals/none.yml", "mxcp: 1\nsuite: none\nmodel: gpt-9\ntests: []\n");
        write("evals/notes.yml", "a: 1\n");
        models.openAi("kettle");

        Terminal terminal = run(1, "evals", "--json");

        List<?> suites = (List<?>) Objects.requireNonNull(result(terminal).get("suites"));
        assertThat(suites)
                .extracting(suite ->
                        ((Map<?, ?>) suite).get("suite") + " " + ((Map<?, ?>) suite).get("status"))
                .containsExactly(
                        folder.resolve("evals/bad.yml") + " error",
                        "good passed",
                        "desk failed",
                        "none error");
        assertThat(terminal.out())
                .contains("suite: '9bad'")
                .contains("Model 'gpt-9' not configured");
        assertThat(run(1, "evals").out())
                .contains("1 of 4 suites passed", "Expected text 'teapot' not found in response");
    }

    @Test
    void passes_when_there_is_nothing_to_ask() {
        assertThat(Json.text(result(run(0, "evals", "--json"))))
                .startsWith("{\"suites\":[],\"no_evals\":true,\"elapsed_time\":");
    }

    @Test
    void fails_for_an_unknown_suite_and_without_a_model() throws IOException {
        suite("assertions: {}");
        assertThat(Json.text(result(run(1, "evals", "desc", "--json"))))
                .isEqualTo("{\"error\":\"Eval suite 'desc' not found; did you mean 'desk'?\"}");

        write("evals/free.yml", "mxcp: 1\nsuite: free\ntests: []\n");
        write(".mxcp/config.yml", "mxcp: 1\n");
        assertThat(run(1, "evals", "free").err()).contains("No model specified");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "mxcp: 1\n|No models configuration found",
                "mxcp: 1\nmodels: {models: {other: {type: claude, api_key: x}}}\n|Model 'fake' not configured",
                "mxcp: 1\nmodels: {models: {fake: {type: openai}}}\n|No API key configured"
            })
    void refuses_a_model_that_is_not_fully_configured(String both) throws IOException {
        suite("assertions: {}");
        write(".mxcp/config.yml", both.substring(0, both.indexOf('|')));

        Terminal terminal = run(1, "evals", "desk", "--json");

        assertThat(terminal.out())
                .contains("\"status\": \"error\"", both.substring(both.indexOf('|') + 1));
    }

    private Terminal run(int code, String... line) {
        var terminal = Terminal.with(folder, Map.of(), folder);
        assertThat(terminal.run(line)).as(terminal.out() + terminal.err()).isEqualTo(code);
        return terminal;
    }

    private static Map<?, ?> result(Terminal terminal) {
        Map<?, ?> answer = (Map<?, ?>) Objects.requireNonNull(Json.parse(terminal.out()));
        return (Map<?, ?>) Objects.requireNonNull(answer.get("result"));
    }

    private static Map<?, ?> details(Map<?, ?> result) {
        Map<?, ?> test =
                (Map<?, ?>) ((List<?>) Objects.requireNonNull(result.get("tests"))).getFirst();
        return (Map<?, ?>) Objects.requireNonNull(test.get("details"));
    }

    private List<?> messages(int request) {
        return (List<?>)
                Objects.requireNonNull(models.requests().get(request).body().get("messages"));
    }

    private void suite(String assertions) throws IOException {
        write(
                "evals/desk-evals.yml",
                "mxcp: 1\nsuite: desk\nmodel: fake\ntests:\n  - name: asks\n    prompt: How many kettles?\n    "
                        + assertions
                        + "\n");
    }

    private void user(String more) throws IOException {
        write(
                ".mxcp/config.yml",
                """
                mxcp: 1
                models:
                  default: fake
                  models:
                    fake: {type: openai, api_key: s3cret, base_url: '%s/v1'}
                    other: {type: claude, api_key: k2, base_url: '%s/', model: wire-name}
                """
                                .formatted(models.url(), models.url())
                        + more);
    }

    private void write(String path, String text) throws IOException {
        Path file = folder.resolve(path);
        Files.createDirectories(file.resolveSibling(""));
        Files.writeString(file, text);
    }
}
