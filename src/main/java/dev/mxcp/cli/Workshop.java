package dev.mxcp.cli;

import dev.mxcp.cli.logging.LogOutput;
import dev.mxcp.engine.Engine;
import dev.mxcp.engine.call.CallContext;
import dev.mxcp.engine.call.Caller;
import dev.mxcp.engine.call.Cancellation;
import dev.mxcp.engine.call.ClientMessages;
import dev.mxcp.project.Catalog;
import dev.mxcp.project.Project;
import dev.mxcp.project.ProjectLoader;
import dev.mxcp.quality.Validation;
import dev.mxcp.telemetry.OpenTelemetryExport;
import dev.mxcp.telemetry.Telemetry;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// What the commands that work on a project do alike: load it, set the log up as it says, open its
/// engine, make calls.
record Workshop(CommonOptions options, Surroundings here) {

    /// Loads the project without endpoints.
    ///
    /// @throws dev.mxcp.problem.MxcpException.InvalidProject with every problem of the two files
    Project project(boolean readOnly) {
        return project(readOnly, options.profile);
    }

    /// The same for a given profile, whatever the command line says.
    Project project(boolean readOnly, @Nullable String profile) {
        return ProjectLoader.load(
                new ProjectLoader.Options(
                        here.workingDirectory(),
                        options.projectDir,
                        profile,
                        CommonOptions.readOnly(readOnly, here.environment()),
                        here.environment(),
                        here.home()));
    }

    /// Sets the log up for a command that runs endpoints.
    ///
    /// @param serving whether the program's own lines from INFO on are wanted
    void log(Project project, boolean serving) {
        LogOutput.forProject(project.user().logging(), wantedLevel(), options.logFormat, serving);
    }

    private @Nullable String wantedLevel() {
        return options.verbose(here.environment()) ? "DEBUG" : options.logLevel;
    }

    private String level(Project project) {
        return Objects.requireNonNullElse(wantedLevel(), project.user().logging().level());
    }

    /// Opens the database and runs the Python workers.
    Engine open(Project project, Catalog catalog) {
        return open(project, catalog, Engine.PythonUse.RUN);
    }

    /// Opens the database and does about Python what is said.
    Engine open(Project project, Catalog catalog, Engine.PythonUse python) {
        return open(project, catalog, python, Telemetry.OFF);
    }

    /// The same, and telemetry is told about every call.
    Engine open(Project project, Catalog catalog, Engine.PythonUse python, Telemetry telemetry) {
        var how = new Engine.Options(python, !options.noInstall, level(project), telemetry);
        return Engine.open(project, catalog, how);
    }

    /// What the project wants to be told to the outside (T1).
    Telemetry telemetry(Project project) {
        Telemetry telemetry =
                OpenTelemetryExport.of(project, here.environment(), ProductVersion.text());
        LogOutput.sendTo(telemetry);
        return telemetry;
    }

    /// A call made by this command line.
    CallContext call(
            Caller caller, @Nullable Map<String, String> headers, Cancellation cancellation) {
        return new CallContext(
                UUID.randomUUID().toString(),
                caller,
                "cli",
                headers,
                cancellation,
                ClientMessages.NONE);
    }

    /// All checks of validation, by this engine.
    Validation validation(Engine engine) {
        return Validation.full(
                new EngineChecks.Templates(),
                new EngineChecks.ConvertedArguments(),
                new EngineChecks.PreparedSql(engine),
                new EngineChecks.ImportedPython(engine));
    }

    /// The checks that need no engine.
    Validation validationWithoutEngine(String whyNot) {
        return Validation.withoutEngine(
                new EngineChecks.Templates(), new EngineChecks.ConvertedArguments(), whyNot);
    }
}
