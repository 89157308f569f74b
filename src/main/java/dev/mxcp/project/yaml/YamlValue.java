package dev.mxcp.project.yaml;

import dev.mxcp.problem.SourcePlace;
import java.math.BigInteger;
import java.time.temporal.Temporal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/// A value of a YAML file and where it stands. Immutable. The text forms show the place only, since
/// values may be secrets.
public sealed interface YamlValue {

    /// Where the value begins.
    SourcePlace place();

    /// The value without places: LinkedHashMap, ArrayList (both unmodifiable), String, Long,
    /// BigInteger, Double, Boolean, byte[], LocalDate, LocalDateTime, OffsetDateTime or null.
    @Nullable Object plain();

    /// The kind of value as messages name it: `a list`, `an integer`.
    String kind();

    /// How a scalar came to its value.
    enum Origin {
        /// Stands in the file.
        WRITTEN,
        /// Stands in the file as a block (`|` or `>`), so that its text begins one line below.
        BLOCK,
        /// Came from a reference: never shown in messages.
        RESOLVED,
        /// Is the text of a reference that was not, or could not be, resolved: admitted wherever a
        /// scalar is.
        UNRESOLVED
    }

    /// A single value.
    ///
    /// @param text as written, without quotes
    record Scalar(@Nullable Object value, String text, Origin origin, SourcePlace place)
            implements YamlValue {

        /// The same place with the value of a resolved reference.
        public Scalar resolved(String content) {
            return new Scalar(content, content, Origin.RESOLVED, place);
        }

        /// The same text, marked as a reference without a value.
        public Scalar unresolved() {
            return new Scalar(value, text, Origin.UNRESOLVED, place);
        }

        @Override
        public @Nullable Object plain() {
            return value;
        }

        @Override
        public String kind() {
            return switch (value) {
                case null -> "null";
                case Boolean _ -> "a boolean";
                case Long _ -> "an integer";
                case BigInteger _ -> "an integer";
                case Double _ -> "a number";
                case String _ -> "a string";
                case Temporal _ -> "a date";
                default -> "binary data";
            };
        }

        @Override
        public String toString() {
            return "Scalar[" + place.text() + "]";
        }
    }

    /// A list.
    ///
    /// @param items not copied: whoever makes a list gives its items away
    record Sequence(List<YamlValue> items, SourcePlace place) implements YamlValue {
        public Sequence {
            items = Collections.unmodifiableList(items);
        }

        @Override
        public List<@Nullable Object> plain() {
            var plain = new ArrayList<@Nullable Object>(items.size());
            for (YamlValue item : items) {
                plain.add(item.plain());
            }
            return Collections.unmodifiableList(plain);
        }

        @Override
        public String kind() {
            return "a list";
        }

        @Override
        public String toString() {
            return "Sequence[" + place.text() + "]";
        }
    }

    /// A mapping in file order.
    ///
    /// @param entries not copied, since there are many mappings: whoever makes one gives its map
    ///   away
    record Mapping(SequencedMap<String, Entry> entries, SourcePlace place) implements YamlValue {
        public Mapping {
            entries = Collections.unmodifiableSequencedMap(entries);
        }

        /// A mapping without entries.
        public static Mapping empty(SourcePlace place) {
            return new Mapping(new LinkedHashMap<>(), place);
        }

        /// The value of a key; null when the key is absent.
        public @Nullable YamlValue get(String key) {
            Entry entry = entries.get(key);
            return entry == null ? null : entry.value();
        }

        /// A copy in which `key` has another value; a new key stands where the mapping stands.
        public Mapping with(String key, YamlValue value) {
            var copy = new LinkedHashMap<>(entries);
            Entry old = copy.get(key);
            copy.put(key, new Entry(old == null ? place : old.place(), value));
            return new Mapping(copy, place);
        }

        @Override
        public SequencedMap<String, @Nullable Object> plain() {
            var plain = new LinkedHashMap<String, @Nullable Object>();
            entries.forEach((key, entry) -> plain.put(key, entry.value().plain()));
            return Collections.unmodifiableSequencedMap(plain);
        }

        @Override
        public String kind() {
            return "a mapping";
        }

        @Override
        public String toString() {
            return "Mapping[" + place.text() + "]";
        }
    }

    /// A value with the place of its key.
    record Entry(SourcePlace place, YamlValue value) {}
}
