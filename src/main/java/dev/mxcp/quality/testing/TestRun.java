package dev.mxcp.quality.testing;

import dev.mxcp.engine.Engine;
import dev.mxcp.engine.call.CallContext;
import dev.mxcp.engine.call.Caller;
import dev.mxcp.engine.call.Cancellation;
import dev.mxcp.engine.call.ClientMessages;
import dev.mxcp.problem.MxcpException;
import dev.mxcp.problem.MxcpException.CallCancelled;
import dev.mxcp.project.Endpoint;
import dev.mxcp.project.EndpointFile.TestCase;
import dev.mxcp.types.Arguments;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Runs tests on an engine: every test is a call like any other, with the test's own user (cli
/// Q3.5). Tests of an endpoint run in file order, endpoints in the order of the catalog as far as
/// anybody can tell: only those that surely change nothing run side by side.
public final class TestRun {
    /// The transport value that user code sees (R2.12).
    private static final String TRANSPORT = "cli-test";

    private static final String NOBODY = "test_user";
    private static final Logger LOG = LoggerFactory.getLogger(TestRun.class);

    private final Engine engine;
    private final Options options;
    private final Consumer<TestOutcome> onEnd;

    /// How to run tests.
    ///
    /// @param caller who calls in every test; null for each test's own user
    /// @param headers the HTTP headers every call has; null for none
    /// @param jobs how many endpoints at once, at most
    public record Options(
            @Nullable Caller caller,
            @Nullable Map<String, String> headers,
            TestFilter filter,
            int jobs,
            Cancellation cancellation) {}

    /// @param onEnd is told of every test as it ends, by several threads
    public TestRun(Engine engine, Options options, Consumer<TestOutcome> onEnd) {
        this.engine = engine;
        this.options = options;
        this.onEnd = onEnd;
    }

    /// Runs the wanted tests of these endpoints.
    ///
    /// @return one report an endpoint; with a filter only of those that have a wanted test
    /// @throws CallCancelled when the run was cancelled
    public List<EndpointReport> run(List<Endpoint> endpoints) {
        List<Endpoint> wanted =
                endpoints.stream()
                        .filter(one ->
                                !options.filter().narrows() || !options.filter().of(one).isEmpty())
                        .toList();
        return new SideBySide(options.jobs(), engine::onlyReads).map(wanted, this::test);
    }

    private EndpointReport test(Endpoint endpoint) {
        var outcomes = new ArrayList<TestOutcome>();
        for (TestCase test : options.filter().of(endpoint)) {
            options.cancellation().check();
            TestOutcome outcome = outcome(endpoint, test);
            onEnd.accept(outcome);
            outcomes.add(outcome);
        }
        return new EndpointReport(endpoint, outcomes);
    }

    private TestOutcome outcome(Endpoint endpoint, TestCase test) {
        long start = System.nanoTime();
        try {
            Object value = value(endpoint, test);
            return compared(test, value, since(start));
        } catch (CallCancelled cancelled) {
            options.cancellation().check(); // the whole run, or only this call
            return failed(test, cancelled, since(start));
        } catch (MxcpException expected) {
            return failed(test, expected, since(start));
        } catch (RuntimeException bug) {
            LOG.error("internal error in a test of {}", endpoint.id(), bug);
            return failed(test, bug, since(start));
        }
    }

    private @Nullable Object value(Endpoint endpoint, TestCase test) {
        var call =
                new CallContext(
                        UUID.randomUUID().toString(),
                        caller(test),
                        TRANSPORT,
                        options.headers(),
                        options.cancellation(),
                        ClientMessages.NONE);
        if (!test.rollback()) {
            return value(endpoint, test, call);
        }
        // a supplier of null values is no supplier to NullAway, hence the array
        return engine.undone(call, () -> new @Nullable Object[] {value(endpoint, test, call)})[0];
    }

    private @Nullable Object value(Endpoint endpoint, TestCase test, CallContext call) {
        if (endpoint instanceof Endpoint.Prompt prompt) {
            return Observed.of(
                    engine.render(prompt, test.arguments(), Arguments.Source.TEXT, call));
        }
        return Observed.of(
                engine.run(endpoint, test.arguments(), Arguments.Source.TEXT, call, true).json());
    }

    private Caller caller(TestCase test) {
        if (options.caller() != null) {
            return options.caller();
        }
        return test.userContext() == null
                ? Caller.ANONYMOUS
                : Caller.played("test", NOBODY, test.userContext());
    }

    private static TestOutcome compared(TestCase test, @Nullable Object value, Duration time) {
        Object text = test.assertions().get("error_contains");
        if (text != null) {
            String error =
                    "Expected an error that contains %s, but the call gave %s"
                            .formatted(Difference.shown(text), Difference.shown(value));
            return new TestOutcome(test, Status.FAILED, error, null, null, List.of(), value, time);
        }
        Assertions.Finding finding = Assertions.check(test.assertions(), value);
        return new TestOutcome(
                test,
                finding.failure() == null ? Status.PASSED : Status.FAILED,
                finding.failure(),
                null,
                finding.mismatch(),
                finding.warnings(),
                value,
                time);
    }

    private static TestOutcome failed(TestCase test, RuntimeException failure, Duration time) {
        boolean ours = failure instanceof MxcpException;
        String message = ours ? String.valueOf(failure.getMessage()) : "internal error: " + failure;
        Object text = test.assertions().get("error_contains");
        boolean expected = ours && text != null && message.contains(text.toString());
        Status status =
                expected ? Status.PASSED : text != null && ours ? Status.FAILED : Status.ERROR;
        String error =
                text == null
                        ? message
                        : "Expected an error that contains %s, got: %s"
                                .formatted(Difference.shown(text), message);
        Throwable cause = failure.getCause();
        return new TestOutcome(
                test,
                status,
                expected ? null : error,
                expected || cause == null ? null : cause.getMessage(),
                null,
                List.of(),
                null,
                time);
    }

    private static Duration since(long start) {
        return Duration.ofNanos(System.nanoTime() - start);
    }
}
