package dev.ephpm.litewire.dump;

import dev.ephpm.litewire.catalogue.FullTextIndex;
import dev.ephpm.litewire.sqlite.DatabaseFile;
import dev.ephpm.litewire.sqlite.ResultCode;
import dev.ephpm.litewire.sqlite.TwoFiles;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Puts the tables of an import file into the site's database, in one transaction of SQLite: sessions, also of a running node,
 * see everything as before or everything as after, and so does whoever opens the file after a crash. Rows are copied page by
 * page with their indexes, which SQLite does when both tables are defined alike.
 */
final class Replacement {
    private static final int BUSY_MILLIS = 60_000;
    private static final String CATALOGUE = "__lw_";
    private static final String OWN_TABLES = "__lw_import";

    private final TwoFiles files;
    private final Set<String> dropped;
    private final boolean dropsEverything;
    private final List<String> filled;
    private final boolean checksReferences;

    private Replacement(
            TwoFiles files,
            Set<String> dropped,
            boolean dropsEverything,
            List<String> filled,
            boolean checksReferences) {
        this.files = files;
        this.dropped = dropped;
        this.dropsEverything = dropsEverything;
        this.filled = filled;
        this.checksReferences = checksReferences;
    }

    /** Replaces; gives the names of the site's tables and views that are gone or others now. Throws {@link DumpException}. */
    static List<String> perform(DatabaseFile site, Path imported, Load load, List<String> filled) {
        try (TwoFiles files = new TwoFiles(site, imported, BUSY_MILLIS)) {
            files.execute("BEGIN IMMEDIATE");
            try {
                Replacement replacement =
                        new Replacement(files, load.dropped(), load.dropsEverything(), filled, load.checksReferences());
                List<String> replaced = replacement.run();
                files.execute("COMMIT");
                return replaced;
            } catch (SQLException | RuntimeException e) {
                rollBack(files, e);
                throw e;
            }
        } catch (SQLException e) {
            throw failure(e);
        }
    }

    private static void rollBack(TwoFiles files, Exception reason) {
        try {
            files.execute("ROLLBACK");
        } catch (SQLException e) {
            // After a full disk SQLite has done it already.
            reason.addSuppressed(e);
        }
    }

    private static DumpException failure(SQLException e) {
        String way = switch (e.getErrorCode() & 0xff) {
            case ResultCode.FULL -> "the disk is full; free some space";
            case ResultCode.BUSY -> "another program keeps the database locked; end it";
            default -> e.getMessage() + "; look at the site's database";
        };
        return new DumpException(
                "the dump is loaded, but the site's tables could not be replaced: " + way
                        + " and run the command again. The site's data are as before",
                e);
    }

    private List<String> run() throws SQLException {
        List<Stored> sources = stored("other");
        requireEmpty(filled);
        Set<String> names = new LinkedHashSet<>();
        sources.forEach(source -> names.add(source.name()));
        names.addAll(dropped);
        List<String> replaced = drop(names);
        for (Stored source : sources) {
            if (source.kind().equals("table") || source.kind().equals("virtual")) {
                create(source);
                createFullText(source);
            }
        }
        for (Stored source : sources) {
            copy(source);
        }
        for (Stored source : sources) {
            if (source.kind().equals("view")) {
                files.execute(source.sql());
            }
        }
        copySequences();
        copyCatalogue(names);
        changeVersion();
        checkReferences(sources);
        return replaced;
    }

    /** @param kind {@code table}, {@code view}, {@code virtual} or {@code shadow}, a table behind a virtual one */
    private record Stored(String name, String kind, String sql) {}

    private List<Stored> stored(String schema) throws SQLException {
        List<Stored> stored = new ArrayList<>();
        for (List<String> row : files.rows("SELECT l.name, l.type, m.sql FROM pragma_table_list l JOIN " + schema
                + ".sqlite_master m ON m.name = l.name AND m.type IN ('table', 'view') WHERE l.schema = '" + schema
                + "' AND l.name NOT LIKE 'sqlite\\_%' ESCAPE '\\' AND l.name NOT LIKE '\\_\\_lw\\_%' ESCAPE '\\'"
                + " ORDER BY m.rowid")) {
            stored.add(new Stored(row.get(0), row.get(1), row.get(2)));
        }
        return stored;
    }

    /** A dump of rows alone must not be mixed with rows that are there. */
    private void requireEmpty(List<String> tables) throws SQLException {
        for (String table : tables) {
            boolean exists = !files.rows("SELECT 1 FROM main.sqlite_master WHERE name = ?1", table)
                    .isEmpty();
            if (exists
                    && !dropsEverything
                    && !files.rows("SELECT 1 FROM main." + quoted(table) + " LIMIT 1")
                            .isEmpty()) {
                throw notEmpty(table);
            }
        }
    }

    static DumpException notEmpty(String table) {
        return new DumpException(
                "the dump has rows for table " + table + " but does not create it, and the site's table " + table
                        + " has rows already; empty it first, or dump the table with its structure");
    }

    /** Drops the site's tables of these names, which ignore case; gives those there were. */
    private List<String> drop(Set<String> names) throws SQLException {
        Set<String> folded = new LinkedHashSet<>();
        names.forEach(name -> folded.add(fold(name)));
        List<String> gone = new ArrayList<>();
        List<Stored> present = stored("main");
        for (String kind : List.of("view", "virtual", "table")) {
            for (Stored stored : present) {
                if (stored.kind().equals(kind) && (dropsEverything || folded.contains(fold(stored.name())))) {
                    files.execute(
                            "DROP " + (kind.equals("view") ? "VIEW" : "TABLE") + " main." + quoted(stored.name()));
                    gone.add(stored.name());
                }
            }
        }
        for (String name : gone) {
            for (List<String> words : fullText("main", name)) {
                files.execute("DROP TABLE main." + quoted(words.getFirst()));
            }
            forget(name);
        }
        return gone;
    }

    private static String fold(String name) {
        StringBuilder folded = new StringBuilder(name);
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            folded.setCharAt(i, c >= 'A' && c <= 'Z' ? (char) (c + 32) : c);
        }
        return folded.toString();
    }

    private void create(Stored source) throws SQLException {
        files.execute(source.sql());
        for (List<String> index : files.rows(
                "SELECT sql FROM other.sqlite_master WHERE type = 'index' AND tbl_name = ?1 AND sql IS NOT NULL"
                        + " ORDER BY rowid",
                source.name())) {
            files.execute(index.getFirst());
        }
    }

    /** Name and definition of the tables behind a table's FULLTEXT keys. */
    private List<List<String>> fullText(String schema, String table) throws SQLException {
        return files
                .rows("SELECT name, sql FROM " + schema
                        + ".sqlite_master WHERE type = 'table' AND sql LIKE 'CREATE VIRTUAL%'")
                .stream()
                .filter(row -> row.getFirst().startsWith(FullTextIndex.PREFIX + table + "__"))
                .toList();
    }

    /** Rows get new rowids, so their words are indexed anew, by the triggers, while the rows are copied. */
    private void createFullText(Stored source) throws SQLException {
        for (List<String> words : fullText("other", source.name())) {
            files.execute(words.getLast());
        }
        for (List<String> trigger : triggers(source.name())) {
            if (trigger.getFirst().startsWith(FullTextIndex.PREFIX)) {
                files.execute(trigger.getLast());
            }
        }
    }

    private List<List<String>> triggers(String table) throws SQLException {
        return files.rows("SELECT name, sql FROM other.sqlite_master WHERE type = 'trigger' AND tbl_name = ?1", table);
    }

    private void copy(Stored source) throws SQLException {
        String name = quoted(source.name());
        switch (source.kind()) {
            case "table" -> {
                String columns = writableColumns(source.name());
                files.execute(
                        columns.isEmpty()
                                ? "INSERT INTO main." + name + " SELECT * FROM other." + name
                                : "INSERT INTO main." + name + " (" + columns + ") SELECT " + columns + " FROM other."
                                        + name);
                for (List<String> trigger : triggers(source.name())) {
                    if (!trigger.getFirst().startsWith(FullTextIndex.PREFIX)) {
                        files.execute(trigger.getLast());
                    }
                }
            }
            case "shadow" -> {
                files.execute("DELETE FROM main." + name);
                files.execute("INSERT INTO main." + name + " SELECT * FROM other." + name);
            }
            default -> {
                // Views are made last; virtual tables have nothing of their own.
            }
        }
    }

    /** The columns of a table with generated ones; empty for others, because SQLite is fastest without a list. */
    private String writableColumns(String table) throws SQLException {
        List<String> columns = new ArrayList<>();
        boolean generated = false;
        for (List<String> row : files.rows("SELECT name, hidden FROM pragma_table_xinfo(?1, 'other')", table)) {
            boolean plain = row.getLast().equals("0");
            generated |= !plain;
            if (plain) {
                columns.add(quoted(row.getFirst()));
            }
        }
        return generated ? String.join(", ", columns) : "";
    }

    private void copySequences() throws SQLException {
        if (files.rows("SELECT 1 FROM other.sqlite_master WHERE name = 'sqlite_sequence'")
                .isEmpty()) {
            return;
        }
        String own = " FROM other.sqlite_sequence WHERE name NOT LIKE '\\_\\_lw\\_%' ESCAPE '\\'";
        files.execute("DELETE FROM main.sqlite_sequence WHERE name IN (SELECT name" + own + ")");
        files.execute("INSERT INTO main.sqlite_sequence (name, seq) SELECT name, seq" + own);
    }

    // The catalogue's tables: each row belongs to the table it names.

    private List<String> catalogueTables(String schema) throws SQLException {
        List<String> tables = new ArrayList<>();
        for (List<String> row : files.rows("SELECT name FROM " + schema + ".sqlite_master WHERE type = 'table'"
                + " AND name LIKE '\\_\\_lw\\_%' ESCAPE '\\' ORDER BY rowid")) {
            boolean words = row.getFirst().startsWith(FullTextIndex.PREFIX);
            if (!words && !row.getFirst().startsWith(OWN_TABLES)) {
                tables.add(row.getFirst());
            }
        }
        return tables;
    }

    private void forget(String table) throws SQLException {
        for (String catalogue : catalogueTables("main")) {
            files.execute("DELETE FROM main." + catalogue + " WHERE " + nameColumn("main", catalogue) + " = ?1", table);
        }
    }

    private String nameColumn(String schema, String catalogue) throws SQLException {
        return files.rows("SELECT 1 FROM pragma_table_info(?1, ?2) WHERE name = 'table_name'", catalogue, schema)
                        .isEmpty()
                ? "name"
                : "table_name";
    }

    private void copyCatalogue(Set<String> names) throws SQLException {
        for (String catalogue : catalogueTables("other")) {
            String nameColumn = nameColumn("other", catalogue);
            List<String> columns = new ArrayList<>();
            for (List<String> row :
                    files.rows("SELECT name FROM pragma_table_info(?1, 'other') WHERE name <> 'id'", catalogue)) {
                columns.add(quoted(row.getFirst()));
            }
            String list = String.join(", ", columns);
            for (String name : names) {
                files.execute(
                        "INSERT INTO main." + catalogue + " (" + list + ") SELECT " + list + " FROM other." + catalogue
                                + " WHERE " + nameColumn + " = ?1",
                        name);
            }
        }
    }

    /** Every session is to notice that the schema is another. */
    private void changeVersion() throws SQLException {
        files.execute("DROP VIEW IF EXISTS main." + CATALOGUE + "version");
        String version = files.rows("PRAGMA main.schema_version").getFirst().getFirst();
        files.execute(
                "CREATE VIEW main." + CATALOGUE + "version AS SELECT " + (Long.parseLong(version) + 1) + " AS version");
    }

    private void checkReferences(List<Stored> sources) throws SQLException {
        if (!checksReferences) {
            return;
        }
        for (Stored source : sources) {
            List<List<String>> violations = source.kind().equals("table")
                    ? files.rows("SELECT parent FROM pragma_foreign_key_check(?1, 'main') LIMIT 1", source.name())
                    : List.of();
            if (!violations.isEmpty()) {
                throw new DumpException("rows of table " + source.name() + " refer to rows of table "
                        + violations.getFirst().getFirst()
                        + " that are not there\n  ERROR 1452 (23000): a foreign key constraint fails\n  Add the missing"
                        + " rows, or let the dump begin with SET FOREIGN_KEY_CHECKS = 0.");
            }
        }
    }

    private static String quoted(String name) {
        return "\"" + name.replace("\"", "\"\"") + "\"";
    }
}
