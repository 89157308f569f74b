package dev.mxcp.project;

/// The three kinds of endpoints, in the order in which they are discovered and listed (P3).
public enum EndpointKind {
    TOOL("tool"),
    RESOURCE("resource"),
    PROMPT("prompt");

    private final String yamlName;

    EndpointKind(String yamlName) {
        this.yamlName = yamlName;
    }

    /// The key in endpoint files and the word on the command line.
    public String yamlName() {
        return yamlName;
    }
}
