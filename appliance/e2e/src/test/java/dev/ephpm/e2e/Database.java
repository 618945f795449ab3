package dev.ephpm.e2e;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How a MySQL client reaches the database of one site, as {@code ephpm site show --json} prints it. */
record Database(String host, int port, String socket, String name, String user, String password) {
    private static final Pattern ERROR = Pattern.compile("ERROR (\\d+) \\((\\w{5})\\)[^:]*: (.*)", Pattern.DOTALL);

    static Database parse(String json) {
        int start = json.indexOf("\"database\"");
        if (start < 0) {
            throw new AssertionError("site show says nothing about the database: " + json);
        }
        String object = json.substring(start);
        return new Database(
                field(object, "host"),
                Integer.parseInt(field(object, "port")),
                field(object, "socket"),
                field(object, "name"),
                field(object, "user"),
                field(object, "password"));
    }

    private static String field(String json, String name) {
        Matcher matcher = Pattern.compile("\"" + name + "\"\\s*:\\s*(?:\"([^\"]*)\"|(\\d+))")
                .matcher(json);
        if (!matcher.find()) {
            throw new AssertionError("site show says no " + name + ": " + json);
        }
        String text = matcher.group(1);
        return text != null ? text : matcher.group(2);
    }

    Database as(String otherUser, String otherPassword) {
        return new Database(host, port, socket, name, otherUser, otherPassword);
    }

    Database on(String otherName) {
        return new Database(host, port, socket, otherName, user, password);
    }

    /** One of Debian's MariaDB client programs, logged in over TCP. */
    Command client(String program, String... arguments) {
        List<String> options =
                List.of(program, "--no-defaults", "--protocol=tcp", "-h" + host, "-P" + port, "-u" + user);
        return Command.of(java.util.stream.Stream.concat(options.stream(), List.of(arguments).stream())
                        .toList())
                .with("MYSQL_PWD", password);
    }

    /** The same over the Unix socket. */
    Command localClient(String program, String... arguments) {
        List<String> options = List.of(program, "--no-defaults", "--protocol=socket", "-S" + socket, "-u" + user);
        return Command.of(java.util.stream.Stream.concat(options.stream(), List.of(arguments).stream())
                        .toList())
                .with("MYSQL_PWD", password);
    }

    /** Runs statements with {@code mariadb} and gives the rows, columns parted by tabs, without names. */
    List<String> query(String sql) {
        Command.Result result = mariadb(sql);
        if (result.exitCode() != 0) {
            throw new AssertionError("expected success of " + sql + "\n" + result.errors());
        }
        return result.output().lines().toList();
    }

    /** The first column of the first row. */
    String value(String sql) {
        List<String> rows = query(sql);
        if (rows.isEmpty()) {
            throw new AssertionError("no row from " + sql);
        }
        return rows.getFirst();
    }

    /** Runs a statement that must fail, and gives MySQL's number, SQLSTATE and wording. */
    Failure failure(String sql) {
        Command.Result result = mariadb(sql);
        Matcher matcher = ERROR.matcher(result.errors().strip());
        if (result.exitCode() == 0 || !matcher.find()) {
            throw new AssertionError(
                    "expected a MySQL error from " + sql + ", got\n" + result.output() + result.errors());
        }
        return new Failure(
                Integer.parseInt(matcher.group(1)),
                matcher.group(2),
                matcher.group(3).strip());
    }

    Command.Result mariadb(String sql) {
        return client("mariadb", "--batch", "--raw", "--skip-column-names", "--default-character-set=utf8mb4", name)
                .input(sql)
                .run();
    }

    /** A refused statement. */
    record Failure(int number, String state, String message) {}
}
