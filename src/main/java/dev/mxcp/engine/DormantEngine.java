package dev.mxcp.engine;

import dev.mxcp.engine.duckdb.DuckDb;
import dev.mxcp.problem.MxcpException.Unavailable;
import dev.mxcp.project.Catalog;
import dev.mxcp.project.Project;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// An engine between two generations: shutdown hooks have run, the database file is free, the
/// Python workers are there and keep their modules. For one thread. Ends by waking up or by
/// closing.
public final class DormantEngine implements AutoCloseable {
    private final Project project;
    private final Catalog catalog;
    private final Engine.Options options;
    private final Installation installation;
    private final DuckDb closed;
    private @Nullable PythonSide python;

    DormantEngine(
            Project project,
            Catalog catalog,
            Engine.Options options,
            Installation installation,
            DuckDb closed,
            @Nullable PythonSide python) {
        this.project = project;
        this.catalog = catalog;
        this.options = options;
        this.installation = installation;
        this.closed = closed;
        this.python = python;
    }

    /// The project it was opened for.
    public Project project() {
        return project;
    }

    /// The endpoints it ran.
    public Catalog catalog() {
        return catalog;
    }

    /// The database file that is free now.
    public Path database() {
        return project.settings().database();
    }

    /// Whether the file is free indeed: a statement that cannot be interrupted holds it until it
    /// ends.
    public boolean released() {
        return closed.released();
    }

    /// Opens the database as configured now and begins a generation: plugins, modules, init hooks.
    /// The workers are kept unless the project's Python files, its requirements or interpreter have
    /// changed since they started. When it fails, everything is as before the attempt.
    ///
    /// @param fresh workers that were started ahead; null for none
    /// @throws dev.mxcp.problem.MxcpException with what is wrong
    public Engine wake(Project next, Catalog served, @Nullable FreshPython fresh) {
        return wake(
                next,
                served,
                duckdb -> {
                    if (python == null) {
                        return first(next, served, duckdb);
                    }
                    PythonSide side =
                            python.resume(
                                    PythonSide.config(next, served, options, installation),
                                    duckdb,
                                    fresh == null ? null : fresh.side());
                    if (fresh != null && side == fresh.side()) {
                        fresh.taken();
                    }
                    return side;
                });
    }

    /// The same with what was configured before, and the workers there are. Plugins and hooks that
    /// fail are only logged.
    ///
    /// @throws dev.mxcp.problem.MxcpException when the database cannot be opened
    public Engine wakeAsBefore() {
        return wake(
                project, catalog, duckdb -> python == null ? null : python.resumeAsBefore(duckdb));
    }

    private interface Python {
        @Nullable PythonSide over(DuckDb duckdb);
    }

    private Engine wake(Project next, Catalog served, Python begin) {
        if (!released()) {
            throw new Unavailable(
                    "The database is still held by a query that cannot be interrupted", null);
        }
        var owned = new Owned();
        try {
            var runners = Engine.runners(next, served);
            DuckDb duckdb = owned.own(DuckDb.open(Databases.config(next, installation)));
            PythonSide side = begin.over(duckdb);
            if (side != null) {
                owned.own(side);
            }
            python = null;
            return new Engine(
                    owned,
                    next,
                    served,
                    new Engine.Parts(options, installation, duckdb, side),
                    runners);
        } catch (RuntimeException | Error failure) {
            try (owned) { // the database; the workers wait for another attempt
                throw failure;
            }
        }
    }

    private @Nullable PythonSide first(Project next, Catalog served, DuckDb duckdb) {
        PythonSide side = PythonSide.of(next, served, options, installation, duckdb);
        if (side != null) {
            side.start();
        }
        return side;
    }

    /// Ends the workers; their shutdown hooks have run.
    @Override
    public void close() {
        if (python != null) {
            python.close();
            python = null;
        }
    }
}
