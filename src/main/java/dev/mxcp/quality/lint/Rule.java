package dev.mxcp.quality.lint;

import static dev.mxcp.quality.lint.Severity.ERROR;
import static dev.mxcp.quality.lint.Severity.INFO;
import static dev.mxcp.quality.lint.Severity.WARNING;

import java.util.Arrays;
import java.util.Optional;

/// Everything lint looks at: a code to silence it by, how much it matters, why, and what to do.
public enum Rule {
    MISSING_DESCRIPTION(
            "missing-description",
            WARNING,
            "a model chooses among endpoints by their descriptions alone",
            "Add 'description': what it gives, and when to use it"),
    MISSING_TAGS(
            "missing-tags",
            INFO,
            "tags let people find and group endpoints",
            "Add 'tags', a list of words"),
    MISSING_TESTS(
            "missing-tests",
            WARNING,
            "an endpoint without tests breaks unnoticed when data or code change",
            "Add 'tests' with at least one call and what it should give"),
    MISSING_TEST_DESCRIPTION(
            "missing-test-description",
            INFO,
            "whoever sees the test fail must know what it is about",
            "Add 'description' to the test: what it protects"),
    MISSING_PARAMETER_DESCRIPTION(
            "missing-parameter-description",
            ERROR,
            "a model can only guess what to send",
            "Add 'description' to the parameter, so that a model knows what to send"),
    MISSING_PARAMETER_EXAMPLES(
            "missing-parameter-examples",
            INFO,
            "examples show a model the form of a value better than words",
            "Add 'examples' to the parameter, a list of one to three real values"),
    MISSING_PARAMETER_DEFAULT(
            "missing-parameter-default",
            INFO,
            "a model must find a value for every parameter that has no default",
            "Add 'default' to the parameter if there is a usual value"),
    MISSING_RETURN_DESCRIPTION(
            "missing-return-description",
            WARNING,
            "a model reads the description of a result to know what it means",
            "Add 'description' to 'return': what the result means"),
    MISSING_TYPE_DESCRIPTION(
            "missing-type-description",
            WARNING,
            "the elements of a list mean nothing by themselves",
            "Add 'description' to 'items': what one element is"),
    MISSING_PROPERTY_DESCRIPTION(
            "missing-property-description",
            WARNING,
            "the name of a field rarely says unit, origin or meaning",
            "Add 'description' to the property: unit, origin, meaning"),
    MISSING_ANNOTATIONS(
            "missing-annotations",
            INFO,
            "clients ask before calls that may change something",
            "Add 'annotations' such as readOnlyHint and idempotentHint"),
    VAGUE_DESCRIPTION(
            "vague-description",
            WARNING,
            "a description that repeats the name tells a model nothing new",
            "Say what it is in this project: content, unit, form, when to use it"),
    UNTIDY_DESCRIPTION(
            "untidy-description",
            INFO,
            "blanks around a text cost tokens and look like a mistake",
            "Remove the blanks around the text"),
    DUPLICATE_DESCRIPTION(
            "duplicate-description",
            WARNING,
            "a model cannot choose between endpoints that describe themselves alike",
            "Say in each what the other does not do"),
    FOREIGN_NAME(
            "foreign-name",
            WARNING,
            "a model that reads another name sends another name",
            "Use the name of the parameter in its description, or rename the parameter"),
    UNFIT_EXAMPLE(
            "unfit-example",
            WARNING,
            "models copy examples, and this one would be refused",
            "Write an example that the parameter accepts"),
    UNUSUAL_NAME(
            "unusual-name",
            WARNING,
            "many clients refuse other names than letters, digits, '_' and '-', at most 64",
            "Rename it"),
    LONG_SCHEMA(
            "long-schema",
            WARNING,
            "every request of a client carries this text to the model",
            "Shorten descriptions, drop examples, or split the endpoint"),
    LARGE_PROJECT(
            "large-project",
            WARNING,
            "models choose worse, and cost more, the more tools they are shown",
            "Shorten the largest schemas, or serve groups of tools as projects of their own"),
    UNUSED_IGNORE(
            "unused-ignore",
            INFO,
            "what silences nothing may silence a mistake tomorrow",
            "Remove it, or correct the code of the rule");

    private final String code;
    private final Severity severity;
    private final String reason;
    private final String remedy;

    Rule(String code, Severity severity, String reason, String remedy) {
        this.code = code;
        this.severity = severity;
        this.reason = reason;
        this.remedy = remedy;
    }

    /// What it is silenced by: `missing-tags`.
    public String code() {
        return code;
    }

    public Severity severity() {
        return severity;
    }

    /// Why it matters, as a clause.
    public String reason() {
        return reason;
    }

    /// What to do about it.
    public String remedy() {
        return remedy;
    }

    /// The rule with this code.
    public static Optional<Rule> of(String code) {
        return Arrays.stream(values()).filter(rule -> rule.code.equals(code)).findFirst();
    }
}
