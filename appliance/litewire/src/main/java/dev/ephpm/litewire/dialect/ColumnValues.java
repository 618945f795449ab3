package dev.ephpm.litewire.dialect;

import dev.ephpm.litewire.SqlErrorCode;
import dev.ephpm.litewire.catalogue.TableColumn;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What INSERT and UPDATE put into columns: bound values where they are known, else SQL text around {@code mysql_store}. */
final class ColumnValues {
    private static final String STORE = "mysql_store(";
    private static final String STORE_AGAIN = "mysql_store_again(";

    private final Translation translation;
    private final List<StoredColumn> columns = new ArrayList<>();

    ColumnValues(Translation translation) {
        this.translation = translation;
    }

    /** Columns that {@code mysql_store} addresses by index. */
    List<StoredColumn> columns() {
        return List.copyOf(columns);
    }

    /** SQL text of an expression stored into a column. */
    String text(Expression expression, StoredColumn column, int row, Scope scope) {
        Optional<ColumnValue> known = known(expression, column);
        if (known.isPresent()) {
            return bound(known.get(), column, row);
        }
        if (expression instanceof Expression.DefaultValue) {
            return defaulted(column, row);
        }
        Optional<String> inserted = inserted(expression, column);
        if (inserted.isPresent()) {
            return inserted.get();
        }
        Fragment value = translation.expressions().translate(expression, scope);
        Optional<Binding> single = translation.compilation().binding(value.sql());
        return single.isPresent()
                ? bound(new ColumnValue.OfBinding(single.get()), column, row)
                : computed(value, column);
    }

    /** {@code c = VALUES(c)}: what the column made of the value already. */
    private Optional<String> inserted(Expression expression, StoredColumn column) {
        boolean same = expression instanceof Expression.Call call
                && call.name().equals("VALUES")
                && call.arguments().size() == 1
                && call.arguments().getFirst() instanceof Expression.ColumnName named
                && named.column().equalsIgnoreCase(column.column().name());
        return same
                ? translation.compilation().insertedText(column.column().name()).map(ColumnValues::withoutWarnings)
                : Optional.empty();
    }

    /** A computed value; only what surely fits is stored as it is. */
    String computed(Fragment value, StoredColumn column) {
        if (column.takes(value.type())) {
            return value.sql();
        }
        int index = columns.indexOf(column);
        if (index < 0) {
            index = columns.size();
            columns.add(column);
        }
        return STORE + index + ", " + value.sql() + ")";
    }

    static boolean mayWarn(String text) {
        return text.startsWith(STORE);
    }

    /** The same text for a second look at the value, which has warned already. */
    static String withoutWarnings(String text) {
        return text.startsWith(STORE) ? STORE_AGAIN + text.substring(STORE.length()) : text;
    }

    private String bound(ColumnValue value, StoredColumn column, int row) {
        return translation.compilation().parameter(new Binding.Stored(value, column, row));
    }

    private static Optional<ColumnValue> known(Expression expression, StoredColumn column) {
        return switch (expression) {
            case Expression.Slot(int slot) -> Optional.of(new ColumnValue.OfSlot(slot, false));
            case Expression.NullValue _ -> Optional.of(new ColumnValue.Constant(null));
            case Expression.Flag(boolean flag) -> Optional.of(new ColumnValue.Constant(flag ? 1L : 0L));
            case Expression.Inline(long value) -> Optional.of(new ColumnValue.Constant(value));
            case Expression.Unary(String operator, Expression.Slot(int slot))
            when operator.equals("-") -> Optional.of(new ColumnValue.OfSlot(slot, true));
            case Expression.DefaultValue _ -> defaultValue(column);
            default -> Optional.empty();
        };
    }

    /** Empty when the DEFAULT is an expression, which only SQLite can evaluate. */
    private static Optional<ColumnValue> defaultValue(StoredColumn column) {
        Optional<DefaultClause> clause = column.defaultClause();
        if (clause.isEmpty()) {
            return Optional.of(new ColumnValue.Missing(column));
        }
        return switch (clause.get()) {
            case DefaultClause.Constant(Object value) -> Optional.of(new ColumnValue.Constant(value));
            case DefaultClause.Now(int decimals) -> Optional.of(new ColumnValue.Now(decimals));
            case DefaultClause.Stored _ -> Optional.empty();
        };
    }

    /** SQL text of a column's DEFAULT, or null when the column must be left out so that SQLite supplies it. */
    @Nullable
    String omitted(StoredColumn column, int row) {
        return defaultValue(column).map(v -> bound(v, column, row)).orElse(null);
    }

    private String defaulted(StoredColumn column, int row) {
        String text = omitted(column, row);
        if (text == null) {
            throw SqlErrorCode.NOT_SUPPORTED_YET.with("DEFAULT of an expression among values");
        }
        return text;
    }

    /** The current time for ON UPDATE CURRENT_TIMESTAMP. */
    String now(TableColumn column, StoredColumn stored) {
        return bound(new ColumnValue.Now(column.type().scale()), stored, 1);
    }
}
