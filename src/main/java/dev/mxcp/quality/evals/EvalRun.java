package dev.mxcp.quality.evals;

import dev.mxcp.engine.Engine;
import dev.mxcp.engine.call.CallContext;
import dev.mxcp.engine.call.Caller;
import dev.mxcp.engine.call.Cancellation;
import dev.mxcp.engine.call.ClientMessages;
import dev.mxcp.types.json.Json;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Asks a model the questions of suites (cli Q5.5): lets it call what it wants, up to ten rounds,
/// and holds its calls and its last answer against what is expected.
public final class EvalRun {
    private static final int MOST_ROUNDS = 10;
    private static final Duration FIRST_PAUSE = Duration.ofMillis(500);

    private final ToolBox tools;
    private final Options options;
    private final Consumer<CaseResult> onEnd;

    /// How to run suites.
    ///
    /// @param caller who asks in a test
    /// @param record receives all replies; null for none
    /// @param replay where replies come from; null for the provider
    public record Options(
            Function<EvalSuite.Case, Caller> caller,
            @Nullable Recording record,
            @Nullable Recording replay,
            Cancellation cancellation) {}

    /// @param onEnd is told of every test as it ends
    public EvalRun(Engine engine, Options options, Consumer<CaseResult> onEnd) {
        this.tools = new ToolBox(engine);
        this.options = options;
        this.onEnd = onEnd;
    }

    /// Runs one suite.
    ///
    /// @throws dev.mxcp.problem.MxcpException.InvalidProject when the model has no key
    /// @throws dev.mxcp.problem.MxcpException.CallCancelled when the run was cancelled
    public SuiteResult run(EvalSuite suite, ModelSettings model) {
        long start = System.nanoTime();
        Recording replay = options.replay();
        if (replay != null) {
            return run(suite, model, replay.replayed(), "", start);
        }
        String key = model.key();
        try (var http =
                new HttpWire(
                        model.timeout(), model.retries(), FIRST_PAUSE, options.cancellation())) {
            Recording record = options.record();
            if (record != null) {
                record.answered(suite.name(), model);
            }
            return run(suite, model, record == null ? http : record.over(http), key, start);
        }
    }

    private SuiteResult run(
            EvalSuite suite, ModelSettings model, Wire wire, String key, long start) {
        var results = new ArrayList<CaseResult>();
        var talk = new Talk(suite.name(), model, wire, key);
        for (EvalSuite.Case test : suite.tests()) {
            options.cancellation().check();
            CaseResult result = ask(talk, test);
            onEnd.accept(result);
            results.add(result);
        }
        return new SuiteResult(suite, model, results, since(start));
    }

    /// What all questions of a suite share.
    private record Talk(String suite, ModelSettings model, Wire wire, String key) {
        Turn.Said ask(String test, int round, List<Turn> turns, ToolBox tools) {
            ModelApi api = ModelApi.of(model.family());
            String body = Json.text(api.body(model, turns, tools.functions()));
            URI uri;
            try {
                uri = URI.create(model.baseUrl() + api.path());
            } catch (IllegalArgumentException malformed) {
                throw new ModelApi.Unusable("base_url is no URL: " + malformed.getMessage());
            }
            var place = new Wire.Place(suite, test, round);
            return api.said(wire.send(new Wire.Post(place, uri, api.headers(key), body)));
        }
    }

    private CaseResult ask(Talk talk, EvalSuite.Case test) {
        long start = System.nanoTime();
        var turns = new ArrayList<Turn>(List.of(new Turn.Question(test.prompt())));
        var made = new ArrayList<MadeCall>();
        Caller caller = options.caller().apply(test);
        Usage usage = Usage.NONE;
        String answer = "";
        try {
            for (int round = 1; round <= MOST_ROUNDS; round++) {
                Turn.Said said = talk.ask(test.name(), round, turns, tools);
                usage = usage.plus(said.usage());
                answer = said.text();
                List<Turn.Request> calls =
                        said.calls().isEmpty() ? TextCalls.in(answer) : said.calls();
                if (calls.isEmpty()) {
                    break;
                }
                turns.add(said);
                turns.add(results(calls, caller, made));
            }
            if (answer.isBlank() && made.isEmpty()) {
                throw new ModelApi.Unusable("the model gave an empty answer");
            }
            List<String> failures = test.expectations().failures(made, answer);
            return new CaseResult(test, failures, null, answer, made, usage, since(start));
        } catch (ModelApi.Unusable unusable) {
            String error = String.valueOf(unusable.getMessage());
            return new CaseResult(test, List.of(), error, answer, made, usage, since(start));
        }
    }

    private Turn.Results results(List<Turn.Request> calls, Caller caller, List<MadeCall> made) {
        var results = new ArrayList<Turn.Result>();
        for (Turn.Request call : calls) {
            ToolBox.Outcome outcome = tools.call(call, context(caller));
            made.add(outcome.made());
            results.add(outcome.result());
        }
        return new Turn.Results(results);
    }

    private CallContext context(Caller caller) {
        return new CallContext(
                UUID.randomUUID().toString(),
                caller,
                "cli",
                null,
                options.cancellation(),
                ClientMessages.NONE);
    }

    private static Duration since(long start) {
        return Duration.ofNanos(System.nanoTime() - start);
    }
}
