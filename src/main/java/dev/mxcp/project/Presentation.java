package dev.mxcp.project;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What an endpoint says to clients beside its description, and how its results reach them: our
/// extensions of the endpoint file. Immutable.
///
/// @param title a name for people
/// @param icons for people too
/// @param requiresClient what the client has to be able to do, as in `sampling` or
///   `elicitation.url` (M22.2)
/// @param cache how long clients may keep a result; null where nothing is said
/// @param mimeType of the bytes that a tool returns
/// @param delivery how much of a result is sent
/// @param parameters what is said of single parameters, by their names
public record Presentation(
        @Nullable String title,
        List<Icon> icons,
        List<String> requiresClient,
        @Nullable Cache cache,
        @Nullable String mimeType,
        Delivery delivery,
        Map<String, ForParameter> parameters) {
    /// Nothing is said.
    public static final Presentation NONE =
            new Presentation(null, List.of(), List.of(), null, null, Delivery.WHOLE, Map.of());

    public Presentation {
        icons = List.copyOf(icons);
        requiresClient = List.copyOf(requiresClient);
        parameters = Map.copyOf(parameters);
    }

    /// What is said of a parameter.
    public ForParameter parameter(String name) {
        return parameters.getOrDefault(name, ForParameter.NONE);
    }

    /// A picture (M14.9).
    ///
    /// @param theme `light`, `dark` or null
    public record Icon(
            String src, @Nullable String mimeType, List<String> sizes, @Nullable String theme) {
        public Icon {
            sizes = List.copyOf(sizes);
        }
    }

    /// How long a result is good, and whether for everybody (M12.7).
    public record Cache(Duration ttl, boolean everybody) {}

    /// How much of a list is sent at once.
    ///
    /// @param maxRows null for all
    /// @param maxBytes of the encoded result; null for as many as the server allows
    /// @param paginated whether the client can ask for what follows
    public record Delivery(@Nullable Integer maxRows, @Nullable Long maxBytes, boolean paginated) {
        /// All of it.
        public static final Delivery WHOLE = new Delivery(null, null, false);

        /// The parameter that asks for what follows.
        public static final String CURSOR = "cursor";
    }

    /// What is said of one parameter.
    ///
    /// @param header suffix of the header that repeats its value (M8.12)
    /// @param completion what suggests values
    public record ForParameter(
            @Nullable String title, @Nullable String header, @Nullable Completion completion) {
        /// Nothing is said.
        public static final ForParameter NONE = new ForParameter(null, null, null);
    }

    /// Code that suggests values of a parameter (M17). It is given `value`, what was typed so far,
    /// and the arguments that are known already.
    ///
    /// @param function in the Python file; null for SQL
    public record Completion(Code code, @Nullable String function) {}
}
