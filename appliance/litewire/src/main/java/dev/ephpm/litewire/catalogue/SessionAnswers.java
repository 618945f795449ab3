package dev.ephpm.litewire.catalogue;

import dev.ephpm.litewire.Execution;
import dev.ephpm.litewire.Warnings;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;

/** Rows of the SHOW statements about the session and the server's state. */
final class SessionAnswers {
    /** SHOW PROCESSLIST without FULL shows this much of a statement. */
    private static final int SHOWN_CHARACTERS = 100;

    private SessionAnswers() {}

    static List<Rows.Row> variables(Execution execution) {
        List<Rows.Row> rows = new ArrayList<>();
        execution.session().variables().all().forEach((name, value) -> rows.add(Answer.row(name, value)));
        return rows;
    }

    static List<Rows.Row> status(Execution execution) {
        int connections = execution.session().connections().size();
        long uptime = ManagementFactory.getRuntimeMXBean().getUptime() / 1000;
        return List.of(
                Answer.row("Aborted_clients", "0"),
                Answer.row("Aborted_connects", "0"),
                Answer.row("Compression", "OFF"),
                Answer.row("Connections", String.valueOf(execution.session().connectionId())),
                Answer.row("Innodb_page_size", "16384"),
                Answer.row("Ssl_cipher", ""),
                Answer.row("Ssl_version", ""),
                Answer.row("Threads_cached", "0"),
                Answer.row("Threads_connected", String.valueOf(connections)),
                Answer.row("Threads_running", "1"),
                Answer.row("Uptime", String.valueOf(uptime)),
                Answer.row("Uptime_since_flush_status", String.valueOf(uptime)));
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
