package dev.ephpm.litewire.statistics;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Logs slow statements, each in one line of {@code name=value} pairs, and keeps the last ones of the node. A thread of its own
 * asks SQLite for the query plan and writes the line. A site may fill ten lines at once and one a second; what is more is
 * counted and not logged. Thread-safe.
 */
public final class SlowLog implements AutoCloseable {
    /** In characters. */
    static final int LONGEST_TEXT = 1000;

    static final int KEPT = 100;

    private static final Logger log = LoggerFactory.getLogger("SlowQuery");
    private static final int WAITING = 64;
    private static final long IDLE_SECONDS = 10;

    private final Settings settings;
    private final Deque<SlowStatement> last = new ArrayDeque<>();
    private final ThreadPoolExecutor thread;

    /**
     * Which statements are slow and what is told of them.
     *
     * @param thresholdNanos zero or less: none is slow
     * @param explains whether SQLite is asked for its plan
     * @param literals whether the text is logged as it was sent
     */
    public record Settings(long thresholdNanos, boolean explains, boolean literals) {}

    /** Asks SQLite for its plan of a text it has been given before; a line per step. */
    @FunctionalInterface
    public interface Explainer {
        List<String> explain(String sqlite);
    }

    public SlowLog(Settings settings) {
        this.settings = settings;
        this.thread = new ThreadPoolExecutor(
                1,
                1,
                IDLE_SECONDS,
                TimeUnit.SECONDS,
                new ArrayBlockingQueue<>(WAITING),
                Thread.ofPlatform().daemon().name("litewire-slow-log").factory(),
                new ThreadPoolExecutor.AbortPolicy());
        this.thread.allowCoreThreadTimeOut(true);
    }

    public boolean isSlow(long nanos) {
        return settings.thresholdNanos() > 0 && nanos > settings.thresholdNanos();
    }

    /** Takes a slow statement down; does not wait. */
    public void add(SiteStatistics site, EndedStatement statement, Explainer explainer) {
        if (!site.mayLog()) {
            return;
        }
        Instant ended = Instant.now();
        String text = DigestText.of(statement.shape());
        Runnable write = () -> write(
                site,
                new SlowStatement(
                        ended,
                        site.site(),
                        statement.connection(),
                        Duration.ofNanos(statement.nanos()),
                        Duration.ofNanos(statement.lockNanos()),
                        statement.rowsSent(),
                        statement.rowsAffected(),
                        statement.error(),
                        DigestText.hash(text),
                        cut(settings.literals() ? statement.sql() : text),
                        plan(statement, explainer)));
        try {
            thread.execute(write);
        } catch (RejectedExecutionException e) {
            site.notLogged();
        }
    }

    private List<String> plan(EndedStatement statement, Explainer explainer) {
        return settings.explains() && !statement.sqlite().isEmpty() ? explainer.explain(statement.sqlite()) : List.of();
    }

    private static String cut(String text) {
        return text.length() <= LONGEST_TEXT ? text : text.substring(0, LONGEST_TEXT) + "…";
    }

    private void write(SiteStatistics site, SlowStatement slow) {
        log.warn("{}", line(slow, site.takeNotLogged()));
        synchronized (last) {
            if (last.size() >= KEPT) {
                last.removeFirst();
            }
            last.addLast(slow);
        }
    }

    static String line(SlowStatement slow, long notLogged) {
        StringBuilder line = new StringBuilder(256);
        line.append("slow statement: site=").append(slow.site());
        line.append(" connection=").append(slow.connection());
        line.append(" seconds=").append(seconds(slow.time()));
        line.append(" lock_seconds=").append(seconds(slow.lockWait()));
        line.append(" rows_sent=").append(slow.rowsSent());
        line.append(" rows_affected=").append(slow.rowsAffected());
        line.append(" error=").append(slow.error());
        line.append(" digest=").append(slow.digest());
        line.append(" statement=").append(quoted(slow.statement()));
        if (!slow.plan().isEmpty()) {
            line.append(" plan=").append(quoted(String.join("; ", slow.plan())));
        }
        if (notLogged > 0) {
            line.append(" not_logged=").append(notLogged);
        }
        return line.toString();
    }

    private static String seconds(Duration time) {
        return "%d.%06d".formatted(time.toSeconds(), time.toNanosPart() / 1000);
    }

    /** Nothing a client sends may look like another line or another pair. */
    private static String quoted(String text) {
        StringBuilder quoted = new StringBuilder(text.length() + 2).append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"', '\\' -> quoted.append('\\').append(c);
                case '\n' -> quoted.append("\\n");
                case '\r' -> quoted.append("\\r");
                case '\t' -> quoted.append("\\t");
                default -> quoted.append(Character.isISOControl(c) || Character.isSurrogate(c) ? '?' : c);
            }
        }
        return quoted.append('"').toString();
    }

    /** The last slow statements of one site, or of all when it is empty; the newest first. */
    public List<SlowStatement> last(String site) {
        List<SlowStatement> found = new ArrayList<>();
        synchronized (last) {
            last.descendingIterator().forEachRemaining(slow -> {
                if (site.isEmpty() || slow.site().equals(site)) {
                    found.add(slow);
                }
            });
        }
        return found;
    }

    /** What has not been written yet is lost. */
    @Override
    public void close() {
        thread.shutdownNow();
    }
}
