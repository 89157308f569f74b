package dev.mxcp.quality;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Asks the template engine about the messages of prompts (V5, V6).
public interface TemplateCheck {

    /// Why a template does not parse.
    ///
    /// @param line of the template, from 1; 0 when it is not known
    record Fault(String what, int line) {}

    /// A variable, and the line of the template where it stands first; 0 when that is not known.
    record Variable(String name, int line) {}

    /// The engine's text when the template does not parse.
    Optional<Fault> fault(String template);

    /// Variables that a sound template reads, and that are neither declared nor set in it; sorted.
    List<Variable> undeclaredVariables(String template, Set<String> declared);
}
