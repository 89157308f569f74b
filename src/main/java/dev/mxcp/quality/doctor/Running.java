package dev.mxcp.quality.doctor;

import dev.mxcp.engine.Engine;
import dev.mxcp.engine.call.CallContext;
import dev.mxcp.engine.call.Caller;
import dev.mxcp.engine.call.Cancellation;
import dev.mxcp.engine.call.ClientMessages;
import dev.mxcp.engine.python.Interpreter;
import dev.mxcp.engine.python.ManagedEnvironment;
import dev.mxcp.engine.python.PythonVersion;
import dev.mxcp.problem.MxcpException;
import dev.mxcp.problem.MxcpException.InvalidProject;
import dev.mxcp.problem.MxcpException.Unavailable;
import dev.mxcp.problem.Problem;
import dev.mxcp.project.Catalog;
import dev.mxcp.project.Code;
import dev.mxcp.project.Endpoint;
import dev.mxcp.project.Project;
import dev.mxcp.project.UserConfig;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// What a running project needs: its database file, Python, the port.
///
/// @param environment the variables of the user's shell
record Running(Project project, Catalog catalog, Map<String, String> environment) {

    List<Finding> examine() {
        var findings = new ArrayList<Finding>();
        database(findings);
        python(findings);
        if (project.user().transport().provider() != UserConfig.Provider.STDIO) {
            findings.add(port());
        }
        return findings;
    }

    /// Opened only where it is there: a look must not make a file.
    private void database(List<Finding> findings) {
        Path file = project.settings().database();
        if (!Files.exists(file)) {
            findings.add(
                    Finding.ok(
                            "database", file + " does not exist yet; the first command makes it"));
            return;
        }
        var nothing = new Catalog(List.of(), List.of());
        var how = new Engine.Options(Engine.PythonUse.NONE, false, "ERROR");
        try (Engine engine = Engine.open(project, nothing, how)) {
            String version = engine.query("SELECT version() AS v", Map.of(), call()).json().text();
            findings.add(
                    Finding.ok(
                            "database",
                            "%s opens, DuckDB %s%s"
                                    .formatted(
                                            file,
                                            version.replaceAll("[^v0-9.]|^.*?:", ""),
                                            project.settings().readOnly() ? ", read-only" : "")));
        } catch (Unavailable held) {
            findings.add(
                    Finding.error(
                            "database",
                            String.valueOf(held.getMessage()).lines().findFirst().orElse(""),
                            "end that process, or work on a copy of the file with MXCP_DUCKDB_PATH"));
        } catch (InvalidProject broken) {
            problems("database", broken, findings);
        } catch (MxcpException failed) {
            findings.add(Finding.error("database", String.valueOf(failed.getMessage()), null));
        }
    }

    private static void problems(String check, InvalidProject broken, List<Finding> findings) {
        for (Problem problem : broken.problems()) {
            findings.add(Finding.error(check, problem.message(), problem.fix()));
        }
    }

    private void python(List<Finding> findings) {
        List<Endpoint> functions =
                catalog.endpoints().stream()
                        .filter(endpoint -> endpoint.code() instanceof Code.Python)
                        .toList();
        boolean needed = !functions.isEmpty() || !project.site().plugins().isEmpty();
        var managed = new ManagedEnvironment(false, "", _ -> {});
        Interpreter interpreter =
                Interpreter.choose(
                        project.site().python().interpreter(),
                        project.root(),
                        environment,
                        managed);
        String which = String.join(" ", interpreter.command()) + " (" + interpreter.origin() + ")";
        PythonVersion version = PythonVersion.of(interpreter).orElse(null);
        String remedy =
                "install Python 3.10 or newer, or name one with python.interpreter or MXCP_PYTHON";
        if (version == null) {
            findings.add(
                    needed
                            ? Finding.error("python", which + " cannot be run", remedy)
                            : Finding.ok("python", "none found, and the project needs none"));
        } else if (!version.isSupported()) {
            findings.add(
                    Finding.error("python", "%s is %s".formatted(which, version.text()), remedy));
        } else {
            findings.add(Finding.ok("python", "%s, %s".formatted(version.text(), which)));
            environment(findings);
        }
    }

    private void environment(List<Finding> findings) {
        Path root = project.root();
        Path requirements = root.resolve("requirements.txt");
        boolean own = Files.isDirectory(root.resolve(".venv"));
        boolean managed = Files.isDirectory(root.resolve(".mxcp/venv"));
        if (Files.exists(requirements) && !own && !managed) {
            findings.add(
                    Finding.warning(
                            "environment",
                            "the packages of requirements.txt are not installed yet",
                            "the first command that needs Python installs them into .mxcp/venv"));
        } else if (own || managed) {
            findings.add(Finding.ok("environment", own ? ".venv" : ".mxcp/venv"));
        }
    }

    private Finding port() {
        UserConfig.Transport transport = project.user().transport();
        String address = transport.host() + ":" + transport.port();
        try (var socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(
                    new InetSocketAddress(
                            InetAddress.getByName(transport.host()), transport.port()));
            return Finding.ok("port", address + " is free");
        } catch (IOException taken) {
            return Finding.warning(
                    "port",
                    "%s cannot be listened on: %s".formatted(address, taken.getMessage()),
                    "'mxcp serve --port N' takes another one, if no server is meant to run there");
        }
    }

    private static CallContext call() {
        return new CallContext(
                "doctor",
                Caller.ANONYMOUS,
                CallContext.INTERNAL,
                null,
                new Cancellation(),
                ClientMessages.NONE);
    }
}
