package dev.mxcp.engine.duckdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mxcp.engine.call.CallContext;
import dev.mxcp.problem.MxcpException.CallCancelled;
import dev.mxcp.problem.MxcpException.Unavailable;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// D3: queries end when their callers are gone, and short work does not wait behind long work.
@Timeout(60)
class CancellationTest {
    /// Runs for minutes if nobody stops it.
    private static final String ENDLESS =
            "SELECT count(*) AS n FROM range(10000000) a(x), range(10000000) b(y) WHERE x * y % 7 = 3 AND x + y = -1";

    @Test
    void a_cancelled_call_ends_and_its_session_goes_on() throws Exception {
        try (DuckDb database = Databases.inMemory();
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            CallContext call = Databases.call();
            Future<?> running =
                    threads.submit(
                            () -> Databases.json(database, call, ENDLESS, Parameters.none()));
            awaitBusy(database);
            call.cancellation().cancel("the client is gone");
            assertThatThrownBy(() -> running.get(10, TimeUnit.SECONDS))
                    .cause()
                    .isInstanceOf(CallCancelled.class)
                    .hasMessage("the client is gone");
            assertThat(Databases.json(database, "SELECT 1 AS a")).isEqualTo("[{\"a\":1}]");
            assertThatThrownBy(() -> database.borrow(call)).isInstanceOf(CallCancelled.class);
        }
    }

    @Test
    void an_interrupted_thread_ends_its_query_and_stays_interrupted() throws Exception {
        try (DuckDb database = Databases.inMemory()) {
            var outcome = new CompletableFuture<String>();
            var again = new CompletableFuture<String>();
            Thread thread =
                    Thread.ofVirtual()
                            .start(() -> {
                                try (Session session = database.borrow(Databases.call())) {
                                    try {
                                        outcome.complete(Databases.json(session, ENDLESS));
                                    } catch (CallCancelled cancelled) {
                                        outcome.complete(
                                                cancelled.getMessage()
                                                        + " "
                                                        + Thread.interrupted());
                                    }
                                    again.complete(Databases.json(session, "SELECT 1 AS a"));
                                }
                            });
            awaitBusy(database);
            thread.interrupt();
            assertThat(outcome.get(10, TimeUnit.SECONDS))
                    .isEqualTo("The call was interrupted true");
            assertThat(again.get(10, TimeUnit.SECONDS)).isEqualTo("[{\"a\":1}]");
        }
    }

    @Test
    void a_result_that_is_being_read_ends_too() {
        try (DuckDb database = Databases.inMemory()) {
            CallContext call = Databases.call();
            try (Session session = database.borrow(call)) {
                assertThatThrownBy(() ->
                                session.query(
                                        "FROM range(100000000000)",
                                        Parameters.none(),
                                        result -> {
                                            call.cancellation().cancel("enough");
                                            while (result.nextChunk()) {
                                                // reads on
                                            }
                                            return true;
                                        }))
                        .isInstanceOf(CallCancelled.class)
                        .hasMessage("enough");
            }
        }
    }

    @Test
    void short_work_does_not_wait_behind_long_work() throws Exception {
        try (DuckDb database =
                        DuckDb.open(Databases.config(Path.of(Instance.IN_MEMORY), false, 40));
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<CallContext> calls = new ArrayList<>();
            List<Future<?>> running = new ArrayList<>();
            for (int i = 0; i < 24; i++) { // more than there are threads
                CallContext call = Databases.call();
                calls.add(call);
                // texts that differ, so that none is known to be slow
                String sql = ENDLESS + " -- " + i;
                running.add(
                        threads.submit(
                                () -> Databases.json(database, call, sql, Parameters.none())));
            }
            awaitBusy(database);
            long start = System.nanoTime();
            Future<String> shortOne =
                    threads.submit(() -> Databases.json(database, "SELECT 1 AS a"));
            assertThat(shortOne.get(20, TimeUnit.SECONDS)).isEqualTo("[{\"a\":1}]");
            assertThat(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start)).isLessThan(10_000);
            calls.forEach(call -> call.cancellation().cancel("enough"));
            for (Future<?> end : running) {
                assertThatThrownBy(() -> end.get(20, TimeUnit.SECONDS))
                        .cause()
                        .isInstanceOf(CallCancelled.class);
            }
        }
    }

    @Test
    void closing_the_database_ends_what_runs() throws Exception {
        DuckDb database = Databases.inMemory();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<?> running = threads.submit(() -> Databases.json(database, ENDLESS));
            awaitBusy(database);
            database.close();
            assertThatThrownBy(() -> running.get(10, TimeUnit.SECONDS))
                    .cause()
                    .isInstanceOf(CallCancelled.class)
                    .hasMessage("The database is being closed");
        }
    }

    /// Whatever happens to whom and when: no crash, no lost session, no wrong result.
    @Test
    void two_hundred_calls_query_are_cancelled_and_closed_at_random() throws Exception {
        DuckDb database = DuckDb.open(Databases.config(Path.of(Instance.IN_MEMORY), false, 6));
        Databases.json(
                database,
                "CREATE TABLE t AS SELECT range AS id, 'name ' || range AS name FROM range(20000)");
        var finished = new AtomicInteger();
        var stopped = new AtomicInteger();
        List<CallContext> calls = new ArrayList<>();
        var begun = new CountDownLatch(100);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> ends = new ArrayList<>();
            for (int i = 0; i < 200; i++) {
                CallContext call = Databases.call();
                calls.add(call);
                int number = i;
                ends.add(
                        threads.submit(() -> {
                            try {
                                stress(database, call, number);
                                finished.incrementAndGet();
                            } catch (CallCancelled | Unavailable | IllegalStateException end) {
                                stopped.incrementAndGet();
                            } catch (DuckDbException end) {
                                assertThat(end.kind()).isEqualTo(DuckDbException.Kind.INTERRUPT);
                                stopped.incrementAndGet();
                            } finally {
                                begun.countDown();
                            }
                        }));
            }
            for (int i = 0; i < 400; i++) {
                int victim = ThreadLocalRandom.current().nextInt(calls.size());
                if (victim % 4 == 0) {
                    calls.get(victim).cancellation().cancel("unlucky");
                }
                Thread.onSpinWait();
            }
            begun.await(30, TimeUnit.SECONDS);
            database.close();
            for (Future<?> end : ends) {
                end.get(30, TimeUnit.SECONDS);
            }
        }
        assertThat(finished.get() + stopped.get()).isEqualTo(200);
        assertThat(finished.get()).isPositive();
    }

    private static void stress(DuckDb database, CallContext call, int number) {
        try (Session session = database.borrow(call)) {
            for (int round = 0; round < 10; round++) {
                long id = (number * 31L + round) % 20_000;
                var rows =
                        session.query(
                                "SELECT id, name FROM t WHERE id = $id",
                                Databases.named("id", id),
                                ValueRows.ALL);
                assertThat(rows).hasSize(1);
                assertThat(rows.getFirst().get("name")).isEqualTo("name " + id);
                if (number % 10 == 3) {
                    Databases.json(session, "SELECT name, [id, id], {'a': name} FROM t");
                }
                if (number % 10 == 5) {
                    Databases.json(
                            session,
                            "CREATE OR REPLACE TEMP TABLE x AS SELECT $id AS a; FROM x",
                            Databases.named("id", id));
                }
                if (number % 50 == 7) {
                    call.cancellation().cancel("by itself");
                }
                if (number % 50 == 9) {
                    Databases.json(session, ENDLESS);
                }
            }
        }
    }

    /// Until DuckDB reports progress of some query, or a moment has passed.
    private static void awaitBusy(DuckDb database) throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(600);
        @Nullable String seen = null;
        while (System.nanoTime() < deadline) {
            seen = database.version();
            Thread.onSpinWait();
        }
        assertThat(seen).startsWith("v");
    }
}
