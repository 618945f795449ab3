package dev.ephpm.litewire.dialect;

import dev.ephpm.litewire.SqlErrorCode;
import dev.ephpm.litewire.catalogue.Table;
import dev.ephpm.litewire.catalogue.TableColumn;
import dev.ephpm.litewire.catalogue.TemporaryTables;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The SET part of UPDATE and ON DUPLICATE KEY UPDATE for one table. MySQL assigns from left to right, so a later expression
 * sees the earlier ones' results; and a row whose values stay the same, byte for byte, does not count as changed.
 */
final class SetClause {
    private final Translation translation;
    private final ColumnValues values;
    private final Table table;
    private final boolean ignore;
    private final Map<TableColumn, String> texts = new LinkedHashMap<>();

    SetClause(Translation translation, ColumnValues values, Table table, boolean ignore) {
        this.translation = translation;
        this.values = values;
        this.table = table;
        this.ignore = ignore;
    }

    StoredColumn stored(TableColumn column) {
        Dialect.Context context = translation.compilation().context();
        boolean strict = context.mode().strict() && !ignore;
        return new StoredColumn(
                context.databaseName(), TemporaryTables.shown(table.name()), column, context.mode(), strict, false);
    }

    void add(List<Statement.SetItem> items, Scope scope) {
        for (Statement.SetItem item : items) {
            Fragment target = scope.in("SET", Scope.AliasRule.NEVER).resolve(item.column());
            if (target.origin() == null) {
                throw SqlErrorCode.UNKNOWN_COLUMN.with(item.column().written(), "SET");
            }
            TableColumn column = target.origin().column();
            if (column.generated().isPresent()) {
                continue;
            }
            String text = values.text(item.value(), stored(column), 1, scope);
            texts.put(column, text);
            scope.assign(column.name(), target, text);
        }
    }

    /** A value computed elsewhere. */
    void put(TableColumn column, String text) {
        texts.put(column, text);
    }

    /** The columns that get values. */
    List<TableColumn> columns() {
        return List.copyOf(texts.keySet());
    }

    boolean isEmpty() {
        return texts.isEmpty();
    }

    String assignments() {
        List<String> assignments = new ArrayList<>();
        texts.forEach((column, text) ->
                assignments.add(Sql.name(column.name()) + " = " + ColumnValues.withoutWarnings(text)));
        for (TableColumn column : table.columns()) {
            if (column.onUpdate().isPresent() && !texts.containsKey(column)) {
                assignments.add(Sql.name(column.name()) + " = " + values.now(column, stored(column)));
            }
        }
        return String.join(", ", assignments);
    }

    /**
     * True for rows that the assignments change. Looks at the values of every row first, so they warn here and not when they
     * are assigned.
     *
     * @param prefix names the table where that is needed
     */
    String changes(String prefix) {
        List<String> changes = new ArrayList<>();
        texts.forEach((column, text) -> {
            String binary = column.type().isText() ? " COLLATE BINARY" : "";
            changes.add(prefix + Sql.name(column.name()) + binary + " IS NOT " + text);
        });
        boolean warning = texts.values().stream().anyMatch(ColumnValues::mayWarn);
        // OR would stop at the first change, and the values behind it would not warn.
        return warning && changes.size() > 1
                ? "((" + String.join(") + (", changes) + "))"
                : "(" + String.join(" OR ", changes) + ")";
    }
}
