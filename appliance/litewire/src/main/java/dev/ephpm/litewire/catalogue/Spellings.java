package dev.ephpm.litewire.catalogue;

import dev.ephpm.litewire.sqlite.CollationNames;
import dev.ephpm.litewire.sqlite.SqliteHandle;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What is known of the text in columns that have keys. SQLite's indexes fold ASCII letters only; all other ways in which
 * stored values are spelled are kept in {@code __lw_spellings} with their folded form, so that an index finds them by it.
 *
 * @param states by table and part, see {@link #label}
 */
public record Spellings(Map<String, State> states) {
    public static final String TABLE = CatalogueTables.PREFIX + "spellings";

    private static final Spellings NONE = new Spellings(Map.of());

    /** What an index of a column can be trusted with. */
    public enum State {
        /** No trigger watches the column. */
        UNKNOWN,
        /** All values are ASCII, so NOCASE compares them as MySQL does. */
        PLAIN,
        /** Some values are spelled otherwise; {@code __lw_spellings} has them. */
        MIXED
    }

    /** A part of a key that is watched: a column, or what a unique key looks at of it. */
    record Part(String label, String column, int prefix) {
        /** The value in SQL; {@code row} is {@code "new."} or empty. */
        String value(String row) {
            String name = row + Quoting.stored(column);
            return prefix == 0 ? name : "substr(" + name + ", 1, " + prefix + ")";
        }
    }

    public Spellings {
        states = Map.copyOf(states);
    }

    static Spellings none() {
        return NONE;
    }

    /** How a part is named: the column, with the characters of a unique key's prefix behind it. */
    public static String label(String column, int prefix) {
        return prefix == 0 ? column : column + "(" + prefix + ")";
    }

    public State of(String table, String label) {
        return states.getOrDefault(key(table, label), State.UNKNOWN);
    }

    /** Whether some text of the table's keys is not plain. */
    public boolean isMixed(Table table) {
        return parts(table).stream().anyMatch(p -> of(table.name(), p.label()) == State.MIXED);
    }

    /** Whether triggers watch the column, as a whole or in part. */
    public boolean watches(String table, String column) {
        String whole = key(table, column);
        return states.keySet().stream().anyMatch(k -> k.equals(whole) || k.startsWith(whole + "("));
    }

    private static String key(String table, String label) {
        return table + "\0" + label.toLowerCase(Locale.ROOT);
    }

    /** True for text that NOCASE does not compare as MySQL does. */
    public static String isOtherText(String value) {
        return "(length(" + value + ") <> length(CAST(" + value + " AS BLOB)) OR substr(" + value + ", -1) = ' ')";
    }

    /** The parts of a table's keys that compare without case. */
    static List<Part> parts(Table table) {
        Map<String, Part> parts = new LinkedHashMap<>();
        for (Table.Key key : table.view() ? List.<Table.Key>of() : table.keys()) {
            boolean unique = key.kind() == Table.Key.Kind.PRIMARY || key.kind() == Table.Key.Kind.UNIQUE;
            for (Table.Key.Part part :
                    key.kind() == Table.Key.Kind.FULLTEXT ? List.<Table.Key.Part>of() : key.parts()) {
                Optional<TableColumn> column = table.column(part.column());
                if (column.isPresent() && isWatched(column.get())) {
                    int prefix = unique ? part.prefix() : 0;
                    String label = label(column.get().name(), prefix);
                    parts.put(label, new Part(label, column.get().name(), prefix));
                }
            }
        }
        return List.copyOf(parts.values());
    }

    private static boolean isWatched(TableColumn column) {
        MySqlType type = column.type();
        boolean free = type.isText() && type.values().isEmpty() && !type.base().equals("json");
        return free && column.generated().isEmpty() && CollationNames.isPlain(CollationNames.of(type.collation()));
    }

    /** Reads what the file says of the tables. */
    static Spellings load(SqliteHandle reader, Iterable<Table> tables) throws SQLException {
        if (Rows.all(reader, "SELECT 1 FROM sqlite_master WHERE name = '" + TABLE + "'")
                .isEmpty()) {
            return NONE;
        }
        List<String> triggers = new ArrayList<>();
        for (Rows.Row row : Rows.all(reader, "SELECT sql FROM sqlite_master WHERE type = 'trigger'")) {
            triggers.add(row.text(0));
        }
        Map<String, State> states = new HashMap<>();
        for (Table table : tables) {
            if (triggers.containsAll(SpellingTriggers.create(table))) {
                for (Part part : parts(table)) {
                    boolean mixed = Rows.number(
                                    reader,
                                    "SELECT 1 FROM " + TABLE + " WHERE table_name = ?1 AND part = ?2 LIMIT 1",
                                    table.name(),
                                    part.label())
                            > 0;
                    states.put(key(table.name(), part.label()), mixed ? State.MIXED : State.PLAIN);
                }
            }
        }
        return new Spellings(states);
    }
}
