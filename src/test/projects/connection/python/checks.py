"""What a test looks at through one tool: each function gives what it saw."""
import os
import pathlib
import signal
import threading

from mxcp.runtime import config, db, reload_duckdb

stored = None
kept = {}


def check(name):
    return {"seen": globals()[name]()}


def raised(action):
    try:
        return ["nothing", str(action())]
    except Exception as failure:
        return [type(failure).__name__, str(failure)]


def served():
    return config.get_setting("profiles.default.duckdb.path")


def rows_on_demand():
    """A stream computes only what is read; other statements do not disturb it."""
    con = db.connection
    con.execute("SELECT i, CASE WHEN i = 5000000 THEN error('too far') END FROM range(10000000) t(i)")
    first = con.fetchmany(3)
    between = db.execute("SELECT 42 AS answer")
    return [first, between, raised(con.fetchall)[0]]


def reader_survives():
    """Half a stream of Arrow batches is read, then the connection does something else."""
    con = db.connection
    reader = con.execute("SELECT * FROM range(100000)").fetch_record_batch(1000)
    first = reader.read_next_batch()
    con.execute("SELECT 1").fetchall()
    return [first.num_rows, sum(batch.num_rows for batch in reader)]


def million():
    con = db.connection
    frame = con.execute("SELECT range AS a, 'row ' || range AS b FROM range(1000000)").df()
    con.register("frame", frame)
    return con.execute("SELECT count(*), max(a), min(b) FROM frame").fetchone()


def same_class():
    import duckdb

    con = db.connection
    return [isinstance(con, duckdb.DuckDBPyConnection), isinstance(con.sql("SELECT 1"), duckdb.DuckDBPyRelation)]


def spellings():
    import duckdb

    db.execute("CREATE TABLE IF NOT EXISTS live AS SELECT 7 AS n")
    path = served()
    if not os.path.lexists("link.duckdb"):
        os.symlink(path, "link.duckdb")
    found = []
    for spelling in (path, os.path.relpath(path), "link.duckdb", pathlib.Path(path), f"./data/../{os.path.relpath(path)}"):
        with duckdb.connect(spelling) as con:
            found.append(con.execute("SELECT n FROM live").fetchone())
    return found


def others_are_native():
    import duckdb

    memory = duckdb.connect()
    other = duckdb.connect("other.duckdb")
    module = [type(memory).__module__, type(other).__module__, duckdb.sql("SELECT 5").fetchall()]
    return [module, "live" in str(other.execute("SHOW TABLES").fetchall())]


def read_only():
    import duckdb

    con = duckdb.connect(served(), read_only=True)
    con.execute("CREATE TEMP TABLE mine AS SELECT 1 AS a")
    refused = [
        raised(lambda q=q: con.execute(q))[0]
        for q in ("CREATE TABLE new(a INTEGER)", "INSERT INTO live VALUES (1)", "DROP TABLE live", "DELETE FROM live")
    ]
    return [con.execute("SELECT n FROM live").fetchall(), refused, raised(lambda: con.cursor().execute("DELETE FROM live"))[0]]


def configured():
    import duckdb

    with duckdb.connect(served(), config={"TimeZone": "Asia/Tokyo", "custom_user_agent": "test"}) as con:
        zone = con.execute("SELECT current_setting('TimeZone')").fetchone()
    return [zone, raised(lambda: duckdb.connect(served(), config={"memory_limit": "1GB"}))]


def interrupted():
    import duckdb

    con = duckdb.connect(served())
    started = threading.Event()

    def interrupt():
        started.wait()
        # again and again, because the statement may not have begun
        while not done.wait(0.02):
            con.interrupt()

    done = threading.Event()
    thread = threading.Thread(target=interrupt)
    thread.start()
    started.set()
    seen = raised(lambda: con.execute("SELECT count(*) FROM range(100000000000) a, range(1000) b").fetchall())[0]
    done.set()
    thread.join()
    return [seen, con.execute("SELECT 1").fetchall()]


def threads():
    """Threads outside of any call have sessions of their own that do not wait for each other."""
    import duckdb

    path = served()
    gate = threading.Barrier(4, timeout=30)
    seen = []

    def work(number):
        con = duckdb.connect(path)
        con.execute("BEGIN")
        gate.wait()
        seen.append(con.execute("SELECT n + ? FROM live", [number]).fetchone()[0])
        gate.wait()
        con.rollback()
        con.close()

    running = [threading.Thread(target=work, args=(n,)) for n in range(4)]
    for thread in running:
        thread.start()
    for thread in running:
        thread.join()
    return sorted(seen)


def frames_left():
    """Folders with frames of workers."""
    found = []
    for parent in ("/dev/shm", os.environ.get("TMPDIR", "/tmp")):
        if os.path.isdir(parent):
            found += [os.path.join(parent, name) for name in os.listdir(parent) if name.startswith("mxcp-frames-")]
    return found


def my_frames():
    """Registers a frame; where it lies."""
    import pandas as pd

    global stored
    before = set(frames_left())
    stored = db.connection
    stored.register("kept", pd.DataFrame({"a": [1, 2]}))
    return sorted(set(frames_left()) - before)


def die():
    os.kill(os.getpid(), signal.SIGKILL)


def keep_and_reload():
    """Does what the guide says not to do, and then asks for a reload."""
    con = db.connection
    kept.update(connection=con.execute("SELECT 1 AS old"), relation=con.sql("SELECT 2 AS old"), cursor=con.cursor())
    reload_duckdb()


def after_reload():
    con = kept["connection"]
    uses = [
        con.fetchall, lambda: con.execute("SELECT 1"), con.cursor, lambda: con.description, kept["relation"].fetchall, kept["cursor"].begin,
        lambda: con.sql("SELECT 1"),
    ]
    seen = [raised(use) for use in uses]
    if seen[0][0] != "nothing":
        con.close()
    return [seen, db.connection.execute("SELECT 3").fetchall()]


def rebuild():
    """In a payload the package opens the file itself, in its threads too."""
    path = served()

    def payload():
        import duckdb

        con = duckdb.connect(path)
        con.execute("CREATE OR REPLACE TABLE built AS SELECT 5 AS n")
        seen = [type(con).__module__]
        con.close()

        def work():
            with duckdb.connect(path) as other:
                other.execute("INSERT INTO built VALUES (6)")
                seen.append(type(other).__module__)

        thread = threading.Thread(target=work)
        thread.start()
        thread.join()
        # forgotten, as dbt does
        kept["forgotten"] = duckdb.connect(path)
        kept["seen"] = seen

    reload_duckdb(payload)


def rebuilt():
    import duckdb

    if "seen" not in kept:
        return None
    with duckdb.connect(served()) as con:
        return [kept["seen"], con.execute("SELECT n FROM built ORDER BY n").fetchall(), raised(lambda: kept["forgotten"].execute("SELECT 1"))[0]]


def functions_of_a_connection():
    """A function that one connection creates: seen by it, its cursors and this call's statements."""
    import duckdb

    con = db.connection
    con.create_function("secret_of_mine", lambda n: f"{n} seen by {db.execute('SELECT 42 AS a')[0]['a']}", ["INTEGER"], "VARCHAR")
    found = [
        con.sql("SELECT secret_of_mine(1) AS v").fetchall(),
        db.execute("SELECT secret_of_mine(2) AS v"),
        con.cursor().execute("SELECT count(DISTINCT secret_of_mine(i::INTEGER)) FROM range(5000) t(i)").fetchall(),
    ]
    with duckdb.connect(served()) as other:
        found.append(raised(lambda: other.execute("SELECT secret_of_mine(1)"))[0])
    return found


def functions_of_another_call():
    return raised(lambda: db.execute("SELECT secret_of_mine(1)"))[0]


def classes_to_catch():
    """DuckDB's exceptions by name."""
    try:
        db.execute("FROM nothing")
    except db.ConstraintException:
        return "the wrong one"
    except db.CatalogException as caught:
        return [isinstance(caught, db.Error), type(caught).__name__, raised(lambda: db.nothing)[0]]


def without_packages():
    """What works in a worker that has no package at all, and what it says of the rest."""
    con = db.connection
    found = [
        con.execute("SELECT 1 AS a, 'x' AS b, [1, 2] AS c").fetchall(),
        [column[:2] for column in con.description],
        con.sql("SELECT 1 AS a").filter("a = 1").fetchall(),
        con.values([1, 2]).fetchall(),
        con.create_function("plus", lambda a: a + 1, ["DECIMAL(9,2)"], "DECIMAL(9,2)").execute("SELECT plus(1.5)").fetchall(),
        [str(statement.query) for statement in con.extract_statements("SELECT 1; SELECT 2")],
    ]
    refused = [lambda: con.execute("SELECT 1").df(), lambda: con.execute("SELECT 1").arrow(), lambda: con.execute("FROM nothing")]
    return [str(found), [raised(each) for each in refused]]


def nested_statement_in_a_transaction():
    con = db.connection
    con.begin()
    con.execute("CREATE TABLE undone(a INTEGER)")
    con.rollback()
    return raised(lambda: con.execute("FROM undone"))[0]
