package dev.ephpm.litewire.catalogue;

import java.util.List;
import java.util.Map;

/** Reads a table back from the definition the catalogue stores. */
final class TableReader {
    private TableReader() {}

    static Table read(String definition, String createTime, boolean view) {
        CreateTable statement = CreateTableParser.parseDefinition(definition, StoredTable.DEFINITION_MODE);
        Table table = TableBuilder.edit(statement, "", StoredTable.DEFINITION_MODE, createTime)
                .finish(new Schema(0, Map.of()), false);
        return view
                ? new Table(table.name(), table.columns(), List.of(), List.of(), List.of(), table.options(), true)
                : table;
    }
}
