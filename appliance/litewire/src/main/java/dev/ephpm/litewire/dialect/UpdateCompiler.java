package dev.ephpm.litewire.dialect;

import dev.ephpm.litewire.Plan;
import dev.ephpm.litewire.SqlErrorCode;
import dev.ephpm.litewire.catalogue.Schema;
import dev.ephpm.litewire.catalogue.Table;
import dev.ephpm.litewire.catalogue.TableColumn;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Makes plans of UPDATE. */
final class UpdateCompiler {
    private static final String FOUND = "\"~f\"";

    private final Translation translation;
    private final Statement.Update update;
    private final ColumnValues values;

    UpdateCompiler(Translation translation, Statement.Update update) {
        this.translation = translation;
        this.update = update;
        this.values = new ColumnValues(translation);
    }

    Plan compile() {
        return update.source() instanceof Source.Named named ? ofTable(named) : ofJoin();
    }

    private String verb() {
        return update.ignore() ? "UPDATE OR IGNORE " : "UPDATE ";
    }

    private Plan ofTable(Source.Named named) {
        Table table = translation.sources().table("UPDATE", named);
        Scope scope = new Scope(null);
        String from = translation.sources().translate(named, scope);
        boolean assigns = update.items().stream().anyMatch(i -> Assignments.in(i.value()));
        if (assigns) {
            translation.compilation().assignVariables();
        }
        String rows = rows(from, named.alias(), scope);
        if (assigns || movesUniqueKeys(table)) {
            return plan(table, List.of(ofEachRow(table, named, from, rows, scope)), List.of(counting(rows)));
        }
        SetClause set = new SetClause(translation, values, table, update.ignore());
        set.add(update.items(), scope);
        String where = RowSelection.isLimited(update.orderBy(), update.limit())
                ? " WHERE rowid IN (SELECT " + rows + ")"
                : rows.substring(rows.indexOf(from) + from.length());
        String condition = where.isEmpty() ? " WHERE " : where + " AND ";
        String sql = verb() + from + " SET " + set.assignments() + condition + set.changes("");
        return plan(table, List.of(change(table, set, sql, null)), List.of(counting(rows)));
    }

    private static String counting(String rows) {
        return "SELECT count(*) FROM (SELECT " + rows + ")";
    }

    /** In the order asked for no row may meet another; SQLite changes them in an order of its own. */
    private boolean movesUniqueKeys(Table table) {
        return !update.orderBy().isEmpty()
                && table.keys().stream()
                        .filter(k -> k.kind() == Table.Key.Kind.PRIMARY || k.kind() == Table.Key.Kind.UNIQUE)
                        .flatMap(k -> k.parts().stream())
                        .anyMatch(p -> update.items().stream()
                                .anyMatch(i -> i.column().column().equalsIgnoreCase(p.column())));
    }

    /** One row after the other, in their order; each value is computed once, for it may assign to a variable. */
    private UpdatePlan.Change ofEachRow(Table table, Source.Named named, String from, String rows, Scope scope) {
        Compilation compilation = translation.compilation();
        String rowid = compilation.slot(compilation.markers().size(), Conversion.EXACT);
        SetClause set = new SetClause(translation, values, table, update.ignore());
        List<String> found = new ArrayList<>();
        for (Statement.SetItem item : update.items()) {
            Fragment target = scope.in("SET", Scope.AliasRule.NEVER).resolve(item.column());
            if (target.origin() == null) {
                throw SqlErrorCode.UNKNOWN_COLUMN.with(item.column().written(), "SET");
            }
            TableColumn column = target.origin().column();
            if (column.generated().isEmpty()) {
                String text = values.text(item.value(), set.stored(column), 1, scope);
                set.put(column, FOUND + ".\"v" + found.size() + "\"");
                found.add(text + " AS \"v" + found.size() + "\"");
                scope.assign(column.name(), target, text);
            }
        }
        String name = Sql.name(table.name());
        String sql = "WITH " + FOUND + " AS MATERIALIZED (SELECT " + String.join(", ", found) + " FROM " + from
                + " WHERE " + Sql.name(named.alias()) + ".rowid = " + rowid + ") " + verb() + name + " SET "
                + set.assignments() + " FROM " + FOUND + " WHERE " + name + ".rowid = " + rowid + " AND "
                + set.changes(name + ".");
        return change(table, set, sql, compilation.finish("SELECT " + rows));
    }

    private String rows(String from, String alias, Scope scope) {
        return RowSelection.text(translation, from, alias, update.where(), update.orderBy(), update.limit(), scope);
    }

    /** The update with what follows from text in keys. */
    private UpdatePlan.Change change(Table table, SetClause set, String sql, Compilation.@Nullable Finished rows) {
        Schema schema = translation.compilation().context().schema();
        UniqueText unique = new UniqueText(table, schema);
        boolean settles = unique.concerns(set.columns());
        boolean notes = set.columns().stream().anyMatch(c -> schema.spellings().watches(table.name(), c.name()));
        return new UpdatePlan.Change(
                translation.compilation().finish(settles ? sql + " RETURNING rowid" : sql),
                settles ? unique : null,
                notes,
                rows);
    }

    private Plan plan(Table table, List<UpdatePlan.Change> updates, List<String> counts) {
        Compilation compilation = translation.compilation();
        return new UpdatePlan(
                compilation.context(),
                table,
                updates,
                counts.stream().map(compilation::finish).toList(),
                values.columns());
    }

    /** One UPDATE for each table that is assigned to; new values are computed by the join, one row for each target row. */
    private Plan ofJoin() {
        Scope scope = new Scope(null);
        String from = translation.sources().translate(update.source(), scope);
        String where = update.where() == null
                ? ""
                : " WHERE "
                        + translation
                                .expressions()
                                .joinCondition(update.where(), scope.in("WHERE", Scope.AliasRule.NEVER));
        Map<String, List<Statement.SetItem>> itemsByTable = new LinkedHashMap<>();
        for (Statement.SetItem item : update.items()) {
            Origin origin = scope.in("SET", Scope.AliasRule.NEVER)
                    .resolve(item.column())
                    .origin();
            if (origin == null) {
                throw SqlErrorCode.UNKNOWN_COLUMN.with(item.column().written(), "SET");
            }
            itemsByTable
                    .computeIfAbsent(origin.tableAlias(), _ -> new ArrayList<>())
                    .add(item);
        }
        List<UpdatePlan.Change> updates = new ArrayList<>();
        List<String> counts = new ArrayList<>();
        Table first = null;
        for (Map.Entry<String, List<Statement.SetItem>> entry : itemsByTable.entrySet()) {
            Scope.Relation relation = scope.relation(entry.getKey());
            Table table = relation.table();
            if (table == null) {
                throw SqlErrorCode.NOT_UPDATABLE.with(entry.getKey(), "UPDATE");
            }
            first = first == null ? table : first;
            String rowid = Sql.name(entry.getKey()) + ".rowid";
            updates.add(ofTarget(table, rowid, entry.getValue(), from + where, scope));
            counts.add("SELECT count(DISTINCT " + rowid + ") FROM " + from + where);
        }
        return plan(Objects.requireNonNull(first, "SET names a table"), updates, counts);
    }

    private UpdatePlan.Change ofTarget(
            Table table, String rowid, List<Statement.SetItem> items, String fromWhere, Scope scope) {
        SetClause set = new SetClause(translation, values, table, update.ignore());
        List<String> found = new ArrayList<>();
        for (int i = 0; i < items.size(); i++) {
            Fragment target = scope.resolve(items.get(i).column());
            TableColumn column =
                    Objects.requireNonNull(target.origin(), "stored column").column();
            String text = values.text(items.get(i).value(), set.stored(column), 1, scope);
            found.add(text + " AS \"v" + i + "\"");
            set.put(column, FOUND + ".\"v" + i + "\"");
        }
        String changes = set.changes(Sql.name(table.name()) + ".");
        String sql = verb() + Sql.name(table.name()) + " SET " + set.assignments() + " FROM (SELECT " + rowid
                + " AS \"r\", "
                + String.join(", ", found) + " FROM " + fromWhere + " GROUP BY " + rowid + ") AS " + FOUND + " WHERE "
                + Sql.name(table.name()) + ".rowid = " + FOUND + ".\"r\" AND " + changes;
        return change(table, set, sql, null);
    }
}
