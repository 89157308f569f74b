package dev.mxcp.quality.drift;

import dev.mxcp.project.Code;
import dev.mxcp.project.Endpoint;
import dev.mxcp.quality.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Takes snapshots (cli D1).
public final class SnapshotMaker {
    private static final DateTimeFormatter ISO =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'+00:00'", Locale.ROOT)
                    .withZone(ZoneOffset.UTC);

    private final EndpointTests tests;

    public SnapshotMaker(EndpointTests tests) {
        this.tests = tests;
    }

    /// A moment as snapshots and reports write it.
    public static String iso(Instant moment) {
        return ISO.format(moment);
    }

    /// The state now: runs the tests of every endpoint that loaded. A failing test or an invalid
    /// endpoint is part of the state.
    ///
    /// @param verdicts one for each endpoint file, in the order in which they are to stand
    public Snapshot take(List<Snapshot.Table> tables, List<Verdict> verdicts, Instant now) {
        var resources = new ArrayList<Snapshot.Resource>();
        for (Verdict verdict : verdicts) {
            resources.add(resource(verdict));
        }
        return new Snapshot(iso(now), tables, resources);
    }

    private Snapshot.Resource resource(Verdict verdict) {
        var validation =
                new Snapshot.Validation(
                        verdict.ok() ? "ok" : "error", verdict.ok() ? null : verdict.message());
        Endpoint endpoint = verdict.endpoint();
        if (endpoint == null) {
            return new Snapshot.Resource(
                    verdict.relativePath(), validation, null, null, null, null);
        }
        return new Snapshot.Resource(
                verdict.relativePath(),
                validation,
                SnapshotFile.tests(tests.results(endpoint)),
                Definition.of(endpoint.file().document()),
                endpoint.file().metadata(),
                sourceHash(endpoint));
    }

    private static @Nullable String sourceHash(Endpoint endpoint) {
        Path file =
                switch (endpoint.code()) {
                    case Code.Sql(_, var named, _) -> named;
                    case Code.Python(var named, _) -> named;
                    case Code.SqlArgument _ -> null;
                    case null -> null;
                };
        try {
            return file == null ? null : SnapshotFile.sha256(Files.readAllBytes(file));
        } catch (IOException gone) {
            return null; // what cannot be read any more is a matter of validation
        }
    }
}
