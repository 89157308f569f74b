package dev.mxcp.server.mcp;

import dev.mxcp.engine.call.ClientLacks;
import dev.mxcp.engine.duckdb.DuckDbException;
import dev.mxcp.engine.python.PythonError;
import dev.mxcp.problem.MxcpException;
import dev.mxcp.problem.MxcpException.CallCancelled;
import dev.mxcp.problem.MxcpException.CallRejected;
import dev.mxcp.problem.MxcpException.EndpointFailed;
import dev.mxcp.problem.MxcpException.InvalidProject;
import dev.mxcp.problem.MxcpException.Unavailable;
import dev.mxcp.server.mcp.message.ErrorCode;
import dev.mxcp.server.mcp.message.Refusal;
import dev.mxcp.server.mcp.message.RequestId;
import dev.mxcp.server.mcp.method.Exchange;
import dev.mxcp.server.mcp.method.ToolsCall;
import dev.mxcp.server.mcp.session.ClientCapabilities;
import dev.mxcp.types.json.JsonBuffer;
import java.util.LinkedHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The one place where failures become wire errors (M5, M14.13, V13), and where they are logged.
/// Thread-safe.
public final class ErrorReplies {
    private static final Logger LOG = LoggerFactory.getLogger(ErrorReplies.class);

    /// Writes the answer of a request that failed.
    ///
    /// @param out begins and ends with this message
    /// @return the HTTP status that goes with it
    int write(Exchange exchange, Throwable failure, JsonBuffer out) {
        return switch (failure) {
            case Refusal refusal -> error(exchange, refusal, out);
            case MxcpException expected -> expected(exchange, expected, out);
            case ClientLacks lacking -> lacking(exchange, lacking, out);
            default -> {
                LOG.error(
                        "call {}: a bug in answering {}",
                        exchange.callId(),
                        exchange.request().method(),
                        failure);
                yield error(
                        exchange,
                        new Refusal(
                                ErrorCode.INTERNAL,
                                "internal error (call " + exchange.callId() + ")"),
                        out);
            }
        };
    }

    /// A whole error message.
    ///
    /// @param id null when it could not be read (M4.4)
    public static JsonBuffer error(@Nullable RequestId id, Refusal refusal) {
        var out = new JsonBuffer(256);
        error(id, refusal, out);
        return out;
    }

    private static void error(@Nullable RequestId id, Refusal refusal, JsonBuffer out) {
        out.raw("{\"jsonrpc\":\"2.0\",\"id\":");
        if (id == null) {
            out.nullValue();
        } else {
            id.writeTo(out);
        }
        out.raw(",\"error\":{\"code\":").value(refusal.code());
        out.raw(",\"message\":").value(refusal.text());
        if (refusal.data() != null) {
            out.raw(",\"data\":").any(refusal.data());
        }
        out.raw("}}");
    }

    private static int error(Exchange exchange, Refusal refusal, JsonBuffer out) {
        error(exchange.request().id(), refusal, out);
        return exchange.era().httpStatus(refusal);
    }

    /// M5.3, M14.13.
    private static int lacking(Exchange exchange, ClientLacks lacking, JsonBuffer out) {
        String text = String.valueOf(lacking.getMessage());
        if (exchange.era().stateless()) {
            var data = new LinkedHashMap<String, @Nullable Object>();
            data.put("requiredCapabilities", ClientCapabilities.object(lacking.capability()));
            return error(exchange, new Refusal(ErrorCode.MISSING_CAPABILITY, text, data), out);
        }
        return exchange.request().method().equals(ToolsCall.NAME)
                ? toolError(exchange, text, out)
                : error(exchange, ErrorCode.INTERNAL, text, out);
    }

    private static int expected(Exchange exchange, MxcpException failure, JsonBuffer out) {
        log(exchange, failure);
        String text = String.valueOf(failure.getMessage());
        boolean tool = exchange.request().method().equals(ToolsCall.NAME);
        return switch (failure) {
            case CallRejected _ ->
                    tool
                            ? toolError(exchange, text, out)
                            : error(exchange, ErrorCode.INVALID_PARAMS, text, out);
            case EndpointFailed _, CallCancelled _, Unavailable _ ->
                    tool
                            ? toolError(exchange, text, out)
                            : error(exchange, ErrorCode.INTERNAL, text, out);
            case InvalidProject _ ->
                    error(exchange, ErrorCode.INTERNAL, "the project is not valid any more", out);
        };
    }

    private static int error(Exchange exchange, int code, String text, JsonBuffer out) {
        return error(exchange, new Refusal(code, text), out);
    }

    private static int toolError(Exchange exchange, String text, JsonBuffer out) {
        Object name = exchange.request().params().get("name");
        exchange.era().openResult(exchange.request().id(), out);
        out.raw("{\"content\":[{\"type\":\"text\",\"text\":");
        out.value("Error executing tool " + name + ": " + text);
        out.raw("}],\"isError\":true}");
        exchange.era().closeResult(null, out);
        return 200;
    }

    private static void log(Exchange exchange, MxcpException failure) {
        String method = exchange.request().method();
        switch (failure) {
            case CallRejected rejected ->
                    LOG.debug("{} rejected: {}", method, rejected.getMessage());
            case CallCancelled cancelled ->
                    LOG.info("{} cancelled: {}", method, cancelled.getMessage());
            // Python's traceback is in the log already, DuckDB's text says it all
            case EndpointFailed failed
                    when failed.getCause() == null
                            || failed.getCause() instanceof PythonError
                            || failed.getCause() instanceof DuckDbException ->
                    LOG.warn("{} failed: {}", method, failed.getMessage());
            case EndpointFailed failed -> LOG.warn("{} failed", method, failed);
            case Unavailable busy -> LOG.warn("{} not possible now: {}", method, busy.getMessage());
            case InvalidProject invalid ->
                    LOG.error("{} not possible: {}", method, invalid.getMessage());
        }
    }
}
