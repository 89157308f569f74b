package dev.mxcp.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mxcp.types.json.Json;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// cli K1
class DesktopClientTest {
    @Test
    void starts_the_launcher_with_absolute_paths() {
        var here = Terminal.piped(Path.of("/home/ana")).here();

        assertThat(Json.text(DesktopClient.configuration(here, Path.of("/home/ana/shop"), "shop")))
                .isEqualTo(
                        "{\"mcpServers\":{\"shop\":{\"command\":\"/opt/mxcp/bin/mxcp\","
                                + "\"args\":[\"-C\",\"/home/ana/shop\",\"serve\",\"--transport\",\"stdio\"],"
                                + "\"cwd\":\"/home/ana/shop\"}}}");
    }

    @Test
    void passes_on_what_a_client_would_lack() {
        var here =
                Terminal.with(Path.of("/"), Map.of("JAVA_HOME", "/opt/jdk", "PATH", "/bin")).here();

        assertThat(Json.text(DesktopClient.configuration(here, Path.of("/p"), "p")))
                .contains("\"env\":{\"JAVA_HOME\":\"/opt/jdk\"}");
    }
}
