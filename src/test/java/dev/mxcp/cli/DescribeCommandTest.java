package dev.mxcp.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mxcp.types.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Issue 6, item 8: what a model sees of an endpoint, and what stands behind it.
class DescribeCommandTest {
    @TempDir private Path folder;

    @BeforeEach
    void makeProject() throws IOException {
        write("mxcp-site.yml", "mxcp: 1\nproject: shop\nprofile: dev\n");
        write(
                "tools/stock.yml",
                """
                mxcp: 1
                tool:
                  name: stock
                  description: What is left
                  parameters: [{name: city, type: string, description: City, examples: [Bern]}]
                  return: {type: array, items: {type: object, properties: {sku: {type: string}}}}
                  source: {code: "SELECT sku FROM stock JOIN item USING (id) WHERE city = $city"}
                  policies:
                    input: [{condition: "user.role != 'clerk'", action: deny, reason: clerks only}]
                    output: [{condition: "user.role == 'clerk'", action: filter_fields, fields: [price]}]
                  tests: [{name: one, arguments: [{key: city, value: Bern}]}]
                """);
        write(
                "resources/item.yml",
                "mxcp: 1\nresource:\n  uri: 'item://{id}'\n  source: {code: 'SELECT $id AS id'}\n");
        write("prompts/ask.yml", "mxcp: 1\nprompt:\n  name: ask\n  messages: [{prompt: Why}]\n");
    }

    @Test
    void shows_the_entry_of_tools_list_its_size_policies_and_tables() {
        Map<?, ?> result = describe("stock");

        Map<?, ?> seen = (Map<?, ?>) result.get("seen_by_clients");
        assertThat(Objects.requireNonNull(seen).keySet())
                .asString()
                .isEqualTo("[name, description, inputSchema, outputSchema]");
        assertThat(Json.text(seen.get("inputSchema")))
                .isEqualTo(
                        "{\"type\":\"object\",\"properties\":{\"city\":{\"type\":\"string\",\"description\":\"City\",\"examples\":[\"Bern\"]}},\"required\":[\"city\"]}");
        assertThat(result.get("bytes")).isEqualTo((long) Json.text(seen).length());
        assertThat((Long) result.get("estimated_tokens")).isBetween(40L, 200L);
        assertThat(result.get("tables")).isEqualTo(List.of("stock", "item"));
        assertThat(Json.text(result.get("policies")))
                .isEqualTo(
                        "{\"input\":[{\"condition\":\"user.role != 'clerk'\",\"action\":\"deny\",\"reason\":\"clerks only\"}],"
                                + "\"output\":[{\"condition\":\"user.role == 'clerk'\",\"action\":\"filter_fields\",\"fields\":[\"price\"]}]}");
        assertThat(result.get("tests")).isEqualTo(1L);
        assertThat(folder.resolve("data")).doesNotExist();
    }

    @Test
    void finds_prompts_and_resources_by_template_or_uri() {
        assertThat(describe("ask").get("kind")).isEqualTo("prompt");
        assertThat(describe("item://{id}").get("kind")).isEqualTo("resource");
        assertThat(describe("item://7").get("name")).isEqualTo("item://{id}");
    }

    @Test
    void tells_people_the_same() {
        var terminal = Terminal.piped(folder);
        assertThat(terminal.run("describe", "stock")).isZero();

        assertThat(terminal.out())
                .contains(
                        "tool stock",
                        "tokens",
                        "inputSchema",
                        "before the call: deny if user.role != 'clerk'",
                        "filter_fields price",
                        "stock, item");
    }

    @Test
    void suggests_the_nearest_name() {
        var terminal = Terminal.piped(folder);

        assertThat(terminal.run("describe", "stokc")).isEqualTo(1);
        assertThat(terminal.err()).contains("'stokc' not found; did you mean 'stock'?");
    }

    private Map<?, ?> describe(String name) {
        var terminal = Terminal.piped(folder);
        assertThat(terminal.run("describe", name, "--json-output")).as(terminal.err()).isZero();
        Map<?, ?> answer = (Map<?, ?>) Objects.requireNonNull(Json.parse(terminal.out()));
        return (Map<?, ?>) Objects.requireNonNull(answer.get("result"));
    }

    private void write(String path, String text) throws IOException {
        Path file = folder.resolve(path);
        Files.createDirectories(file.resolveSibling(""));
        Files.writeString(file, text);
    }
}
