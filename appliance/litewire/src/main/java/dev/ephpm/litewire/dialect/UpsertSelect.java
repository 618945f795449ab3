package dev.ephpm.litewire.dialect;

import dev.ephpm.litewire.Plan;
import dev.ephpm.litewire.SqlError;
import dev.ephpm.litewire.SqlErrorCode;
import dev.ephpm.litewire.catalogue.Table;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * INSERT … SELECT … ON DUPLICATE KEY UPDATE. The rows of the SELECT are inserted one after the other as if they had been
 * written out; what the update names of the SELECT's tables is selected, too. To the INSERT the values of a row are literals
 * behind those of the statement.
 */
final class UpsertSelect {
    private final Translation translation;
    private final Statement.Insert insert;
    private final Table table;
    private final Query query;
    private final int firstSlot;
    private final List<Expression.ColumnName> more = new ArrayList<>();
    private int width;

    UpsertSelect(Translation translation, Statement.Insert insert, Table table, Query query) {
        this.translation = translation;
        this.insert = insert;
        this.table = table;
        this.query = query;
        this.firstSlot = translation.compilation().markers().size();
    }

    /** @param columns number of columns to insert into */
    Plan compile(int columns, boolean returns) {
        width = translation.queries().subquery(query, null).outputs().size();
        if (width != columns) {
            throw SqlErrorCode.COLUMN_COUNT.with(1);
        }
        Substitution substitution = new Substitution(this::selected);
        List<Statement.SetItem> items = insert.onDuplicate().stream()
                .map(i -> new Statement.SetItem(i.column(), substitution.in(i.value())))
                .toList();
        Queries.Translated rows = translation.queries().subquery(selecting(more), null);
        List<Marker> markers = new ArrayList<>(translation.compilation().markers());
        markers.addAll(Collections.nCopies(rows.outputs().size(), Marker.PARAMETER));
        List<Expression> slots = new ArrayList<>();
        for (int i = 0; i < width; i++) {
            slots.add(new Expression.Slot(firstSlot + i));
        }
        Statement.Insert ofRow = new Statement.Insert(
                false, insert.ignore(), insert.table(), insert.columns(), List.of(slots), null, items);
        Compilation compilation = translation.compilation();
        Translation ofRows = new Translation(compilation.context(), compilation.informationSchema(), markers);
        return new InsertCompiler(ofRows, ofRow, returns)
                .ofSource(new InsertPlan.Source(compilation.finish(rows.sql()), rows.outputs()));
    }

    /** A column of the SELECT's tables becomes a value of the row. */
    private @Nullable Expression selected(Expression expression) {
        if (expression instanceof Expression.Call call && call.name().equals("VALUES")) {
            return expression;
        }
        if (!(expression instanceof Expression.ColumnName name)) {
            return null;
        }
        boolean stored = table.column(name.column()).isPresent()
                && (name.table() == null || name.table().equalsIgnoreCase(table.name()));
        if (stored && !isSelectable(name)) {
            return null;
        }
        if (stored) {
            throw SqlErrorCode.AMBIGUOUS_COLUMN.with(name.written(), "UPDATE");
        }
        if (!isSelectable(name)) {
            throw SqlErrorCode.UNKNOWN_COLUMN.with(name.written(), "UPDATE");
        }
        int known = more.indexOf(name);
        if (known < 0) {
            known = more.size();
            more.add(name);
        }
        return new Expression.Slot(firstSlot + width + known);
    }

    /** Whether the SELECT, as long as it makes no groups, could select the column as well. */
    private boolean isSelectable(Expression.ColumnName name) {
        boolean ofRows = query instanceof Query.Select select
                && select.groupBy().isEmpty()
                && !select.distinct()
                && !Aggregation.isAggregated(select);
        if (!ofRows) {
            return false;
        }
        try {
            var _ = translation.queries().subquery(selecting(List.of(name)), null);
            return true;
        } catch (SqlError e) {
            return false;
        }
    }

    private Query selecting(List<Expression.ColumnName> columns) {
        if (columns.isEmpty() || !(query instanceof Query.Select select)) {
            return query;
        }
        List<Query.Item> items = new ArrayList<>(select.items());
        columns.forEach(name -> items.add(new Query.Item(name, Name.of(name.column()), false)));
        return new Query.Select(
                false,
                select.countsRows(),
                items,
                select.from(),
                select.where(),
                select.groupBy(),
                select.rollup(),
                select.having(),
                select.orderBy(),
                select.limit());
    }
}
