package dev.mxcp.quality.drift;

import dev.mxcp.project.Catalog;
import dev.mxcp.project.Code;
import dev.mxcp.project.Endpoint;
import dev.mxcp.quality.drift.Drift.Change;
import dev.mxcp.quality.drift.Drift.ColumnChange;
import dev.mxcp.quality.drift.Drift.ResourceChange;
import dev.mxcp.quality.drift.Drift.Statuses;
import dev.mxcp.quality.drift.Drift.TableChange;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Compares snapshots by what they mean (cli D3): times and messages of tests, the order of columns
/// and of keys do not count.
public final class Comparison {
    /// `SELECT *`, `SELECT t.*`, `a, *`; also `FROM t` alone, which is DuckDB's `SELECT *`.
    private static final Pattern EVERY_COLUMN =
            Pattern.compile("(?i)(?:\\bselect\\b|\\bdistinct\\b|,|\\.)\\s*\\*|^\\s*from\\b");

    private final Catalog catalog;
    private final SqlReads reads;

    /// @param catalog the endpoints as they are now, whose SQL may need what has changed
    public Comparison(Catalog catalog, SqlReads reads) {
        this.catalog = catalog;
        this.reads = reads;
    }

    /// What has changed from one to the other.
    public Drift between(Snapshot baseline, Snapshot current) {
        return new Drift(
                baseline.generatedAt(),
                current.generatedAt(),
                ordered(tables(baseline, current), TableChange::change, TableChange::name),
                ordered(
                        resources(baseline, current),
                        ResourceChange::change,
                        ResourceChange::path));
    }

    private static <T> List<T> ordered(
            Stream<T> changes, Function<T, Change> change, Function<T, String> name) {
        return changes.sorted(Comparator.comparing(change).thenComparing(name)).toList();
    }

    private Stream<TableChange> tables(Snapshot baseline, Snapshot current) {
        Map<String, Snapshot.Table> before = byName(baseline.tables(), Snapshot.Table::name);
        Map<String, Snapshot.Table> now = byName(current.tables(), Snapshot.Table::name);
        var changes = new ArrayList<TableChange>();
        now.forEach((name, table) -> {
            if (!before.containsKey(name)) {
                changes.add(
                        new TableChange(
                                name,
                                Change.ADDED,
                                table.columns(),
                                List.of(),
                                List.of(),
                                List.of()));
            }
        });
        before.forEach((name, table) -> {
            Snapshot.Table same = now.get(name);
            if (same == null) {
                changes.add(
                        new TableChange(
                                name,
                                Change.REMOVED,
                                List.of(),
                                table.columns(),
                                List.of(),
                                readers(name, null)));
            } else {
                TableChange change = columns(table, same);
                if (change != null) {
                    changes.add(change);
                }
            }
        });
        return changes.stream();
    }

    private @Nullable TableChange columns(Snapshot.Table before, Snapshot.Table now) {
        Map<String, Snapshot.Column> old = byName(before.columns(), Snapshot.Column::name);
        Map<String, Snapshot.Column> fresh = byName(now.columns(), Snapshot.Column::name);
        List<Snapshot.Column> added =
                now.columns().stream().filter(column -> !old.containsKey(column.name())).toList();
        List<Snapshot.Column> removed =
                before.columns().stream()
                        .filter(column -> !fresh.containsKey(column.name()))
                        .toList();
        var modified = new ArrayList<ColumnChange>();
        for (Snapshot.Column column : before.columns()) {
            Snapshot.Column same = fresh.get(column.name());
            if (same != null && !same.type().equals(column.type())) {
                modified.add(new ColumnChange(column.name(), column.type(), same.type()));
            }
        }
        if (added.isEmpty() && removed.isEmpty() && modified.isEmpty()) {
            return null;
        }
        List<String> missed =
                Stream.concat(
                                removed.stream().map(Snapshot.Column::name),
                                modified.stream().map(ColumnChange::name))
                        .toList();
        return new TableChange(
                before.name(),
                Change.MODIFIED,
                added,
                removed,
                modified,
                missed.isEmpty() ? List.of() : readers(before.name(), missed));
    }

    /// The endpoints whose SQL reads a table.
    ///
    /// @param columns one of which must be read too; null when the table itself is meant
    private List<String> readers(String table, @Nullable List<String> columns) {
        var readers = new ArrayList<String>();
        for (Endpoint endpoint : catalog.endpoints()) {
            if (endpoint.code() instanceof Code.Sql(String sql, _, _)
                    && reads.tables(sql).stream().anyMatch(table::equalsIgnoreCase)
                    && (columns == null || readsAny(sql, columns))) {
                readers.add(endpoint.kind().yamlName() + "/" + endpoint.id());
            }
        }
        return readers;
    }

    private boolean readsAny(String sql, List<String> columns) {
        return EVERY_COLUMN.matcher(sql).find()
                || columns.stream().anyMatch(column -> reads.mentions(sql, column));
    }

    private static Stream<ResourceChange> resources(Snapshot baseline, Snapshot current) {
        Map<String, Snapshot.Resource> before =
                byName(baseline.resources(), Snapshot.Resource::path);
        Map<String, Snapshot.Resource> now = byName(current.resources(), Snapshot.Resource::path);
        var changes = new ArrayList<ResourceChange>();
        now.forEach((path, resource) -> {
            Snapshot.Resource old = before.get(path);
            if (old == null) {
                changes.add(whole(resource, Change.ADDED));
            } else {
                ResourceChange change = modified(old, resource);
                if (change != null) {
                    changes.add(change);
                }
            }
        });
        before.forEach((path, resource) -> {
            if (!now.containsKey(path)) {
                changes.add(whole(resource, Change.REMOVED));
            }
        });
        return changes.stream();
    }

    private static ResourceChange whole(Snapshot.Resource resource, Change change) {
        return new ResourceChange(
                resource.path(),
                Definition.endpoint(resource.definition()),
                change,
                null,
                null,
                false,
                false);
    }

    private static @Nullable ResourceChange modified(Snapshot.Resource old, Snapshot.Resource now) {
        boolean sameTests = same(old.tests(), now.tests());
        boolean definition =
                !Definition.same(old.definition(), now.definition())
                        || !Definition.same(
                                Definition.plain(old.metadata()), Definition.plain(now.metadata()));
        boolean source =
                old.sourceHash() != null
                        && now.sourceHash() != null
                        && !old.sourceHash().equals(now.sourceHash());
        Statuses validation =
                old.validation().equals(now.validation())
                        ? null
                        : new Statuses(old.validation().status(), now.validation().status());
        Statuses tests = sameTests ? null : new Statuses(status(old), status(now));
        if (validation == null && tests == null && !definition && !source) {
            return null;
        }
        String endpoint =
                Objects.requireNonNullElse(
                        Definition.endpoint(now.definition()),
                        Objects.requireNonNullElse(Definition.endpoint(old.definition()), ""));
        return new ResourceChange(
                now.path(),
                endpoint.isEmpty() ? null : endpoint,
                Change.MODIFIED,
                validation,
                tests,
                definition,
                source);
    }

    private static boolean same(Snapshot.@Nullable Tests old, Snapshot.@Nullable Tests now) {
        if (old == null || now == null) {
            return Objects.equals(old, now);
        }
        return old.sameAs(now);
    }

    private static @Nullable String status(Snapshot.Resource resource) {
        return resource.tests() == null ? null : resource.tests().status();
    }

    private static <T> Map<String, T> byName(List<T> things, Function<T, String> name) {
        var byName = new TreeMap<String, T>();
        things.forEach(thing -> byName.put(name.apply(thing), thing));
        return byName;
    }
}
