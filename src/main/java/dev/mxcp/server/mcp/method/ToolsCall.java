package dev.mxcp.server.mcp.method;

import dev.mxcp.engine.call.Content;
import dev.mxcp.engine.call.Result;
import dev.mxcp.project.Endpoint;
import dev.mxcp.server.mcp.era.Era;
import dev.mxcp.server.mcp.message.Refusal;
import dev.mxcp.types.Arguments;
import dev.mxcp.types.json.JsonBuffer;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// `tools/call` (M14, V12): one text block, and structured content where a result is declared. Its
/// failures become results, see ErrorReplies.
public final class ToolsCall implements Method {
    private static final int ENVELOPE = 256;

    public static final String NAME = "tools/call";

    private final Calls calls;

    public ToolsCall(Calls calls) {
        this.calls = calls;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public void answer(Exchange exchange, JsonBuffer out) {
        String name = Params.text(exchange.request(), "name");
        Map<String, @Nullable Object> arguments = Params.arguments(exchange.request());
        Endpoint.Tool listed = calls.surface().tool(name).orElseThrow(() -> unknown(name));
        Requirements.checkHeaders(listed, arguments, exchange); // before waiting for anything
        Requirements.checkClient(listed, exchange);
        calls.run(
                exchange,
                listed,
                (surface, context) -> {
                    Endpoint.Tool tool = surface.tool(name).orElseThrow(() -> unknown(name));
                    Result result =
                            surface.runner().run(tool, arguments, Arguments.Source.MCP, context);
                    write(result, tool, exchange.era(), out);
                    return result;
                });
    }

    private static void write(Result result, Endpoint.Tool tool, Era era, JsonBuffer out) {
        // the text block escapes about one byte in four
        out.reserve(3 * result.json().size() + ENVELOPE);
        out.raw("{\"content\":[");
        int empty = out.size();
        Content content = result.content();
        if (content != null) {
            Blocks.write(content.blocks(), era, out);
        } else {
            switch (result.kind()) {
                case NULL -> {}
                case TEXT -> textBlock(out).raw(result.json()).raw('}');
                case SCALAR, OBJECT, LIST -> textBlock(out).stringOf(result.json()).raw('}');
            }
        }
        if (result.page() != null) {
            out.raw(out.size() == empty ? "" : ",");
            textBlock(out).value(result.page().note()).raw('}');
        }
        out.raw(']');
        boolean failed = content != null && content.isError();
        if (era.structuredContent() && !failed) {
            structured(result, structure(result, tool), era, out);
        }
        out.raw(",\"isError\":").value(failed).raw('}');
    }

    /// What goes along with blocks need not be declared (M14.21).
    private static Structure structure(Result result, Endpoint.Tool tool) {
        if (result.content() == null || tool.returns() != null) {
            return Structure.of(tool.returns());
        }
        return switch (result.kind()) {
            case NULL -> Structure.NONE;
            case OBJECT -> Structure.OBJECT;
            case TEXT, SCALAR, LIST -> Structure.WRAPPED;
        };
    }

    private static void structured(Result result, Structure kind, Era era, JsonBuffer out) {
        boolean isNull = result.kind() == Result.Kind.NULL;
        boolean wrapped =
                switch (kind) {
                    case OBJECT, NULLABLE_OBJECT -> false;
                    case WRAPPED, NULLABLE_WRAPPED -> era.wrapsResults();
                    case NONE -> false;
                };
        boolean absent =
                switch (kind) {
                    case NONE -> true;
                    case OBJECT, NULLABLE_OBJECT, NULLABLE_WRAPPED -> isNull && era.wrapsResults();
                    case WRAPPED -> false;
                };
        if (absent) {
            return;
        }
        out.raw(",\"structuredContent\":");
        if (wrapped) {
            out.raw("{\"result\":").raw(result.structured()).raw('}');
        } else {
            out.raw(result.structured());
        }
    }

    private static JsonBuffer textBlock(JsonBuffer out) {
        return out.raw("{\"type\":\"text\",\"text\":");
    }

    private static Refusal unknown(String name) {
        return Refusal.invalidParams("Unknown tool: " + name);
    }
}
