package dev.mxcp.types;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.SequencedMap;

/// What is known of values before they are looked at: the type of a result column, in the terms of
/// this room. Nulls may occur everywhere.
public sealed interface ValueKind {

    /// Scalar values of one family.
    enum Scalar implements ValueKind {
        /// Whole numbers of any size, also decimals of scale 0.
        INTEGER,
        /// Floating point numbers and decimals.
        NUMBER,
        BOOLEAN,
        /// What shows as text: strings, enums, UUIDs, bytes.
        TEXT,
        /// Dates, times and spans of time, which show as ISO text.
        TEMPORAL
    }

    /// Lists whose items are all of one kind.
    record Lists(ValueKind items) implements ValueKind {}

    /// Objects with exactly these members.
    record Objects(SequencedMap<String, ValueKind> members) implements ValueKind {
        public Objects {
            members = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(members));
        }
    }

    /// Objects with any members, all of one kind.
    record Maps(ValueKind values) implements ValueKind {}

    /// Nothing is known.
    record Unknown() implements ValueKind {}
}
