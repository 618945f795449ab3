package dev.ephpm.sqldmanager;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The command line of an sqld. Secrets go by the environment: anybody may read a command line. */
final class SqldCommand {
    /** The longest answer, with what is around the rows. */
    static final int ANSWER_LIMIT = 72 << 20;

    private static final String RESPONSE_LIMIT = "64MB";

    private SqldCommand() {}

    static List<String> options(SqldRole role, Path directory, Path extensions, Endpoints places) {
        List<String> options = new ArrayList<>(List.of(
                "-d",
                directory.toString(),
                "-e",
                extensions.toString(),
                "--no-welcome",
                "--enable-namespaces",
                "--disable-default-namespace",
                "--http-listen-addr",
                "127.0.0.1:" + places.http().port(),
                "--admin-listen-addr",
                "127.0.0.1:" + places.admin().port(),
                /* A hard limit: the namespace used least is closed, and its replica falls behind. */
                "--max-active-namespaces",
                "100000",
                "--max-concurrent-connections",
                "1024",
                "--max-concurrent-requests",
                "1024",
                "--max-log-size",
                "64",
                "--max-response-size",
                RESPONSE_LIMIT,
                "--max-total-response-size",
                RESPONSE_LIMIT,
                "--shutdown-timeout",
                "5"));
        options.addAll(role.options());
        return options;
    }

    /**
     * @param secret for the HTTP port and the admin port
     * @param trustLog take the replication log as it is, although the last stop was not clean
     */
    static Map<String, String> environment(String secret, boolean trustLog) {
        return trustLog
                ? Map.of(
                        "NO_COLOR",
                        "1",
                        "SQLD_HTTP_AUTH",
                        "basic:" + secret,
                        "LIBSQL_ADMIN_AUTH_KEY",
                        secret,
                        "LIBSQL_IGNORE_DIRTY_LOG",
                        "1")
                : Map.of("NO_COLOR", "1", "SQLD_HTTP_AUTH", "basic:" + secret, "LIBSQL_ADMIN_AUTH_KEY", secret);
    }
}
