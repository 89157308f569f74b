package dev.mxcp.quality.evals;

import dev.mxcp.problem.MxcpException.InvalidProject;
import dev.mxcp.problem.Problem;
import dev.mxcp.quality.WholeFile;
import dev.mxcp.types.json.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What models answered in a run, kept in a file so that another run needs no provider: replies by
/// suite, test and round. Holds no key and no request. For one thread.
public final class Recording {
    private static final Logger LOG = LoggerFactory.getLogger(Recording.class);
    private static final long VERSION = 1;

    private final Map<String, Map<String, @Nullable Object>> models = new LinkedHashMap<>();
    private final Map<Wire.Place, Kept> replies = new LinkedHashMap<>();

    /// @param request SHA-256 of the body that was answered
    private record Kept(String request, Map<?, ?> reply) {}

    /// An empty one, to be filled.
    public Recording() {}

    /// Reads a file.
    ///
    /// @throws InvalidProject when there is none, or what is there is none
    public static Recording read(Path file) {
        try {
            if (Json.parse(Files.readAllBytes(file)) instanceof Map<?, ?> document
                    && document.get("version") instanceof Long version
                    && version == VERSION) {
                var recording = new Recording();
                recording.fill(document);
                return recording;
            }
            throw refused(file, "it is no recording of version 1");
        } catch (IOException unreadable) {
            throw refused(file, String.valueOf(unreadable.getMessage()));
        } catch (Json.Malformed malformed) {
            throw refused(file, String.valueOf(malformed.getMessage()));
        }
    }

    /// Writes all that was recorded.
    public void write(Path file) {
        var document = new LinkedHashMap<String, @Nullable Object>();
        document.put("version", VERSION);
        document.put("suites", models);
        var entries = new ArrayList<Map<String, @Nullable Object>>();
        replies.forEach((place, kept) ->
                entries.add(
                        ModelApi.object(
                                "suite", place.suite(),
                                "test", place.test(),
                                "round", (long) place.round(),
                                "request_sha256", kept.request(),
                                "reply", kept.reply())));
        document.put("replies", entries);
        WholeFile.write(file, Json.pretty(document) + "\n");
    }

    /// Remembers which model answered a suite.
    void answered(String suite, ModelSettings model) {
        models.put(suite, ModelApi.object("model", model.name(), "type", model.family().word()));
    }

    /// The model whose recorded answers a suite gets: as it is configured, where it is, else by
    /// what the recording says.
    ///
    /// @param name the model that is wanted; null for the recorded one
    /// @param models the block `models` of the user configuration
    /// @return null when neither knows a model
    public @Nullable ModelSettings model(
            String suite, @Nullable String name, Map<String, @Nullable Object> models) {
        Map<String, @Nullable Object> recorded = this.models.get(suite);
        String wanted = name;
        if (wanted == null && recorded != null) {
            wanted = String.valueOf(recorded.get("model"));
        }
        if (wanted == null) {
            return null;
        }
        if (recorded == null || configured(models, wanted)) {
            return ModelSettings.of(models, wanted);
        }
        return ModelSettings.recorded(wanted, ModelSettings.Family.of(recorded.get("type")));
    }

    private static boolean configured(Map<String, @Nullable Object> models, String name) {
        return models.get("models") instanceof Map<?, ?> known && known.containsKey(name);
    }

    /// A wire that keeps what comes back over another one.
    Wire over(Wire wire) {
        return post -> {
            Map<?, ?> reply = wire.send(post);
            replies.put(post.place(), new Kept(hash(post.body()), reply));
            return reply;
        };
    }

    /// A wire that leads to this recording only.
    Wire replayed() {
        return post -> {
            Kept kept = replies.get(post.place());
            if (kept == null) {
                throw new ModelApi.Unusable(
                        "the recording has no reply for round %d: record anew with --record"
                                .formatted(post.place().round()));
            }
            if (!kept.request().equals(hash(post.body()))) {
                LOG.warn(
                        "{}/{}: round {} was recorded for another request: tools, prompts or results have"
                                + " changed since. 'mxcp evals --record' asks the model anew",
                        post.place().suite(),
                        post.place().test(),
                        post.place().round());
            }
            return kept.reply();
        };
    }

    private void fill(Map<?, ?> document) {
        if (document.get("suites") instanceof Map<?, ?> suites) {
            suites.forEach((suite, model) -> {
                if (model instanceof Map<?, ?> members) {
                    var settings = new HashMap<String, @Nullable Object>();
                    members.forEach((name, value) -> settings.put(String.valueOf(name), value));
                    models.put(String.valueOf(suite), settings);
                }
            });
        }
        if (document.get("replies") instanceof List<?> entries) {
            for (Object entry : entries) {
                if (entry instanceof Map<?, ?> kept
                        && kept.get("round") instanceof Long round
                        && kept.get("reply") instanceof Map<?, ?> reply) {
                    replies.put(
                            new Wire.Place(
                                    String.valueOf(kept.get("suite")),
                                    String.valueOf(kept.get("test")),
                                    round.intValue()),
                            new Kept(String.valueOf(kept.get("request_sha256")), reply));
                }
            }
        }
    }

    private static String hash(String text) {
        try {
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static InvalidProject refused(Path file, String why) {
        return new InvalidProject(
                Problem.of(
                        "the recording %s cannot be read: %s".formatted(file, why),
                        "make one with 'mxcp evals --record " + file + "'"));
    }
}
