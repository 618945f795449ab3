package dev.ephpm.litewire.catalogue;

import dev.ephpm.litewire.Execution;
import dev.ephpm.litewire.Warnings;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Rows of the SHOW statements about the session and the server's state. */
final class SessionAnswers {
    /** SHOW PROCESSLIST without FULL shows this much of a statement. */
    private static final int SHOWN_CHARACTERS = 100;

    /** Variables that only sessions have. */
    private static final Set<String> OF_SESSIONS = Set.of(
            "error_count",
            "identity",
            "in_transaction",
            "insert_id",
            "last_insert_id",
            "proxy_user",
            "pseudo_thread_id",
            "rand_seed1",
            "rand_seed2",
            "timestamp",
            "warning_count");

    private SessionAnswers() {}

    static List<Rows.Row> variables(Execution execution, boolean global) {
        List<Rows.Row> rows = new ArrayList<>();
        execution.session().variables().all().forEach((name, value) -> {
            if (!global || !OF_SESSIONS.contains(name)) {
                rows.add(Answer.row(name, value));
            }
        });
        return rows;
    }

    static List<Rows.Row> status(Execution execution) {
        long uptime = ManagementFactory.getRuntimeMXBean().getUptime() / 1000;
        Map<String, String> values = new TreeMap<>(execution.session().counters());
        values.put("Aborted_clients", "0");
        values.put("Aborted_connects", "0");
        values.put("Compression", "OFF");
        values.put("Connections", String.valueOf(execution.session().connectionId()));
        values.put("Innodb_page_size", "16384");
        values.put("Ssl_cipher", "");
        values.put("Ssl_version", "");
        values.put("Threads_cached", "0");
        values.put("Uptime", String.valueOf(uptime));
        values.put("Uptime_since_flush_status", String.valueOf(uptime));
        return values.entrySet().stream()
                .map(entry -> Answer.row(entry.getKey(), entry.getValue()))
                .toList();
    }

    static List<Rows.Row> connections(Execution execution, boolean full) {
        return execution.session().connections().stream()
                .map(c -> Answer.row(
                        c.id(),
                        c.user(),
                        c.host(),
                        c.database().orElse(null),
                        c.command(),
                        c.seconds(),
                        c.statement().isPresent() ? "starting" : "",
                        c.statement().map(s -> full ? s : shortened(s)).orElse(null),
                        0.0))
                .toList();
    }

    private static String shortened(String statement) {
        return statement.length() <= SHOWN_CHARACTERS ? statement : statement.substring(0, SHOWN_CHARACTERS);
    }

    static List<Rows.Row> warnings(Execution execution, boolean errorsOnly) {
        return execution.session().warnings().list().stream()
                .filter(w -> !errorsOnly || w.level() == Warnings.Level.ERROR)
                .map(w -> Answer.row(level(w.level()), (long) w.number(), w.message()))
                .toList();
    }

    private static String level(Warnings.Level level) {
        return switch (level) {
            case NOTE -> "Note";
            case WARNING -> "Warning";
            case ERROR -> "Error";
        };
    }

    static List<Rows.Row> grants(Execution execution) {
        String[] user = execution.session().user().split("@", 2);
        String grantee = Quoting.name(user[0]) + "@" + Quoting.name(user.length > 1 ? user[1] : "%");
        return List.of(
                Answer.row("GRANT USAGE ON *.* TO " + grantee),
                Answer.row("GRANT ALL PRIVILEGES ON "
                        + Quoting.name(execution.session().databaseName()) + ".* TO " + grantee));
    }
}
