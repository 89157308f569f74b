package dev.mxcp.engine.prompt;

import dev.mxcp.problem.MxcpException.EndpointFailed;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Renders the messages of prompts (E9). Stateless; safe for use by several threads.
///
/// A template has limits of its own: 5 million steps, 16 million characters, ranges of 100,000
/// numbers, 60 nested calls. What exceeds them fails like any other mistake of the template.
public final class PromptRenderer {

    /// Renders a template with converted arguments: undefined names as nothing, values in Python's
    /// notation.
    ///
    /// @throws EndpointFailed when the template does not parse, or the values do not do what it
    ///   wants of them
    public String render(String template, Map<String, ? extends @Nullable Object> arguments) {
        Map<String, @Nullable Object> copies = new LinkedHashMap<>();
        arguments.forEach((name, value) -> copies.put(name, copy(value)));
        try {
            return Rendering.render(Parser.parse(template), copies);
        } catch (TemplateException failure) {
            throw new EndpointFailed("Failed to render prompt: " + failure.getMessage(), null);
        }
    }

    /// What is wrong with the text of a template.
    ///
    /// @param line of the template, from 1; 0 when it is not known
    public record Fault(String what, int line) {}

    /// A variable of a template, and the line where it stands first.
    public record Variable(String name, int line) {}

    /// The reason why a template does not parse; empty when it does (V5).
    public Optional<Fault> fault(String template) {
        try {
            Parser.parse(template);
            return Optional.empty();
        } catch (TemplateException failure) {
            return Optional.of(new Fault(failure.what(), failure.line()));
        }
    }

    /// The variables that a sound template reads and that are neither declared, nor set in it, nor
    /// known to every template (V6); sorted.
    public List<Variable> undeclaredVariables(String template, Set<String> declared) {
        return UndeclaredVariables.of(Parser.parse(template)).stream()
                .filter(name -> !declared.contains(name))
                .map(name -> new Variable(name, line(template, name)))
                .toList();
    }

    private static int line(String template, String name) {
        Token before = new Token(Token.Kind.END, "", 0);
        for (Token token : Lexer.tokens(template)) {
            boolean member = before.operator(".") || before.operator("|");
            if (token.name(name) && !member) {
                return token.line();
            }
            before = token;
        }
        return 0;
    }

    /// Templates may change lists (`append`): those of the caller must stay as they are.
    private static @Nullable Object copy(@Nullable Object value) {
        return switch (value) {
            case Map<?, ?> map -> {
                Map<@Nullable Object, @Nullable Object> copy = new LinkedHashMap<>();
                map.forEach((key, member) -> copy.put(key, copy(member)));
                yield copy;
            }
            case List<?> list -> {
                List<@Nullable Object> copy = new ArrayList<>();
                list.forEach(item -> copy.add(copy(item)));
                yield copy;
            }
            case Integer number -> number.longValue();
            case Float number -> number.doubleValue();
            case java.math.BigDecimal number -> number.doubleValue();
            case null, default -> value;
        };
    }
}
