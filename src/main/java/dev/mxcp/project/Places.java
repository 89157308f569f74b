package dev.mxcp.project;

import dev.mxcp.problem.SourcePlace;
import dev.mxcp.project.yaml.YamlValue;
import dev.mxcp.project.yaml.YamlValue.Entry;
import dev.mxcp.project.yaml.YamlValue.Mapping;
import dev.mxcp.project.yaml.YamlValue.Origin;
import dev.mxcp.project.yaml.YamlValue.Scalar;
import dev.mxcp.project.yaml.YamlValue.Sequence;
import org.jspecify.annotations.Nullable;

/// Where things stand in a definition file, by dotted key path (`tool.parameters.0.name`), for what
/// is found to be wrong after the file was read. Immutable.
public final class Places {
    private final @Nullable YamlValue document;
    private final SourcePlace start;

    private Places(@Nullable YamlValue document, SourcePlace start) {
        this.document = document;
        this.start = start;
    }

    static Places of(YamlValue document) {
        return new Places(document, document.place());
    }

    /// Of an endpoint that no file defines: everything stands where it begins.
    static Places unknown(SourcePlace start) {
        return new Places(null, start);
    }

    /// Where a key or a list's item stands; where the nearest thing above it does if it is not
    /// written.
    public SourcePlace of(String keyPath) {
        return find(keyPath).place();
    }

    /// Where the text of a key begins: one line below its `|` when it is a block.
    public SourcePlace text(String keyPath) {
        Found found = find(keyPath);
        if (!(found.value() instanceof Scalar scalar)) {
            return found.place();
        }
        SourcePlace place = scalar.place();
        return scalar.origin() == Origin.BLOCK
                ? new SourcePlace(place.file(), place.line() + 1, 0)
                : place;
    }

    private record Found(SourcePlace place, @Nullable YamlValue value) {}

    private Found find(String keyPath) {
        var found = new Found(start, document);
        String rest = keyPath;
        while (!rest.isEmpty()) {
            Found below = step(found.value(), rest);
            if (below == null) {
                return new Found(found.place(), null);
            }
            found = below;
            int dot = rest.indexOf('.');
            rest = dot < 0 ? "" : rest.substring(dot + 1);
        }
        return found;
    }

    private static @Nullable Found step(@Nullable YamlValue from, String path) {
        int dot = path.indexOf('.');
        String name = dot < 0 ? path : path.substring(0, dot);
        if (from instanceof Mapping mapping) {
            Entry entry = mapping.entries().get(name);
            return entry == null ? null : new Found(entry.place(), entry.value());
        }
        if (from instanceof Sequence sequence && name.matches("\\d{1,9}")) {
            int index = Integer.parseInt(name);
            if (index < sequence.items().size()) {
                YamlValue item = sequence.items().get(index);
                return new Found(item.place(), item);
            }
        }
        return null;
    }
}
