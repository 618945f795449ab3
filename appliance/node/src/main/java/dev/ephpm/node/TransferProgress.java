package dev.ephpm.node;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;

/** Says how far a long transfer of rows is: a bar that moves on a terminal, a line now and then elsewhere. One thread. */
final class TransferProgress {
    private static final Duration TERMINAL_PACE = Duration.ofMillis(100);
    private static final Duration PLAIN_PACE = Duration.ofSeconds(10);
    private static final int BAR_WIDTH = 30;
    private static final String CLEAR = "\r\u001b[K";
    private static final double MEBIBYTE = 1 << 20;

    private final PrintWriter out;
    private final boolean terminal;
    private final long totalBytes;
    private final long startNanos = System.nanoTime();
    private long nextNanos;
    private long firstBytes = -1;
    private long firstRows;
    private boolean barShown;

    /** @param totalBytes 0 when nobody knows */
    TransferProgress(PrintWriter out, boolean terminal, long totalBytes) {
        this.out = out;
        this.terminal = terminal;
        this.totalBytes = totalBytes;
        // The first line of a plain log can wait; a bar is there at once.
        this.nextNanos = startNanos + (terminal ? 0 : PLAIN_PACE.toNanos());
    }

    /** Called often. */
    void at(long bytes, long rows) {
        long now = System.nanoTime();
        if (firstBytes < 0) {
            firstBytes = bytes;
            firstRows = rows;
        }
        if (now < nextNanos) {
            return;
        }
        nextNanos = now + (terminal ? TERMINAL_PACE : PLAIN_PACE).toNanos();
        String text = text(bytes, rows, (now - startNanos) / 1e9);
        if (terminal) {
            out.print(CLEAR + bar(bytes) + text);
            out.flush();
            barShown = true;
        } else {
            out.println(text);
        }
    }

    /** A sentence of its own, above the bar. */
    void say(String sentence) {
        clear();
        out.println(sentence);
        out.flush();
    }

    void clear() {
        if (barShown) {
            out.print(CLEAR);
            out.flush();
            barShown = false;
        }
    }

    private String bar(long bytes) {
        if (totalBytes <= 0) {
            return "";
        }
        int full = (int) Math.min(BAR_WIDTH, BAR_WIDTH * bytes / totalBytes);
        return "[" + "#".repeat(full) + ".".repeat(BAR_WIDTH - full) + "] ";
    }

    private String text(long bytes, long rows, double seconds) {
        double perSecond = (rows - firstRows) / Math.max(seconds, 0.001);
        String done = totalBytes > 0
                ? "%d %%, %.0f of %.0f MiB".formatted(100 * bytes / totalBytes, bytes / MEBIBYTE, totalBytes / MEBIBYTE)
                : "%.0f MiB".formatted(bytes / MEBIBYTE);
        String text = String.format(Locale.ROOT, "%s, %,d rows, %,.0f rows/s", done, rows, perSecond);
        double bytesPerSecond = (bytes - firstBytes) / Math.max(seconds, 0.001);
        return totalBytes > 0 && bytesPerSecond > 1
                ? text + ", " + duration((totalBytes - bytes) / bytesPerSecond) + " left"
                : text;
    }

    private static String duration(double seconds) {
        long whole = Math.max(0, Math.round(seconds));
        return whole < 60 ? whole + " s" : whole / 60 + " min " + whole % 60 + " s";
    }
}
