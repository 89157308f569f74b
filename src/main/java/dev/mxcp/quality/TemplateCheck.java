package dev.mxcp.quality;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Asks the template engine about the messages of prompts (V5, V6).
public interface TemplateCheck {

    /// The engine's text when the template does not parse.
    Optional<String> syntaxProblem(String template);

    /// Variables that a sound template reads, and that are neither declared nor set in it; sorted.
    List<String> undeclaredVariables(String template, Set<String> declared);
}
