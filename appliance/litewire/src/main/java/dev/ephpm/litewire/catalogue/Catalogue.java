package dev.ephpm.litewire.catalogue;

import dev.ephpm.litewire.sqlite.SqliteHandle;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** MySQL's view of a site's database, kept in tables of the database itself. */
public final class Catalogue {
    /** The collation of a database and of tables that name none. */
    static final String DEFAULT_COLLATION = "utf8mb4_unicode_ci";

    private Catalogue() {}

    /** The number of a collation in the protocol. Throws 1273. */
    public static int collationId(String collation) {
        return Integer.parseInt(Collations.collation(collation).id());
    }

    /** The number of the collation that a character set has when none is named. Throws 1115. */
    public static int defaultCollationId(String charset) {
        return collationId(Collations.charset(charset).defaultCollation());
    }

    /** Creates the catalogue's tables where they are missing and describes tables made without it. Needs the writer. */
    public static void install(SqliteHandle writer) throws SQLException {
        CatalogueTables.install(writer);
        CatalogueTables.dropLeftovers(writer);
        Schema schema = load(writer);
        for (Rows.Row row : Rows.all(
                writer,
                "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT IN (SELECT name FROM __lw_tables)")) {
            Table table = schema.tables().get(row.text(0));
            if (table != null) {
                CatalogueTables.save(writer, table, schema, null);
            }
        }
        Schema whole = load(writer);
        new SpellingBook(writer).catchUp(whole);
        FullTextIndex.catchUp(writer, whole.tables().values());
    }

    /** Stops noting the spellings of a table's text, for many rows to come; {@link #watch} makes up for it. Needs the writer. */
    public static void unwatch(SqliteHandle writer, String table) throws SQLException {
        for (String trigger : SpellingTriggers.drop(table)) {
            writer.update(trigger, List.of());
        }
    }

    /** Notes the spellings of the text a table has and will get. Needs the writer. */
    public static void watch(SqliteHandle writer, String table) throws SQLException {
        Table watched = load(writer).tables().get(table);
        if (watched != null) {
            new SpellingBook(writer).watch(watched);
        }
    }

    /** Whether the file has the catalogue's tables already. */
    public static boolean isInstalled(SqliteHandle reader) throws SQLException {
        return CatalogueTables.installed(reader);
    }

    /** Changes with every change of the schema, whoever makes it; cheap enough to ask before each statement. */
    public static long version(SqliteHandle reader) throws SQLException {
        return Rows.number(reader, "PRAGMA schema_version");
    }

    /**
     * All tables and views but the hidden ones. What the catalogue says of a table counts as far as it agrees with what
     * SQLite has; tables and columns made by other programs are described by their declared types.
     */
    public static Schema load(SqliteHandle reader) throws SQLException {
        long version = version(reader);
        Map<String, Table> tables = new HashMap<>();
        Map<String, Table> temporary = new HashMap<>();
        Map<String, PlainTable> plain = PlainTable.all(reader);
        if (CatalogueTables.installed(reader)) {
            for (Rows.Row row : Rows.all(reader, "SELECT name, kind, definition, create_time FROM __lw_tables")) {
                String name = row.text(0);
                PlainTable stored = plain.remove(name);
                if (stored != null) {
                    boolean view = row.text(1).equals("VIEW");
                    Table described = TableReader.read(row.text(2), row.text(3), view);
                    (TemporaryTables.isStored(name) ? temporary : tables).put(name, stored.reconcile(described));
                }
            }
        }
        plain.forEach((name, table) -> tables.put(name, table.describe()));
        List<Table> all = new ArrayList<>(tables.values());
        all.addAll(temporary.values());
        return new Schema(version, tables, temporary, Spellings.load(reader, all), 0);
    }
}
