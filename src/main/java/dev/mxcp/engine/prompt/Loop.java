package dev.mxcp.engine.prompt;

import dev.mxcp.engine.prompt.Values.Function;
import dev.mxcp.engine.prompt.Values.Given;
import dev.mxcp.engine.prompt.Values.Thing;
import dev.mxcp.engine.prompt.Values.Undefined;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The variable `loop` of a for block; also the function that a recursive loop calls itself by.
final class Loop implements Thing, Function {
    private final List<@Nullable Object> items;
    private final int depth;
    private final @Nullable Function again;
    private int index;
    private @Nullable List<@Nullable Object> lastChanged;

    Loop(List<@Nullable Object> items, int depth, @Nullable Function again) {
        this.items = items;
        this.depth = depth;
        this.again = again;
    }

    void at(int newIndex) {
        index = newIndex;
    }

    @Override
    public @Nullable Object call(Given given) {
        if (again == null) {
            throw new TemplateException(
                    "The loop must have the 'recursive' marker to be called recursively.");
        }
        return again.call(given);
    }

    @Override
    public @Nullable Object attribute(String name) {
        long size = items.size();
        return switch (name) {
            case "index" -> index + 1L;
            case "index0" -> (long) index;
            case "revindex" -> size - index;
            case "revindex0" -> size - index - 1;
            case "first" -> index == 0;
            case "last" -> index == size - 1;
            case "length" -> size;
            case "depth" -> depth + 1L;
            case "depth0" -> (long) depth;
            case "previtem" -> index == 0 ? new Undefined("loop.previtem") : items.get(index - 1);
            case "nextitem" ->
                    index == size - 1 ? new Undefined("loop.nextitem") : items.get(index + 1);
            case "cycle" -> (Function) this::cycle;
            case "changed" -> (Function) this::changed;
            default -> new Undefined("loop." + name);
        };
    }

    private @Nullable Object cycle(Given given) {
        List<@Nullable Object> choices = given.positional();
        if (choices.isEmpty()) {
            throw new TemplateException("no items for cycling given");
        }
        return choices.get(index % choices.size());
    }

    private Object changed(Given given) {
        boolean changed = lastChanged == null || !Values.equal(lastChanged, given.positional());
        lastChanged = given.positional();
        return changed;
    }
}
