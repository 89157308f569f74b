package dev.mxcp.project.yaml;

import dev.mxcp.problem.SourcePlace;
import dev.mxcp.project.yaml.YamlValue.Entry;
import dev.mxcp.project.yaml.YamlValue.Mapping;
import dev.mxcp.project.yaml.YamlValue.Origin;
import dev.mxcp.project.yaml.YamlValue.Scalar;
import dev.mxcp.project.yaml.YamlValue.Sequence;
import java.math.BigInteger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// A mapping of a YAML file that is read key by key with the lenient typing of section 0. What is
/// wrong goes to a list with its place and dotted path, and reading goes on with a stand-in, so
/// that the author sees every problem at once. The keys that were asked for are the known ones: all
/// others are unknown ([#rejectUnknownKeys]). Used by one thread.
public final class ConfigNode {
    private final Mapping mapping;
    private final String path;
    private final boolean quotesValues;
    private final Problems problems;
    // in the order of asking, some twice: a list costs less than a set where all keys are known
    private final List<String> known = new ArrayList<>();
    private final Map<String, Object> typed = new HashMap<>();

    ConfigNode(Mapping mapping, String path, boolean quotesValues, Problems problems) {
        this.mapping = mapping;
        this.path = path;
        this.quotesValues = quotesValues;
        this.problems = problems;
    }

    /// The root of a file whose values may be quoted in messages.
    public static ConfigNode root(Mapping mapping, Problems problems) {
        return new ConfigNode(mapping, "", true, problems);
    }

    /// The root of a file with secrets: no message quotes a value of it.
    public static ConfigNode secretRoot(Mapping mapping, Problems problems) {
        return new ConfigNode(mapping, "", false, problems);
    }

    /// Where the mapping begins.
    public SourcePlace place() {
        return mapping.place();
    }

    /// Where the value of a key stands; where the mapping begins when the key is absent.
    public SourcePlace place(String key) {
        YamlValue value = mapping.get(key);
        return value == null ? mapping.place() : value.place();
    }

    /// Where a key stands; where the mapping begins when the key is absent.
    public SourcePlace keyPlace(String key) {
        Entry entry = mapping.entries().get(key);
        return entry == null ? mapping.place() : entry.place();
    }

    /// The dotted path of a key.
    public String path(String key) {
        return path.isEmpty() ? key : path + "." + key;
    }

    /// The keys that are written, in file order.
    public Set<String> keys() {
        return mapping.entries().sequencedKeySet();
    }

    /// Whether the key is written, if only with null.
    public boolean has(String key) {
        known.add(key);
        return mapping.entries().containsKey(key);
    }

    /// Whether the key is written with another value than null.
    public boolean isPresent(String key) {
        return !isNothing(key);
    }

    /// The untyped value of a key; null when it is absent.
    public @Nullable YamlValue value(String key) {
        known.add(key);
        return mapping.get(key);
    }

    /// The plain value of a key; null when it is absent or null.
    public @Nullable Object plain(String key) {
        YamlValue value = value(key);
        return value == null ? null : value.plain();
    }

    /// A required string.
    public String string(String key) {
        if (!has(key)) {
            reject(key, "Field required", null);
            return "";
        }
        return string(key, "");
    }

    /// A string with a default; null is no string.
    public String string(String key, String fallback) {
        return scalar(key, fallback, "a string", ConfigNode::text);
    }

    /// A string that may be absent or null.
    public @Nullable String optionalString(String key) {
        return isNothing(key) ? null : string(key, "");
    }

    /// A boolean with a default; null is no boolean.
    public boolean bool(String key, boolean fallback) {
        return scalar(key, fallback, "true or false", Lenient::bool);
    }

    /// A boolean that may be absent or null.
    public @Nullable Boolean optionalBool(String key) {
        return isNothing(key) ? null : bool(key, false);
    }

    /// An integer between two limits, with a default; null is no integer.
    public long integer(String key, long fallback, long least, long most) {
        BigInteger value =
                scalar(key, BigInteger.valueOf(fallback), "an integer", Lenient::integer);
        if (value.compareTo(BigInteger.valueOf(least)) >= 0
                && value.compareTo(BigInteger.valueOf(most)) <= 0) {
            return value.longValue();
        }
        reject(key, "the integer is out of range", "use " + least + " to " + most);
        return fallback;
    }

    /// An integer of at least 0 that may be absent or null.
    public @Nullable Integer optionalCount(String key) {
        return isNothing(key) ? null : (int) integer(key, 0, 0, Integer.MAX_VALUE);
    }

    /// A number that may be absent or null.
    public @Nullable Double optionalNumber(String key) {
        return isNothing(key) ? null : scalar(key, 0.0, "a number", Lenient::number);
    }

    /// A duration such as `30s`, or seconds; null when the key is absent or null.
    public @Nullable Duration optionalDuration(String key) {
        if (isNothing(key)) {
            return null;
        }
        String example = "a duration such as 500ms, 30s, 2m or 1h, or a number of seconds";
        Duration none = Duration.ofSeconds(-1);
        Duration duration =
                scalar(key, none, example, scalar -> Quantities.duration(quantity(scalar)));
        typed.remove(key); // shown as written
        return duration.isNegative() ? null : duration; // none is written with a sign
    }

    /// A duration with a default.
    public Duration duration(String key, Duration fallback) {
        Duration value = optionalDuration(key);
        return value == null ? fallback : value;
    }

    /// A duration with a default; null for the word `none`.
    public @Nullable Duration durationOrNone(String key, Duration fallback) {
        return value(key) instanceof Scalar scalar && "none".equals(scalar.value())
                ? null
                : duration(key, fallback);
    }

    /// A size in bytes such as `64MB` or `4MiB`, with a default.
    public long bytes(String key, long fallback) {
        String example = "a size such as 64MB or 4MiB, or a number of bytes";
        if (isNothing(key)) {
            return fallback;
        }
        long bytes = scalar(key, fallback, example, scalar -> Quantities.bytes(quantity(scalar)));
        typed.remove(key); // shown as written
        return bytes;
    }

    /// One of the given words; null when the key is absent or null.
    public @Nullable String choice(String key, List<String> words) {
        String word = optionalString(key);
        if (word == null || words.contains(word) || !(mapping.get(key) instanceof Scalar scalar)) {
            return word;
        }
        if (scalar.value() instanceof String && scalar.origin() != Origin.UNRESOLVED) {
            String what =
                    "unknown "
                            + key
                            + (ConfigItem.mayQuote(scalar, quotesValues) ? " '" + word + "'" : "");
            reject(key, what, Suggestions.fix(word, words));
        }
        return null;
    }

    /// One of the given words, which must be written.
    public String choice(String key, List<String> words, String standIn) {
        if (isNothing(key)) {
            reject(key, has(key) ? "must not be null" : "Field required", oneOf(words));
            return standIn;
        }
        String word = choice(key, words);
        return word == null ? standIn : word;
    }

    /// A list of strings; empty when the key is absent or null.
    public List<String> strings(String key) {
        return items(key).stream().map(item -> item.text("a string")).toList();
    }

    /// A list of strings that may also be written as one string (section 2, "scalar allowed").
    public List<String> stringsOrOne(String key, List<String> fallback) {
        if (!has(key)) {
            return fallback;
        }
        List<String> strings =
                mapping.get(key) instanceof Scalar scalar && scalar.value() != null
                        ? List.of(item(scalar, path(key)).text("a string or a list"))
                        : strings(key);
        typed.put(key, strings);
        return strings;
    }

    /// A list of any values, plain; null when the key is absent or null.
    public @Nullable List<@Nullable Object> list(String key) {
        return switch (value(key)) {
            case null -> null;
            case Scalar scalar when scalar.value() == null -> null;
            case Sequence sequence -> sequence.plain();
            case YamlValue other -> {
                rejectKind(key, "a list", other);
                yield null;
            }
        };
    }

    /// The items of a list; none when the key is absent or null.
    public List<ConfigItem> items(String key) {
        return switch (value(key)) {
            case null -> List.of();
            case Scalar scalar when scalar.value() == null -> List.of();
            case Sequence sequence -> items(key, sequence);
            case YamlValue other -> {
                rejectKind(key, "a list", other);
                yield List.of();
            }
        };
    }

    /// As [#items], but a single value counts as a list of one.
    public List<ConfigItem> itemsOrOne(String key) {
        YamlValue value = value(key);
        return value == null || isNothing(key) || value instanceof Sequence
                ? items(key)
                : List.of(item(value, path(key)));
    }

    /// The mappings in a list; none when the key is absent or null.
    public List<ConfigNode> objects(String key) {
        List<ConfigNode> nodes =
                items(key).stream().map(ConfigItem::object).flatMap(Optional::stream).toList();
        if (has(key)) {
            typed.put(key, nodes);
        }
        return nodes;
    }

    /// As [#objects], but a single mapping counts as a list of one.
    public List<ConfigNode> objectsOrOne(String key) {
        if (!(value(key) instanceof Mapping)) {
            return objects(key);
        }
        List<ConfigNode> nodes = optionalObject(key).stream().toList();
        typed.put(key, nodes);
        return nodes;
    }

    /// A mapping that may be absent or null.
    public Optional<ConfigNode> optionalObject(String key) {
        return isNothing(key) ? Optional.empty() : Optional.of(object(key));
    }

    /// A mapping; an absent or null one is empty.
    public ConfigNode objectOrEmpty(String key) {
        return optionalObject(key).orElseGet(() -> child(key, Mapping.empty(mapping.place())));
    }

    /// A mapping; an absent one is empty, null is no mapping.
    public ConfigNode object(String key) {
        return switch (value(key)) {
            case null -> child(key, Mapping.empty(mapping.place()));
            case Mapping present -> {
                ConfigNode node = child(key, present);
                typed.put(key, node);
                yield node;
            }
            case YamlValue other -> {
                if (!isUnresolved(other)) {
                    rejectKind(key, "a mapping", other);
                }
                yield child(key, Mapping.empty(other.place()));
            }
        };
    }

    /// The values of a mapping with free keys, each a mapping itself; none when the key is absent
    /// or null.
    public SequencedMap<String, ConfigNode> children(String key) {
        var children = new LinkedHashMap<String, ConfigNode>();
        optionalObject(key)
                .ifPresent(
                        node -> node.keys().forEach(name -> children.put(name, node.object(name))));
        return children;
    }

    /// A mapping with free keys and string values; empty when the key is absent or null.
    public SequencedMap<String, String> stringMap(String key) {
        var values = new LinkedHashMap<String, String>();
        optionalObject(key)
                .ifPresent(node ->
                        node.keys().forEach(name -> values.put(name, node.string(name, ""))));
        return values;
    }

    /// A mapping with free content as plain values; null when the key is absent or null.
    public @Nullable SequencedMap<String, @Nullable Object> free(String key) {
        return optionalObject(key).map(node -> node.mapping.plain()).orElse(null);
    }

    /// Adds a problem with the value of a key, or with its absence.
    public void reject(String key, String what, @Nullable String fix) {
        problems.add(what, place(key), path(key), fix);
    }

    /// Adds a problem with the mapping itself.
    public void reject(String what, @Nullable String fix) {
        problems.add(what, place(), path.isEmpty() ? null : path, fix);
    }

    /// Adds a problem for each key that was never asked for.
    ///
    /// @param elsewhere what to do instead, by key, for keys that people expect here
    public void rejectUnknownKeys(Map<String, String> elsewhere) {
        mapping.entries()
                .forEach((key, entry) -> {
                    if (!known.contains(key)) {
                        String advice = elsewhere.get(key);
                        problems.add(
                                "unknown key",
                                entry.place(),
                                path(key),
                                advice == null
                                        ? Suggestions.fix(key, new LinkedHashSet<>(known))
                                        : advice);
                    }
                });
    }

    /// The mapping as plain values, in which those that were read have the type they were read as.
    public SequencedMap<String, @Nullable Object> plain() {
        var plain = new LinkedHashMap<String, @Nullable Object>();
        mapping.entries()
                .forEach((key, entry) -> {
                    Object value = typed.get(key);
                    plain.put(key, value == null ? entry.value().plain() : plainOf(value));
                });
        return Collections.unmodifiableSequencedMap(plain);
    }

    /// Replaces what [#plain] shows for a key.
    public void show(String key, Object plainValue) {
        typed.put(key, plainValue);
    }

    private List<ConfigItem> items(String key, Sequence sequence) {
        var items = new ArrayList<ConfigItem>(sequence.items().size());
        for (YamlValue value : sequence.items()) {
            items.add(item(value, path(key) + "." + items.size()));
        }
        return items;
    }

    private <T> T scalar(
            String key, T fallback, String expected, Function<Scalar, @Nullable T> reading) {
        YamlValue value = value(key);
        if (value == null) {
            return fallback;
        }
        T read = value instanceof Scalar scalar ? reading.apply(scalar) : null;
        if (read != null) {
            typed.put(key, read);
            return read;
        }
        if (!isUnresolved(value)) {
            reject(
                    key,
                    "must be " + expected + ", not " + value.kind(),
                    expected.equals("a string") ? quoting(value) : null);
        }
        return fallback;
    }

    private ConfigNode child(String key, Mapping child) {
        return new ConfigNode(child, path(key), quotesValues, problems);
    }

    private ConfigItem item(YamlValue value, String itemPath) {
        return new ConfigItem(value, itemPath, quotesValues, problems);
    }

    private void rejectKind(String key, String expected, YamlValue got) {
        reject(key, "must be " + expected + ", not " + got.kind(), null);
    }

    private boolean isNothing(String key) {
        YamlValue value = value(key);
        return value == null || (value instanceof Scalar scalar && scalar.value() == null);
    }

    private @Nullable String quoting(YamlValue value) {
        return ConfigItem.quoting(value, quotesValues);
    }

    /// Whether the value of a key is a reference that was not resolved.
    public boolean isUnresolved(String key) {
        return isUnresolved(mapping.get(key));
    }

    private static boolean isUnresolved(@Nullable YamlValue value) {
        return value instanceof Scalar scalar && scalar.origin() == Origin.UNRESOLVED;
    }

    private static @Nullable String text(Scalar scalar) {
        return scalar.value() instanceof String text ? text : null;
    }

    private static String quantity(Scalar scalar) {
        return switch (scalar.value()) {
            case Long number -> number.toString();
            case Double number when Double.isFinite(number) ->
                    new java.math.BigDecimal(number.toString()).toPlainString();
            case String text -> text;
            case null, default -> "";
        };
    }

    private static String oneOf(List<String> words) {
        return "use one of: " + String.join(", ", words);
    }

    private static Object plainOf(Object typed) {
        return switch (typed) {
            case ConfigNode node -> node.plain();
            case List<?> list -> {
                var plain = new ArrayList<Object>(list.size());
                for (Object item : list) {
                    plain.add(plainOf(item));
                }
                yield Collections.unmodifiableList(plain);
            }
            case BigInteger number when number.bitLength() < Long.SIZE -> number.longValue();
            default -> typed;
        };
    }
}
