package dev.mxcp.types;

import dev.mxcp.types.TypeDef.Bool;
import dev.mxcp.types.TypeDef.Bounds;
import dev.mxcp.types.TypeDef.Format;
import dev.mxcp.types.TypeDef.Int;
import dev.mxcp.types.TypeDef.ListOf;
import dev.mxcp.types.TypeDef.Num;
import dev.mxcp.types.TypeDef.ObjectOf;
import dev.mxcp.types.TypeDef.Pattern;
import dev.mxcp.types.TypeDef.Text;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import org.jspecify.annotations.Nullable;

/// Generates type definitions and values that mostly, but not always, fit them.
@SuppressWarnings("NullAway") // jqwik's types do not speak of null
final class TypedValues {
    private static final List<String> NAMES = List.of("a", "b", "c");

    private TypedValues() {}

    /// A definition and a value to try on it.
    record Sample(TypeDef type, @Nullable Object value) {}

    /// @param formats whether strings may have a format
    static Arbitrary<Sample> samples(boolean formats) {
        return types(2, formats)
                .flatMap(type -> values(type).map(value -> new Sample(type, value)));
    }

    static Arbitrary<TypeDef> types(int depth, boolean formats) {
        Arbitrary<TypeDef> scalar =
                Arbitraries.oneOf(
                        text(),
                        bounds().map(bounds -> TypeDef.of(new Int(bounds))),
                        bounds().map(bounds -> TypeDef.of(new Num(bounds))),
                        Arbitraries.just(TypeDef.of(new Bool())),
                        enums(),
                        formats
                                ? Arbitraries.of(Format.values()).map(Definitions::formatted)
                                : Arbitraries.just(Definitions.STRING));
        return depth == 0
                ? scalar
                : Arbitraries.oneOf(scalar, lists(depth - 1, formats), objects(depth - 1, formats));
    }

    private static Arbitrary<TypeDef> text() {
        return Combinators.combine(
                        Arbitraries.integers().between(0, 2).injectNull(0.5),
                        Arbitraries.integers().between(2, 4).injectNull(0.5),
                        Arbitraries.of("a", "^[a1]", "0$").injectNull(0.6))
                .as((min, max, pattern) ->
                        TypeDef.of(
                                new Text(
                                        null,
                                        min,
                                        max,
                                        pattern == null ? null : Pattern.of(pattern))));
    }

    private static Arbitrary<Bounds> bounds() {
        Arbitrary<Double> limit = Arbitraries.of(-2.0, 0.0, 1.0, 2.5).injectNull(0.7);
        return Combinators.combine(
                        limit, limit, limit, limit, Arbitraries.of(0.5, 1.0, 3.0).injectNull(0.7))
                .as(Bounds::new);
    }

    private static Arbitrary<TypeDef> enums() {
        return Arbitraries.of(
                Definitions.withEnum(Definitions.STRING, "a", "1", "true"),
                Definitions.withEnum(Definitions.STRING, 1L, "a0"),
                Definitions.withEnum(Definitions.INTEGER, 1L, "2", 3.0),
                Definitions.withEnum(Definitions.NUMBER, 1L, 2.5),
                Definitions.withEnum(Definitions.BOOLEAN, true));
    }

    private static Arbitrary<TypeDef> lists(int depth, boolean formats) {
        return Combinators.combine(
                        types(depth, formats).injectNull(0.2),
                        Arbitraries.integers().between(0, 1).injectNull(0.5),
                        Arbitraries.integers().between(1, 3).injectNull(0.5),
                        Arbitraries.of(true, false))
                // without a type, 1 and "1" clash though JSON tells them apart (T6)
                .as((items, min, max, unique) ->
                        TypeDef.of(new ListOf(items, min, max, unique && items != null)));
    }

    private static Arbitrary<TypeDef> objects(int depth, boolean formats) {
        Arbitrary<List<TypeDef>> types = types(depth, formats).list().ofMaxSize(3);
        Arbitrary<List<String>> required = Arbitraries.of(NAMES).list().ofMaxSize(1);
        Arbitrary<Boolean> open = Arbitraries.of(true, false).injectNull(0.4);
        return Combinators.combine(types, required, open, Arbitraries.of(true, false))
                .as((all, names, additional, defaults) -> {
                    var properties = new LinkedHashMap<String, TypeDef>();
                    for (int i = 0; i < all.size(); i++) {
                        properties.put(NAMES.get(i), defaults ? defaulted(all.get(i)) : all.get(i));
                    }
                    return TypeDef.of(
                            new ObjectOf(
                                    properties,
                                    List.copyOf(new LinkedHashSet<>(names)),
                                    additional));
                });
    }

    /// With a default where an admitted one is at hand.
    private static TypeDef defaulted(TypeDef type) {
        for (Object candidate :
                List.of("a0", 1L, true, List.of(), new LinkedHashMap<String, Object>())) {
            TypeDef with = Definitions.withDefault(type, candidate);
            if (Output.of(type).values().problem(candidate) == null) {
                return with;
            }
        }
        return type;
    }

    /// Values for a type; one in eight is made for anything else.
    static Arbitrary<@Nullable Object> values(TypeDef type) {
        return Arbitraries.frequencyOf(
                net.jqwik.api.Tuple.of(7, fitting(type)), net.jqwik.api.Tuple.of(1, junk()));
    }

    private static Arbitrary<@Nullable Object> fitting(TypeDef type) {
        if (type.enumeration() != null) {
            return Arbitraries.of(type.enumeration()).map(member -> member);
        }
        return switch (type.shape()) {
            case Text text -> text.format() == null ? texts() : formatted(text.format());
            case Int _ -> integers();
            case Num _ ->
                    Arbitraries.oneOf(
                            integers(),
                            Arbitraries.of(-2.5, -0.0, 0.5, 1.0, 1.5, 2.5, 1e30).map(n -> n));
            case Bool _ -> Arbitraries.of(true, false).map(truth -> truth);
            case ListOf list ->
                    (list.items() == null ? junk() : values(list.items()))
                            .list()
                            .ofMaxSize(3)
                            .map(items -> items);
            case ObjectOf object -> members(object);
        };
    }

    private static Arbitrary<@Nullable Object> members(ObjectOf object) {
        var parts = new ArrayList<Arbitrary<@Nullable Object>>();
        for (String name : NAMES) {
            TypeDef type = object.properties() == null ? null : object.properties().get(name);
            parts.add(type == null ? junk() : values(type));
        }
        return Combinators.combine(
                        Combinators.combine(parts).as(all -> all),
                        Arbitraries.of(NAMES).set().ofMaxSize(3))
                .as((all, names) -> {
                    var map = new LinkedHashMap<String, @Nullable Object>();
                    for (int i = 0; i < NAMES.size(); i++) {
                        if (names.contains(NAMES.get(i))) {
                            map.put(NAMES.get(i), all.get(i));
                        }
                    }
                    return map;
                });
    }

    private static Arbitrary<@Nullable Object> texts() {
        return Arbitraries.strings().withChars("a01 😀").ofMaxLength(5).map(text -> text);
    }

    private static Arbitrary<@Nullable Object> integers() {
        return Arbitraries.oneOf(
                Arbitraries.longs().between(-4, 10).map(n -> n),
                Arbitraries.longs().map(n -> n),
                Arbitraries.of(BigInteger.TWO.pow(70), BigInteger.TWO.pow(70).negate())
                        .map(n -> n));
    }

    private static Arbitrary<@Nullable Object> formatted(Format format) {
        return switch (format) {
            case EMAIL -> Arbitraries.of("a@b.c", "x").map(text -> text);
            case URI -> Arbitraries.of("urn:x", "http://a/b", "x").map(text -> text);
            case DURATION -> Arbitraries.of("P1D", "PT5M", "x").map(text -> text);
            case DATE -> Arbitraries.of("2026-01-31", "2024-1-2", "x").map(text -> text);
            case TIME -> Arbitraries.of("01:02:03", "25:00:00").map(text -> text);
            case DATE_TIME ->
                    Arbitraries.of("2026-01-31T01:02:03Z", "2026-01-31", "x").map(text -> text);
            case TIMESTAMP -> Arbitraries.of("1.5", 17L, -1.5, "x").map(value -> value);
        };
    }

    private static Arbitrary<@Nullable Object> junk() {
        return Arbitraries.oneOf(
                texts(),
                integers(),
                Arbitraries.of("true", "yes", "5.0", "nan", "[1]", "{\"a\": 1}", "null")
                        .map(text -> text),
                Arbitraries.of(true, 1.5, 2.0).map(value -> value),
                Arbitraries.just(List.of(1L, "a")).map(list -> list),
                Arbitraries.just(Definitions.map("a", null, "z", 1L)).map(map -> map),
                Arbitraries.just(0).map(_ -> null));
    }
}
