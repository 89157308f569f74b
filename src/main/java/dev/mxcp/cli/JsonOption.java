package dev.mxcp.cli;

import picocli.CommandLine.Option;

/// `--json-output`, in both spellings everywhere (cli C0.1).
final class JsonOption {
    @Option(
            names = {"--json-output", "--json"},
            order = 90,
            description = "Print one JSON document for scripts instead of text for people.")
    boolean json;
}
