package dev.mxcp.quality.evals;

import dev.mxcp.problem.MxcpException.InvalidProject;
import dev.mxcp.problem.Problem;
import java.time.Duration;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// How one model is reached (cli Q5.3). The text form shows no key.
///
/// @param name the configured name
/// @param family whose API it speaks
/// @param wireName what the provider calls it
/// @param apiKey null when none is configured
/// @param inputPrice of a million tokens; null when not configured
/// @param outputPrice likewise
public record ModelSettings(
        String name,
        Family family,
        String wireName,
        @Nullable String apiKey,
        String baseUrl,
        Duration timeout,
        int retries,
        @Nullable Double inputPrice,
        @Nullable Double outputPrice) {
    private static final long TIMEOUT_SECONDS = 30;
    private static final int RETRIES = 2;

    /// A family of APIs.
    public enum Family {
        OPENAI("openai", "https://api.openai.com/v1"),
        CLAUDE("claude", "https://api.anthropic.com");

        private final String word;
        private final String url;

        Family(String word, String url) {
            this.word = word;
            this.url = url;
        }

        /// The word in the configuration.
        public String word() {
            return word;
        }

        static Family of(@Nullable Object word) {
            return CLAUDE.word.equals(word) ? CLAUDE : OPENAI;
        }
    }

    /// The settings of a model.
    ///
    /// @param models the block `models` of the user configuration
    /// @throws InvalidProject when there is no such model
    public static ModelSettings of(Map<String, @Nullable Object> models, String name) {
        if (!(models.get("models") instanceof Map<?, ?> known) || known.isEmpty()) {
            throw new InvalidProject(
                    Problem.of(
                            "No models configuration found",
                            "write models.models.%s into the user configuration".formatted(name)));
        }
        if (!(known.get(name) instanceof Map<?, ?> settings)) {
            var names = new TreeSet<String>();
            known.keySet().forEach(key -> names.add(String.valueOf(key)));
            throw new InvalidProject(
                    Problem.of(
                            "Model '%s' not configured".formatted(name),
                            "configured models: " + String.join(", ", names)));
        }
        Family family = Family.of(settings.get("type"));
        String url = text(settings, "base_url", family.url);
        return new ModelSettings(
                name,
                family,
                text(settings, "model", name),
                settings.get("api_key") instanceof String key && !key.isBlank() ? key : null,
                url.replaceAll("/+$", ""),
                Duration.ofSeconds(
                        settings.get("timeout") instanceof Number seconds && seconds.longValue() > 0
                                ? seconds.longValue()
                                : TIMEOUT_SECONDS),
                settings.get("max_retries") instanceof Number count ? count.intValue() : RETRIES,
                price(settings, "input_price"),
                price(settings, "output_price"));
    }

    /// The settings for a recorded run, which needs no provider.
    static ModelSettings recorded(String name, Family family) {
        return new ModelSettings(
                name, family, name, null, family.url, Duration.ZERO, 0, null, null);
    }

    /// Fails early where the provider would refuse anyway.
    ///
    /// @throws InvalidProject when there is no key
    public void requireKey() {
        key();
    }

    /// The key.
    ///
    /// @throws InvalidProject when there is none
    String key() {
        if (apiKey == null) {
            throw new InvalidProject(
                    Problem.of(
                            "No API key configured for model '%s'".formatted(name),
                            "write models.models.%s.api_key into the user configuration"
                                    .formatted(name)));
        }
        return apiKey;
    }

    private static @Nullable Double price(Map<?, ?> settings, String key) {
        return settings.get(key) instanceof Number price ? (Double) price.doubleValue() : null;
    }

    private static String text(Map<?, ?> settings, String key, String fallback) {
        return settings.get(key) instanceof String text && !text.isBlank() ? text : fallback;
    }

    @Override
    public String toString() {
        return "ModelSettings[" + name + "]";
    }
}
