package dev.mxcp.cli;

import dev.mxcp.quality.drift.Drift;
import dev.mxcp.quality.drift.Drift.Change;
import dev.mxcp.quality.drift.Drift.Severity;
import dev.mxcp.quality.drift.Snapshot;
import java.io.PrintStream;
import java.util.ArrayList;
import org.jspecify.annotations.Nullable;

/// A drift for people (cli D3): a line a thing, with `+`, `-` or `~`, and who needs it.
///
/// @param details whether columns and statuses are listed
record DriftText(Console console, boolean details) {

    void print(Drift drift, String baseline) {
        PrintStream out = console.out();
        Style style = console.style();
        out.println(
                drift.any()
                        ? style.bold(style.red("DRIFT DETECTED"))
                        : style.bold(style.green("NO DRIFT DETECTED")));
        out.println("  baseline   %s, of %s".formatted(baseline, drift.baselineAt()));
        out.println("  now        " + drift.currentAt());
        out.println(
                "  tables     %d added, %d removed, %d modified"
                        .formatted(
                                drift.tables(Change.ADDED),
                                drift.tables(Change.REMOVED),
                                drift.tables(Change.MODIFIED)));
        out.println(
                "  resources  %d added, %d removed, %d modified"
                        .formatted(
                                drift.resources(Change.ADDED),
                                drift.resources(Change.REMOVED),
                                drift.resources(Change.MODIFIED)));
        if (!drift.tables().isEmpty()) {
            out.println("\n" + style.bold("Tables"));
            drift.tables().forEach(this::print);
        }
        if (!drift.resources().isEmpty()) {
            out.println("\n" + style.bold("Resources"));
            drift.resources().forEach(this::print);
        }
        if (drift.any() && !details) {
            out.println("\n--debug shows columns and statuses.");
        }
    }

    private void print(Drift.TableChange change) {
        var parts = new ArrayList<String>();
        if (change.change() == Change.MODIFIED) {
            count(change.added().size(), "added", parts);
            count(change.removed().size(), "removed", parts);
            count(change.modified().size(), "of another type", parts);
        } else {
            int columns = change.added().size() + change.removed().size();
            parts.add("%d column%s".formatted(columns, columns == 1 ? "" : "s"));
        }
        line(change.change(), change.name(), String.join(", ", parts), change.severity());
        if (details) {
            PrintStream out = console.out();
            for (Snapshot.Column column : change.added()) {
                out.println(Printable.line("      + " + column.name() + " " + column.type()));
            }
            for (Snapshot.Column column : change.removed()) {
                out.println(Printable.line("      - " + column.name() + " " + column.type()));
            }
            for (Drift.ColumnChange column : change.modified()) {
                out.println(
                        Printable.line(
                                "      ~ %s %s → %s"
                                        .formatted(
                                                column.name(),
                                                column.oldType(),
                                                column.newType())));
            }
        }
        if (!change.neededBy().isEmpty()) {
            console.out()
                    .println(
                            "      needed by "
                                    + Printable.line(String.join(", ", change.neededBy())));
        }
    }

    private static void count(int columns, String how, ArrayList<String> parts) {
        if (columns > 0) {
            parts.add("%d column%s %s".formatted(columns, columns == 1 ? "" : "s", how));
        }
    }

    private void print(Drift.ResourceChange change) {
        var parts = new ArrayList<String>();
        aspect("validation", change.validation(), parts);
        aspect("tests", change.tests(), parts);
        if (change.definition()) {
            parts.add("definition");
        }
        if (change.source()) {
            parts.add("source");
        }
        String name =
                change.endpoint() == null
                        ? change.path()
                        : change.path() + " (" + change.endpoint() + ")";
        line(change.change(), name, String.join(", ", parts), change.severity());
    }

    private void aspect(String what, Drift.@Nullable Statuses statuses, ArrayList<String> parts) {
        if (statuses != null) {
            parts.add(
                    details
                            ? "%s %s → %s"
                                    .formatted(what, word(statuses.before()), word(statuses.now()))
                            : what);
        }
    }

    private static String word(@Nullable String status) {
        return status == null ? "none" : status;
    }

    private void line(Change change, String name, String more, Severity severity) {
        Style style = console.style();
        String mark =
                switch (change) {
                    case ADDED -> style.green("+");
                    case REMOVED -> style.red("-");
                    case MODIFIED -> style.yellow("~");
                };
        console.out()
                .println(
                        "  %s %s%s%s"
                                .formatted(
                                        mark,
                                        Printable.line(name),
                                        more.isEmpty() ? "" : ": " + more,
                                        severity == Severity.BREAKING
                                                ? "  " + style.red("breaking")
                                                : ""));
    }
}
