package dev.mxcp.cli;

import picocli.CommandLine.Help;

/// Colours and weights for people, or nothing where they are not wanted (cli C0.7).
///
/// @param coloured only ever true on a terminal without `NO_COLOR`
record Style(boolean coloured) {

    String bold(String text) {
        return with("1", text);
    }

    String dim(String text) {
        return with("2", text);
    }

    String red(String text) {
        return with("31", text);
    }

    String green(String text) {
        return with("32", text);
    }

    String yellow(String text) {
        return with("33", text);
    }

    /// The same decision for picocli's help texts.
    Help.Ansi forHelp() {
        return coloured ? Help.Ansi.ON : Help.Ansi.OFF;
    }

    private String with(String code, String text) {
        return coloured ? "\u001b[" + code + "m" + text + "\u001b[0m" : text;
    }
}
