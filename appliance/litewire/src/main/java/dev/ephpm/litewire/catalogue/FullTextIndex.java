package dev.ephpm.litewire.catalogue;

import dev.ephpm.litewire.sqlite.SqliteHandle;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The FTS5 table behind a FULLTEXT key. It keeps words, not text, and is found by rowid; triggers of plain SQL keep it in step,
 * so other tools that have FTS5, as sqlite3 does, may write to the table.
 */
public final class FullTextIndex {
    /** How the names of these tables and of their triggers begin. */
    public static final String PREFIX = CatalogueTables.PREFIX + "fulltext_";

    private final Table table;
    private final Table.Key key;

    private FullTextIndex(Table table, Table.Key key) {
        this.table = table;
        this.key = key;
    }

    static List<FullTextIndex> of(Table table) {
        return table.keys().stream()
                .filter(k -> k.kind() == Table.Key.Kind.FULLTEXT && !table.view())
                .map(k -> new FullTextIndex(table, k))
                .toList();
    }

    /** Name of the FTS5 table of a key. */
    public static String name(Table table, Table.Key key) {
        return PREFIX + table.name() + "__" + key.name();
    }

    private String name() {
        return name(table, key);
    }

    private String columns(String prefix) {
        return key.parts().stream()
                .map(p -> prefix + Quoting.stored(p.column()))
                .collect(Collectors.joining(", "));
    }

    private String words() {
        return IntStream.range(0, key.parts().size()).mapToObj(i -> "c" + i).collect(Collectors.joining(", "));
    }

    private List<String> create() {
        String name = Quoting.stored(name());
        String of = Quoting.stored(table.name());
        String add = "INSERT INTO " + name + " (rowid, " + words() + ") VALUES (new.rowid, " + columns("new.") + ");";
        String remove = "INSERT INTO " + name + " (" + name + ", rowid, " + words() + ") VALUES ('delete', old.rowid, "
                + columns("old.") + ");";
        return List.of(
                "CREATE VIRTUAL TABLE " + name + " USING fts5(" + words()
                        + ", content='', tokenize='unicode61 remove_diacritics 2 tokenchars _')",
                "INSERT INTO " + name + " (rowid, " + words() + ") SELECT rowid, " + columns("") + " FROM " + of,
                "CREATE TRIGGER " + Quoting.stored(name() + "_insert") + " AFTER INSERT ON " + of + " BEGIN\n  " + add
                        + "\nEND",
                "CREATE TRIGGER " + Quoting.stored(name() + "_delete") + " AFTER DELETE ON " + of + " BEGIN\n  "
                        + remove + "\nEND",
                "CREATE TRIGGER " + Quoting.stored(name() + "_update") + " AFTER UPDATE ON " + of + " BEGIN\n  "
                        + remove + "\n  " + add + "\nEND");
    }

    /** Makes the tables of a table's FULLTEXT keys, with the words of its rows. */
    static void create(SqliteHandle writer, Table table) throws SQLException {
        for (FullTextIndex index : of(table)) {
            for (String statement : index.create()) {
                writer.update(statement, List.of());
            }
        }
    }

    static void drop(SqliteHandle writer, Table table) throws SQLException {
        for (FullTextIndex index : of(table)) {
            for (String trigger : List.of("_insert", "_delete", "_update")) {
                writer.update("DROP TRIGGER IF EXISTS " + Quoting.stored(index.name() + trigger), List.of());
            }
            writer.update("DROP TABLE IF EXISTS " + Quoting.stored(index.name()), List.of());
        }
    }

    /** Makes what earlier versions did not have. */
    static void catchUp(SqliteHandle writer, Iterable<Table> tables) throws SQLException {
        List<String> known = new ArrayList<>();
        for (Rows.Row row : Rows.all(writer, "SELECT name FROM sqlite_master WHERE type = 'table'")) {
            known.add(row.text(0));
        }
        for (Table table : tables) {
            if (of(table).stream().anyMatch(i -> !known.contains(i.name()))) {
                drop(writer, table);
                create(writer, table);
            }
        }
    }
}
