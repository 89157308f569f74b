package dev.mxcp.cli;

import dev.mxcp.quality.testing.Acceptance;
import dev.mxcp.quality.testing.Acceptance.Change;
import dev.mxcp.quality.testing.EndpointReport;
import dev.mxcp.quality.testing.Status;
import dev.mxcp.quality.testing.TestOutcome;
import dev.mxcp.quality.testing.TestOutcome.Mismatch;
import dev.mxcp.quality.testing.TestReport;
import java.io.PrintStream;
import java.util.HashSet;
import java.util.List;
import java.util.Map;

/// `--update`: shows the new expectations, asks where somebody can answer, and writes them.
///
/// @param json whether standard output is a JSON document; then standard error tells
record AcceptedResults(Console console, boolean json) {

    /// Offers what can be accepted.
    ///
    /// @return whether every test that did not pass has a new expectation now
    boolean offer(TestReport report) {
        List<Change> changes = Acceptance.changes(report);
        if (!changes.isEmpty()) {
            changes.forEach(this::show);
            if (!json
                    && console.interactive()
                    && !Boolean.TRUE.equals(console.ask("Write these into the files?"))) {
                return false;
            }
        }
        Map<Change, String> refused = Acceptance.write(changes);
        refused.forEach((change, why) ->
                console.warning(
                        "%s: %s was not changed: %s"
                                .formatted(
                                        change.outcome().test().place().text(),
                                        change.key(),
                                        why)));
        var written = new HashSet<TestOutcome>();
        changes.stream()
                .filter(change -> !refused.containsKey(change))
                .forEach(change -> written.add(change.outcome()));
        say(
                "Updated %d test%s; run them again to be sure"
                        .formatted(written.size(), written.size() == 1 ? "" : "s"));
        return report.broken().isEmpty() && refused.isEmpty() && all(report, written);
    }

    private static boolean all(TestReport report, HashSet<TestOutcome> written) {
        return report.endpoints().stream()
                .map(EndpointReport::tests)
                .flatMap(List::stream)
                .allMatch(one -> one.status() == Status.PASSED || written.contains(one));
    }

    private void show(Change change) {
        say(
                "\n%s: %s: %s"
                        .formatted(
                                change.outcome().test().place().text(),
                                Printable.line(change.outcome().test().name()),
                                change.key()));
        if (!json) {
            new AlignedDiff(console, 2).print(new Mismatch(change.before(), change.value()));
        }
    }

    private void say(String line) {
        PrintStream to = json ? console.err() : console.out();
        to.println(line);
        console.flush();
    }
}
