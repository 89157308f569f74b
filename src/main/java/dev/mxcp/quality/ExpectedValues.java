package dev.mxcp.quality;

import dev.mxcp.project.Endpoint;
import dev.mxcp.project.EndpointFile.TestCase;
import dev.mxcp.project.yaml.Suggestions;
import dev.mxcp.types.Parameter;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Checks values that an author wrote for parameters: defaults, and the arguments of tests (Q2.2).
record ExpectedValues(ArgumentCheck arguments) {

    void check(Endpoint endpoint, Findings findings) {
        List<Parameter> parameters = endpoint.parameters();
        for (int index = 0; index < parameters.size(); index++) {
            Parameter parameter = parameters.get(index);
            if (!parameter.required()) {
                String key = "parameters." + index + ".default";
                arguments
                        .problem(List.of(parameter), Map.of())
                        .ifPresent(why -> findings.warning(key, "default: " + why, null));
            }
        }
        Set<String> names = new HashSet<>();
        List<TestCase> tests = endpoint.file().tests();
        for (int index = 0; index < tests.size(); index++) {
            test(endpoint, tests.get(index), "tests." + index, findings);
            if (!names.add(tests.get(index).name())) {
                findings.warning(
                        "tests." + index + ".name",
                        "another test has the name '%s' too".formatted(tests.get(index).name()),
                        "give each test its own name");
            }
        }
    }

    private void test(Endpoint endpoint, TestCase test, String key, Findings findings) {
        if (test.assertions().containsKey("error_contains")) {
            return; // it may be the arguments that are to be refused
        }
        List<String> known = endpoint.parameters().stream().map(Parameter::name).toList();
        int index = 0;
        for (String name : test.arguments().keySet()) {
            if (!known.contains(name)) {
                findings.warning(
                        key + ".arguments." + index + ".key",
                        "test '%s': Unknown parameter: %s".formatted(test.name(), name),
                        known.isEmpty()
                                ? "the endpoint has no parameters"
                                : Suggestions.fix(name, known));
                return;
            }
            index++;
        }
        Optional<String> problem = arguments.problem(endpoint.parameters(), test.arguments());
        problem.ifPresent(why ->
                findings.warning(
                        key + place(why, test), "test '%s': %s".formatted(test.name(), why), null));
    }

    /// The argument that a message names, if it names one of the test's.
    private static String place(String why, TestCase test) {
        int index = 0;
        for (String name : test.arguments().keySet()) {
            if (why.contains("'" + name + "'") || why.contains(" " + name + ".")) {
                return ".arguments." + index + ".value";
            }
            index++;
        }
        return ".arguments";
    }
}
