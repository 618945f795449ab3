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
    private final Measure measure;
    private final long startNanos = System.nanoTime();
    private long nextNanos;
    private long firstDone = -1;
    private long firstRows;
    private boolean barShown;

    TransferProgress(PrintWriter out, boolean terminal, Measure measure) {
        this.out = out;
        this.terminal = terminal;
        this.measure = measure;
        // The first line of a plain log can wait; a bar is there at once.
        this.nextNanos = startNanos + (terminal ? 0 : PLAIN_PACE.toNanos());
    }

    /** By what a transfer is measured. */
    enum Measure {
        BYTES,
        ROWS
    }

    /**
     * Called often.
     *
     * @param done in the transfer's measure
     * @param total 0 when nobody knows
     */
    void at(long done, long total, long rows) {
        long now = System.nanoTime();
        if (firstDone < 0) {
            firstDone = done;
            firstRows = rows;
        }
        if (now < nextNanos) {
            return;
        }
        nextNanos = now + (terminal ? TERMINAL_PACE : PLAIN_PACE).toNanos();
        String text = text(done, total, rows, (now - startNanos) / 1e9);
        if (terminal) {
            out.print(CLEAR + bar(done, total) + text);
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

    private static String bar(long done, long total) {
        if (total <= 0) {
            return "";
        }
        int full = (int) Math.min(BAR_WIDTH, BAR_WIDTH * done / total);
        return "[" + "#".repeat(full) + ".".repeat(BAR_WIDTH - full) + "] ";
    }

    private String text(long done, long total, long rows, double seconds) {
        double elapsed = Math.max(seconds, 0.001);
        StringBuilder text = new StringBuilder();
        if (total > 0) {
            text.append(Math.min(100, 100 * done / total)).append(" %, ");
        }
        if (measure == Measure.BYTES) {
            String size = total > 0 ? "%.0f of %.0f MiB, " : "%.0f MiB, ";
            text.append(String.format(Locale.ROOT, size, done / MEBIBYTE, total / MEBIBYTE));
        }
        text.append(String.format(Locale.ROOT, "%,d rows, %,.0f rows/s", rows, (rows - firstRows) / elapsed));
        double perSecond = (done - firstDone) / elapsed;
        if (total > 0 && perSecond > 0) {
            text.append(", ").append(duration((total - done) / perSecond)).append(" left");
        }
        return text.toString();
    }

    private static String duration(double seconds) {
        long whole = Math.max(0, Math.round(seconds));
        return whole < 60 ? whole + " s" : whole / 60 + " min " + whole % 60 + " s";
    }
}
