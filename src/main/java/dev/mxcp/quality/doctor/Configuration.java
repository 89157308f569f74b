package dev.mxcp.quality.doctor;

import dev.mxcp.project.Catalog;
import dev.mxcp.project.Project;
import dev.mxcp.project.Secret;
import dev.mxcp.quality.dbt.DbtProgram;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The project's own files: secrets, folders, endpoint files, dbt.
///
/// @param environment the variables of the user's shell
record Configuration(Project project, Catalog catalog, Map<String, String> environment) {
    private static final Set<PosixFilePermission> OF_OTHERS =
            Set.of(
                    PosixFilePermission.GROUP_READ,
                    PosixFilePermission.OTHERS_READ,
                    PosixFilePermission.GROUP_WRITE,
                    PosixFilePermission.OTHERS_WRITE);

    List<Finding> examine() {
        var findings = new ArrayList<Finding>();
        findings.add(
                Finding.ok(
                        "project",
                        "%s, profile %s, in %s"
                                .formatted(
                                        project.site().project(),
                                        project.profile(),
                                        project.root())));
        userConfiguration(findings);
        secrets(findings);
        endpoints(findings);
        folder("data", project.settings().database().getParent(), findings);
        if (project.settings().auditEnabled()) {
            folder("audit", project.settings().auditLog().getParent(), findings);
        }
        folder("drift", project.settings().driftSnapshot().getParent(), findings);
        models(findings);
        dbt(findings);
        return findings;
    }

    private void userConfiguration(List<Finding> findings) {
        Path file = project.user().file();
        if (file == null) {
            findings.add(Finding.ok("user configuration", "none; built-in defaults are used"));
            return;
        }
        findings.add(
                othersMayRead(file)
                        ? Finding.warning(
                                "user configuration",
                                file + " may be read or written by other users of this machine",
                                "chmod 600 " + file)
                        : Finding.ok("user configuration", file.toString()));
    }

    private static boolean othersMayRead(Path file) {
        try {
            return Files.getPosixFilePermissions(file).stream().anyMatch(OF_OTHERS::contains);
        } catch (IOException | UnsupportedOperationException unknown) {
            return false;
        }
    }

    /// Names only.
    private void secrets(List<Finding> findings) {
        Set<String> there =
                project.user().secrets().stream().map(Secret::name).collect(Collectors.toSet());
        List<String> missing =
                project.site().secrets().stream().filter(name -> !there.contains(name)).toList();
        if (!missing.isEmpty()) {
            findings.add(
                    Finding.warning(
                            "secrets",
                            "mxcp-site.yml names secrets that profile '%s' does not have: %s"
                                    .formatted(project.profile(), String.join(", ", missing)),
                            "write them below projects.%s.profiles.%s.secrets of the user configuration"
                                    .formatted(project.site().project(), project.profile())));
        } else if (!there.isEmpty()) {
            findings.add(
                    Finding.ok(
                            "secrets",
                            there.stream().sorted().collect(Collectors.joining(", "))
                                    + "; every reference resolves"));
        }
    }

    private void endpoints(List<Finding> findings) {
        if (!catalog.broken().isEmpty()) {
            findings.add(
                    Finding.error(
                            "endpoints",
                            "%d file(s) cannot be loaded: %s"
                                    .formatted(
                                            catalog.broken().size(),
                                            catalog.broken().stream()
                                                    .map(Catalog.BrokenFile::relativePath)
                                                    .collect(Collectors.joining(", "))),
                            "'mxcp validate' says why"));
        } else {
            findings.add(
                    Finding.ok("endpoints", "%d loaded".formatted(catalog.endpoints().size())));
        }
    }

    /// A folder that is not there yet will be made, if the one above lets it.
    private static void folder(String what, @Nullable Path folder, List<Finding> findings) {
        Path there = folder;
        while (there != null && !Files.exists(there)) {
            there = there.getParent();
        }
        if (there != null && (!Files.isDirectory(there) || !Files.isWritable(there))) {
            findings.add(
                    Finding.error(
                            "permissions",
                            "the folder for %s cannot be written: %s".formatted(what, there),
                            "give this user the right to write there, or name another folder in mxcp-site.yml"));
        }
    }

    private void models(List<Finding> findings) {
        if (project.user().models().get("models") instanceof Map<?, ?> models) {
            List<String> without =
                    models.entrySet().stream()
                            .filter(model ->
                                    !(model.getValue() instanceof Map<?, ?> settings)
                                            || settings.get("api_key") == null)
                            .map(model -> String.valueOf(model.getKey()))
                            .toList();
            findings.add(
                    without.isEmpty()
                            ? Finding.ok("models", "%d configured".formatted(models.size()))
                            : Finding.warning(
                                    "models",
                                    "no api_key for " + String.join(", ", without),
                                    "write models.models.NAME.api_key; 'mxcp evals' needs it"));
        }
    }

    private void dbt(List<Finding> findings) {
        if (!project.site().dbt().enabled()
                || !Files.exists(project.root().resolve("dbt_project.yml"))) {
            return;
        }
        findings.add(
                DbtProgram.find(environment, project.root())
                        .map(dbt -> Finding.ok("dbt", dbt.file().toString()))
                        .orElseGet(() ->
                                Finding.warning(
                                        "dbt",
                                        "there is a dbt_project.yml, but no dbt on PATH",
                                        "pip install dbt-core dbt-duckdb")));
    }
}
