package dev.ephpm.litewire;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The times one session may take and wait: the site's, until the session sets its own. Used by the session's thread. */
final class SessionLimits {
    private static final String LOCK_WAIT = "innodb_lock_wait_timeout";
    private static final String IDLE = "wait_timeout";
    private static final String STATEMENT_TIME = "max_statement_time";

    /** MySQL's name, in milliseconds and for SELECT only. MariaDB has none such. */
    private static final String EXECUTION_TIME = "max_execution_time";

    private static final long NANOS_PER_SECOND = 1_000_000_000;
    private static final long NANOS_PER_MILLI = 1_000_000;
    private static final int LONGEST_BLANK = 200;
    private static final Pattern HINT = Pattern.compile(
            "\\s*select\\s*/\\*\\+[^*]*?\\bmax_execution_time\\s*\\(\\s*(\\d{1,10})\\s*\\)", Pattern.CASE_INSENSITIVE);

    private final Defaults defaults;
    private final Warnings warnings;
    private Duration lockWait;
    private Duration idle;
    private TimeLimit statement;
    private TimeLimit execution;

    SessionLimits(Defaults defaults, Warnings warnings) {
        this.defaults = defaults;
        this.warnings = warnings;
        this.lockWait = defaults.lockWait();
        this.idle = defaults.idle();
        this.statement = new TimeLimit(defaults.statement().toNanos(), SqlErrorCode.STATEMENT_TIMEOUT);
        this.execution = TimeLimit.NONE;
    }

    /**
     * What holds for a new session.
     *
     * @param lockWait how long a statement waits for the site's writer
     * @param statement how long a statement may take; zero for ever
     * @param idle how long the server waits for the next command
     */
    record Defaults(Duration lockWait, Duration statement, Duration idle) {}

    void reset() {
        lockWait = defaults.lockWait();
        idle = defaults.idle();
        statement = new TimeLimit(defaults.statement().toNanos(), SqlErrorCode.STATEMENT_TIMEOUT);
        execution = TimeLimit.NONE;
    }

    Duration lockWait() {
        return lockWait;
    }

    Duration idle() {
        return idle;
    }

    /** The limit of a statement: the shortest of those that hold for it. */
    TimeLimit of(String sql) {
        if (!isSelect(sql)) {
            return statement;
        }
        Matcher hint = HINT.matcher(sql);
        TimeLimit select = sql.regionMatches(afterSelect(sql), "/*+", 0, 3) && hint.lookingAt()
                ? executionTime(Long.parseLong(hint.group(1)))
                : execution;
        boolean shorter = select.nanos() > 0 && (statement.nanos() == 0 || select.nanos() < statement.nanos());
        return shorter ? select : statement;
    }

    private static boolean isSelect(String sql) {
        return sql.regionMatches(true, blanks(sql, 0), "SELECT", 0, 6);
    }

    private static int afterSelect(String sql) {
        return blanks(sql, blanks(sql, 0) + 6);
    }

    private static int blanks(String sql, int from) {
        int at = from;
        int end = Math.min(sql.length(), from + LONGEST_BLANK);
        while (at < end && sql.charAt(at) <= ' ') {
            at++;
        }
        return at;
    }

    private static TimeLimit executionTime(long millis) {
        return millis == 0
                ? TimeLimit.NONE
                : new TimeLimit(millis * NANOS_PER_MILLI, SqlErrorCode.EXECUTION_TIME_EXCEEDED);
    }

    /** The variables kept here, as SHOW VARIABLES shows them. */
    Map<String, Supplier<String>> variables() {
        return Map.of(
                LOCK_WAIT, () -> Long.toString(lockWait.toSeconds()),
                IDLE, () -> Long.toString(idle.toSeconds()),
                STATEMENT_TIME, () -> String.format(Locale.ROOT, "%.6f", statement.nanos() / (double) NANOS_PER_SECOND),
                EXECUTION_TIME, () -> Long.toString(execution.nanos() / NANOS_PER_MILLI));
    }

    /** Sets a variable kept here; false for any other. An empty value is the default. Throws 1232. */
    boolean set(String name, String value) {
        switch (name) {
            case LOCK_WAIT ->
                lockWait = value.isEmpty()
                        ? defaults.lockWait()
                        : Duration.ofSeconds(number(name, value, 0, 100_000_000).longValue());
            case IDLE ->
                idle = value.isEmpty()
                        ? defaults.idle()
                        : Duration.ofSeconds(number(name, value, 1, 31_536_000).longValue());
            case STATEMENT_TIME ->
                statement = new TimeLimit(
                        value.isEmpty()
                                ? defaults.statement().toNanos()
                                : number(name, value, 0, 31_536_000)
                                        .movePointRight(9)
                                        .longValue(),
                        SqlErrorCode.STATEMENT_TIMEOUT);
            case EXECUTION_TIME ->
                execution = executionTime(
                        value.isEmpty()
                                ? 0
                                : number(name, value, 0, 4_294_967_295L).longValue());
            default -> {
                return false;
            }
        }
        return true;
    }

    /** A number out of its range becomes the nearest that is in it, with a warning. */
    private BigDecimal number(String name, String value, long least, long most) {
        BigDecimal number;
        try {
            number = new BigDecimal(value);
        } catch (NumberFormatException e) {
            throw SqlErrorCode.WRONG_TYPE_FOR_VARIABLE.with(name);
        }
        BigDecimal fitting = number.max(BigDecimal.valueOf(least)).min(BigDecimal.valueOf(most));
        if (fitting.compareTo(number) != 0) {
            warnings.add(Warnings.Level.WARNING, 1292, "Truncated incorrect " + name + " value: '" + value + "'");
        }
        return fitting;
    }
}
