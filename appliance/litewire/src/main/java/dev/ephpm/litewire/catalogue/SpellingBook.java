package dev.ephpm.litewire.catalogue;

import dev.ephpm.litewire.sqlite.CollationNames;
import dev.ephpm.litewire.sqlite.SqliteHandle;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Keeps {@code __lw_spellings} in step with schema changes and folds what triggers have noted. Needs the writer. */
public final class SpellingBook {
    private static final String NEW =
            "SELECT DISTINCT table_name, part FROM " + Spellings.TABLE + " WHERE folded IS NULL";

    private final SqliteHandle writer;

    public SpellingBook(SqliteHandle writer) {
        this.writer = writer;
    }

    static List<String> installation() {
        return List.of(
                "CREATE TABLE IF NOT EXISTS " + Spellings.TABLE + " (table_name TEXT NOT NULL, part TEXT NOT NULL,"
                        + " spelling TEXT NOT NULL, folded TEXT, PRIMARY KEY (table_name, part, spelling)) WITHOUT ROWID",
                "CREATE INDEX IF NOT EXISTS " + Spellings.TABLE + "__folded ON " + Spellings.TABLE
                        + " (table_name, part, folded)",
                "CREATE INDEX IF NOT EXISTS " + Spellings.TABLE + "__new ON " + Spellings.TABLE
                        + " (table_name, part) WHERE folded IS NULL");
    }

    /**
     * Folds new spellings. Where a column had none before, the schema's version changes, so that every session looks into
     * the book from now on.
     *
     * @return whether there were any
     */
    public boolean fold(Schema schema) throws SQLException {
        boolean changed = false;
        List<Rows.Row> rows = Rows.all(writer, NEW);
        for (Rows.Row row : rows) {
            String name = row.text(0);
            String label = row.text(1);
            Optional<Table> table = Optional.ofNullable(schema.tables().get(name))
                    .or(() -> Optional.ofNullable(schema.temporary().get(name)));
            Optional<Spellings.Part> part = table.flatMap(t -> Spellings.parts(t).stream()
                    .filter(p -> p.label().equals(label))
                    .findFirst());
            if (part.isEmpty()) {
                writer.update(
                        "DELETE FROM " + Spellings.TABLE + " WHERE table_name = ?1 AND part = ?2",
                        List.of(name, label));
                continue;
            }
            fold(table.get(), part.get());
            changed |= schema.spellings().of(name, label) != Spellings.State.MIXED;
        }
        if (changed) {
            CatalogueTables.changeVersion(writer);
        }
        return !rows.isEmpty();
    }

    private void fold(Table table, Spellings.Part part) throws SQLException {
        String collation = CollationNames.of(
                table.column(part.column()).orElseThrow().type().collation());
        writer.update(
                "UPDATE " + Spellings.TABLE
                        + " SET folded = mysql_fold(spelling, ?3) WHERE table_name = ?1 AND part = ?2"
                        + " AND folded IS NULL",
                List.of(table.name(), part.label(), collation));
    }

    /** Begins to watch a table: notes what its rows have, then sets the triggers. */
    void watch(Table table) throws SQLException {
        List<Spellings.Part> parts = Spellings.parts(table);
        forgetOthers(table, parts);
        for (Spellings.Part part : parts) {
            String value = part.value("");
            long noted = writer.update(
                    "INSERT OR IGNORE INTO " + Spellings.TABLE
                            + " (table_name, part, spelling) SELECT DISTINCT ?1, ?2, " + value + " FROM "
                            + Quoting.stored(table.name()) + " WHERE " + Spellings.isOtherText(value),
                    List.of(table.name(), part.label()));
            if (noted > 0) {
                fold(table, part);
            }
        }
        setTriggers(table);
    }

    void setTriggers(Table table) throws SQLException {
        for (String trigger : SpellingTriggers.drop(table.name())) {
            writer.update(trigger, List.of());
        }
        for (String trigger : SpellingTriggers.create(table)) {
            writer.update(trigger, List.of());
        }
    }

    private void forgetOthers(Table table, List<Spellings.Part> parts) throws SQLException {
        Set<String> kept = new HashSet<>();
        parts.forEach(p -> kept.add(p.label()));
        for (Rows.Row row : Rows.all(
                writer, "SELECT DISTINCT part FROM " + Spellings.TABLE + " WHERE table_name = ?1", table.name())) {
            if (!kept.contains(row.text(0))) {
                writer.update(
                        "DELETE FROM " + Spellings.TABLE + " WHERE table_name = ?1 AND part = ?2",
                        List.of(table.name(), row.text(0)));
            }
        }
    }

    /** The table is gone, or all that is noted of it is to be noted again. */
    void forget(String table) throws SQLException {
        writer.update("DELETE FROM " + Spellings.TABLE + " WHERE table_name = ?1", List.of(table));
    }

    /** Watches tables that earlier versions made, and folds what other tools wrote. */
    void catchUp(Schema schema) throws SQLException {
        List<Table> tables = new ArrayList<>(schema.tables().values());
        for (Table table : tables) {
            boolean known = Rows.number(writer, "SELECT 1 FROM __lw_tables WHERE name = ?1", table.name()) > 0;
            boolean unwatched = Spellings.parts(table).stream()
                    .anyMatch(p -> schema.spellings().of(table.name(), p.label()) == Spellings.State.UNKNOWN);
            if (known && unwatched) {
                watch(table);
            }
        }
        boolean _ = fold(schema);
    }
}
