package dev.mxcp.types;

import dev.mxcp.types.TypeDef.Bool;
import dev.mxcp.types.TypeDef.Int;
import dev.mxcp.types.TypeDef.ListOf;
import dev.mxcp.types.TypeDef.Num;
import dev.mxcp.types.TypeDef.ObjectOf;
import dev.mxcp.types.TypeDef.Text;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/// Fills absent optional members of result objects in, recursively (O6). What needs no filling is
/// given back as it is. Immutable.
sealed interface Normalisation {

    /// The normalisation of a type, or null when it can change nothing.
    static @Nullable Normalisation of(@Nullable TypeDef type) {
        return switch (type == null ? null : type.shape()) {
            case null -> null;
            case Text _, Int _, Num _, Bool _ -> null;
            case ListOf list -> {
                Normalisation items = of(list.items());
                yield items == null ? null : new OfList(items);
            }
            case ObjectOf object -> OfObject.of(object);
        };
    }

    /// The normalised value; values of another kind stay as they are.
    @Nullable Object apply(@Nullable Object value);

    /// Whether no value of a kind can lack anything, so that applying is idle.
    boolean idleFor(ValueKind kind);

    @SuppressWarnings(
            "ReferenceEquality") // asks whether anything was built anew, not what is in it
    private static boolean same(@Nullable Object one, @Nullable Object other) {
        return one == other;
    }

    /// Items one by one.
    record OfList(Normalisation items) implements Normalisation {
        @Override
        public boolean idleFor(ValueKind kind) {
            return switch (kind) {
                case ValueKind.Lists(ValueKind each) -> items.idleFor(each);
                case ValueKind.Unknown _ -> false;
                case ValueKind.Scalar _, ValueKind.Objects _, ValueKind.Maps _ -> true;
            };
        }

        @Override
        public @Nullable Object apply(@Nullable Object value) {
            if (!(value instanceof List<?> list)) {
                return value;
            }
            boolean changed = false;
            var result = new ArrayList<@Nullable Object>(list.size());
            for (Object item : list) {
                Object normal = items.apply(item);
                changed |= !same(normal, item);
                result.add(normal);
            }
            return changed ? result : value;
        }
    }

    /// Declared members in their order, then the others.
    record OfObject(SequencedMap<String, Member> members) implements Normalisation {

        /// @param inside null when nothing can change inside
        record Member(boolean optional, @Nullable Object fallback, @Nullable Normalisation inside) {
            boolean matters() {
                return optional || inside != null;
            }
        }

        static @Nullable OfObject of(ObjectOf object) {
            if (object.properties() == null) {
                return null;
            }
            var members = new LinkedHashMap<String, Member>();
            object.properties()
                    .forEach((name, type) ->
                            members.put(name, member(type, !object.required().contains(name))));
            return members.values().stream().anyMatch(Member::matters)
                    ? new OfObject(members)
                    : null;
        }

        private static Member member(TypeDef type, boolean optional) {
            Normalisation inside = Normalisation.of(type);
            Object fallback = type.fallback() == null ? null : type.fallback().value();
            return new Member(optional, inside == null ? fallback : inside.apply(fallback), inside);
        }

        @Override
        public boolean idleFor(ValueKind kind) {
            return switch (kind) {
                case ValueKind.Objects(var kinds) ->
                        members.entrySet().stream()
                                .allMatch(e -> idle(e.getValue(), kinds.get(e.getKey())));
                case ValueKind.Maps _, ValueKind.Unknown _ -> false;
                case ValueKind.Scalar _, ValueKind.Lists _ -> true;
            };
        }

        private static boolean idle(Member member, @Nullable ValueKind given) {
            if (given == null) {
                return !member.optional;
            }
            return member.inside == null || member.inside.idleFor(given);
        }

        @Override
        public @Nullable Object apply(@Nullable Object value) {
            if (!(value instanceof Map<?, ?> map)) {
                return value;
            }
            boolean changed = false;
            var result = new LinkedHashMap<String, @Nullable Object>();
            for (Map.Entry<String, Member> entry : members.entrySet()) {
                String name = entry.getKey();
                Member member = entry.getValue();
                Object given = map.get(name);
                if (given != null || map.containsKey(name)) {
                    Object normal = member.inside == null ? given : member.inside.apply(given);
                    changed |= !same(normal, given);
                    result.put(name, normal);
                } else if (member.optional) {
                    changed = true;
                    result.put(name, member.fallback);
                }
            }
            if (!changed) {
                return value;
            }
            map.forEach((name, other) -> result.putIfAbsent(String.valueOf(name), other));
            return result;
        }
    }
}
