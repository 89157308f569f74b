package dev.mxcp.project.yaml;

import java.io.StringReader;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.DumperOptions.FlowStyle;
import org.yaml.snakeyaml.DumperOptions.ScalarStyle;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.CollectionNode;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/// Changes single values in the text of a YAML file and leaves every other character as it is:
/// comments, quotes, order, indentation. What comes out was read again, and differs from before in
/// that one value.
public final class YamlEdit {
    private final String text;
    private final Node root;

    private YamlEdit(String text) {
        this.text = text;
        try {
            var options = new LoaderOptions();
            options.setAllowDuplicateKeys(true);
            this.root = new Yaml(options).compose(new StringReader(text));
        } catch (YAMLException malformed) {
            throw new Impossible("the file is no YAML any more");
        }
    }

    /// The value cannot be changed without touching others; the message says why.
    public static final class Impossible extends RuntimeException {
        Impossible(String message) {
            super(message);
        }
    }

    /// Gives a value that is written another one.
    ///
    /// @param path keys and positions from the root of the document
    /// @param value plain
    /// @throws Impossible when that would touch anything else, such as the anchor of an alias
    public static String replace(String text, List<Object> path, @Nullable Object value) {
        return checked(text, new YamlEdit(text).replaced(path, value), path, value);
    }

    /// Adds a key to the end of a mapping that is written.
    ///
    /// @throws Impossible as above, or when the key is there already
    public static String add(
            String text, List<Object> mapping, String key, @Nullable Object value) {
        var path = new ArrayList<>(mapping);
        path.add(key);
        return checked(text, new YamlEdit(text).added(mapping, key, value), path, value);
    }

    private String replaced(List<Object> path, @Nullable Object value) {
        Node parent = node(path.subList(0, path.size() - 1));
        Object last = path.getLast();
        if (!(parent instanceof MappingNode mapping)) {
            throw new Impossible("only the values of keys can be changed");
        }
        NodeTuple tuple = tuple(mapping, String.valueOf(last));
        Node old = tuple.getValueNode();
        int colon = text.indexOf(':', offset(tuple.getKeyNode().getEndMark()));
        int start = offset(old.getStartMark());
        if (old.getAnchor() != null || colon < 0 || start < colon) {
            throw new Impossible("the value is an anchor or an alias");
        }
        String between = text.substring(colon + 1, start);
        String firstLine = between.lines().findFirst().orElse("").strip();
        String comment = firstLine.startsWith("#") ? "  " + firstLine : "";
        boolean flow = mapping.getFlowStyle() == FlowStyle.FLOW;
        String written = YamlText.of(value, column(tuple.getKeyNode()), flow);
        String inserted =
                written.startsWith("\n") || !comment.isEmpty()
                        ? comment + (written.startsWith("\n") ? written : "\n" + written)
                        : " " + written;
        if (!comment.isEmpty() && !written.startsWith("\n")) {
            inserted = " " + written + comment;
        }
        return text.substring(0, colon + 1) + inserted + text.substring(end(old));
    }

    private String added(List<Object> path, String key, @Nullable Object value) {
        if (!(node(path) instanceof MappingNode mapping)
                || mapping.getValue().isEmpty()
                || mapping.getFlowStyle() == FlowStyle.FLOW) {
            throw new Impossible("the mapping is not written in lines");
        }
        if (mapping.getValue().stream().anyMatch(tuple -> name(tuple).equals(key))) {
            throw new Impossible("the key is there already");
        }
        int column = column(mapping.getValue().getFirst().getKeyNode());
        int end = end(mapping.getValue().getLast().getValueNode());
        int line = text.indexOf('\n', end);
        int at = line < 0 ? text.length() : line;
        String written = YamlText.of(value, column, false);
        return text.substring(0, at)
                + "\n"
                + " ".repeat(column)
                + key
                + ":"
                + (written.startsWith("\n") ? "" : " ")
                + written
                + text.substring(at);
    }

    private Node node(List<Object> path) {
        Node node = root;
        for (Object step : path) {
            node =
                    switch (node) {
                        case MappingNode mapping ->
                                tuple(mapping, String.valueOf(step)).getValueNode();
                        case SequenceNode sequence
                                when step instanceof Integer index
                                        && index < sequence.getValue().size() ->
                                sequence.getValue().get(index);
                        case null, default -> throw new Impossible("the value is not there");
                    };
        }
        return node;
    }

    private static NodeTuple tuple(MappingNode mapping, String key) {
        return mapping.getValue().reversed().stream()
                .filter(tuple -> name(tuple).equals(key))
                .findFirst()
                .orElseThrow(() -> new Impossible("the key '" + key + "' is not there"));
    }

    private static String name(NodeTuple tuple) {
        return tuple.getKeyNode() instanceof ScalarNode scalar ? scalar.getValue() : "";
    }

    /// Where a value ends: SnakeYAML has blocks end where the next token begins, behind comments
    /// and empty lines.
    private int end(Node node) {
        return switch (node) {
            case CollectionNode<?> flow when flow.getFlowStyle() == FlowStyle.FLOW ->
                    offset(flow.getEndMark());
            case MappingNode mapping -> end(mapping.getValue().getLast().getValueNode());
            case SequenceNode sequence -> end(sequence.getValue().getLast());
            case ScalarNode block
                    when block.getScalarStyle() == ScalarStyle.LITERAL
                            || block.getScalarStyle() == ScalarStyle.FOLDED -> {
                int end = Math.min(offset(block.getEndMark()), text.length());
                while (end > 0 && Character.isWhitespace(text.charAt(end - 1))) {
                    end--;
                }
                yield end;
            }
            default -> offset(node.getEndMark());
        };
    }

    private static int column(Node key) {
        return key.getStartMark().getColumn();
    }

    private int offset(Mark mark) {
        return text.offsetByCodePoints(0, mark.getIndex());
    }

    private static String checked(
            String before, String after, List<Object> path, @Nullable Object value) {
        Object expected = with(plain(before), path, read(value));
        if (!Objects.deepEquals(plain(after), expected)) {
            throw new Impossible("the new value cannot be written in this place");
        }
        return after;
    }

    private static @Nullable Object plain(String text) {
        var problems = new Problems();
        YamlValue value =
                new YamlReader()
                        .parse(
                                text.getBytes(java.nio.charset.StandardCharsets.UTF_8),
                                "",
                                problems);
        if (value == null || !problems.isEmpty()) {
            throw new Impossible("the new value cannot be written in this place");
        }
        return value.plain();
    }

    /// The value as the reader gives it back.
    private static @Nullable Object read(@Nullable Object value) {
        return plain("{\"v\": " + YamlText.flow(value) + "}") instanceof Map<?, ?> map
                ? map.get("v")
                : null;
    }

    private static @Nullable Object with(
            @Nullable Object tree, List<Object> path, @Nullable Object value) {
        if (path.isEmpty()) {
            return value;
        }
        List<Object> rest = path.subList(1, path.size());
        if (tree instanceof List<?> list && path.getFirst() instanceof Integer index) {
            var copy = new ArrayList<@Nullable Object>(list);
            copy.set(index, with(copy.get(index), rest, value));
            return Collections.unmodifiableList(copy);
        }
        var copy = new LinkedHashMap<String, @Nullable Object>();
        if (tree instanceof Map<?, ?> map) {
            map.forEach((key, member) -> copy.put(String.valueOf(key), member));
        }
        String key = String.valueOf(path.getFirst());
        copy.put(key, with(copy.get(key), rest, value));
        return copy;
    }
}
