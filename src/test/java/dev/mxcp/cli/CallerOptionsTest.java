package dev.mxcp.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mxcp.engine.call.Caller;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// cli C4.4, serving-and-security A13
class CallerOptionsTest {
    private static final Path FOLDER = Path.of("/");

    @Test
    void is_nobody_without_the_option() {
        assertThat(new CallerOptions().caller(FOLDER)).isSameAs(Caller.ANONYMOUS);
        assertThat(new CallerOptions().headers(FOLDER)).isNull();
    }

    @Test
    void makes_a_user_of_the_json() {
        var options = new CallerOptions();
        options.userContext =
                "{\"user_id\": 7, \"email\": \"a@b\", \"role\": \"clerk\", \"capabilities\": [\"read\"]}";

        Caller caller = options.caller(FOLDER);

        assertThat(caller.provider()).isEqualTo("cli");
        assertThat(caller.userId()).isEqualTo("7");
        assertThat(caller.username()).isEqualTo("cli_user");
        assertThat(caller.email()).isEqualTo("a@b");
        assertThat(caller.rawProfile()).containsEntry("role", "clerk");
        assertThat(caller.capabilities()).containsExactly("read");
    }

    @Test
    void keeps_header_names_as_typed() {
        var options = new CallerOptions();
        options.requestHeaders = "{\"X-Tenant\": \"a\", \"n\": 5}";

        assertThat(options.headers(FOLDER)).isEqualTo(Map.of("X-Tenant", "a", "n", "5"));
    }
}
