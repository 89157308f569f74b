package dev.mxcp.types;

import dev.mxcp.problem.MxcpException.CallRejected;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The parameters of one endpoint, compiled to convert the arguments of its calls (T1-T8).
/// Immutable; compile once and share.
public final class Arguments {
    private final List<Argument> arguments;
    private final Set<String> names;

    private Arguments(List<Argument> arguments) {
        this.arguments = arguments;
        this.names = arguments.stream().map(Argument::name).collect(Collectors.toUnmodifiableSet());
    }

    /// Where raw values come from.
    public enum Source {
        /// A tool call of an MCP client: plain JSON values, unknown names are dropped, null is no
        /// array and no object (T2, T4).
        MCP,
        /// Command line, resource URIs, prompt arguments, project tests: mostly texts, unknown
        /// names are errors.
        TEXT
    }

    /// Compiles the parameters of an endpoint.
    ///
    /// @param parameters in file order; names are unique
    public static Arguments of(List<Parameter> parameters) {
        return new Arguments(parameters.stream().map(Argument::new).toList());
    }

    /// Converts and checks the arguments of a call, and fills in defaults. Defaults are shared and
    /// unmodifiable.
    ///
    /// @param raw plain values by parameter name
    /// @return in the order of declaration: String, Boolean, Long or BigInteger, Double, LocalDate,
    ///   LocalTime, LocalDateTime, OffsetDateTime, List, SequencedMap, null
    /// @throws CallRejected with one line per problem: parameter and path, expected, got. Sensitive
    ///   values are not quoted
    public SequencedMap<String, @Nullable Object> convert(
            Map<String, ? extends @Nullable Object> raw, Source source) {
        var intake = new Intake(source, true);
        var result = new LinkedHashMap<String, @Nullable Object>(arguments.size() * 2);
        int met = 0;
        for (Argument argument : arguments) {
            String name = argument.name();
            Object value = raw.get(name);
            if (value != null || raw.containsKey(name)) {
                met++;
                result.put(name, argument.given(value, intake));
            } else {
                result.put(name, argument.absent(intake));
            }
        }
        if (met < raw.size() && source == Source.TEXT) {
            unknown(raw.keySet(), intake);
        }
        if (intake.foundSince(0)) {
            throw new CallRejected(String.join("\n", intake.lines()));
        }
        return result;
    }

    private void unknown(Set<String> given, Intake intake) {
        for (String name : given) {
            if (!names.contains(name)) {
                String declared =
                        arguments.isEmpty()
                                ? "none is declared"
                                : "declared: "
                                        + arguments.stream()
                                                .map(Argument::name)
                                                .collect(Collectors.joining(", "));
                intake.problem("Unknown parameter: " + name + " (" + declared + ")");
            }
        }
    }
}
