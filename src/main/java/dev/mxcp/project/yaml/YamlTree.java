package dev.mxcp.project.yaml;

import dev.mxcp.problem.Problem;
import dev.mxcp.problem.SourcePlace;
import dev.mxcp.project.yaml.YamlValue.Entry;
import dev.mxcp.project.yaml.YamlValue.Mapping;
import dev.mxcp.project.yaml.YamlValue.Origin;
import dev.mxcp.project.yaml.YamlValue.Scalar;
import dev.mxcp.project.yaml.YamlValue.Sequence;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.yaml.snakeyaml.DumperOptions.ScalarStyle;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.events.AliasEvent;
import org.yaml.snakeyaml.events.CollectionStartEvent;
import org.yaml.snakeyaml.events.Event;
import org.yaml.snakeyaml.events.NodeEvent;
import org.yaml.snakeyaml.events.ScalarEvent;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.parser.Parser;

/// Turns the events of one document into values, without SnakeYAML's nodes in between, which cost
/// as much again. Aliases share the value of their anchor; how large the document would be without
/// sharing is counted, and limited, since readers walk it so.
final class YamlTree {
    private static final Logger LOG = LoggerFactory.getLogger(YamlTree.class);
    private static final long MOST_VALUES = 1_000_000;
    private static final int DEEPEST = 100;
    private static final Built OPEN =
            new Built(new Scalar(null, "", Origin.WRITTEN, SourcePlace.of("")), 0);

    private final String file;
    private final Parser parser;
    private final Map<String, Built> anchors = new HashMap<>();
    private int depth;

    /// @param size number of values with aliases written out
    private record Built(YamlValue value, long size) {}

    /// The document is no tree of values.
    static final class Refused extends RuntimeException {
        private final Problem problem;

        Refused(Problem problem) {
            super(problem.what());
            this.problem = problem;
        }

        Problem problem() {
            return problem;
        }
    }

    YamlTree(String file, Parser parser) {
        this.file = file;
        this.parser = parser;
    }

    /// The value of the only document; a null scalar when there is none.
    ///
    /// @throws Refused when there are two, when it contains itself, is too large with its aliases
    ///   written out or too deep, has keys that are not scalars, or scalars that are not of their
    ///   type
    YamlValue document() {
        parser.getEvent(); // the stream begins
        if (parser.checkEvent(Event.ID.StreamEnd)) {
            return new Scalar(null, "", Origin.WRITTEN, new SourcePlace(file, 1, 1));
        }
        parser.getEvent(); // the document begins
        YamlValue value = next().value();
        parser.getEvent(); // the document ends
        if (!parser.checkEvent(Event.ID.StreamEnd)) {
            throw refused(
                    "another document begins",
                    parser.getEvent(),
                    "write one document a file, without a second '---'");
        }
        return value;
    }

    private Built next() {
        Event event = parser.getEvent();
        if (event instanceof ScalarEvent scalar) {
            return anchored(scalar, new Built(scalar(scalar), 1));
        } else if (event instanceof AliasEvent alias) {
            return aliased(alias);
        }
        CollectionStartEvent start = (CollectionStartEvent) event;
        if (start.getAnchor() != null) {
            anchors.put(start.getAnchor(), OPEN);
        }
        if (++depth > DEEPEST) {
            throw refused("the values are nested too deeply", start, null);
        }
        Built built = event.is(Event.ID.MappingStart) ? mapping(start) : sequence(start);
        depth--;
        if (built.size() > MOST_VALUES) {
            throw refused("the file is too large when its aliases are written out", start, null);
        }
        return anchored(start, built);
    }

    private Built anchored(NodeEvent event, Built built) {
        if (event.getAnchor() != null) {
            anchors.put(event.getAnchor(), built);
        }
        return built;
    }

    private Built aliased(AliasEvent alias) {
        Built built = anchors.get(alias.getAnchor());
        if (built == null) { // its name may be an unquoted password
            throw refused(
                    "YAML syntax: found undefined alias",
                    alias,
                    "put a value that begins with '*' in quotes");
        } else if (built.size() == 0) { // open still
            throw refused("an alias refers to a value that contains it", alias, null);
        }
        return built;
    }

    private Scalar scalar(ScalarEvent event) {
        ScalarStyle style = event.getScalarStyle();
        Origin origin =
                style == ScalarStyle.LITERAL || style == ScalarStyle.FOLDED
                        ? Origin.BLOCK
                        : Origin.WRITTEN;
        try {
            Object value = Yaml11.value(tag(event), event.getValue());
            return new Scalar(value, event.getValue(), origin, place(event));
        } catch (Yaml11.NoSuchValue invalid) {
            throw refused(String.valueOf(invalid.getMessage()), event, "put the value in quotes");
        }
    }

    private static Tag tag(ScalarEvent event) {
        String written = event.getTag();
        if (written != null && !written.equals("!")) {
            return new Tag(written);
        }
        return event.getImplicit().canOmitTagInPlainScalar()
                ? Yaml11.tag(event.getValue())
                : Tag.STR;
    }

    private Built sequence(CollectionStartEvent start) {
        requireTag(start, Tag.SEQ, Tag.OMAP, Tag.PAIRS);
        var items = new ArrayList<YamlValue>();
        long size = 1;
        while (!parser.checkEvent(Event.ID.SequenceEnd)) {
            Built item = next();
            items.add(item.value());
            size += item.size();
        }
        parser.getEvent();
        return new Built(new Sequence(items, place(start)), size);
    }

    private Built mapping(CollectionStartEvent start) {
        requireTag(start, Tag.MAP, Tag.SET);
        var merged = new LinkedHashMap<String, Entry>();
        var own = new LinkedHashMap<String, Entry>();
        long size = 1;
        while (!parser.checkEvent(Event.ID.MappingEnd)) {
            Event keyEvent = parser.peekEvent();
            boolean merges =
                    keyEvent instanceof ScalarEvent scalar && tag(scalar).equals(Tag.MERGE);
            Scalar key = key(keyEvent);
            Event valueEvent = parser.peekEvent();
            Built value = next();
            size += value.size();
            if (merges) {
                merge(value.value(), merged, valueEvent);
                continue;
            }
            Entry old = own.put(key.text(), new Entry(key.place(), value.value()));
            if (old != null) {
                warnOfDuplicate(key, old);
            }
        }
        parser.getEvent();
        if (!merged.isEmpty()) {
            merged.putAll(own);
            own = merged;
        }
        return new Built(new Mapping(own, place(start)), size);
    }

    /// Keys are text whatever they look like: `yes:` is the key `yes`.
    private Scalar key(Event event) {
        if (next().value() instanceof Scalar scalar) {
            return scalar;
        }
        throw refused("a key must be a single word, not a list or mapping", event, null);
    }

    private static void warnOfDuplicate(Scalar key, Entry old) {
        LOG.warn(
                "{}: the key '{}' is written twice in one mapping (first at {}); the last one counts",
                key.place().text(),
                key.text(),
                old.place().text());
    }

    /// Of several mappings in one `<<` the first that has a key gives its value.
    private void merge(YamlValue source, Map<String, Entry> merged, Event event) {
        var block = new LinkedHashMap<String, Entry>();
        List<YamlValue> sources =
                source instanceof Sequence sequence ? sequence.items() : List.of(source);
        for (YamlValue item : sources) {
            if (!(item instanceof Mapping mapping)) {
                throw refused("'<<' merges mappings only", event, "use an alias of a mapping");
            }
            mapping.entries().forEach(block::putIfAbsent);
        }
        merged.putAll(block);
    }

    private void requireTag(CollectionStartEvent start, Tag... known) {
        String written = start.getTag();
        if (written == null || written.equals("!")) {
            return;
        }
        for (Tag tag : known) {
            if (tag.getValue().equals(written)) {
                return;
            }
        }
        throw refused("unknown YAML tag", start, null);
    }

    private SourcePlace place(Event event) {
        Mark mark = event.getStartMark();
        return new SourcePlace(file, mark.getLine() + 1, mark.getColumn() + 1);
    }

    private Refused refused(String what, Event event, @Nullable String fix) {
        return new Refused(new Problem(what, place(event), null, fix));
    }
}
