package dev.ephpm.litewire.dialect;

import dev.ephpm.litewire.catalogue.Spellings;
import dev.ephpm.litewire.sqlite.CollationNames;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Equality of text by the index of a column, exactly as its collation has it. The index folds ASCII letters; where a column
 * holds other text, all spellings of the wanted value are looked up in {@code __lw_spellings} first.
 */
final class TextLookups {
    private final Compilation compilation;
    private final Collating collating;

    TextLookups(Compilation compilation, Collating collating) {
        this.compilation = compilation;
        this.collating = collating;
    }

    /**
     * A stored column whose index is of use.
     *
     * @param sql the column, or what an index has of it
     * @param collation by which it compares
     */
    record Watched(String sql, String table, String label, String collation, Spellings.State state) {
        boolean isMixed() {
            return state == Spellings.State.MIXED;
        }
    }

    /** The column that a value is, when its index compares by the collation; else null. */
    @Nullable
    Watched watched(Fragment value, String collation) {
        Origin origin = value.origin();
        if (origin == null || !value.sql().endsWith(Sql.name(origin.column().name()))) {
            return null;
        }
        Spellings.State state = state(origin, collation);
        return state == Spellings.State.UNKNOWN
                ? null
                : new Watched(
                        value.sql(), origin.table().name(), origin.column().name(), collation, state);
    }

    private Spellings.State state(Origin origin, String collation) {
        boolean same =
                collating.name(ColumnTypes.of(origin.column()).collation()).equals(collation);
        return same && CollationNames.isPlain(collation)
                ? spellings().of(origin.table().name(), origin.column().name())
                : Spellings.State.UNKNOWN;
    }

    boolean isPlainColumn(Origin origin, String collation) {
        return state(origin, collation) == Spellings.State.PLAIN;
    }

    private Spellings spellings() {
        return compilation.context().schema().spellings();
    }

    /** Whether NOCASE compares the value with a plain column as the collation does. */
    boolean isPlain(Fragment value, String collation) {
        if (value.isSlot()) {
            return compilation.isPlain(value.slot());
        }
        Watched column = watched(value, collation);
        return column != null && !column.isMixed();
    }

    /** {@code column = text}; the text is in SQL. */
    static String equal(Watched column, String text, boolean plain) {
        if (!column.isMixed()) {
            return column.sql() + " = " + (plain ? text : folded(column, text));
        }
        return column.sql() + " IN (SELECT " + folded(column, text) + " UNION ALL SELECT spelling FROM "
                + Spellings.TABLE + " WHERE " + noted(column) + " AND folded = " + folded(column, text) + ")";
    }

    /** {@code column IN (texts)}. */
    static String in(Watched column, List<String> texts, boolean plain) {
        if (!column.isMixed()) {
            List<String> wanted =
                    plain ? texts : texts.stream().map(t -> folded(column, t)).toList();
            return column.sql() + " IN (" + String.join(", ", wanted) + ")";
        }
        List<String> rows =
                texts.stream().map(t -> "(" + folded(column, t) + ")").toList();
        return inRows(column, "VALUES " + String.join(", ", rows));
    }

    /** {@code column IN (query)} of a query whose only column is text. */
    static String inQuery(Watched column, String query) {
        String folded = "WITH \"~q\"(v) AS (" + query + ") SELECT " + folded(column, "v") + " FROM \"~q\"";
        return column.isMixed() ? inRows(column, folded) : column.sql() + " IN (" + folded + ")";
    }

    private static String inRows(Watched column, String folded) {
        return column.sql() + " IN (WITH \"~w\"(v) AS (" + folded
                + ") SELECT v FROM \"~w\" UNION ALL SELECT spelling FROM " + Spellings.TABLE + " WHERE " + noted(column)
                + " AND folded IN (SELECT v FROM \"~w\"))";
    }

    private static String folded(Watched column, String text) {
        return "mysql_fold(" + text + ", " + Sql.text(column.collation()) + ")";
    }

    private static String noted(Watched column) {
        return "table_name = " + Sql.text(column.table()) + " AND part = " + Sql.text(column.label());
    }
}
