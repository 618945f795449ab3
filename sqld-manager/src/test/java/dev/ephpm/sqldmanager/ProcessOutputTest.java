package dev.ephpm.sqldmanager;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class ProcessOutputTest {
    private final Logger logger = (Logger) LoggerFactory.getLogger("sqld-output-test");
    private final ListAppender<ILoggingEvent> events = new ListAppender<>();
    private final AtomicLong clock = new AtomicLong();
    private final ProcessOutput output = new ProcessOutput("primary", logger, clock::get);

    @BeforeEach
    void listen() {
        logger.setLevel(Level.DEBUG);
        logger.setAdditive(false);
        events.start();
        logger.addAppender(events);
    }

    @AfterEach
    void stop() {
        logger.detachAppender(events);
    }

    private void say(String text) throws IOException {
        output.drain(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void levelsAreTakenOver() throws IOException {
        say(
                "2026-11-20T13:11:21.279099Z  INFO create: libsql_server: hello\n2026-11-20T13:11:21Z ERROR x: bad\nplain\n\n");
        assertThat(events.list)
                .extracting(ILoggingEvent::getLevel)
                .containsExactly(Level.DEBUG, Level.WARN, Level.WARN);
        assertThat(events.list)
                .extracting(ILoggingEvent::getFormattedMessage)
                .containsExactly(
                        "sqld primary: create: libsql_server: hello", "sqld primary: x: bad", "sqld primary: plain");
    }

    @Test
    void aFloodIsCountedNotLogged() throws IOException {
        say("flood: namespace X doesn't exist, trying to replicate again\n".repeat(8000));
        assertThat(events.list).hasSize(ProcessOutput.LINES_PER_SECOND);
        assertThat(output.count(Complaint.NOT_AT_HOME)).isEqualTo(8000);
        clock.set(1_000_000_000L);
        say("again\n");
        assertThat(events.list.get(ProcessOutput.LINES_PER_SECOND).getFormattedMessage())
                .isEqualTo("sqld primary: 7950 lines left out of this log");
        assertThat(events.list).hasSize(ProcessOutput.LINES_PER_SECOND + 2);
    }

    @Test
    void aLineWithoutEndIsCut() throws IOException {
        say("x".repeat(5_000_000));
        assertThat(events.list.getFirst().getFormattedMessage())
                .hasSize("sqld primary: ".length() + ProcessOutput.LONGEST_LINE);
    }

    @Test
    void theLastLinesAreKeptForTheReason() throws IOException {
        for (int index = 0; index < 100; index++) {
            say("line " + index + "\n");
        }
        assertThat(output.lastLines()).startsWith("line 80 | ").endsWith("line 99");
        output.forget();
        assertThat(output.lastLines()).isEmpty();
    }
}
