package dev.ephpm.sqldmanager;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.event.Level;

/**
 * Takes what an sqld writes into our log, line by line. sqld can write thousands of lines a second: more than a few are counted
 * and left out.
 */
final class ProcessOutput {
    static final int LINES_PER_SECOND = 50;
    static final int LONGEST_LINE = 1000;

    private static final int KEPT = 20;
    private static final long SECOND = 1_000_000_000L;
    /** A time, a level, and the rest. */
    private static final Pattern EVENT = Pattern.compile("\\S+Z +(TRACE|DEBUG|INFO|WARN|ERROR) (.*)", Pattern.DOTALL);

    private final String name;
    private final Logger logger;
    private final LongSupplier clock;
    private final Map<Complaint, Long> complaints = new ConcurrentHashMap<>();
    private final Deque<String> last = new ArrayDeque<>();
    private long second;
    private int inSecond;
    private long leftOut;

    /** @param clock in nanoseconds */
    ProcessOutput(String name, Logger logger, LongSupplier clock) {
        this.name = name;
        this.logger = logger;
        this.clock = clock;
        this.second = clock.getAsLong();
    }

    /** Reads until the end of the stream. Blocking. */
    void drain(InputStream stream) throws IOException {
        Reader reader = new InputStreamReader(stream, StandardCharsets.UTF_8);
        char[] chunk = new char[4096];
        StringBuilder line = new StringBuilder();
        for (int count = reader.read(chunk); count >= 0; count = reader.read(chunk)) {
            for (int index = 0; index < count; index++) {
                if (chunk[index] == '\n') {
                    take(line.toString());
                    line.setLength(0);
                } else if (line.length() < LONGEST_LINE) {
                    line.append(chunk[index]);
                }
            }
        }
        if (!line.isEmpty()) {
            take(line.toString());
        }
    }

    /** sqld's ERROR includes refused statements of clients, its INFO every namespace it opens. */
    private synchronized void take(String line) {
        Matcher event = EVENT.matcher(line);
        boolean structured = event.matches();
        String text = structured ? event.group(2).strip() : line.strip();
        if (text.isEmpty()) {
            return;
        }
        remember(text);
        Complaint complaint = Complaint.in(text).orElse(null);
        if (complaint != null) {
            complaints.merge(complaint, 1L, Long::sum);
        }
        if (!hasRoom()) {
            leftOut++;
            return;
        }
        boolean loud = complaint != null || !structured || event.group(1).matches("WARN|ERROR");
        logger.atLevel(loud ? Level.WARN : Level.DEBUG).log("sqld {}: {}", name, text);
    }

    private void remember(String text) {
        last.addLast(text);
        if (last.size() > KEPT) {
            last.removeFirst();
        }
    }

    private boolean hasRoom() {
        long now = clock.getAsLong();
        if (now - second >= SECOND) {
            if (leftOut > 0) {
                logger.warn("sqld {}: {} lines left out of this log", name, leftOut);
            }
            second = now;
            inSecond = 0;
            leftOut = 0;
        }
        return ++inSecond <= LINES_PER_SECOND;
    }

    long count(Complaint complaint) {
        return complaints.getOrDefault(complaint, 0L);
    }

    /** The last lines, for the message about a start that failed. */
    synchronized String lastLines() {
        return String.join(" | ", last);
    }

    synchronized void forget() {
        last.clear();
    }
}
