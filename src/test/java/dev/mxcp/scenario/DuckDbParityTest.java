package dev.mxcp.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// R3.2, R3.7, R3.8, R3.9: `db.connection` behaves as the real duckdb package does. The calls are
/// in project `duckdb-parity`; each runs on both, in one worker.
@Timeout(300)
final class DuckDbParityTest {
    private @TempDir @Nullable Path folder;

    @Test
    void every_call_gives_the_same_values_types_and_exceptions() {
        Path project =
                PythonPackages.project("duckdb-parity", "duckdb", Objects.requireNonNull(folder));

        Map<String, @Nullable Object> outcome = PythonPackages.run(project, "compare");

        assertThat((List<?>) outcome.get("differences")).isEmpty();
        assertThat((Long) outcome.get("cases")).isGreaterThan(1000);
    }
}
