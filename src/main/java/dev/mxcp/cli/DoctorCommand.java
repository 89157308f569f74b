package dev.mxcp.cli;

import dev.mxcp.quality.doctor.Doctor;
import dev.mxcp.quality.doctor.Finding;
import dev.mxcp.quality.doctor.Finding.Level;
import java.io.PrintStream;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// `mxcp doctor`: what keeps the project from working on this machine (issue 6, item 8).
@Command(
        name = "doctor",
        sortOptions = false,
        synopsisHeading = "Usage: ",
        customSynopsis = "mxcp doctor [OPTIONS]",
        header = "Look for what keeps the project from working here.%n",
        description = {
            "%nLooks at Java, the configuration, secrets, the database file and who holds it, Python",
            "and its environment, the port, permissions and dbt. Changes nothing. Exits with 1 when",
            "something does not work.%n",
        },
        optionListHeading = "%nOptions:%n",
        footer = {
            "",
            "Examples:",
            "  mxcp doctor",
            "  mxcp doctor --json-output | jq '.result.findings[] | select(.status != \"ok\")'",
        })
final class DoctorCommand implements CliCommand {
    private final Workshop workshop;
    private final Console console;

    @Mixin private final JsonOption json = new JsonOption();

    DoctorCommand(CommonOptions options, Surroundings here) {
        this.workshop = new Workshop(options, here);
        this.console = here.console();
    }

    @Override
    public boolean json() {
        return json.json;
    }

    @Override
    public Integer call() {
        var properties = new HashMap<String, String>();
        for (String name :
                List.of(
                        "java.version",
                        "java.vendor",
                        "java.home",
                        "os.name",
                        "os.arch",
                        "mxcp.home")) {
            properties.put(name, System.getProperty(name, ""));
        }
        var doctor = new Doctor(ProductVersion.text(), properties, workshop.here().environment());
        List<Finding> findings = doctor.examine(() -> workshop.project(false));
        Level worst =
                findings.stream()
                        .map(Finding::level)
                        .max(Comparator.naturalOrder())
                        .orElse(Level.OK);
        if (json()) {
            var document = new LinkedHashMap<String, @Nullable Object>();
            document.put("status", worst.word());
            document.put("findings", findings.stream().map(DoctorCommand::plain).toList());
            JsonAnswer.ok(console, document);
        } else {
            findings.forEach(this::print);
        }
        return worst == Level.ERROR ? ExitCode.FAILED : ExitCode.OK;
    }

    private static Map<String, @Nullable Object> plain(Finding finding) {
        var plain = new LinkedHashMap<String, @Nullable Object>();
        plain.put("check", finding.check());
        plain.put("status", finding.level().word());
        plain.put("message", finding.message());
        if (finding.remedy() != null) {
            plain.put("remedy", finding.remedy());
        }
        return plain;
    }

    private void print(Finding finding) {
        PrintStream out = console.out();
        Style style = console.style();
        String mark =
                switch (finding.level()) {
                    case OK -> style.green("✓");
                    case WARNING -> style.yellow("!");
                    case ERROR -> style.red("✗");
                };
        out.println(
                mark
                        + " "
                        + style.bold(finding.check())
                        + "  "
                        + Printable.lines(finding.message()));
        if (finding.remedy() != null) {
            out.println("    fix: " + Printable.lines(finding.remedy()));
        }
    }
}
