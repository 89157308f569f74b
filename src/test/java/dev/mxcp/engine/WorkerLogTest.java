package dev.mxcp.engine;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.LoggerFactory;

class WorkerLogTest {

    /// A number of 0 says that only the name counts; the user's own levels have any number.
    @ParameterizedTest
    @CsvSource({
        "ERROR, 0, ERROR", "CRITICAL, 50, ERROR", "WARNING, 30, WARN", "AUDIT, 25, INFO",
        "INFO, 20, INFO", "TRACE, 5, DEBUG", "WARNING, 0, WARN", "DEBUG, 0, DEBUG"
    })
    void python_levels_become_ours(String name, int number, String expected) {
        var logger = (Logger) LoggerFactory.getLogger("worker-log-test");
        logger.setLevel(Level.TRACE);
        var seen = new ListAppender<ILoggingEvent>();
        seen.start();
        logger.addAppender(seen);
        try {
            new WorkerLog().log(name, number, "worker-log-test", "text {}", "c1", "shop");

            ILoggingEvent event = seen.list.getFirst();
            assertThat(event.getLevel().toString()).isEqualTo(expected);
            assertThat(event.getFormattedMessage()).isEqualTo("text {}");
            assertThat(event.getMDCPropertyMap())
                    .containsEntry("call", "c1")
                    .containsEntry("endpoint", "shop");
        } finally {
            logger.detachAppender(seen);
        }
    }
}
