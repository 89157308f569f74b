package dev.mxcp.types;

import dev.mxcp.types.TypeDef.Bool;
import dev.mxcp.types.TypeDef.Int;
import dev.mxcp.types.TypeDef.ListOf;
import dev.mxcp.types.TypeDef.Num;
import dev.mxcp.types.TypeDef.ObjectOf;
import dev.mxcp.types.TypeDef.Text;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/// Checks result values against one type definition (O3). Compiled once per endpoint by
/// [Output#of], immutable, for any number of threads.
///
/// Values are the plain ones: null, String, Boolean, Long and the other boxed integers, BigInteger,
/// Double, BigDecimal, dates and times, UUID, byte[], Interval, lists and maps of these. Null is
/// admitted everywhere; so are not-a-number and the infinities, which JSON shows as null.
public abstract sealed class ValueCheck permits AnyCheck, ScalarCheck, ListCheck, ObjectCheck {

    /// @param partOfHidden whether the whole is sensitive: then messages do not quote values
    static ValueCheck compile(@Nullable TypeDef type, boolean partOfHidden) {
        if (type == null) {
            return AnyCheck.ANY;
        }
        boolean hidden = partOfHidden || type.sensitive();
        EnumMembers members = EnumMembers.ofOutput(type);
        return switch (type.shape()) {
            case Text text -> new TextCheck(text, members, hidden);
            case Int integer -> new IntegerCheck(integer, members);
            case Num number -> new NumberCheck(number, members);
            case Bool _ -> new BooleanCheck(members);
            case ListOf list -> new ListCheck(list, members, hidden);
            case ObjectOf object -> new ObjectCheck(object, members, hidden);
        };
    }

    /// What is wrong with a value, with its path (`Array item 3: Property 'x': Expected integer,
    /// got str`), or null when it passes.
    public final @Nullable String problem(@Nullable Object value) {
        if (value == null
                || (value instanceof Double number && !Double.isFinite(number))
                || (value instanceof Float real && !Float.isFinite(real))) {
            return null;
        }
        return found(value);
    }

    /// Whether every value of a kind passes without looking at it. Where the answer is no, values
    /// may still pass.
    public abstract boolean admitsAll(ValueKind kind);

    /// The check of the items of a list; one that admits everything where nothing is declared.
    public ValueCheck items() {
        return AnyCheck.ANY;
    }

    /// The check of a member of an object; one that admits everything where nothing is declared.
    public ValueCheck property(String name) {
        return AnyCheck.ANY;
    }

    /// What is wrong with the member names of an object (missing, unexpected), or null. Enough to
    /// be asked once for all rows of a result.
    public @Nullable String namesProblem(Collection<String> names) {
        return null;
    }

    /// The reason that a value of another kind gets.
    ///
    /// @param typeName Python's name of the value's type
    abstract String mismatch(String typeName);

    /// @param value not null, not not-a-number
    abstract @Nullable String found(Object value);

    /// The problem of a part, with the part's name before it.
    static String within(String part, String problem) {
        return part + ": " + problem;
    }
}
