package dev.ephpm.e2e;

import static dev.ephpm.e2e.PhpMyAdmin.form;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Debian's phpMyAdmin, unmodified, on a site of its own: its user makes tables, fills, searches, changes and exports them. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class PhpMyAdminIT {
    private static final String HOST = "pma.test";
    private static final Path SOURCE = Distribution.repository().resolve("build/phpmyadmin");

    @RegisterExtension
    static final Appliance appliance = new Appliance()
            .set("php.workers", 2)
            .set("php.memory_limit", "256MB")
            .set("php.max_execution_time", 60)
            .site(HOST, site -> PhpMyAdmin.unpack(SOURCE, site));

    private static final PhpMyAdmin pma = new PhpMyAdmin(appliance::send, HOST, () -> appliance.database(HOST));
    private static String exported = "";

    @Test
    @Order(1)
    void logsInWithTheAccountOfTheSite() {
        assertThat(pma.logIn("wrong")).contains("Access denied for user");
        assertThat(pma.logIn())
                .contains("Server version", "MariaDB", appliance.database(HOST).name());
    }

    @Test
    @Order(2)
    void pagesAboutTheServerAreWhole() {
        assertThat(pma.page("/server/databases"))
                .contains(appliance.database(HOST).name());
        assertThat(pma.page("/server/status")).contains("This MySQL server has been running for");
        assertThat(pma.page("/server/status/processes")).contains("SHOW PROCESSLIST");
        assertThat(pma.page("/server/status/variables")).contains("Threads connected");
        assertThat(pma.page("/server/variables")).contains("max allowed packet");
        assertThat(pma.page("/server/collations")).contains("utf8mb4_unicode_ci", "Japanese");
        assertThat(pma.page("/server/engines")).contains("InnoDB", "Aria");
        assertThat(pma.page("/server/engines/InnoDB")).contains("row-level locking");
        for (String route : List.of(
                "/",
                "/server/sql",
                "/server/status/queries",
                "/server/status/advisor",
                "/server/status/monitor",
                "/server/plugins",
                "/server/export",
                "/server/import",
                "/check-relations",
                "/themes",
                "/preferences/features")) {
            assertThat(pma.page(route)).as(route).contains("phpMyAdmin");
        }
    }

    @Test
    @Order(3)
    void tablesAreMadeWithTheForm() {
        pma.post(
                "/table/create",
                table(
                        "authors",
                        column("id", "INT", "", "attribute", "UNSIGNED", "extra", "AUTO_INCREMENT"),
                        column("name", "VARCHAR", "100", "comments", "it's a name"),
                        column("email", "VARCHAR", "190", "null", "YES", "default_type", "NULL"),
                        column("born", "DATE", "", "null", "YES", "default_type", "NULL")));
        Map<String, String> books = table(
                "books",
                column("id", "BIGINT", "", "attribute", "UNSIGNED", "extra", "AUTO_INCREMENT"),
                column("author_id", "INT", "", "attribute", "UNSIGNED", "null", "YES", "default_type", "NULL"),
                column("title", "VARCHAR", "200"),
                column("body", "TEXT", "", "null", "YES"),
                column("kind", "ENUM", "'novel','poem'", "default_type", "USER_DEFINED", "default_value", "novel"),
                column("price", "DECIMAL", "10,2", "default_type", "USER_DEFINED", "default_value", "9.99"),
                column("facts", "JSON", "", "null", "YES"),
                column("changed", "TIMESTAMP", "", "default_type", "CURRENT_TIMESTAMP"));
        books.put("indexes", key("INDEX", "by_author", 1));
        books.put("fulltext_indexes", key("FULLTEXT", "words", 3));
        assertThat(pma.post("/table/create", books)).contains("\"success\":true");
        assertThat(pma.send("/table/create", books)).contains("already exists");
        assertThat(pma.page("/table/structure", on("books")))
                .contains("enum('novel', 'poem')", "decimal(10,2)", "by_author", "FULLTEXT");
        assertThat(shown("books")).contains("FULLTEXT KEY `words` (`body`)", "json_valid(`facts`)");
    }

    @Test
    @Order(4)
    void tablesAreAltered() {
        Map<String, String> added = table("authors", column("country", "CHAR", "2", "null", "YES"));
        added.put("field_where", "after");
        added.put("after_field", "name");
        pma.post("/table/add-field", added);
        Map<String, String> changed = table("authors", column("name", "VARCHAR", "150"));
        changed.put("field_orig[0]", "name");
        changed.put("field_type_orig[0]", "VARCHAR");
        changed.put("field_length_orig[0]", "100");
        changed.put("field_name[0]", "full_name");
        pma.post("/table/structure/save", changed);
        pma.post("/table/structure/unique", form("table", "authors", "selected_fld[0]", "email", "mult_btn", "Yes"));
        pma.post("/table/structure/fulltext", form("table", "authors", "selected_fld[0]", "full_name"));
        pma.post(
                "/table/indexes",
                form(
                        "table",
                        "books",
                        "create_index",
                        "1",
                        "do_save_data",
                        "1",
                        "index[Key_name]",
                        "by_title",
                        "index[Index_choice]",
                        "INDEX",
                        "index[columns][names][0]",
                        "title",
                        "index[columns][sub_parts][0]",
                        "20"));
        pma.post(
                "/table/relation",
                form(
                        "table",
                        "books",
                        "destination_foreign_db[x]",
                        appliance.database(HOST).name(),
                        "destination_foreign_table[x]",
                        "authors",
                        "destination_foreign_column[x][0]",
                        "id",
                        "foreign_key_fields_name[x][0]",
                        "author_id",
                        "constraint_name[x]",
                        "wrote",
                        "on_delete[x]",
                        "SET_NULL",
                        "on_update[x]",
                        "CASCADE"));
        pma.post("/table/structure/drop", form("table", "authors", "selected[0]", "country", "mult_btn", "Yes"));
        assertThat(shown("authors"))
                .contains("`full_name` varchar(150)", "UNIQUE KEY `email`", "FULLTEXT KEY `full_name`")
                .doesNotContain("country");
        assertThat(shown("books")).contains("KEY `by_title` (`title`(20))", "CONSTRAINT `wrote` FOREIGN KEY");
        assertThat(pma.page("/table/relation", on("books"))).contains("wrote");
        assertThat(pma.page("/database/designer", onDatabase())).contains("authors", "books");
    }

    @Test
    @Order(5)
    void rowsAreInsertedAndEdited() {
        for (String[] author : new String[][] {
            {"Ada Lovelace", "ada@example.org", "1815-12-10"},
            {"Émile Zola", "zola@example.org", "1840-04-02"},
            {"Flann O'Brien \\ \"x\" 😀", "flann@example.org", "1911-10-05"}
        }) {
            assertThat(pma.page("/table/change", on("authors"))).contains("insertForm");
            assertThat(pma.post(
                            "/table/replace", row("", "full_name", author[0], "email", author[1], "born", author[2])))
                    .contains("1 row inserted");
        }
        Map<String, String> edited = row("`authors`.`id` = 2", "full_name", "Émile Édouard Zola");
        assertThat(pma.post("/table/replace", edited)).contains("1 row affected");
        Map<String, String> inPlace = row("`authors`.`id` = 1", "born", "1815-12-11");
        inPlace.remove("ajax_page_request");
        inPlace.putAll(form(
                "grid_edit", "true", "do_transformations", "1", "transform_fields_list", "", "rel_fields_list", ""));
        pma.post("/table/replace", inPlace);
        assertThat(pma.browse("authors", "SELECT * FROM `authors`")).contains("Émile Édouard Zola", "1815-12-11", "😀");
        pma.sql(IntStream.rangeClosed(1, 60)
                .mapToObj(i -> "(%d, 'Volume %02d', 'The %s whale swims', %d.50)"
                        .formatted(i % 3 + 1, i, i % 2 == 0 ? "white" : "blue", i))
                .collect(Collectors.joining(", ", "INSERT INTO books (author_id, title, body, price) VALUES ", "")));
    }

    @Test
    @Order(6)
    void rowsAreBrowsedSortedAndPaged() {
        assertThat(pma.browse("books", "SELECT * FROM `books`"))
                .contains("Showing rows 0 - 24", "60 total", "Volume 01")
                .doesNotContain("Volume 26");
        assertThat(pma.browse("books", "SELECT * FROM `books`", "pos", "50", "session_max_rows", "25"))
                .contains("Volume 60")
                .doesNotContain("Volume 50");
        assertThat(pma.browse("books", "SELECT * FROM `books` ORDER BY `books`.`price` DESC", "session_max_rows", "25"))
                .contains("Volume 60")
                .doesNotContain("Volume 10");
    }

    @Test
    @Order(7)
    void rowsAreFound() {
        Map<String, String> search =
                form("table", "books", "session_max_rows", "25", "orderByColumn", "id", "order", "ASC");
        search.putAll(form(
                "columnsToDisplay[0]",
                "title",
                "criteriaColumnNames[0]",
                "title",
                "criteriaColumnTypes[0]",
                "varchar(200)",
                "criteriaColumnOperators[0]",
                "LIKE %...%",
                "criteriaValues[0]",
                "VOLUME 5",
                "criteriaColumnCollations[0]",
                "utf8mb4_unicode_ci",
                "customWhereClause",
                ""));
        assertThat(pma.post("/table/search", search))
                .contains("Volume 50", "Volume 59")
                .doesNotContain("Volume 49");
        String found = pma.post(
                "/database/search",
                form(
                        "criteriaSearchString",
                        "zola",
                        "criteriaSearchType",
                        "1",
                        "criteriaTables[0]",
                        "authors",
                        "criteriaTables[1]",
                        "books",
                        "criteriaColumnName",
                        "",
                        "submit_search",
                        "1"));
        assertThat(found.replaceAll("<[^>]*>|\\s+", " ").replaceAll(" +", " ")).contains("1 match in authors");
        assertThat(pma.sql("SELECT COUNT(*) FROM books WHERE MATCH (body) AGAINST ('+white' IN BOOLEAN MODE)"))
                .contains("30");
    }

    @Test
    @Order(8)
    void statementsAndTheirErrorsAreMySqls() {
        assertThat(pma.sql(
                        "SELECT a.full_name, COUNT(*) AS n, SUM(b.price) FROM authors a JOIN books b ON b.author_id = a.id"
                                + " GROUP BY a.id HAVING n > 2 ORDER BY n DESC"))
                .contains("Ada Lovelace", "20");
        assertThat(pma.sql("EXPLAIN SELECT * FROM books WHERE author_id = 1")).contains("by_author");
        assertThat(pma.wrongSql("SELECT * FROM nowhere")).contains("#1146");
        assertThat(pma.wrongSql("SELEC 1")).contains("#1064");
        assertThat(pma.wrongSql("SELECT nope FROM books")).contains("#1054");
        assertThat(pma.wrongSql("INSERT INTO authors (full_name, email) VALUES ('x', 'ada@example.org')"))
                .contains("#1062", "Duplicate entry");
        assertThat(pma.wrongSql("INSERT INTO books (author_id, title) VALUES (999, 'x')"))
                .contains("#1452");
    }

    @Test
    @Order(9)
    void databaseIsExported() {
        Map<String, String> dump =
                form("export_type", "database", "export_method", "quick", "quick_or_custom", "quick");
        dump.put("db", appliance.database(HOST).name());
        dump.putAll(form("output_format", "sendit", "filename_template", "@DATABASE@", "charset", "utf-8"));
        dump.putAll(form("compression", "none", "maxsize", ""));
        for (int i = 0; i < 2; i++) {
            for (String list : List.of("table_select", "table_structure", "table_data")) {
                dump.put(list + "[" + i + "]", i == 0 ? "authors" : "books");
            }
        }
        dump.putAll(form(
                "what",
                "sql",
                "sql_structure_or_data",
                "structure_and_data",
                "sql_create_table",
                "something",
                "sql_auto_increment",
                "something",
                "sql_create_view",
                "something",
                "sql_insert_syntax",
                "both",
                "sql_type",
                "INSERT",
                "sql_max_query_size",
                "50000",
                "sql_hex_for_binary",
                "something",
                "sql_backquotes",
                "something"));
        exported = pma.download("/export", dump);
        assertThat(exported)
                .contains("CREATE TABLE `books`", "INSERT INTO `authors`", "ADD CONSTRAINT `wrote`", "Édouard Zola");
        dump.putAll(form("what", "csv", "csv_structure_or_data", "data"));
        dump.putAll(form(
                "csv_separator",
                ",",
                "csv_enclosed",
                "\"",
                "csv_escaped",
                "\"",
                "csv_terminated",
                "AUTO",
                "csv_null",
                "NULL"));
        assertThat(pma.download("/export", dump)).contains("zola@example.org", "Volume 60");
    }

    @Test
    @Order(10)
    void exportIsImportedAgain() {
        String before = rows("authors") + rows("books");
        pma.sql("DROP TABLE books, authors");
        assertThat(pma.page("/database/structure", onDatabase())).contains("No tables found");
        String page = pma.upload(
                "/import",
                new Multipart()
                        .field("import_type", "database")
                        .field("db", appliance.database(HOST).name())
                        .field("server", "1")
                        .field("ajax_request", "1")
                        .field("charset_of_file", "utf-8")
                        .field("skip_queries", "0")
                        .field("fk_checks", "1")
                        .field("format", "sql")
                        .field("sql_compatibility", "NONE")
                        .field("sql_no_auto_value_on_zero", "something")
                        .file("import_file", "dump.sql", "application/sql", exported.getBytes(StandardCharsets.UTF_8)));
        assertThat(page).contains("Import has been successfully finished");
        assertThat(rows("authors") + rows("books")).isEqualTo(before);
        assertThat(shown("books")).contains("CONSTRAINT `wrote` FOREIGN KEY", "FULLTEXT KEY `words`");
    }

    @Test
    @Order(11)
    void tablesAreCopiedMovedEmptiedAndDropped() {
        String name = appliance.database(HOST).name();
        Map<String, String> copy =
                form("table", "authors", "submit_copy", "1", "target_db", name, "new_name", "people");
        copy.putAll(form("what", "data", "sql_auto_increment", "1"));
        pma.post("/table/operations", copy);
        pma.post(
                "/table/operations",
                form(
                        "table",
                        "people",
                        "submit_move",
                        "1",
                        "target_db",
                        name,
                        "new_name",
                        "folk",
                        "what",
                        "data",
                        "sql_auto_increment",
                        "1"));
        assertThat(rows("folk")).isEqualTo(rows("authors"));
        Map<String, String> options =
                form("table", "folk", "submitoptions", "1", "new_name", "crowd", "comment", "many");
        options.putAll(form("prev_comment", "", "new_auto_increment", "100", "new_tbl_storage_engine", "InnoDB"));
        pma.post("/table/operations", options);
        assertThat(shown("crowd")).contains("AUTO_INCREMENT=100", "COMMENT='many'");
        for (String action : List.of("analyze", "check", "optimize", "repair")) {
            assertThat(pma.post("/table/maintenance/" + action, form("selected_tbl[0]", "crowd")))
                    .contains("executed successfully");
        }
        pma.post("/database/structure/empty-table", form("selected[0]", "crowd", "mult_btn", "Yes"));
        assertThat(rows("crowd")).isEmpty();
        pma.post("/database/structure/drop-table", form("selected[0]", "crowd", "mult_btn", "Yes"));
        assertThat(appliance.database(HOST).query("SHOW TABLES")).containsExactly("authors", "books");
    }

    @Test
    @Order(12)
    void pagesLookRightInABrowser() throws IOException {
        Path pictures = Files.createDirectories(Path.of("target", "screenshots"));
        Database database = appliance.database(HOST);
        try (Chromium browser = Chromium.start(appliance.port())) {
            browser.open("http://" + HOST + "/");
            browser.evaluate("document.getElementById('input_username').value = '" + database.user()
                    + "'; document.getElementById('input_password').value = '" + database.password()
                    + "'; document.getElementById('input_go').click()");
            browser.awaitLoaded("route=/");
            for (String[] page : new String[][] {
                {"structure", "/database/structure&db=" + database.name(), "authors"},
                {"table", "/table/structure&db=" + database.name() + "&table=books", "varchar(200)"},
                {"browse", "/sql&db=" + database.name() + "&table=authors&pos=0", "douard Zola"},
                {"designer", "/database/designer&db=" + database.name(), "books"}
            }) {
                browser.open("http://" + HOST + "/index.php?route=" + page[1]);
                assertThat(browser.evaluate("document.body.innerText"))
                        .contains(page[2])
                        .doesNotContain("Error");
                browser.screenshot(pictures.resolve("phpmyadmin-" + page[0] + ".png"));
            }
        }
    }

    @Test
    @Order(13)
    void fileIsSoundAndNothingWasLogged() {
        String file = appliance.siteDirectory(HOST).resolve("ephpm.db").toString();
        Command.Result checked = Command.of(
                        "sqlite3", "-readonly", file, "PRAGMA integrity_check; PRAGMA foreign_key_check")
                .run()
                .expectSuccess();
        assertThat(checked.output().strip()).isEqualTo("ok");
        assertThat(appliance.log()).doesNotContain("ERROR");
    }

    private static String shown(String table) {
        return String.join("\n", appliance.database(HOST).query("SHOW CREATE TABLE `" + table + "`"));
    }

    private static String rows(String table) {
        return String.join("\n", appliance.database(HOST).query("SELECT * FROM `" + table + "` ORDER BY id"));
    }

    private static String[] onDatabase() {
        return new String[] {"db", appliance.database(HOST).name()};
    }

    private static String[] on(String table) {
        return new String[] {"db", appliance.database(HOST).name(), "table", table};
    }

    /** A column's fields in the form that makes or changes tables. */
    private static Map<String, String> column(String name, String type, String length, String... more) {
        Map<String, String> column = form("name", name, "type", type, "length", length, "default_type", "NONE");
        column.putAll(form("default_value", "", "collation", "", "attribute", "", "key", "none_0", "comments", ""));
        column.putAll(form("virtuality", "", "expression", "", "move_to", ""));
        column.putAll(form(more));
        return column;
    }

    @SafeVarargs
    private static Map<String, String> table(String name, Map<String, String>... columns) {
        Map<String, String> form = form("table", name, "do_save_data", "1", "comment", "", "online_transaction", "");
        form.put("orig_num_fields", String.valueOf(columns.length));
        form.putAll(form("tbl_storage_engine", "InnoDB", "tbl_collation", "utf8mb4_unicode_ci", "connection", ""));
        for (String kind : List.of("unique_indexes", "indexes", "fulltext_indexes", "spatial_indexes")) {
            form.put(kind, "[]");
        }
        boolean keyed = columns[0].getOrDefault("extra", "").equals("AUTO_INCREMENT");
        form.put("primary_indexes", keyed ? key("PRIMARY", "", 0) : "[]");
        for (int i = 0; i < columns.length; i++) {
            int number = i;
            columns[i].forEach((what, value) -> form.put("field_" + what + "[" + number + "]", value));
        }
        return form;
    }

    private static String key(String kind, String name, int column) {
        return "[{\"columns\":[{\"col_index\":\"" + column + "\",\"size\":\"\"}],\"Index_choice\":\"" + kind
                + "\",\"Key_name\":\"" + name
                + "\",\"Key_block_size\":\"\",\"Parser\":\"\",\"Index_comment\":\"\",\"Index_type\":\"\"}]";
    }

    /** The form of one row of authors: columns go by the MD5 of their names. */
    private static Map<String, String> row(String where, String... namesAndValues) {
        Map<String, String> form = new LinkedHashMap<>(form("table", "authors", "ajax_page_request", "true"));
        form.put("goto", "index.php?route=/table/sql");
        form.put("submit_type", where.isEmpty() ? "insert" : "save");
        if (!where.isEmpty()) {
            form.put("where_clause[0]", where);
            form.put("clause_is_unique", "1");
        }
        form(namesAndValues).forEach((name, value) -> {
            String field = "[multi_edit][0][" + md5(name) + "]";
            form.put("fields_name" + field, name);
            form.put("fields_type" + field, "varchar");
            form.put("fields" + field, value);
        });
        return form;
    }

    private static String md5(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("MD5").digest(text.getBytes(StandardCharsets.UTF_8));
            return "%032x".formatted(new BigInteger(1, digest));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }
}
