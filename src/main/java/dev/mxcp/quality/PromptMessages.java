package dev.mxcp.quality;

import dev.mxcp.problem.SourcePlace;
import dev.mxcp.project.Endpoint;
import dev.mxcp.project.UriTemplate;
import dev.mxcp.quality.TemplateCheck.Fault;
import dev.mxcp.quality.TemplateCheck.Variable;
import dev.mxcp.types.Parameter;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// Checks the messages of a prompt: their templates (V5, V6), and the resources they embed.
///
/// @param resources of the project
record PromptMessages(TemplateCheck templates, List<UriTemplate> resources) {

    void check(Endpoint.Prompt prompt, Findings findings) {
        Set<String> declared =
                prompt.parameters().stream().map(Parameter::name).collect(Collectors.toSet());
        for (int index = 0; index < prompt.messages().size(); index++) {
            Endpoint.PromptMessage message = prompt.messages().get(index);
            String key = "messages." + index + ".prompt";
            String template = message.template();
            Optional<Fault> fault = templates.fault(template);
            if (fault.isPresent()) {
                findings.error(
                        place(prompt, findings.text(key), template, fault.get().line(), ""),
                        key,
                        "Message %d: %s".formatted(index + 1, fault.get().what()),
                        null);
                continue;
            }
            List<Variable> undeclared = templates.undeclaredVariables(template, declared);
            if (!undeclared.isEmpty()) {
                Variable first = undeclared.getFirst();
                findings.error(
                        place(prompt, findings.text(key), template, first.line(), first.name()),
                        key,
                        "Message %d uses undefined template variables: %s"
                                .formatted(
                                        index + 1,
                                        undeclared.stream()
                                                .map(Variable::name)
                                                .collect(Collectors.joining(", "))),
                        "declare them under 'parameters'");
            }
            if ("resource".equals(message.type()) && template.indexOf('{') < 0) {
                resource(key, template.strip(), findings);
            }
        }
    }

    private void resource(String key, String uri, Findings findings) {
        if (resources.stream().noneMatch(known -> known.match(uri).isPresent())) {
            findings.warning(
                    key,
                    "no resource of the project has the URI '%s'; clients get it as text"
                            .formatted(uri),
                    null);
        }
    }

    private static SourcePlace place(
            Endpoint.Prompt prompt, SourcePlace start, String template, int line, String word) {
        List<String> lines = template.lines().toList();
        if (line < 1 || line > lines.size()) {
            return start;
        }
        String text = lines.get(line - 1);
        int offset = word.isEmpty() ? 0 : Math.max(0, text.indexOf(word));
        return TextPlace.of(prompt.file().path(), start, line, text, offset);
    }
}
