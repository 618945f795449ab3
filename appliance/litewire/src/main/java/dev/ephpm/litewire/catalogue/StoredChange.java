package dev.ephpm.litewire.catalogue;

import dev.ephpm.litewire.SqlErrorCode;
import dev.ephpm.litewire.sqlite.CollationNames;
import dev.ephpm.litewire.sqlite.SqliteHandle;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Makes SQLite's tables follow a change of the catalogue. */
final class StoredChange {
    private static final String REBUILT = CatalogueTables.PREFIX + "rebuilt";

    private final SchemaChange change;
    private final SqliteHandle database;

    StoredChange(SchemaChange change) {
        this.change = change;
        this.database = change.database();
    }

    /** A new table with its indexes and its place in the catalogue. */
    void create(Table table) throws SQLException {
        StoredTable stored = new StoredTable(table, change.schema());
        change.update(stored.create(table.name()));
        for (String index : stored.indexes()) {
            change.update(index);
        }
        Optional<String> sequence = stored.sequence();
        if (sequence.isPresent()) {
            change.update(sequence.get());
        }
        startAutoIncrement(table, table.options().autoIncrementStart());
        new SpellingBook(database).setTriggers(table);
        FullTextIndex.create(database, table);
        CatalogueTables.save(database, table, change.schema(), null);
    }

    /** AUTO_INCREMENT = n: the next row gets n unless there are higher ones. */
    void startAutoIncrement(Table table, long start) throws SQLException {
        Optional<TableColumn> column =
                table.columns().stream().filter(TableColumn::autoIncrement).findFirst();
        if (start <= 0 || column.isEmpty()) {
            return;
        }
        String name = table.name();
        long highest = Rows.number(
                database, "SELECT max(" + Quoting.stored(column.get().name()) + ") FROM " + Quoting.stored(name));
        long last = Math.max(start - 1, highest);
        boolean rowid = table.keys().stream().anyMatch(k -> StoredTable.isRowid(k, table.columns()));
        if (rowid) {
            change.update("DELETE FROM sqlite_sequence WHERE name = ?1", name);
            change.update("INSERT INTO sqlite_sequence (name, seq) VALUES (?1, ?2)", name, last);
        } else {
            change.update(
                    "INSERT OR REPLACE INTO " + CatalogueTables.SEQUENCES + " (name, last) VALUES (?1, ?2)",
                    name,
                    last);
        }
    }

    void drop(Table table) throws SQLException {
        FullTextIndex.drop(database, table);
        change.update("DROP " + (table.view() ? "VIEW " : "TABLE ") + Quoting.stored(table.name()));
        change.update("DELETE FROM " + CatalogueTables.SEQUENCES + " WHERE name = ?1", table.name());
        change.update("DELETE FROM __lw_temporary WHERE name = ?1", table.name());
        new SpellingBook(database).forget(table.name());
        CatalogueTables.delete(database, table.name());
    }

    /**
     * Turns a table into another.
     *
     * @param origins old column by new column, as {@link TableEdit#origins} gives them
     */
    void alter(Table old, Table changed, Map<String, String> origins) throws SQLException {
        for (String trigger : SpellingTriggers.drop(old.name())) {
            change.update(trigger);
        }
        FullTextIndex.drop(database, old);
        alterRows(old, changed, origins);
        noteSpellings(old, changed);
        FullTextIndex.create(database, changed);
    }

    /** What is noted of texts stays when nothing about them changed; else all rows are looked at. */
    private void noteSpellings(Table old, Table changed) throws SQLException {
        SpellingBook book = new SpellingBook(database);
        boolean same = old.name().equals(changed.name())
                && old.columns().equals(changed.columns())
                && Spellings.parts(old).equals(Spellings.parts(changed));
        if (same) {
            book.setTriggers(changed);
            return;
        }
        book.forget(old.name());
        book.watch(changed);
    }

    private void alterRows(Table old, Table changed, Map<String, String> origins) throws SQLException {
        Table current = renameColumns(rename(old, changed.name()), changed, origins);
        Schema schema = change.schema();
        StoredTable before = new StoredTable(current, schema);
        StoredTable after = new StoredTable(changed, schema);
        requireUnique(current, changed);
        if (before.create("t").equals(after.create("t"))) {
            changeIndexes(before, current, after, changed);
        } else if (appends(current, changed)) {
            for (TableColumn added : changed.columns()
                    .subList(current.columns().size(), changed.columns().size())) {
                change.update("ALTER TABLE " + Quoting.stored(changed.name()) + " ADD COLUMN " + after.column(added));
            }
            changeIndexes(before, current, after, changed);
        } else {
            change.update("PRAGMA legacy_alter_table = ON");
            try {
                rebuild(current, changed);
            } finally {
                change.update("PRAGMA legacy_alter_table = OFF");
            }
        }
        CatalogueTables.save(database, changed, schema, null);
        if (changed.options().autoIncrementStart() != old.options().autoIncrementStart()) {
            startAutoIncrement(changed, changed.options().autoIncrementStart());
        }
    }

    /** Renames the stored table and everything named after it; foreign keys of others follow by SQLite's own doing. */
    private Table rename(Table old, String newName) throws SQLException {
        if (old.name().equals(newName)) {
            return old;
        }
        change.update("ALTER TABLE " + Quoting.stored(old.name()) + " RENAME TO " + Quoting.stored(newName));
        change.update("UPDATE " + CatalogueTables.SEQUENCES + " SET name = ?2 WHERE name = ?1", old.name(), newName);
        CatalogueTables.delete(database, old.name());
        for (Table other : change.referencing(old.name(), List.of())) {
            TableEdit edit = new TableEdit(other, change.databaseName(), change.mode());
            edit.referencedTableRenamed(old.name(), newName);
            CatalogueTables.save(database, edit.finish(change.schema(), false), change.schema(), null);
        }
        change.update("DROP TRIGGER IF EXISTS " + Quoting.stored(old.name() + "__auto_increment"));
        Table renamed = new Table(
                newName, old.columns(), old.keys(), old.foreignKeys(), old.checks(), old.options(), old.view());
        Optional<String> sequence = new StoredTable(renamed, change.schema()).sequence();
        if (sequence.isPresent()) {
            change.update(sequence.get());
        }
        return renamed;
    }

    /** Lets SQLite rename columns, because it follows them into indexes and the foreign keys of other tables. */
    private Table renameColumns(Table table, Table changed, Map<String, String> origins) throws SQLException {
        TableEdit edit = new TableEdit(table, change.databaseName(), change.mode());
        for (TableColumn column : changed.columns()) {
            String origin = origins.get(column.name());
            if (origin == null || origin.equals(column.name())) {
                continue;
            }
            change.update("ALTER TABLE " + Quoting.stored(table.name()) + " RENAME COLUMN " + Quoting.stored(origin)
                    + " TO " + Quoting.stored(column.name()));
            edit.renameColumn(origin, column.name());
            for (Table other : change.referencing(table.name(), List.of())) {
                TableEdit otherEdit = new TableEdit(other, change.databaseName(), change.mode());
                otherEdit.referencedColumnRenamed(table.name(), origin, column.name());
                CatalogueTables.save(database, otherEdit.finish(change.schema(), false), change.schema(), null);
            }
        }
        return edit.finish(change.schema(), false);
    }

    /** Whether the change only adds columns behind the others, in a way SQLite can do without touching the rows. */
    private boolean appends(Table old, Table changed) {
        int count = old.columns().size();
        if (changed.columns().size() <= count) {
            return false;
        }
        List<TableColumn> added =
                changed.columns().subList(count, changed.columns().size());
        List<TableColumn> columns = new ArrayList<>(old.columns());
        columns.addAll(added);
        Table extended =
                new Table(old.name(), columns, old.keys(), old.foreignKeys(), old.checks(), old.options(), old.view());
        Schema schema = change.schema();
        boolean onlyAdds =
                new StoredTable(extended, schema).create("t").equals(new StoredTable(changed, schema).create("t"));
        return onlyAdds && added.stream().allMatch(StoredChange::isAddable);
    }

    private static boolean isAddable(TableColumn column) {
        Optional<String> value = StoredTable.defaultValue(column);
        boolean constant =
                value.isEmpty() || (!value.get().startsWith("(") && !value.get().equals("CURRENT_TIMESTAMP"));
        return column.generated().isEmpty()
                && !column.autoIncrement()
                && constant
                && (column.nullable() || value.isPresent());
    }

    private void changeIndexes(StoredTable before, Table old, StoredTable after, Table changed) throws SQLException {
        Set<String> kept = new HashSet<>(before.indexes());
        Set<String> wanted = new HashSet<>(after.indexes());
        for (Table.Key key : old.keys()) {
            if (key.storedName() != null && !wanted.contains(before.index(key))) {
                change.update("DROP INDEX IF EXISTS " + Quoting.stored(key.storedName()));
            }
        }
        for (Table.Key key : changed.keys()) {
            if (key.storedName() != null && !kept.contains(after.index(key))) {
                change.update(after.index(key));
            }
        }
    }

    private void rebuild(Table old, Table changed) throws SQLException {
        StoredTable stored = new StoredTable(changed, change.schema());
        change.update(stored.create(REBUILT));
        copyRows(old, changed);
        long last = Rows.number(database, "SELECT seq FROM sqlite_sequence WHERE name = ?1", old.name());
        change.update("DROP TABLE " + Quoting.stored(old.name()));
        change.update("ALTER TABLE " + REBUILT + " RENAME TO " + Quoting.stored(changed.name()));
        for (String index : stored.indexes()) {
            change.update(index);
        }
        Optional<String> sequence = stored.sequence();
        if (sequence.isPresent()) {
            change.update(sequence.get());
        }
        startAutoIncrement(changed, last + 1);
    }

    private void copyRows(Table old, Table changed) throws SQLException {
        List<String> targets = new ArrayList<>();
        List<String> values = new ArrayList<>();
        for (TableColumn column : changed.columns()) {
            if (column.generated().isPresent()) {
                continue;
            }
            Optional<TableColumn> origin = old.column(column.name());
            if (origin.isPresent()) {
                targets.add(Quoting.stored(column.name()));
                values.add(StoredValue.converted(
                        origin.get(), column, change.mode().strict()));
            } else if (column.autoIncrement()) {
                targets.add(Quoting.stored(column.name()));
                values.add("row_number() OVER (ORDER BY rowid)");
            } else if (!column.nullable() || column.defaultExpression().isPresent()) {
                targets.add(Quoting.stored(column.name()));
                values.add(StoredValue.ofNewColumn(column));
            }
        }
        if (targets.isEmpty()) {
            return;
        }
        change.update("INSERT INTO " + REBUILT + " (" + String.join(", ", targets) + ") SELECT "
                + String.join(", ", values) + " FROM " + Quoting.stored(old.name()) + " ORDER BY rowid");
    }

    /** Throws 1062 for rows that a new unique key forbids. */
    private void requireUnique(Table old, Table changed) throws SQLException {
        for (Table.Key key : changed.keys()) {
            boolean unique = key.kind() == Table.Key.Kind.PRIMARY || key.kind() == Table.Key.Kind.UNIQUE;
            boolean had = old.keys().stream()
                    .anyMatch(k -> k.kind() == key.kind() && k.parts().equals(key.parts()));
            boolean known =
                    key.parts().stream().allMatch(p -> old.column(p.column()).isPresent());
            if (!unique || (had && sameCollations(old, changed, key)) || !known) {
                continue;
            }
            List<String> columns = key.parts().stream()
                    .map(p -> {
                        String column = Quoting.stored(p.column());
                        return p.prefix() > 0 ? "substr(" + column + ", 1, " + p.prefix() + ")" : column;
                    })
                    .toList();
            List<String> compared = new ArrayList<>();
            for (int i = 0; i < columns.size(); i++) {
                compared.add(
                        columns.get(i) + collation(old, changed, key.parts().get(i), columns.get(i)));
            }
            List<Rows.Row> duplicate = Rows.all(
                    database,
                    "SELECT " + String.join(" || '-' || ", columns) + ", min(rowid) FROM " + Quoting.stored(old.name())
                            + " WHERE "
                            + String.join(" IS NOT NULL AND ", columns) + " IS NOT NULL GROUP BY "
                            + String.join(", ", compared) + " HAVING count(*) > 1 LIMIT 1");
            if (!duplicate.isEmpty()) {
                throw SqlErrorCode.DUPLICATE_ENTRY.with(duplicate.getFirst().text(0), key.name());
            }
        }
    }

    private static boolean sameCollations(Table old, Table changed, Table.Key key) {
        return key.parts().stream().allMatch(p -> {
            Optional<String> before = old.column(p.column()).map(c -> c.type().collation());
            return before.equals(changed.column(p.column()).map(c -> c.type().collation()));
        });
    }

    /** What MySQL compares the column by; empty where all its text is plain, which it compares so by itself. */
    private String collation(Table old, Table changed, Table.Key.Part part, String value) throws SQLException {
        Optional<TableColumn> column =
                changed.column(part.column()).filter(c -> c.type().isText());
        if (column.isEmpty()) {
            return "";
        }
        boolean other = Rows.number(
                        database,
                        "SELECT 1 FROM " + Quoting.stored(old.name()) + " WHERE " + Spellings.isOtherText(value)
                                + " LIMIT 1")
                > 0;
        return other ? " COLLATE " + CollationNames.of(column.get().type().collation()) : "";
    }
}
