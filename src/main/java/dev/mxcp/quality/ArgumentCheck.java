package dev.mxcp.quality;

import dev.mxcp.types.Parameter;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Asks the type system whether values would be accepted as arguments.
@FunctionalInterface
public interface ArgumentCheck {

    /// Why the arguments, completed by the parameters' defaults, are refused.
    Optional<String> problem(List<Parameter> parameters, Map<String, @Nullable Object> arguments);
}
