package dev.mxcp.quality.drift;

import dev.mxcp.quality.drift.Drift.Change;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The report about a drift as scripts read it (cli D3). Members without a value are left out;
/// `severity`, `needed_by` and `source_changed` are ours.
public final class DriftReport {
    private DriftReport() {}

    /// Plain values, ready for JSON.
    ///
    /// @param baseline path of the older snapshot, as it is shown
    /// @param now when the report is made
    public static Map<String, @Nullable Object> of(Drift drift, String baseline, String now) {
        var report = new LinkedHashMap<String, @Nullable Object>();
        report.put("version", (long) Snapshot.VERSION);
        report.put("generated_at", now);
        report.put("baseline_snapshot_path", baseline);
        report.put("current_snapshot_generated_at", drift.currentAt());
        report.put("baseline_snapshot_generated_at", drift.baselineAt());
        report.put("has_drift", drift.any());
        var summary = new LinkedHashMap<String, @Nullable Object>();
        for (Change change : Change.values()) {
            summary.put("tables_" + change.word(), drift.tables(change));
        }
        for (Change change : Change.values()) {
            summary.put("resources_" + change.word(), drift.resources(change));
        }
        report.put("summary", summary);
        report.put("table_changes", drift.tables().stream().map(DriftReport::table).toList());
        report.put(
                "resource_changes", drift.resources().stream().map(DriftReport::resource).toList());
        return report;
    }

    private static Map<String, @Nullable Object> table(Drift.TableChange change) {
        var plain = new LinkedHashMap<String, @Nullable Object>();
        plain.put("name", change.name());
        plain.put("change_type", change.change().word());
        list(plain, "columns_added", change.added(), SnapshotFile::column);
        list(plain, "columns_removed", change.removed(), SnapshotFile::column);
        list(
                plain,
                "columns_modified",
                change.modified(),
                column -> {
                    var modified = new LinkedHashMap<String, @Nullable Object>();
                    modified.put("name", column.name());
                    modified.put("old_type", column.oldType());
                    modified.put("new_type", column.newType());
                    return modified;
                });
        plain.put("severity", change.severity().word());
        if (!change.neededBy().isEmpty()) {
            plain.put("needed_by", change.neededBy());
        }
        return plain;
    }

    private static <T> void list(
            Map<String, @Nullable Object> plain,
            String key,
            List<T> items,
            Function<T, Map<String, @Nullable Object>> form) {
        if (!items.isEmpty()) {
            plain.put(key, items.stream().map(form).toList());
        }
    }

    private static Map<String, @Nullable Object> resource(Drift.ResourceChange change) {
        var plain = new LinkedHashMap<String, @Nullable Object>();
        plain.put("path", change.path());
        if (change.endpoint() != null) {
            plain.put("endpoint", change.endpoint());
        }
        plain.put("change_type", change.change().word());
        var details = new LinkedHashMap<String, @Nullable Object>();
        switch (change.change()) {
            case ADDED -> details.put("added_resource", true);
            case REMOVED -> details.put("removed_resource", true);
            case MODIFIED -> {
                plain.put("validation_changed", change.validation() != null);
                plain.put("test_results_changed", change.tests() != null);
                plain.put("definition_changed", change.definition());
                if (change.source()) {
                    plain.put("source_changed", true);
                }
                statuses(details, "validation_changes", change.validation());
                statuses(details, "test_changes", change.tests());
            }
        }
        if (!details.isEmpty()) {
            plain.put("details", details);
        }
        plain.put("severity", change.severity().word());
        return plain;
    }

    private static void statuses(
            Map<String, @Nullable Object> details, String key, Drift.@Nullable Statuses statuses) {
        if (statuses == null) {
            return;
        }
        var plain = new LinkedHashMap<String, @Nullable Object>();
        if (statuses.before() != null) {
            plain.put("old_status", statuses.before());
        }
        if (statuses.now() != null) {
            plain.put("new_status", statuses.now());
        }
        details.put(key, plain);
    }
}
