package dev.mxcp.cli;

import dev.mxcp.engine.Engine;
import dev.mxcp.engine.duckdb.DuckDbException;
import dev.mxcp.engine.duckdb.Prepared;
import dev.mxcp.engine.prompt.PromptRenderer;
import dev.mxcp.problem.MxcpException.CallRejected;
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
        public Optional<String> syntaxProblem(String template) {
            return renderer.syntaxProblem(template);
        }

        @Override
        public List<String> undeclaredVariables(String template, Set<String> declared) {
            return renderer.undeclaredVariables(template, declared);
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
                "the database is still empty and init hooks do not run in validation, so this was not judged: ";

        @Override
        public Finding check(String sql, List<Parameter> parameters) {
            Prepared prepared = engine.prepared(sql, parameters);
            DuckDbException failure = prepared.failure();
            String problem = failure == null ? null : String.valueOf(failure.getMessage());
            boolean undecided =
                    failure != null
                            && failure.kind() == DuckDbException.Kind.CATALOG
                            && engine.hooksMayCreateTables();
            return new Finding(
                    undecided ? null : problem,
                    problem != null && undecided ? NOT_THERE_YET + firstLine(problem) : null,
                    new LinkedHashSet<>(prepared.parameterNames()));
        }
    }

    private static String firstLine(String text) {
        return text.lines().findFirst().orElse("");
    }

    /// By a worker.
    record ImportedPython(Engine engine) implements PythonCheck {
        @Override
        public Map<String, String> problems(List<Endpoint> endpoints) {
            Map<String, String> problems = new LinkedHashMap<>();
            engine.inspect(endpoints)
                    .forEach((endpoint, problem) -> problems.put(endpoint.id(), problem.text()));
            return problems;
        }
    }
}
