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

/// Drift, evals, describe and doctor as scripts start them: whole processes, SQL and Python.
class QualityEndToEndTest {
    @TempDir private Path temporary;
    private CliProcess depot;

    @BeforeEach
    void copyProject() {
        depot = CliProcess.inCopyOf("cli-depot", temporary);
    }

    /// cli D1, D3, C0.2: also from below; what Python prints is not part of the answer
    @Test
    void keeps_a_baseline_and_ends_with_1_when_something_changed() throws IOException {
        var snapshot = (Map<?, ?>) depot.run("drift-snapshot", "--json-output").result();
        assertThat(String.valueOf(snapshot.get("path"))).endsWith("drift/drift-default.json");
        var same = (Map<?, ?>) depot.under("tools").run("drift-check", "--json-output").result();
        assertThat(same.get("has_drift")).isEqualTo(false);

        Path tool = depot.folder().resolve("tools/label_of.yml");
        Files.writeString(tool, Files.readString(tool).replace("The label", "A label"));

        var ended = depot.run("drift-check", "--json-output");
        assertThat(ended.code()).isEqualTo(1);
        assertThat(ended.out()).contains("\"definition_changed\": true", "tool/label_of");
        assertThat(depot.run("drift-check").out()).contains("DRIFT DETECTED", "definition");
    }

    /// cli C0.10: hooks run, and one that wants to write fails nothing but itself
    @Test
    void takes_a_snapshot_although_a_hook_cannot_write() throws IOException {
        Files.writeString(
                depot.folder().resolve("python/setup.py"),
                "from mxcp.runtime import db, on_init\n\n\n@on_init\ndef fill():\n    db.execute('CREATE TABLE IF NOT EXISTS t (a INT)')\n");

        var ended = depot.run("drift-snapshot", "--json-output");

        ended.result();
        assertThat(ended.err()).contains("on_init hook", "fill", "read-only");
        String snapshot = Files.readString(depot.folder().resolve("drift/drift-default.json"));
        assertThat(snapshot).contains("tools/label_of.yml").doesNotContain("\"error\"");
        depot.run("drift-check", "--json-output").result();
    }

    /// cli C0.2, C0.12: no project, broken site file; always exactly one document
    @Test
    void fails_with_one_json_document() throws IOException {
        var nowhere = CliProcess.in(temporary, temporary.resolve("home"));
        Files.writeString(depot.folder().resolve("mxcp-site.yml"), "mxcp: 1\nprojekt: x\n");
        for (List<String> line :
                List.of(
                        List.of("drift-snapshot", "--json"),
                        List.of("drift-check", "--json"),
                        List.of("evals", "--json"),
                        List.of("describe", "x", "--json"))) {
            var missing = nowhere.run(line.toArray(String[]::new));
            assertThat(missing.code()).isEqualTo(1);
            assertThat(String.valueOf(missing.json().get("error"))).contains("mxcp-site.yml");
            var broken = depot.run(line.toArray(String[]::new));
            assertThat(broken.code()).isEqualTo(1);
            assertThat(String.valueOf(broken.json().get("error"))).contains("projekt");
        }
    }

    /// cli Q5, G1: a Python tool, which prints, is called by a scripted model
    @Test
    void asks_a_model() throws IOException {
        try (var models = new FakeModels()) {
            models.openAiCalls("label_of", "{\"number\": 72, \"loud\": true}").openAi("Label 72");
            Files.createDirectories(depot.folder().resolve("evals"));
            Files.writeString(
                    depot.folder().resolve("evals/labels.yml"),
                    "mxcp: 1\nsuite: labels\ntests: [{name: t, prompt: Which one, assertions: {must_call: [{tool: label_of, args: {number: 72}}]}}]\n");
            Path config =
                    Files.writeString(
                            temporary.resolve("models.yml"),
                            "mxcp: 1\nmodels: {default: m, models: {m: {type: openai, api_key: k, base_url: '%s/v1'}}}\n"
                                    .formatted(models.url()));

            var ended = depot.with("MXCP_CONFIG", config.toString()).run("evals", "--json-output");

            assertThat(ended.code()).as(ended.err() + ended.out()).isZero();
            assertThat(ended.out()).contains("\"status\": \"passed\"");
            assertThat(models.requests().get(1).text()).contains("\"tool_call_id\":\"c0\"");
            assertThat(models.requests().get(1).text()).doesNotContain("Error");
        }
    }

    /// Issue 6, item 8
    @Test
    void describes_and_examines() {
        var seen = (Map<?, ?>) depot.run("describe", "heavy_parcels", "--json").result();
        assertThat(seen.get("name")).isEqualTo("heavy_parcels");

        var examined = (Map<?, ?>) depot.run("doctor", "--json").result();
        assertThat((List<?>) Objects.requireNonNull(examined.get("findings")))
                .hasSizeGreaterThan(4);
    }
}
