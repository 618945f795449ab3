package dev.ephpm.litewire.catalogue;

import dev.ephpm.litewire.sqlite.SqliteHandle;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The catalogue's own tables. {@code __lw_tables.definition} is the truth, MySQL's text of the table; the others hold what
 * information_schema shows of it and are written anew with every change.
 */
final class CatalogueTables {
    static final String PREFIX = "__lw_";
    /** The kind of temporary tables, which information_schema does not show. */
    static final String TEMPORARY = "TEMPORARY";

    static final String SEQUENCES = PREFIX + "sequences";

    /** A view whose only use is that replacing it changes SQLite's schema version. */
    private static final String VERSION = PREFIX + "version";

    // AUTOINCREMENT in one of our own tables makes sure that sqlite_sequence exists.
    private static final List<String> INSTALLATION = List.of(
            "CREATE TABLE IF NOT EXISTS __lw_tables (name TEXT NOT NULL PRIMARY KEY, kind TEXT NOT NULL, engine TEXT,"
                    + " row_format TEXT, collation TEXT, comment TEXT NOT NULL, create_options TEXT, create_time TEXT,"
                    + " definition TEXT NOT NULL, query TEXT) WITHOUT ROWID",
            "CREATE TABLE IF NOT EXISTS __lw_columns (table_name TEXT NOT NULL, position INTEGER NOT NULL,"
                    + " name TEXT NOT NULL COLLATE NOCASE, default_text TEXT, nullable TEXT NOT NULL, data_type TEXT NOT NULL,"
                    + " character_length INTEGER, octet_length INTEGER, numeric_precision INTEGER, numeric_scale INTEGER,"
                    + " datetime_precision INTEGER, charset TEXT, collation TEXT, column_type TEXT NOT NULL,"
                    + " column_key TEXT NOT NULL, extra TEXT NOT NULL, comment TEXT NOT NULL, generated TEXT,"
                    + " PRIMARY KEY (table_name, position)) WITHOUT ROWID",
            "CREATE TABLE IF NOT EXISTS __lw_keys (table_name TEXT NOT NULL, position INTEGER NOT NULL,"
                    + " seq INTEGER NOT NULL, name TEXT NOT NULL COLLATE NOCASE, non_unique INTEGER NOT NULL,"
                    + " column_name TEXT NOT NULL, collation TEXT, sub_part INTEGER, nullable TEXT NOT NULL,"
                    + " index_type TEXT NOT NULL, comment TEXT NOT NULL, PRIMARY KEY (table_name, position, seq))"
                    + " WITHOUT ROWID",
            "CREATE TABLE IF NOT EXISTS __lw_constraints (table_name TEXT NOT NULL, name TEXT NOT NULL COLLATE NOCASE,"
                    + " kind TEXT NOT NULL, seq INTEGER NOT NULL, column_name TEXT, referenced_table TEXT,"
                    + " referenced_column TEXT, unique_key TEXT, update_rule TEXT, delete_rule TEXT, clause TEXT,"
                    + " PRIMARY KEY (table_name, kind, name, seq)) WITHOUT ROWID",
            "CREATE TABLE IF NOT EXISTS __lw_temporary (name TEXT NOT NULL PRIMARY KEY) WITHOUT ROWID",
            "CREATE TABLE IF NOT EXISTS __lw_sequences (id INTEGER PRIMARY KEY AUTOINCREMENT,"
                    + " name TEXT NOT NULL UNIQUE, last INTEGER NOT NULL)");

    private CatalogueTables() {}

    /** Whether a name belongs to the catalogue or to SQLite and is hidden from clients. */
    static boolean isHidden(String table) {
        return table.regionMatches(true, 0, PREFIX, 0, PREFIX.length())
                || table.regionMatches(true, 0, "sqlite_", 0, 7);
    }

    static void install(SqliteHandle writer) throws SQLException {
        for (String statement : INSTALLATION) {
            writer.update(statement, List.of());
        }
        for (String statement : SpellingBook.installation()) {
            writer.update(statement, List.of());
        }
    }

    static boolean installed(SqliteHandle reader) throws SQLException {
        return !Rows.all(reader, "SELECT 1 FROM sqlite_master WHERE name = '__lw_tables'")
                .isEmpty();
    }

    /** Makes every session notice that the schema is another. */
    static void changeVersion(SqliteHandle writer) throws SQLException {
        writer.update("DROP VIEW IF EXISTS " + VERSION, List.of());
        long next = Rows.number(writer, "PRAGMA schema_version") + 1;
        writer.update("CREATE VIEW " + VERSION + " AS SELECT " + next + " AS version", List.of());
    }

    static void markTemporary(SqliteHandle writer, String table) throws SQLException {
        writer.update("INSERT OR REPLACE INTO __lw_temporary VALUES (?1)", List.of(table));
    }

    /** Drops the temporary tables of sessions that had no chance to do it. */
    static void dropLeftovers(SqliteHandle writer) throws SQLException {
        for (Rows.Row row : Rows.all(writer, "SELECT name FROM __lw_temporary")) {
            writer.update("DROP TABLE IF EXISTS " + Quoting.stored(row.text(0)), List.of());
            delete(writer, row.text(0));
        }
        writer.update("DELETE FROM __lw_temporary", List.of());
    }

    static void delete(SqliteHandle writer, String table) throws SQLException {
        writer.update("DELETE FROM __lw_tables WHERE name = ?1", List.of(table));
        for (String rows : List.of("__lw_columns", "__lw_keys", "__lw_constraints")) {
            writer.update("DELETE FROM " + rows + " WHERE table_name = ?1", List.of(table));
        }
    }

    /** Writes a table's or a view's rows; {@code query} is the text of a view. */
    static void save(SqliteHandle writer, Table table, Schema schema, @Nullable String query) throws SQLException {
        delete(writer, table.name());
        Table.TableOptions options = table.options();
        boolean view = table.view();
        boolean temporary = TemporaryTables.isStored(table.name());
        insert(
                writer,
                "__lw_tables",
                table.name(),
                view ? "VIEW" : temporary ? TEMPORARY : "BASE TABLE",
                view ? null : options.engine(),
                view ? null : TableText.rowFormat(options),
                view ? null : options.collation(),
                view ? "VIEW" : options.comment(),
                view ? null : TableOptionsText.createOptions(options),
                view ? null : options.createTime(),
                TableText.create(table, 0),
                query);
        if (temporary) {
            return;
        }
        int position = 1;
        for (TableColumn column : table.columns()) {
            ColumnFacts facts = new ColumnFacts(table, column);
            insert(writer, "__lw_columns", facts.row(position++));
        }
        saveKeys(writer, table);
        saveConstraints(writer, table, schema);
    }

    private static void saveKeys(SqliteHandle writer, Table table) throws SQLException {
        int position = 1;
        for (Table.Key key : table.keys()) {
            int seq = 1;
            for (Table.Key.Part part : key.parts()) {
                boolean fulltext = key.kind() == Table.Key.Kind.FULLTEXT;
                insert(
                        writer,
                        "__lw_keys",
                        table.name(),
                        (long) position,
                        (long) seq++,
                        key.name(),
                        isUnique(key) ? 0L : 1L,
                        part.column(),
                        fulltext ? null : part.descending() ? "D" : "A",
                        part.prefix() > 0 ? (long) part.prefix() : null,
                        KeyRules.isNullable(part, table.columns()) ? "YES" : "",
                        fulltext ? "FULLTEXT" : "BTREE",
                        key.comment());
            }
            position++;
        }
    }

    private static boolean isUnique(Table.Key key) {
        return key.kind() == Table.Key.Kind.PRIMARY || key.kind() == Table.Key.Kind.UNIQUE;
    }

    private static void saveConstraints(SqliteHandle writer, Table table, Schema schema) throws SQLException {
        for (Table.Key key : table.keys()) {
            if (isUnique(key)) {
                String kind = key.kind() == Table.Key.Kind.PRIMARY ? "PRIMARY KEY" : "UNIQUE";
                long seq = 1;
                for (Table.Key.Part part : key.parts()) {
                    insert(
                            writer,
                            "__lw_constraints",
                            table.name(),
                            key.name(),
                            kind,
                            seq++,
                            part.column(),
                            null,
                            null,
                            null,
                            null,
                            null,
                            null);
                }
            }
        }
        for (Table.ForeignKey foreignKey : table.foreignKeys()) {
            Optional<String> uniqueKey = referencedKey(foreignKey, table, schema);
            for (int i = 0; i < foreignKey.columns().size(); i++) {
                insert(
                        writer,
                        "__lw_constraints",
                        table.name(),
                        foreignKey.name(),
                        "FOREIGN KEY",
                        (long) i + 1,
                        foreignKey.columns().get(i),
                        foreignKey.referencedTable(),
                        foreignKey.referencedColumns().get(i),
                        uniqueKey.orElse(null),
                        foreignKey.onUpdate(),
                        foreignKey.onDelete(),
                        null);
            }
        }
        for (Table.Check check : table.checks()) {
            insert(
                    writer,
                    "__lw_constraints",
                    table.name(),
                    check.name(),
                    "CHECK",
                    1L,
                    check.column().orElse(null),
                    null,
                    null,
                    null,
                    null,
                    null,
                    check.expression());
        }
    }

    private static Optional<String> referencedKey(Table.ForeignKey foreignKey, Table table, Schema schema) {
        List<Table.Key.Part> wanted = foreignKey.referencedColumns().stream()
                .map(c -> new Table.Key.Part(c, 0, false))
                .toList();
        Optional<Table> parent = foreignKey.referencedTable().equals(table.name())
                ? Optional.of(table)
                : schema.table(foreignKey.referencedTable());
        return parent.flatMap(p -> p.keys().stream()
                .filter(k -> KeyRules.startsWith(k.parts(), wanted))
                .map(Table.Key::name)
                .findFirst());
    }

    private static void insert(SqliteHandle writer, String into, @Nullable Object... values) throws SQLException {
        String markers = Arrays.stream(values).map(v -> "?").collect(Collectors.joining(", "));
        writer.update("INSERT INTO " + into + " VALUES (" + markers + ")", Rows.list(values));
    }
}
