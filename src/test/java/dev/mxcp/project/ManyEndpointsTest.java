package dev.mxcp.project;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mxcp.types.Parameter;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A project of 500 definitions.
class ManyEndpointsTest {
    private static final int FILES = 500;
    private static final String TOOL =
            """
            mxcp: 1
            metadata: {owner: team-@}
            tool:
              name: tool_@
              description: "Tool number @: finds parcels by depot, day and state"
              tags: [parcels, generated]
              annotations:
                title: Tool @
                readOnlyHint: true
                idempotentHint: true
              parameters:
                - name: depot
                  type: string
                  description: Code of the depot
                  pattern: "^[A-Z]{3}$"
                  examples: [AMS, BRU]
                - name: day
                  type: string
                  format: date
                  description: The day
                  default: "2030-01-31"
                - name: limit
                  type: integer
                  description: Most rows
                  minimum: 1
                  maximum: 1000
                  default: 100
                - name: filter
                  type: object
                  description: More conditions
                  properties:
                    state: {type: string, enum: [open, done]}
                    weights: {type: array, items: {type: number, minimum: 0}, maxItems: 2}
                  required: [state]
                  default: {state: open}
              return:
                type: array
                items:
                  type: object
                  properties:
                    parcel: {type: string, description: Number}
                    weight: {type: number}
                    phone: {type: string, sensitive: true}
                  required: [parcel]
              source:
                file: ../../sql/tool_@.sql
              tests:
                - name: default day
                  arguments:
                    - {key: depot, value: AMS}
                  result_length: 3
              policies:
                input:
                  - {condition: "user.role != 'clerk'", action: deny, reason: Clerks only}
            """;

    @TempDir Path folder;

    @Test
    void five_hundred_files_are_all_read() {
        Catalog catalog = generated(folder).catalog();

        assertThat(catalog.broken()).isEmpty();
        assertThat(catalog.endpoints()).hasSize(FILES);
        Endpoint last = catalog.endpoints().getLast();
        assertThat(last.id()).isEqualTo("tool_99");
        assertThat(last.parameters())
                .extracting(Parameter::name)
                .containsExactly("depot", "day", "limit", "filter");
        assertThat(last.code())
                .isInstanceOfSatisfying(
                        Code.Sql.class,
                        sql -> assertThat(sql.text()).isEqualTo("SELECT $depot, $day, 99\n"));
    }

    private static ProjectFolder generated(Path folder) {
        var project = new ProjectFolder(folder);
        for (int i = 0; i < FILES; i++) {
            project.write(
                    "tools/group_%d/tool_%d.yml".formatted(i % 10, i),
                    TOOL.replace("@", String.valueOf(i)));
            project.write("sql/tool_%d.sql".formatted(i), "SELECT $depot, $day, %d\n".formatted(i));
        }
        return project;
    }
}
