package dev.ephpm.e2e;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One phpMyAdmin 5.2 and what its user does with it: opens pages and sends their forms as the pages' scripts would. A page
 * that shows an error of PHP or of the database fails, unless the error is what was asked for.
 */
final class PhpMyAdmin {
    private static final Pattern PHP_ERROR = Pattern.compile(
            "(Fatal error|Uncaught |<b>(Warning|Notice|Deprecated)</b>|Internal error: |mysqli_sql_exception)[^\\n]{0,400}");
    private static final Pattern DATABASE_ERROR =
            Pattern.compile("class=\\\\?\"alert alert-danger\\\\?\"[^>]*>(.{0,6000})", Pattern.DOTALL);
    private static final Pattern TOKEN = Pattern.compile("name=\"token\" value=\"([^\"]+)\"|token:\"([0-9a-f]+)\"");

    private static final int SHOWN = 600;

    private final Visitor visitor;
    private final Supplier<Database> database;
    private String token = "";

    PhpMyAdmin(Function<Call, Answer> server, String host, Supplier<Database> database) {
        this.visitor = new Visitor(server, host);
        this.database = database;
    }

    /** Copies Debian's phpMyAdmin into a site directory and configures it as its documentation says: cookies, one server. */
    static void unpack(Path source, SiteFiles site) {
        Command.of("cp", "-rL", source + "/.", site.directory().toString())
                .run()
                .expectSuccess();
        site.file("config.inc.php", """
                <?php
                $cfg['blowfish_secret'] = 'e2e-e2e-e2e-e2e-e2e-e2e-e2e-e2e-';
                $cfg['Servers'][1] = ['auth_type' => 'cookie', 'host' => getenv('DB_HOST'), 'port' => getenv('DB_PORT')];
                $cfg['SendErrorReports'] = 'never';
                $cfg['TempDir'] = __DIR__ . '/tmp';
                """);
        site.writable("tmp");
    }

    /** The page after logging in. */
    String logIn(String password) {
        open("/", Map.of());
        return submit("/", form("pma_username", database.get().user(), "pma_password", password));
    }

    String logIn() {
        return checked("log in", logIn(database.get().password()));
    }

    /** A page that must be without an error. */
    String page(String route, String... parameters) {
        return checked(route, open(route, form(parameters)));
    }

    /** What a form of the site's database leads to, without an error. */
    String post(String route, Map<String, String> fields) {
        return checked(route, send(route, fields));
    }

    /** The same, whatever comes back. */
    String send(String route, Map<String, String> fields) {
        Map<String, String> form = new LinkedHashMap<>(fields);
        form.putIfAbsent("db", database.get().name());
        form.put("ajax_request", "1");
        return submit(route, form);
    }

    /** A form whose answer is a file. */
    String download(String route, Map<String, String> fields) {
        return submit(route, fields);
    }

    String upload(String route, Multipart form) {
        return checked(route, readable(visitor.upload(target(route, Map.of()), form.field("token", token))));
    }

    /** SQL typed into the database's SQL tab. */
    String sql(String sql) {
        return checked(sql, run(sql));
    }

    /** The page with MySQL's error. */
    String wrongSql(String sql) {
        return run(sql);
    }

    private String run(String sql) {
        return send(
                "/import",
                form(
                        "sql_query",
                        sql,
                        "is_js_confirmed",
                        "0",
                        "goto",
                        "index.php?route=/database/sql",
                        "sql_delimiter",
                        ";",
                        "show_query",
                        "1",
                        "fk_checks",
                        "1",
                        "format",
                        "sql",
                        "import_type",
                        "query",
                        "SQL",
                        "Go"));
    }

    /** The result of a SELECT as the browse page shows it. */
    String browse(String table, String sql, String... more) {
        Map<String, String> fields = form(more);
        fields.put("table", table);
        fields.put("sql_query", sql);
        fields.putIfAbsent("pos", "0");
        return post("/sql", fields);
    }

    static Map<String, String> form(String... namesAndValues) {
        Map<String, String> form = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            form.put(namesAndValues[i], namesAndValues[i + 1]);
        }
        return form;
    }

    private String open(String route, Map<String, String> parameters) {
        return remembered(visitor.page(target(route, parameters)));
    }

    private String submit(String route, Map<String, String> fields) {
        Map<String, String> form = new LinkedHashMap<>(fields);
        form.put("token", token);
        form.put("server", "1");
        return remembered(visitor.post(target(route, Map.of()), form));
    }

    private static String target(String route, Map<String, String> parameters) {
        return "/index.php?route=" + route + (parameters.isEmpty() ? "" : "&" + Call.encoded(parameters));
    }

    private String remembered(String page) {
        String text = readable(page);
        Matcher matcher = TOKEN.matcher(text);
        if (matcher.find()) {
            token = matcher.group(1) != null ? Visitor.unescaped(matcher.group(1)) : matcher.group(2);
        }
        return text;
    }

    /** Answers to scripts are pages inside of JSON. */
    private static String readable(String page) {
        if (!page.startsWith("{")) {
            return page;
        }
        StringBuilder text = new StringBuilder();
        Matcher escapes = Pattern.compile("\\\\(u([0-9a-fA-F]{4})|.)").matcher(page);
        while (escapes.find()) {
            String character = escapes.group(2) != null
                    ? String.valueOf((char) Integer.parseInt(escapes.group(2), 16))
                    : switch (escapes.group(1)) {
                        case "n" -> "\n";
                        case "t" -> "\t";
                        case "r" -> "";
                        default -> escapes.group(1);
                    };
            escapes.appendReplacement(text, Matcher.quoteReplacement(character));
        }
        return escapes.appendTail(text).toString();
    }

    private static String checked(String what, String page) {
        String shown =
                page.replaceAll("(?s)<noscript>.*?</noscript>|<div[^>]*js-https-mismatch.*?</div>\\s*</div>", "");
        Matcher php = PHP_ERROR.matcher(shown);
        if (php.find()) {
            throw new AssertionError(what + " shows an error of PHP: " + php.group());
        }
        Matcher refused = DATABASE_ERROR.matcher(shown);
        if (refused.find()) {
            String text = refused.group(1).replaceAll("(?s)<[^>]*>", " ").replaceAll("\\s+", " ");
            int said = Math.max(text.indexOf("MySQL said:"), 0);
            throw new AssertionError(
                    what + " shows an error: " + text.substring(said, Math.min(text.length(), said + SHOWN)));
        }
        if (page.startsWith("{\"success\":false")) {
            throw new AssertionError(what + " was refused: " + page.substring(0, Math.min(page.length(), 600)));
        }
        return page;
    }
}
