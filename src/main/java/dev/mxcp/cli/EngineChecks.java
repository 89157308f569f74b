package dev.mxcp.cli;

import dev.mxcp.engine.Engine;
import dev.mxcp.engine.ReturnMismatch;
import dev.mxcp.engine.duckdb.DuckDbException;
import dev.mxcp.engine.duckdb.Prepared;
import dev.mxcp.engine.prompt.PromptRenderer;
import dev.mxcp.problem.MxcpException.CallRejected;
import dev.mxcp.problem.Problem;
import dev.mxcp.project.Endpoint;
import dev.mxcp.quality.ArgumentCheck;
import dev.mxcp.quality.PythonCheck;
import dev.mxcp.quality.SqlCheck;
import dev.mxcp.quality.TemplateCheck;
import dev.mxcp.types.Arguments;
import dev.mxcp.types.Parameter;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What validation asks, answered by the engine: the joint between `quality` and `engine`.
final class EngineChecks {
    private EngineChecks() {}

    /// By the renderer that renders when a client asks.
    static final class Templates implements TemplateCheck {
        private final PromptRenderer renderer = new PromptRenderer();

        @Override
        public Optional<Fault> fault(String template) {
            return renderer.fault(template).map(fault -> new Fault(fault.what(), fault.line()));
        }

        @Override
        public List<Variable> undeclaredVariables(String template, Set<String> declared) {
            return renderer.undeclaredVariables(template, declared).stream()
                    .map(variable -> new Variable(variable.name(), variable.line()))
                    .toList();
        }
    }

    /// By the conversion that every call goes through.
    static final class ConvertedArguments implements ArgumentCheck {
        @Override
        public Optional<String> problem(
                List<Parameter> parameters, Map<String, @Nullable Object> arguments) {
            try {
                Arguments.of(parameters).convert(arguments, Arguments.Source.TEXT);
                return Optional.empty();
            } catch (CallRejected refused) {
                return Optional.of(String.valueOf(refused.getMessage()));
            }
        }
    }

    /// By preparing against the project's database.
    record PreparedSql(Engine engine) implements SqlCheck {
        private static final String NOT_THERE_YET =
                "not judged, since the database is still empty and init hooks do not run here: ";

        @Override
        public Answer check(Endpoint endpoint, String sql) {
            Prepared prepared = engine.prepared(sql, endpoint.parameters());
            DuckDbException failure = prepared.failure();
            boolean undecided =
                    failure != null
                            && failure.kind() == DuckDbException.Kind.CATALOG
                            && engine.hooksMayCreateTables();
            return new Answer(
                    failure == null || undecided ? null : refusal(failure),
                    failure != null && undecided
                            ? NOT_THERE_YET + firstLine(String.valueOf(failure.getMessage()))
                            : null,
                    new LinkedHashSet<>(prepared.parameterNames()),
                    engine.mismatches(endpoint, prepared).stream()
                            .map(PreparedSql::mismatch)
                            .toList(),
                    false);
        }

        private static SqlCheck.Mismatch mismatch(ReturnMismatch found) {
            return new SqlCheck.Mismatch(
                    found.what(), found.keyPath(), found.fix(), found.certain());
        }
    }

    /// By DuckDB's parser alone, where the project's tables cannot be seen.
    record ParsedSql(Engine engine) implements SqlCheck {
        @Override
        public Answer check(Endpoint endpoint, String sql) {
            Prepared prepared = engine.parsed(sql);
            DuckDbException failure = prepared.failure();
            return new Answer(
                    failure == null ? null : refusal(failure),
                    null,
                    new LinkedHashSet<>(prepared.parameterNames()),
                    List.of(),
                    true);
        }
    }

    private static SqlCheck.Refusal refusal(DuckDbException failure) {
        return new SqlCheck.Refusal(
                String.valueOf(failure.getMessage()),
                failure.spot()
                        .map(spot -> new SqlCheck.Spot(spot.line(), spot.excerpt(), spot.offset()))
                        .orElse(null));
    }

    private static String firstLine(String text) {
        return text.lines().findFirst().orElse("");
    }

    /// By a worker.
    record ImportedPython(Engine engine) implements PythonCheck {
        @Override
        public Map<String, Problem> problems(List<Endpoint> endpoints) {
            Map<String, Problem> problems = new LinkedHashMap<>();
            engine.inspect(endpoints)
                    .forEach((endpoint, problem) -> problems.put(endpoint.id(), problem));
            return problems;
        }
    }
}
