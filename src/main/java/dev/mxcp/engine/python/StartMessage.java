package dev.mxcp.engine.python;

import dev.mxcp.project.Secret;
import java.util.Locale;

/// The first order to a worker, and the one that begins a new generation after a reload: everything
/// it has to know.
final class StartMessage {
    private StartMessage() {}

    /// What a worker does at its start.
    enum Kind {
        /// Everything.
        WHOLE,
        /// Imports only; plugins and hooks follow with [#begin].
        WARM,
        /// It only looks: plugins, so that SQL knows their functions, no imports ahead, no hooks.
        INSPECTING
    }

    /// @param duckdbVersion of the server's DuckDB, or empty
    static void write(MarshalWriter out, Workers.Config config, Kind kind, String duckdbVersion) {
        out.tuple(2).integer(Wire.Order.START);
        dict(out, config, kind, duckdbVersion);
    }

    /// @param strict whether a plugin or hook that fails ends the generation again
    static void begin(MarshalWriter out, Workers.Config config, boolean strict) {
        out.tuple(3).integer(Wire.Order.BEGIN);
        dict(out, config, Kind.WHOLE, "");
        out.bool(strict);
    }

    private static void dict(
            MarshalWriter out, Workers.Config config, Kind kind, String duckdbVersion) {
        boolean inspecting = kind == Kind.INSPECTING;
        out.dict();
        out.text("duckdb_version").text(duckdbVersion);
        out.text("root").text(config.projectRoot().toString());
        out.text("python").text(config.pythonDir().toString());
        out.text("plugins_dir").text(config.pluginsDir().toString());
        out.text("plugins").list(config.plugins().size());
        for (PluginInstance plugin : config.plugins()) {
            out.tuple(3).text(plugin.name()).text(plugin.module()).any(plugin.config());
        }
        out.text("endpoint_files").list(config.endpointFilesOutsidePython().size());
        config.endpointFilesOutsidePython().forEach(file -> out.text(file.toString()));
        out.text("site").any(config.siteConfig());
        out.text("user").any(config.userConfig());
        out.text("secrets").list(config.secrets().size());
        for (Secret secret : config.secrets()) {
            out.tuple(2).text(secret.name()).any(secret.parameters());
        }
        out.text("exact_decimals").bool(config.exactDecimals());
        out.text("log_level").text(config.logLevel().toUpperCase(Locale.ROOT));
        out.text("result_limit").integer(config.maxResultBytes());
        out.text("preload").bool(!inspecting);
        out.text("hooks").bool(kind == Kind.WHOLE);
        out.text("warm").bool(kind == Kind.WARM);
        out.endDict();
    }
}
