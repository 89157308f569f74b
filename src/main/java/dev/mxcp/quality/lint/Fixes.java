package dev.mxcp.quality.lint;

import dev.mxcp.project.yaml.YamlEdit;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;

/// Writes fixes into their files, each of which changes by that one value only.
public final class Fixes {
    private Fixes() {}

    /// Fixes what can be fixed.
    ///
    /// @return the findings that are mended; those of which the file cannot be changed so are not
    ///   among them
    public static List<Finding> apply(List<Finding> findings) {
        var mended = new ArrayList<Finding>();
        for (Finding finding : findings) {
            if (finding.fix() != null && applied(finding.fix())) {
                mended.add(finding);
            }
        }
        return mended;
    }

    private static boolean applied(Fix fix) {
        try {
            String text = Files.readString(fix.file());
            Files.writeString(
                    fix.file(),
                    fix.newKey() == null
                            ? YamlEdit.replace(text, fix.path(), fix.value())
                            : YamlEdit.add(text, fix.path(), fix.newKey(), fix.value()));
            return true;
        } catch (YamlEdit.Impossible notThisWay) {
            return false;
        } catch (IOException unwritable) {
            throw new UncheckedIOException(unwritable);
        }
    }
}
