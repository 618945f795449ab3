package dev.ephpm.litewire.catalogue;

import dev.ephpm.litewire.Column;
import dev.ephpm.litewire.Execution;
import dev.ephpm.litewire.Plan;
import dev.ephpm.litewire.ResultSink;
import dev.ephpm.litewire.SqlErrorCode;
import dev.ephpm.litewire.dialect.Dialect;
import java.math.BigDecimal;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** CREATE TABLE … AS SELECT. */
final class TableFromSelect {
    private final Dialect dialect;

    TableFromSelect(Dialect dialect) {
        this.dialect = dialect;
    }

    /** Gives the number of rows. */
    long create(CreateTable statement, Dialect.Context context, SchemaChange change) throws SQLException {
        Dialect.Normalised select = dialect.normalise(statement.select(), context.mode());
        Dialect.Context now = context.storing(change.schema());
        Plan plan = dialect.plan(select, now);
        Copy copy = new Copy(statement, change);
        plan.run(new Execution(change.session(), change.database(), select.literals(), copy));
        return copy.rows;
    }

    /** Makes the table when the columns are known and puts the rows into it. */
    private static final class Copy implements ResultSink {
        private final CreateTable statement;
        private final SchemaChange change;
        private String insert = "";
        private long rows;

        Copy(CreateTable statement, SchemaChange change) {
            this.statement = statement;
            this.change = change;
        }

        @Override
        public void columns(List<Column> columns) {
            Table declared = declared();
            List<TableColumn> all = new ArrayList<>(declared.columns());
            for (Column column : columns) {
                if (declared.column(column.name()).isEmpty()) {
                    all.add(SelectColumns.of(
                            column,
                            change.schema(),
                            declared.options().charset(),
                            declared.options().collation()));
                }
            }
            Table whole =
                    new Table(declared.name(), all, List.of(), List.of(), declared.checks(), declared.options(), false);
            TableEdit edit = new TableEdit(whole, change.databaseName(), change.mode());
            statement.keys().forEach(edit::addConstraint);
            Table table = edit.finish(change.schema(), change.checksForeignKeys());
            String names = columns.stream().map(c -> Quoting.stored(c.name())).collect(Collectors.joining(", "));
            String markers = String.join(", ", Collections.nCopies(columns.size(), "?"));
            insert = "INSERT INTO " + Quoting.stored(table.name()) + " (" + names + ") VALUES (" + markers + ")";
            try {
                new StoredChange(change).create(table);
            } catch (SQLException e) {
                throw new CopyFailedException(e);
            }
        }

        private Table declared() {
            CreateTable withoutKeys = new CreateTable(
                    statement.name(),
                    false,
                    false,
                    false,
                    statement.columns(),
                    List.of(),
                    statement.options(),
                    null,
                    "");
            if (statement.columns().isEmpty()) {
                return new Table(
                        statement.name().name(),
                        List.of(),
                        List.of(),
                        List.of(),
                        List.of(),
                        statement.options().appliedTo(TableOptionsText.defaults(), change.now()),
                        false);
            }
            return TableBuilder.edit(withoutKeys, change.databaseName(), change.mode(), change.now())
                    .finish(change.schema(), false);
        }

        @Override
        public void row(@Nullable Object[] values) {
            List<@Nullable Object> stored = new ArrayList<>(values.length);
            for (Object value : values) {
                stored.add(value instanceof BigDecimal exact ? exact.toPlainString() : value);
            }
            try {
                change.database().update(insert, stored);
            } catch (SQLException e) {
                throw new CopyFailedException(e);
            }
            rows++;
        }

        @Override
        public void endOfRows() {
            // The table is complete; the statement's own result has no rows.
        }

        @Override
        public void done(long affectedRows, long lastInsertId, String info) {
            throw SqlErrorCode.NOT_SUPPORTED_YET.with("CREATE TABLE from a statement without rows");
        }
    }

    /** Carries SQLite's error through the sink's methods, which throw none. */
    private static final class CopyFailedException extends RuntimeException {
        private static final long serialVersionUID = 1;

        CopyFailedException(SQLException cause) {
            super("cannot copy rows into the new table: " + cause.getMessage(), cause);
        }
    }
}
