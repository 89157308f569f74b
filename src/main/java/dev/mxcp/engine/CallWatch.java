package dev.mxcp.engine;

import dev.mxcp.engine.call.CallContext;
import dev.mxcp.engine.call.InputRequired;
import dev.mxcp.problem.MxcpException;
import dev.mxcp.project.Code;
import dev.mxcp.project.Endpoint;
import dev.mxcp.telemetry.Observation;
import dev.mxcp.telemetry.Telemetry;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Set;
import java.util.function.Supplier;

/// Tells telemetry about the work of an engine, in the names of T3 and T5. No value of a parameter
/// and no SQL text is ever part of it. Thread-safe.
record CallWatch(Telemetry telemetry) {
    private static final int HASH_DIGITS = 16;
    private static final Set<String> OPERATIONS =
            Set.of("select", "insert", "update", "delete", "create", "drop");

    private boolean off() {
        return telemetry.equals(Telemetry.OFF);
    }

    /// A call of an endpoint, from its arguments to its result.
    <T> T endpoint(Endpoint endpoint, CallContext call, Supplier<T> work) {
        if (off()) {
            return work.get();
        }
        String type = endpoint.kind().yamlName();
        String[] which = {"endpoint", endpoint.id(), "type", type};
        long began = System.nanoTime();
        telemetry.change("mxcp.endpoint.concurrent_executions", 1, which);
        String status = "error";
        try (Observation span = telemetry.begin("mxcp.endpoint.execute")) {
            span.set("mxcp.endpoint.name", endpoint.id())
                    .set("mxcp.endpoint.type", type)
                    .set("mxcp.auth.authenticated", call.caller().known());
            if (call.caller().provider() != null) {
                span.set("mxcp.auth.provider", call.caller().provider());
            }
            T result = told(span, work);
            status = "success";
            return result;
        } catch (InputRequired asked) {
            status = "input_required"; // nothing failed
            throw asked;
        } catch (RuntimeException failure) {
            telemetry.count(
                    "mxcp.endpoint.errors_total",
                    "endpoint",
                    endpoint.id(),
                    "type",
                    type,
                    "caller",
                    call.transport(),
                    "error_type",
                    kind(failure));
            throw failure;
        } finally {
            telemetry.change("mxcp.endpoint.concurrent_executions", -1, which);
            String[] outcome = {
                "endpoint",
                endpoint.id(),
                "type",
                type,
                "status",
                status,
                "caller",
                call.transport()
            };
            telemetry.count("mxcp.endpoint.requests_total", outcome);
            telemetry.took("mxcp.endpoint.duration", System.nanoTime() - began, outcome);
        }
    }

    /// The conversion of a call's arguments.
    <T> T arguments(Supplier<T> work) {
        if (off()) {
            return work.get();
        }
        try (Observation span = telemetry.begin("mxcp.validation.input")) {
            boolean passed = false;
            try {
                T arguments = told(span, work);
                passed = true;
                return arguments;
            } finally {
                span.set("mxcp.validation.passed", passed);
            }
        }
    }

    /// The run of an endpoint's code.
    <T> T execution(Endpoint endpoint, Supplier<T> work) {
        if (off()) {
            return work.get();
        }
        String language = endpoint.code() instanceof Code.Python ? "python" : "sql";
        telemetry.change("mxcp.execution.concurrent", 1, "language", language);
        String status = "error";
        String error = "";
        try (Observation span = telemetry.begin("mxcp.execution_engine.execute")) {
            span.set("mxcp.execution.language", language)
                    .set("mxcp.params.count", endpoint.parameters().size())
                    .set("mxcp.has_input_schema", !endpoint.parameters().isEmpty())
                    .set("mxcp.has_output_schema", endpoint.returns() != null);
            T result = told(span, work);
            status = "success";
            return result;
        } catch (InputRequired asked) {
            status = "input_required";
            throw asked;
        } catch (RuntimeException failure) {
            error = kind(failure);
            throw failure;
        } finally {
            telemetry.change("mxcp.execution.concurrent", -1, "language", language);
            telemetry.count(
                    "mxcp.execution.total", "language", language, "status", status, "error", error);
        }
    }

    /// The run of SQL text.
    <T> T sql(String sql, boolean readOnly, Supplier<T> work) {
        if (off()) {
            return work.get();
        }
        String operation = operation(sql);
        telemetry.change("mxcp.duckdb.concurrent_executions", 1, "operation", operation);
        String status = "error";
        try (Observation span = telemetry.begin("mxcp.duckdb.execute")) {
            span.set("db.system", "duckdb")
                    .set("db.statement.hash", hash(sql))
                    .set("db.operation", operation)
                    .set("db.readonly", readOnly);
            T result = told(span, work);
            status = "success";
            return result;
        } finally {
            telemetry.change("mxcp.duckdb.concurrent_executions", -1, "operation", operation);
            telemetry.count("mxcp.duckdb.queries_total", "operation", operation, "status", status);
        }
    }

    /// The run of a Python function.
    <T> T python(String function, int parameters, Supplier<T> work) {
        if (off()) {
            return work.get();
        }
        telemetry.change("mxcp.python.concurrent_executions", 1, "type", "file");
        String status = "error";
        try (Observation span = telemetry.begin("mxcp.python.execute")) {
            span.set("mxcp.python.type", "file")
                    .set("mxcp.python.name", function)
                    .set("mxcp.python.params.count", parameters);
            T result = told(span, work);
            status = "success";
            return result;
        } finally {
            telemetry.change("mxcp.python.concurrent_executions", -1, "type", "file");
            telemetry.count("mxcp.python.executions_total", "type", "file", "status", status);
        }
    }

    private static <T> T told(Observation span, Supplier<T> work) {
        try {
            return work.get();
        } catch (InputRequired asked) {
            throw asked;
        } catch (RuntimeException failure) {
            span.failed(kind(failure), failure);
            throw failure;
        }
    }

    /// The kind of a failure, in one of a few words.
    private static String kind(RuntimeException failure) {
        return switch (failure) {
            case MxcpException.CallRejected _ -> "call_rejected";
            case MxcpException.EndpointFailed _ -> "endpoint_failed";
            case MxcpException.CallCancelled _ -> "call_cancelled";
            case MxcpException.Unavailable _ -> "unavailable";
            case MxcpException _ -> "refused";
            default -> failure.getClass().getSimpleName();
        };
    }

    private static String operation(String sql) {
        String text = sql.strip();
        int end = 0;
        while (end < text.length() && Character.isLetter(text.charAt(end))) {
            end++;
        }
        String word = text.substring(0, end).toLowerCase(Locale.ROOT);
        return OPERATIONS.contains(word) ? word : "unknown";
    }

    private static String hash(String sql) {
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-256")
                            .digest(sql.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest).substring(0, HASH_DIGITS);
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException("every Java has SHA-256", missing);
        }
    }
}
