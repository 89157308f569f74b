package dev.mxcp.types;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.mxcp.problem.MxcpException.EndpointFailed;
import dev.mxcp.types.TypeDef.ListOf;
import dev.mxcp.types.TypeDef.ObjectOf;
import dev.mxcp.types.json.Json;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The `return` of one endpoint, compiled to shape, check and normalise its results (O2, O3, O6).
/// Immutable; compile once and share.
public final class Output {
    private final TypeDef returns;
    private final String yamlName;
    private final ValueCheck values;
    private final @Nullable Normalisation normalisation;

    private Output(TypeDef returns) {
        this.returns = returns;
        this.yamlName = returns.shape().yamlName();
        this.values = ValueCheck.compile(returns, false);
        this.normalisation = Normalisation.of(returns);
    }

    /// Compiles a `return` definition.
    public static Output of(TypeDef returns) {
        return new Output(returns);
    }

    /// The failure of a result, for callers that ask [#values()] themselves.
    public static EndpointFailed failure(String problem) {
        return new EndpointFailed("Output validation failed: " + problem, null);
    }

    /// Reduces a result that is a list to the declared shape: an object or scalar is the only
    /// element, a scalar the only value of it (O2).
    ///
    /// @param rawIsList false for a result that shows as a list but was none: it stays as it is
    /// @throws EndpointFailed when there is not exactly one
    public @Nullable Object shape(@Nullable Object raw, boolean rawIsList) {
        if (!rawIsList || returns.shape() instanceof ListOf || !(raw instanceof List<?> list)) {
            return raw;
        }
        requireSingle(list.size());
        Object only = list.getFirst();
        if (returns.shape() instanceof ObjectOf || !(only instanceof Map<?, ?> row)) {
            return only;
        }
        requireSingleValue(row.size());
        return row.values().iterator().next();
    }

    /// Whether a list of results must be reduced to its only element.
    public boolean wantsSingle() {
        return !(returns.shape() instanceof ListOf);
    }

    /// Whether the only element must be reduced to its only value.
    public boolean wantsSingleValue() {
        return wantsSingle() && !(returns.shape() instanceof ObjectOf);
    }

    /// Refuses any number of results but one, where one is wanted (O2).
    ///
    /// @throws EndpointFailed when there are none or several
    public void requireSingle(long results) {
        if (results == 0) {
            throw new EndpointFailed("No results returned", null);
        }
        if (results > 1) {
            throw new EndpointFailed(
                    "Expected single result for return type '%s', but got %d results"
                            .formatted(yamlName, results),
                    null);
        }
    }

    /// Refuses any number of values in the only row but one, where a scalar is wanted (O2).
    ///
    /// @throws EndpointFailed when there are none or several
    public void requireSingleValue(int count) {
        if (count != 1) {
            throw new EndpointFailed(
                    "Expected single value for return type '%s', but got %d values"
                            .formatted(yamlName, count),
                    null);
        }
    }

    /// The check of every part of the result. It admits null at the top of an array or an object,
    /// which [#check] does not.
    public ValueCheck values() {
        return values;
    }

    /// Checks a shaped result (O3). The values are those of [ValueCheck].
    ///
    /// @throws EndpointFailed `Output validation failed: Property 'x': Expected integer, got str`
    public void check(@Nullable Object value) {
        if (value == null || (value instanceof Double number && !Double.isFinite(number))) {
            requireNullable("NoneType", "endpoint returned null");
            return;
        }
        String problem = values.problem(value);
        if (problem != null) {
            throw failure(problem);
        }
    }

    /// Checks a shaped result that is JSON already, without building a tree where possible.
    ///
    /// @param json holds exactly one document
    /// @param pythonTypeName Python's name for the type of the result: `dict`, `DataFrame`,
    ///   `NoneType`
    /// @return true when no declared member is absent, so that normalising changes nothing; false
    ///   when one is or that is not known
    /// @throws EndpointFailed as [#check]
    public boolean checkJson(byte[] json, int from, int length, String pythonTypeName) {
        try (JsonParser parser = Json.parser(json, from, length)) {
            if (parser.nextToken() == JsonToken.VALUE_NULL) {
                requireNullable(pythonTypeName, "function returned None");
                return true;
            }
            var check = new JsonCheck(parser);
            String problem = check.problem(values, pythonTypeName);
            if (problem != null) {
                throw failure(problem);
            }
            return normalisation == null || check.complete();
        } catch (IOException broken) {
            throw new EndpointFailed(
                    "Output validation failed: the result cannot be read as JSON", broken);
        }
    }

    /// Whether normalising can change any result: whether there is an optional declared member.
    public boolean normalises() {
        return normalisation != null;
    }

    /// Whether normalising changes no result of a kind.
    public boolean lacksNothing(ValueKind kind) {
        return normalisation == null || normalisation.idleFor(kind);
    }

    /// The result as structured content shows it: optional declared members that are absent appear
    /// with their default or null, recursively (O6). Gives back the same object when nothing is
    /// absent; never changes what it is given.
    public @Nullable Object normalised(@Nullable Object value) {
        return normalisation == null ? value : normalisation.apply(value);
    }

    private void requireNullable(String typeName, String happened) {
        boolean container =
                returns.shape() instanceof ListOf || returns.shape() instanceof ObjectOf;
        if (container && !returns.nullable()) {
            throw failure(
                    "Expected %s, got %s: the %s although %s is declared (nullable: true admits it)"
                            .formatted(yamlName, typeName, happened, yamlName));
        }
    }
}
