package dev.mxcp.project.yaml;

import dev.mxcp.problem.MxcpException;
import dev.mxcp.problem.Problem;
import dev.mxcp.problem.SourcePlace;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Collects what is wrong while a file is read, so that its author sees everything at once. Used by
/// one thread.
public final class Problems {
    private static final Comparator<Problem> BY_PLACE =
            Comparator.comparingInt(Problems::line).thenComparingInt(Problems::column);

    // a key that is read twice is wrong only once
    private final Set<Problem> found = new LinkedHashSet<>();

    /// Adds a problem.
    public void add(Problem problem) {
        found.add(problem);
    }

    /// Adds a problem at a place.
    ///
    /// @param key dotted path; null when the file as a whole is meant
    public void add(
            String what, @Nullable SourcePlace where, @Nullable String key, @Nullable String fix) {
        found.add(new Problem(what, where, key, fix));
    }

    /// Adds all problems of another file.
    public void addAll(List<Problem> problems) {
        found.addAll(problems);
    }

    public int count() {
        return found.size();
    }

    public boolean isEmpty() {
        return found.isEmpty();
    }

    /// The problems of one file in the order of their places.
    public List<Problem> inFileOrder() {
        return found.stream().sorted(BY_PLACE).toList();
    }

    /// The problems in the order in which they were added.
    public List<Problem> list() {
        return List.copyOf(found);
    }

    /// Ends loading when there is any problem.
    ///
    /// @throws MxcpException.InvalidProject with all of them
    public void throwIfAny() {
        if (!found.isEmpty()) {
            throw new MxcpException.InvalidProject(list());
        }
    }

    private static int line(Problem problem) {
        return problem.where() == null ? 0 : problem.where().line();
    }

    private static int column(Problem problem) {
        return problem.where() == null ? 0 : problem.where().column();
    }
}
