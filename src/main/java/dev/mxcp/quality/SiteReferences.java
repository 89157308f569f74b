package dev.mxcp.quality;

import dev.mxcp.problem.Problem;
import dev.mxcp.problem.SourcePlace;
import dev.mxcp.project.Project;
import dev.mxcp.project.Secret;
import dev.mxcp.project.yaml.Suggestions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Checks what the site file refers to in the user configuration. Variables and other references
/// that do not resolve were found when both were read.
public final class SiteReferences {
    private static final String SITE = "mxcp-site.yml";

    private SiteReferences() {}

    /// What is wrong with them: secrets that are listed but not defined for the profile (S6), which
    /// is only a warning, since the list itself has no effect.
    public static List<Finding> check(Project project) {
        List<String> defined = project.user().secrets().stream().map(Secret::name).toList();
        var findings = new ArrayList<Finding>();
        List<String> listed = project.site().secrets();
        for (int index = 0; index < listed.size(); index++) {
            String name = listed.get(index);
            if (!defined.contains(name)) {
                findings.add(
                        Finding.warning(
                                new Problem(
                                        "the secret '%s' is not defined for the profile '%s'"
                                                .formatted(name, project.profile()),
                                        place(project.root().resolve(SITE), name),
                                        "secrets." + index,
                                        Suggestions.nearest(name, defined)
                                                .map(near -> "did you mean '%s'?".formatted(near))
                                                .orElse(
                                                        "define it below secrets of the profile in"
                                                                + " the user configuration"))));
            }
        }
        return findings;
    }

    private static SourcePlace place(Path site, String name) {
        var start = SourcePlace.of(SITE);
        try {
            List<String> lines = Files.readAllLines(site);
            for (int index = 0; index < lines.size(); index++) {
                if (lines.get(index).matches("\\s*[\"']?secrets[\"']?\\s*:.*")) {
                    start = new SourcePlace(SITE, index + 1, 1);
                }
            }
        } catch (IOException | UncheckedIOException gone) {
            return start;
        }
        return TextPlace.of(site, start, 1, name, 0);
    }
}
