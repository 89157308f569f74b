package dev.mxcp.server.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mxcp.engine.RenderedMessage;
import dev.mxcp.engine.call.CallContext;
import dev.mxcp.engine.call.Cancellation;
import dev.mxcp.engine.call.Result;
import dev.mxcp.problem.MxcpException.CallCancelled;
import dev.mxcp.problem.MxcpException.EndpointFailed;
import dev.mxcp.problem.MxcpException.Unavailable;
import dev.mxcp.project.Catalog;
import dev.mxcp.project.Endpoint;
import dev.mxcp.project.SiteConfig;
import dev.mxcp.types.Arguments;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// The gate of D7.
class GateTest {
    private static final Duration LONG = Duration.ofSeconds(10);
    private final Empty first = new Empty(null);
    private final Empty second = new Empty(null);

    /// A runner without endpoints.
    private record Empty(@Nullable Duration callTimeout, Object identity)
            implements EndpointRunner {
        Empty(@Nullable Duration callTimeout) {
            this(callTimeout, new Object());
        }

        @Override
        public Catalog catalog() {
            return new Catalog(List.of(), List.of());
        }

        @Override
        public SiteConfig.Limits limits() {
            return new SiteConfig.Limits(callTimeout, null, 1, 1, LONG, 1, 1);
        }

        @Override
        public Result run(
                Endpoint endpoint,
                Map<String, @Nullable Object> raw,
                Arguments.Source source,
                CallContext call) {
            throw new AssertionError();
        }

        @Override
        public List<RenderedMessage> render(
                Endpoint.Prompt prompt, Map<String, @Nullable Object> raw, CallContext call) {
            throw new AssertionError();
        }
    }

    private static Gate.Pass enter(Gate gate) {
        return gate.enter(new Cancellation(), () -> {});
    }

    @Test
    void a_reload_waits_for_calls_and_keeps_new_ones_waiting() throws Exception {
        try (var gate = new Gate(first, LONG)) {
            var swapping = new CountDownLatch(1);
            Gate.Pass running = enter(gate);
            var reload =
                    Thread.ofVirtual()
                            .start(() ->
                                    exclusively(
                                            gate,
                                            () -> {
                                                swapping.countDown();
                                                return second;
                                            }));
            until(gate::reloading);
            assertThat(swapping.getCount()).isEqualTo(1);
            assertThat(gate.current()).isEqualTo(first); // lists do not wait
            var seen = new AtomicReference<EndpointRunner>();
            var waiting =
                    Thread.ofVirtual()
                            .start(() -> {
                                try (Gate.Pass late = enter(gate)) {
                                    seen.set(late.runner());
                                }
                            });

            running.close();

            assertThat(reload.join(LONG)).isTrue();
            assertThat(waiting.join(LONG)).isTrue();
            assertThat(seen).hasValue(second);
        }
    }

    /// R4.3.3
    @Test
    void calls_that_do_not_leave_in_time_are_cancelled_before_the_swap() throws Exception {
        try (var gate = new Gate(first, LONG)) {
            var cancellation = new Cancellation();
            Gate.Pass stuck = gate.enter(cancellation, () -> {});
            cancellation.onCancel(stuck::close);
            var insideAtSwap = new AtomicInteger(-1);

            gate.exclusively(
                    Duration.ofMillis(20),
                    _ -> {
                        insideAtSwap.set(gate.active());
                        return second;
                    });

            assertThat(cancellation.reason())
                    .isEqualTo("the server reloads, and the call did not end within 0.02s");
            assertThat(insideAtSwap).hasValue(0);
            assertThat(gate.current()).isEqualTo(second);
        }
    }

    @Test
    void a_failed_reload_leaves_what_was_there() {
        try (var gate = new Gate(first, LONG)) {
            assertThatThrownBy(() ->
                            exclusively(
                                    gate,
                                    () -> {
                                        throw new IllegalStateException("no");
                                    }))
                    .hasMessage("no");
            try (Gate.Pass pass = enter(gate)) {
                assertThat(pass.runner()).isEqualTo(first);
            }
        }
    }

    @Test
    void waiting_ends_by_cancellation_or_impatience() throws Exception {
        try (var gate = new Gate(first, Duration.ofMillis(30))) {
            var inside = new CountDownLatch(1);
            var leave = new CountDownLatch(1);
            var reload =
                    Thread.ofVirtual()
                            .start(() ->
                                    exclusively(
                                            gate,
                                            () -> {
                                                inside.countDown();
                                                await(leave);
                                                return second;
                                            }));
            await(inside);
            assertThatThrownBy(() -> enter(gate))
                    .isInstanceOf(EndpointFailed.class)
                    .hasMessage("the service is reloading, retry");
            var cancellation = new Cancellation();
            cancellation.cancel("enough");
            assertThatThrownBy(() -> gate.enter(cancellation, () -> {}))
                    .isInstanceOf(CallCancelled.class)
                    .hasMessage("enough");
            leave.countDown();
            assertThat(reload.join(LONG)).isTrue();
        }
    }

    @Test
    void closing_drains_then_cancels_and_lets_nobody_in() throws Exception {
        var gate = new Gate(first, LONG);
        var cancellation = new Cancellation();
        Gate.Pass pass = gate.enter(cancellation, () -> {});
        cancellation.onCancel(pass::close);

        gate.close(Duration.ofMillis(20));

        assertThat(cancellation.reason()).isEqualTo("the server is shutting down");
        assertThatThrownBy(() -> enter(gate)).isInstanceOf(Unavailable.class);
    }

    @Test
    void time_is_limited() throws Exception { // M20.5
        try (var gate = new Gate(new Empty(Duration.ofMillis(50)), LONG)) {
            var cancellation = new Cancellation();
            var cancelled = new CountDownLatch(1);
            cancellation.onCancel(cancelled::countDown);
            try (Gate.Pass _ = gate.enter(cancellation, () -> {})) {
                await(cancelled);
            }
            assertThat(cancellation.reason())
                    .isEqualTo("time limit of 0.05s reached (limits.call_timeout)");
        }
    }

    private static void exclusively(Gate gate, java.util.function.Supplier<EndpointRunner> swap) {
        try {
            gate.exclusively(LONG, _ -> swap.get());
        } catch (InterruptedException interrupted) {
            throw new AssertionError(interrupted);
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException interrupted) {
            throw new AssertionError(interrupted);
        }
    }

    private static void until(java.util.function.BooleanSupplier condition) {
        long end = System.nanoTime() + LONG.toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).isLessThan(end);
            Thread.onSpinWait();
        }
    }
}
