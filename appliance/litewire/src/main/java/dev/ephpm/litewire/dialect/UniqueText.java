package dev.ephpm.litewire.dialect;

import dev.ephpm.litewire.Execution;
import dev.ephpm.litewire.catalogue.Schema;
import dev.ephpm.litewire.catalogue.SpellingBook;
import dev.ephpm.litewire.catalogue.Spellings;
import dev.ephpm.litewire.catalogue.Table;
import dev.ephpm.litewire.catalogue.TableColumn;
import dev.ephpm.litewire.sqlite.CollationNames;
import dev.ephpm.litewire.sqlite.SqliteCursor;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The unique keys of one table that hold text. SQLite's indexes keep apart what they fold differently; whether MySQL would
 * take two rows for one is looked up here.
 */
final class UniqueText {
    private final Table table;
    private final Spellings spellings;
    private final List<Table.Key> keys = new ArrayList<>();

    UniqueText(Table table, Schema schema) {
        this.table = table;
        this.spellings = schema.spellings();
        for (Table.Key key : table.keys()) {
            boolean unique = key.kind() == Table.Key.Kind.PRIMARY || key.kind() == Table.Key.Kind.UNIQUE;
            if (unique && key.parts().stream().anyMatch(p -> state(p) != Spellings.State.UNKNOWN)) {
                keys.add(key);
            }
        }
    }

    List<Table.Key> keys() {
        return keys;
    }

    /** Whether one of the columns is part of such a key. */
    boolean concerns(List<TableColumn> columns) {
        return keys.stream()
                .flatMap(k -> k.parts().stream())
                .anyMatch(p -> columns.stream().anyMatch(c -> c.name().equalsIgnoreCase(p.column())));
    }

    Spellings.State state(Table.Key.Part part) {
        return table.column(part.column())
                .map(c -> spellings.of(table.name(), Spellings.label(c.name(), part.prefix())))
                .orElse(Spellings.State.UNKNOWN);
    }

    /**
     * True for rows that have the value in this part of a key.
     *
     * @param prefix names the table, with a point behind, or is empty
     * @param mixed looks into the book also when it had nothing for the column as the statement was planned
     */
    String same(Table.Key.Part part, String prefix, String text, boolean mixed) {
        String name = prefix + Sql.name(part.column());
        String wanted = cut(part, text);
        Spellings.State state = state(part);
        Optional<TableColumn> column = table.column(part.column());
        if (state == Spellings.State.UNKNOWN || column.isEmpty()) {
            return cut(part, name) + " = " + wanted;
        }
        String stored = part.prefix() == 0 ? name : cut(part, name) + " COLLATE NOCASE";
        return TextLookups.equal(
                new TextLookups.Watched(
                        stored,
                        table.name(),
                        Spellings.label(column.get().name(), part.prefix()),
                        CollationNames.of(column.get().type().collation()),
                        mixed ? Spellings.State.MIXED : state),
                wanted,
                false);
    }

    static String cut(Table.Key.Part part, String text) {
        return part.prefix() == 0 ? text : "substr(" + text + ", 1, " + part.prefix() + ")";
    }

    /** What an INSERT does about rows that differ from others in accents only. */
    enum Remedy {
        REFUSE,
        /** Of INSERT IGNORE: the new row goes. */
        DROP_NEW,
        /** Of REPLACE: the old row goes. */
        DROP_OLD
    }

    /** Folds what was written and looks for rows that now have an equal; gives how many rows went. */
    long settle(Execution execution, Schema schema, List<Long> rowids, Remedy remedy) throws SQLException {
        boolean noted = new SpellingBook(execution.database()).fold(schema);
        if (!noted && !spellings.isMixed(table)) {
            return 0;
        }
        long gone = 0;
        for (Table.Key key : keys) {
            gone += settle(execution, key, rowids, remedy);
        }
        return gone;
    }

    private long settle(Execution execution, Table.Key key, List<Long> rowids, Remedy remedy) throws SQLException {
        List<String> conditions = new ArrayList<>();
        List<String> shown = new ArrayList<>();
        for (Table.Key.Part part : key.parts()) {
            conditions.add(same(part, "o.", "n." + Sql.name(part.column()), true));
            shown.add(cut(part, "n." + Sql.name(part.column())));
        }
        String name = Sql.name(table.name());
        String order = remedy == Remedy.REFUSE ? "o.rowid <> n.rowid" : "o.rowid < n.rowid";
        String pairs = " FROM " + name + " AS n JOIN " + name + " AS o ON " + order + " AND "
                + String.join(" AND ", conditions) + " WHERE n.rowid IN (SELECT value FROM json_each(?1))";
        if (remedy != Remedy.REFUSE) {
            String dropped = remedy == Remedy.DROP_NEW ? "n" : "o";
            String sql = "DELETE FROM " + name + " WHERE rowid IN (SELECT " + dropped + ".rowid" + pairs + ")";
            return execution.database().update(sql, List.of(rowids.toString()));
        }
        String sql = "SELECT " + String.join(" || '-' || ", shown) + pairs + " LIMIT 1";
        try (SqliteCursor cursor = execution.database().query(sql, List.of(rowids.toString()))) {
            if (cursor.next()) {
                throw ConstraintErrors.duplicate(key, String.valueOf(cursor.value(0)));
            }
        }
        return 0;
    }

    /** Runs a statement that ends with RETURNING rowid. */
    static List<Long> changed(Execution execution, Compilation.Finished statement) throws SQLException {
        List<Long> rowids = new ArrayList<>();
        try (SqliteCursor cursor =
                execution.database().query(statement.sql(), Binding.values(statement.bindings(), execution))) {
            while (cursor.next()) {
                if (cursor.value(0) instanceof Long rowid) {
                    rowids.add(rowid);
                }
            }
        }
        return rowids;
    }
}
