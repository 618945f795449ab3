package dev.ephpm.litewire.catalogue;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** information_schema over the catalogue's tables. Thread-safe. */
public final class CatalogueInformationSchema implements InformationSchema {
    private static final Map<String, Table> TABLES = read();

    private static Map<String, Table> read() {
        Map<String, List<TableColumn>> columns = new LinkedHashMap<>();
        for (List<String> row : DataFile.rows("information_schema.tsv")) {
            columns.computeIfAbsent(row.get(0), name -> new ArrayList<>()).add(column(row));
        }
        Map<String, Table> tables = new LinkedHashMap<>();
        columns.forEach((name, list) -> tables.put(
                name,
                new Table(
                        name, List.copyOf(list), List.of(), List.of(), List.of(), TableOptionsText.defaults(), false)));
        return tables;
    }

    private static TableColumn column(List<String> row) {
        ColumnDraft draft = new ColumnDraft(row.get(1));
        TypeParser.parse(new TokenReader(row.get(2), StoredTable.DEFINITION_MODE), draft);
        draft.charset = "utf8mb3";
        draft.nullable = row.get(3).equals("YES");
        TableColumn column = ColumnBuilder.column(draft, TableOptionsText.defaults(), StoredTable.DEFINITION_MODE);
        return row.get(4).equals("~") ? column : ColumnBuilder.withDefault(column, Optional.of(row.get(4)));
    }

    static List<Rows.Row> tableNames(boolean full) {
        return TABLES.keySet().stream()
                .map(name -> full ? Answer.row(name, "SYSTEM VIEW") : Answer.row(name))
                .toList();
    }

    @Override
    public Optional<String> expression(String table, String databaseName) {
        return describe(table)
                .map(t -> InformationQueries.of(t.name(), Quoting.storedString(databaseName))
                        .map(columns -> select(t, columns))
                        .or(() -> InformationValues.of(t.name(), Quoting.storedString(databaseName))
                                .map(rows -> values(t, rows)))
                        .orElseGet(() -> none(t)));
    }

    private static String select(Table table, InformationQueries.Query query) {
        String columns = table.columns().stream()
                .map(c -> query.columns().getOrDefault(c.name(), "NULL") + " AS " + Quoting.stored(c.name()))
                .collect(Collectors.joining(", "));
        return "(SELECT " + columns + " FROM " + query.from() + ")";
    }

    private static String values(Table table, List<List<String>> rows) {
        String columns = numbered(table).stream().collect(Collectors.joining(", "));
        String values =
                rows.stream().map(row -> "(" + String.join(", ", row) + ")").collect(Collectors.joining(", "));
        return "(SELECT " + columns + " FROM (VALUES " + values + "))";
    }

    private static List<String> numbered(Table table) {
        List<String> columns = new ArrayList<>();
        for (TableColumn column : table.columns()) {
            columns.add("column" + (columns.size() + 1) + " AS " + Quoting.stored(column.name()));
        }
        return columns;
    }

    private static String none(Table table) {
        return table.columns().stream()
                .map(c -> "NULL AS " + Quoting.stored(c.name()))
                .collect(Collectors.joining(", ", "(SELECT ", " WHERE 0)"));
    }

    @Override
    public Optional<Table> describe(String table) {
        return Optional.ofNullable(TABLES.get(table.toUpperCase(Locale.ROOT)));
    }
}
