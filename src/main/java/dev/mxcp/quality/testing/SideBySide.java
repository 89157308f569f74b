package dev.mxcp.quality.testing;

import dev.mxcp.project.Endpoint;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.Semaphore;
import java.util.function.Function;
import java.util.function.Predicate;

/// Does something with endpoints such that nobody sees a difference to one after the other:
/// neighbours that only read go side by side, every other endpoint goes alone.
///
/// @param jobs how many at once
/// @param onlyReads whether an endpoint surely changes nothing
record SideBySide(int jobs, Predicate<Endpoint> onlyReads) {

    /// The results in the order of the endpoints; the first failure ends it.
    <T> List<T> map(List<Endpoint> endpoints, Function<Endpoint, T> work) {
        var results = new ArrayList<T>(endpoints.size());
        var neighbours = new ArrayList<Endpoint>();
        for (Endpoint endpoint : endpoints) {
            if (jobs > 1 && onlyReads.test(endpoint)) {
                neighbours.add(endpoint);
                continue;
            }
            results.addAll(together(neighbours, work));
            neighbours.clear();
            results.add(work.apply(endpoint));
        }
        results.addAll(together(neighbours, work));
        return results;
    }

    private <T> List<T> together(List<Endpoint> endpoints, Function<Endpoint, T> work) {
        if (endpoints.size() < 2) {
            return endpoints.stream().map(work).toList();
        }
        var permits = new Semaphore(jobs);
        List<FutureTask<T>> tasks =
                endpoints.stream()
                        .map(endpoint -> new FutureTask<>(() -> permitted(permits, endpoint, work)))
                        .toList();
        List<Thread> threads = tasks.stream().map(Thread.ofVirtual()::start).toList();
        try {
            var results = new ArrayList<T>(tasks.size());
            for (FutureTask<T> task : tasks) {
                results.add(result(task));
            }
            return results;
        } finally {
            threads.forEach(Thread::interrupt); // those that still run do so for nothing
            threads.forEach(SideBySide::join);
        }
    }

    private static <T> T permitted(Semaphore permits, Endpoint endpoint, Function<Endpoint, T> work)
            throws InterruptedException {
        permits.acquire();
        try {
            return work.apply(endpoint);
        } finally {
            permits.release();
        }
    }

    private static <T> T result(Future<T> task) {
        try {
            return task.get();
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof RuntimeException known) {
                throw known;
            }
            throw new IllegalStateException(failed.getCause());
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(stopped);
        }
    }

    private static void join(Thread thread) {
        boolean interrupted = false;
        while (true) {
            try {
                thread.join();
                break;
            } catch (InterruptedException again) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
