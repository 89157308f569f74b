package dev.mxcp.quality.drift;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// What has changed between two snapshots (cli D3): added, then removed, then modified things, each
/// by name. Immutable.
///
/// @param baselineAt when the older one was taken
/// @param currentAt when the newer one was taken
public record Drift(
        String baselineAt,
        String currentAt,
        List<TableChange> tables,
        List<ResourceChange> resources) {
    public Drift {
        tables = List.copyOf(tables);
        resources = List.copyOf(resources);
    }

    /// Whether anything has changed at all.
    public boolean any() {
        return !tables.isEmpty() || !resources.isEmpty();
    }

    /// How many tables have changed this way.
    public long tables(Change change) {
        return tables.stream().filter(one -> one.change() == change).count();
    }

    /// How many endpoint files have changed this way.
    public long resources(Change change) {
        return resources.stream().filter(one -> one.change() == change).count();
    }

    /// What happened to a thing.
    public enum Change {
        ADDED("added"),
        REMOVED("removed"),
        MODIFIED("modified");

        private final String word;

        Change(String word) {
            this.word = word;
        }

        /// The word in JSON.
        public String word() {
            return word;
        }
    }

    /// How much a change matters. Ours: the shape of existing projects' reports has no such word.
    public enum Severity {
        /// Something that an endpoint needs is gone or different, or an endpoint works no more.
        BREAKING("breaking"),
        /// Everything else.
        NOTICE("notice");

        private final String word;

        Severity(String word) {
            this.word = word;
        }

        /// The word in JSON.
        public String word() {
            return word;
        }
    }

    /// A table or view that changed.
    ///
    /// @param neededBy endpoints whose SQL reads what is gone or different: `tool/stock`
    public record TableChange(
            String name,
            Change change,
            List<Snapshot.Column> added,
            List<Snapshot.Column> removed,
            List<ColumnChange> modified,
            List<String> neededBy) {
        public TableChange {
            added = List.copyOf(added);
            removed = List.copyOf(removed);
            modified = List.copyOf(modified);
            neededBy = List.copyOf(neededBy);
        }

        /// Breaking when an endpoint needs what changed.
        public Severity severity() {
            return neededBy.isEmpty() ? Severity.NOTICE : Severity.BREAKING;
        }
    }

    /// A column whose type is another.
    public record ColumnChange(String name, String oldType, String newType) {}

    /// An endpoint file that changed.
    ///
    /// @param endpoint `tool/stock`; null when the file does not load
    /// @param validation the two states where they differ, else null
    /// @param tests the two states where results differ, else null
    /// @param definition whether the definition differs
    /// @param source whether the SQL or Python file differs, as far as both sides know it
    public record ResourceChange(
            String path,
            @Nullable String endpoint,
            Change change,
            @Nullable Statuses validation,
            @Nullable Statuses tests,
            boolean definition,
            boolean source) {

        /// Breaking when the endpoint is gone, or was sound and is not any more.
        public Severity severity() {
            boolean broken =
                    change == Change.REMOVED
                            || (validation != null && !"ok".equals(validation.now()))
                            || (tests != null && tests.now() != null && !"ok".equals(tests.now()));
            return broken ? Severity.BREAKING : Severity.NOTICE;
        }
    }

    /// A status before and now; null where there was none.
    public record Statuses(@Nullable String before, @Nullable String now) {}
}
