package dev.ephpm.bench;

import java.util.Optional;

/** What is asked of both databases without a web server: sysbench, and one PHP client that does one thing after the other. */
enum DatabaseWorkload {
    POINT_SELECT_1("oltp_point_select", 1),
    POINT_SELECT_4("oltp_point_select", 4),
    POINT_SELECT_16("oltp_point_select", 16),
    READ_ONLY_1("oltp_read_only", 1),
    READ_ONLY_4("oltp_read_only", 4),
    READ_ONLY_16("oltp_read_only", 16),
    READ_WRITE_1("oltp_read_write", 1),
    READ_WRITE_4("oltp_read_write", 4),
    READ_WRITE_16("oltp_read_write", 16),
    INSERT_1("oltp_insert", 1),
    INSERT_4("oltp_insert", 4),
    INSERT_16("oltp_insert", 16),
    SELECT_1("select-1"),
    POINT_SELECT("point-select"),
    PREPARED_POINT_SELECT("prepared-point-select"),
    FETCH_5000("fetch-5000"),
    CONNECT("connect"),
    FRONT_PAGE_QUERIES("front-page-queries");

    /** Threads of sysbench; 0: a workload of PHP. */
    private final int threads;

    private final String script;

    DatabaseWorkload(String script) {
        this(script, 0);
    }

    DatabaseWorkload(String script, int threads) {
        this.script = script;
        this.threads = threads;
    }

    /** sysbench's script, or the name of PHP's workload. */
    String script() {
        return script;
    }

    int threads() {
        return threads;
    }

    boolean isSysbench() {
        return threads > 0;
    }

    /** Whether the time of a commit is part of it. */
    boolean writes() {
        return script.equals("oltp_read_write") || script.equals("oltp_insert");
    }

    boolean isWordPress() {
        return this == FRONT_PAGE_QUERIES;
    }

    String title() {
        return isSysbench() ? "sysbench %s, %d threads".formatted(script, threads) : "PHP " + script;
    }

    /** The group on the command line. */
    String group() {
        return isSysbench() ? "sysbench" : "php-database";
    }

    /** Whether a name on the command line means this workload: the group's, the script's, or the script's with its threads. */
    boolean isCalled(String name) {
        return name.equals(group()) || name.equals(script) || name.equals(script + "-" + threads);
    }

    /** How a series of it is named when both databases treat commits alike. */
    String title(Optional<String> durability) {
        return title() + durability.map(text -> ", " + text).orElse("");
    }
}
