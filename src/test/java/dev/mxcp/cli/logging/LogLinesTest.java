package dev.mxcp.cli.logging;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.LoggingEvent;
import dev.mxcp.types.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/// serving-and-security D6
class LogLinesTest {
    private final LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();

    @Test
    void writes_level_logger_and_message() {
        assertThat(human(HumanLines.Form.SHORT, event("count: {}", null, 3)))
                .isEqualTo("WARNING:orders:count: 3\n");
    }

    @Test
    void names_endpoint_and_call() {
        LoggingEvent event = event("late", null);
        event.setMDCPropertyMap(Map.of("call", "1f3a", "endpoint", "tool late_parcels"));

        assertThat(human(HumanLines.Form.SHORT, event))
                .isEqualTo("WARNING:orders:late [tool late_parcels, call 1f3a]\n");
    }

    @Test
    void lets_no_message_pass_for_another_record_or_steer_the_terminal() {
        assertThat(human(HumanLines.Form.SHORT, event("a\nERROR:orders:forged\u001b[2J\r", null)))
                .isEqualTo("WARNING:orders:a\n  ERROR:orders:forged\\u001b[2J\\r\n");
    }

    @Test
    void writes_the_files_form() {
        assertThat(human(HumanLines.Form.FILE, event("late", null)))
                .matches("\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d - WARNING - orders - late\n");
    }

    @Test
    void shows_the_stack() {
        assertThat(human(HumanLines.Form.SHORT, event("failed", new IllegalStateException("why"))))
                .startsWith(
                        "WARNING:orders:failed\n  java.lang.IllegalStateException: why\n  \tat ");
    }

    @Test
    void writes_one_json_object_a_line() {
        LoggingEvent event = event("ünicode\n\"x\"", new IllegalStateException("why"));
        event.setMDCPropertyMap(Map.of("call", "1f3a"));

        String line = new String(new JsonLines().encode(event), StandardCharsets.UTF_8);

        assertThat(line.indexOf('\n')).isEqualTo(line.length() - 1);
        assertThat((Map<?, ?>) Json.parse(line))
                .extracting("level", "logger", "call", "message")
                .containsExactly("WARNING", "orders", "1f3a", "ünicode\n\"x\"");
        assertThat(line).contains("\"time\":\"20", "\"error\":\"java.lang.IllegalStateException");
    }

    private static String human(HumanLines.Form form, LoggingEvent event) {
        return new String(new HumanLines(form).encode(event), StandardCharsets.UTF_8);
    }

    private LoggingEvent event(String message, @Nullable Throwable failure, Object... values) {
        return new LoggingEvent(
                "fqcn", context.getLogger("orders"), Level.WARN, message, failure, values);
    }
}
