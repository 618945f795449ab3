package dev.ephpm.litewire.dialect;

import dev.ephpm.litewire.catalogue.Table;
import dev.ephpm.litewire.catalogue.TableColumn;
import java.util.Optional;

/**
 * The stored column an expression is, and the name its table goes by in the statement.
 *
 * @param optional whether the row may be missing, because the table is on the far side of an outer join
 */
record Origin(String database, String tableAlias, Table table, TableColumn column, boolean optional) {
    Origin(String database, String tableAlias, Table table, TableColumn column) {
        this(database, tableAlias, table, column, false);
    }

    Origin asOptional() {
        return new Origin(database, tableAlias, table, column, true);
    }

    /** Whether the column was declared JSON, which is a text with a CHECK. */
    boolean isJson() {
        return table.checks().stream()
                .anyMatch(c -> c.column().equals(Optional.of(column.name()))
                        && c.expression().startsWith("json_valid("));
    }

    /** Whether an index can find values of the column. */
    boolean indexed() {
        return table.keys().stream()
                .filter(k -> k.kind() != Table.Key.Kind.FULLTEXT)
                .flatMap(k -> k.parts().stream())
                .anyMatch(p -> p.column().equalsIgnoreCase(column.name()));
    }
}
