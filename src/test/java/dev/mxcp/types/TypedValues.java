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
import java.util.LinkedHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Makes type definitions and values that mostly, but not always, fit them.
final class TypedValues {
    private static final List<String> NAMES = List.of("a", "b", "c");
    private static final List<String> CHARACTERS = List.of("a", "0", "1", " ", "😀");

    private final Draw draw;
    private final boolean formats;

    private TypedValues(Draw draw, boolean formats) {
        this.draw = draw;
        this.formats = formats;
    }

    /// A definition and a value to try on it.
    record Sample(TypeDef type, @Nullable Object value) {}

    static Sample sample(Draw draw) {
        return new TypedValues(draw, true).sample();
    }

    /// Strings of its types have no format.
    static Sample sampleWithoutFormats(Draw draw) {
        return new TypedValues(draw, false).sample();
    }

    private Sample sample() {
        TypeDef type = type(2);
        return new Sample(type, value(type));
    }

    private TypeDef type(int depth) {
        return depth == 0
                ? scalar()
                : draw.from(this::scalar, () -> list(depth - 1), () -> object(depth - 1));
    }

    private TypeDef scalar() {
        return draw.from(
                this::text,
                () -> TypeDef.of(new Int(bounds())),
                () -> TypeDef.of(new Num(bounds())),
                () -> TypeDef.of(new Bool()),
                this::enumerated,
                () ->
                        formats
                                ? Definitions.formatted(draw.of(Format.values()))
                                : Definitions.STRING);
    }

    private TypeDef text() {
        Integer min = draw.orNull(50, () -> draw.between(0, 2));
        Integer max = draw.orNull(50, () -> draw.between(2, 4));
        Pattern pattern = draw.orNull(60, () -> Pattern.of(draw.of("a", "^[a1]", "0$")));
        return TypeDef.of(new Text(null, min, max, pattern));
    }

    private Bounds bounds() {
        return new Bounds(
                limit(), limit(), limit(), limit(), draw.orNull(70, () -> draw.of(0.5, 1.0, 3.0)));
    }

    private @Nullable Double limit() {
        return draw.orNull(70, () -> draw.of(-2.0, 0.0, 1.0, 2.5));
    }

    private TypeDef enumerated() {
        return draw.of(
                Definitions.withEnum(Definitions.STRING, "a", "1", "true"),
                Definitions.withEnum(Definitions.STRING, 1L, "a0"),
                Definitions.withEnum(Definitions.INTEGER, 1L, "2", 3.0),
                Definitions.withEnum(Definitions.NUMBER, 1L, 2.5),
                Definitions.withEnum(Definitions.BOOLEAN, true));
    }

    private TypeDef list(int depth) {
        TypeDef items = draw.orNull(20, () -> type(depth));
        Integer min = draw.orNull(50, () -> draw.between(0, 1));
        Integer max = draw.orNull(50, () -> draw.between(1, 3));
        // without a type, 1 and "1" clash though JSON tells them apart (T6)
        return TypeDef.of(new ListOf(items, min, max, draw.truth() && items != null));
    }

    private TypeDef object(int depth) {
        List<TypeDef> types = draw.list(3, () -> type(depth));
        boolean defaults = draw.truth();
        var properties = new LinkedHashMap<String, TypeDef>();
        for (int i = 0; i < types.size(); i++) {
            TypeDef type = types.get(i);
            properties.put(NAMES.get(i), defaults ? defaulted(type) : type);
        }
        List<String> required = draw.list(1, () -> draw.of(NAMES));
        return TypeDef.of(new ObjectOf(properties, required, draw.orNull(40, draw::truth)));
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

    /// A value for the type; one in eight is made for anything else.
    private @Nullable Object value(TypeDef type) {
        return draw.oneIn(8) ? junk() : fitting(type);
    }

    private @Nullable Object fitting(TypeDef type) {
        if (type.enumeration() != null) {
            return draw.of(type.enumeration());
        }
        return switch (type.shape()) {
            case Text text -> text.format() == null ? string() : formatted(text.format());
            case Int _ -> integer();
            case Num _ ->
                    draw.from(this::integer, () -> draw.of(-2.5, -0.0, 0.5, 1.0, 1.5, 2.5, 1e30));
            case Bool _ -> draw.truth();
            case ListOf list -> draw.list(3, () -> valueOrJunk(list.items()));
            case ObjectOf object -> members(object);
        };
    }

    private @Nullable Object valueOrJunk(@Nullable TypeDef type) {
        return type == null ? junk() : value(type);
    }

    private Object members(ObjectOf object) {
        var members = new LinkedHashMap<String, @Nullable Object>();
        for (String name : NAMES) {
            if (draw.truth()) {
                members.put(
                        name,
                        valueOrJunk(
                                object.properties() == null
                                        ? null
                                        : object.properties().get(name)));
            }
        }
        return members;
    }

    private Object string() {
        return String.join("", draw.list(5, () -> draw.of(CHARACTERS)));
    }

    private Object integer() {
        return draw.from(
                () -> (long) draw.between(-4, 10),
                draw::anyLong,
                () -> draw.of(BigInteger.TWO.pow(70), BigInteger.TWO.pow(70).negate()));
    }

    private Object formatted(Format format) {
        return switch (format) {
            case EMAIL -> draw.of("a@b.c", "x");
            case URI -> draw.of("urn:x", "http://a/b", "x");
            case DURATION -> draw.of("P1D", "PT5M", "x");
            case DATE -> draw.of("2026-01-31", "2024-1-2", "x");
            case TIME -> draw.of("01:02:03", "25:00:00");
            case DATE_TIME -> draw.of("2026-01-31T01:02:03Z", "2026-01-31", "x");
            case TIMESTAMP -> draw.<Object>of("1.5", 17L, -1.5, "x");
        };
    }

    private @Nullable Object junk() {
        return draw.<@Nullable Object>from(
                this::string,
                this::integer,
                () -> draw.of("true", "yes", "5.0", "nan", "[1]", "{\"a\": 1}", "null"),
                () -> draw.<Object>of(true, 1.5, 2.0),
                () -> List.of(1L, "a"),
                () -> Definitions.map("a", null, "z", 1L),
                () -> null);
    }
}
