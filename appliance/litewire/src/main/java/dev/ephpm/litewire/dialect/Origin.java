package dev.ephpm.litewire.dialect;

import dev.ephpm.litewire.catalogue.Table;
import dev.ephpm.litewire.catalogue.TableColumn;

/** The stored column an expression is, and the name its table goes by in the statement. */
record Origin(String database, String tableAlias, Table table, TableColumn column) {
    /** Whether an index can find values of the column. */
    boolean indexed() {
        return table.keys().stream()
                .filter(k -> k.kind() != Table.Key.Kind.FULLTEXT)
                .flatMap(k -> k.parts().stream())
                .anyMatch(p -> p.column().equalsIgnoreCase(column.name()));
    }
}
