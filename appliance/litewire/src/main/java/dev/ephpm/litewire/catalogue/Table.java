package dev.ephpm.litewire.catalogue;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One table or view as MySQL describes it.
 *
 * @param keys primary key first, then unique keys, then the others, each in the order of creation
 * @param checks CHECK constraints of the table and of its columns; JSON columns have one
 * @param options engine, charset, collation, comment, row format as SHOW CREATE TABLE prints them
 */
public record Table(
        String name,
        List<TableColumn> columns,
        List<Key> keys,
        List<ForeignKey> foreignKeys,
        List<Check> checks,
        TableOptions options,
        boolean view) {

    /** Finds a column; column names ignore case in MySQL. */
    public Optional<TableColumn> column(String columnName) {
        return columns.stream()
                .filter(c -> c.name().equalsIgnoreCase(columnName))
                .findFirst();
    }

    /**
     * A PRIMARY, UNIQUE, plain or FULLTEXT key.
     *
     * @param name {@code PRIMARY} for the primary key
     * @param storedName name of the SQLite index that enforces it, null when the rowid does
     */
    public record Key(
            String name,
            Kind kind,
            List<Part> parts,
            String comment,
            @Nullable String storedName) {
        /** What a key promises. */
        public enum Kind {
            PRIMARY,
            UNIQUE,
            PLAIN,
            FULLTEXT
        }

        /** One column of a key; prefix is in characters, 0 = whole column. */
        public record Part(String column, int prefix, boolean descending) {}
    }

    /** A foreign key as declared; rules are {@code RESTRICT}, {@code CASCADE}, {@code SET NULL}, {@code NO ACTION}. */
    public record ForeignKey(
            String name,
            List<String> columns,
            String referencedTable,
            List<String> referencedColumns,
            String onDelete,
            String onUpdate) {}

    /**
     * A CHECK constraint.
     *
     * @param column the column it is declared with, or empty for one of the table; then {@code name} is the column's name
     * @param expression MySQL text without the outer parentheses
     */
    public record Check(String name, Optional<String> column, String expression) {}

    /**
     * Table options.
     *
     * @param autoIncrementStart AUTO_INCREMENT given in the definition, 0 when not given; the live value is the sequence's
     * @param rowFormat as given, upper case, or empty
     * @param createTime UTC, {@code yyyy-MM-dd HH:mm:ss}
     */
    public record TableOptions(
            String engine,
            String charset,
            String collation,
            String comment,
            long autoIncrementStart,
            String rowFormat,
            String createTime) {}
}
