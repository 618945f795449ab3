package dev.ephpm.litewire.catalogue;

import dev.ephpm.litewire.sqlite.SqliteHandle;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Rows of the SHOW statements about tables. */
final class TableAnswers {
    private static final String PRIVILEGES = "select,insert,update,references";

    /** InnoDB's page: the smallest a table or an index is said to be. */
    private static final long PAGE_BYTES = 16_384;

    /** SHOW TABLE STATUS has this many. */
    private static final int STATUS_COLUMNS = 20;

    private static final int STATUS_COMMENT = 17;

    private TableAnswers() {}

    /** Tables in the order MariaDB lists them. */
    static List<Table> sorted(Schema schema) {
        return schema.tables().values().stream()
                .sorted(Comparator.comparing(Table::name))
                .toList();
    }

    static List<Rows.Row> tables(Schema schema, boolean full) {
        return sorted(schema).stream()
                .map(t -> full ? Answer.row(t.name(), t.view() ? "VIEW" : "BASE TABLE") : Answer.row(t.name()))
                .toList();
    }

    static List<Rows.Row> columns(Table table, boolean full) {
        List<Rows.Row> rows = new ArrayList<>();
        for (TableColumn column : table.columns()) {
            ColumnFacts facts = new ColumnFacts(table, column);
            String type = TableText.type(column.type());
            String nullable = column.nullable() ? "YES" : "NO";
            if (full) {
                rows.add(Answer.row(
                        column.name(),
                        type,
                        column.type().isText() ? column.type().collation() : null,
                        nullable,
                        facts.key(),
                        facts.plainDefault(),
                        facts.extra(),
                        PRIVILEGES,
                        column.comment()));
            } else {
                rows.add(Answer.row(column.name(), type, nullable, facts.key(), facts.plainDefault(), facts.extra()));
            }
        }
        return rows;
    }

    static List<Rows.Row> keys(SqliteHandle database, Table table) throws SQLException {
        List<Rows.Row> rows = new ArrayList<>();
        long count = table.keys().isEmpty() ? 0 : rowCount(database, table);
        for (Table.Key key : table.keys()) {
            boolean unique = key.kind() == Table.Key.Kind.PRIMARY || key.kind() == Table.Key.Kind.UNIQUE;
            boolean fulltext = key.kind() == Table.Key.Kind.FULLTEXT;
            long seq = 1;
            for (Table.Key.Part part : key.parts()) {
                rows.add(Answer.row(
                        TemporaryTables.shown(table.name()),
                        unique ? 0L : 1L,
                        key.name(),
                        seq++,
                        part.column(),
                        fulltext ? null : part.descending() ? "D" : "A",
                        fulltext ? null : Long.valueOf(count),
                        part.prefix() > 0 ? (long) part.prefix() : null,
                        null,
                        KeyRules.isNullable(part, table.columns()) ? "YES" : "",
                        fulltext ? "FULLTEXT" : "BTREE",
                        "",
                        key.comment(),
                        "NO"));
            }
        }
        return rows;
    }

    private static long rowCount(SqliteHandle database, Table table) throws SQLException {
        return Rows.number(database, "SELECT count(*) FROM " + Quoting.stored(table.name()));
    }

    /**
     * The row of SHOW CREATE TABLE or SHOW CREATE VIEW.
     *
     * @param account user and host of who asks; a site has one account, which has defined its views
     */
    static Rows.Row definition(SqliteHandle database, Table table, String account) throws SQLException {
        if (!table.view()) {
            return Answer.row(TemporaryTables.shown(table.name()), shown(table, nextAutoIncrement(database, table)));
        }
        List<Rows.Row> query =
                Rows.all(database, "SELECT query FROM __lw_tables WHERE name = ?1 AND query IS NOT NULL", table.name());
        List<Rows.Row> stored = query.isEmpty()
                ? Rows.all(database, "SELECT sql FROM sqlite_master WHERE name = ?1", table.name())
                : query;
        int at = account.lastIndexOf('@');
        String definer = Quoting.name(account.substring(0, at)) + "@" + Quoting.name(account.substring(at + 1));
        String text = "CREATE ALGORITHM=UNDEFINED DEFINER=" + definer + " SQL SECURITY DEFINER VIEW "
                + Quoting.name(table.name()) + " AS " + stored.getFirst().text(0);
        return Answer.row(table.name(), text, "utf8mb4", Catalogue.DEFAULT_COLLATION);
    }

    private static String shown(Table table, long nextAutoIncrement) {
        String text = TableText.create(table, nextAutoIncrement);
        String plain = "CREATE TABLE " + Quoting.name(table.name());
        return TemporaryTables.isStored(table.name())
                ? "CREATE TEMPORARY TABLE " + Quoting.name(TemporaryTables.shown(table.name()))
                        + text.substring(plain.length())
                : text;
    }

    /** The number the next row gets, 0 when the table gives none. */
    static long nextAutoIncrement(SqliteHandle database, Table table) throws SQLException {
        if (table.columns().stream().noneMatch(TableColumn::autoIncrement)) {
            return 0;
        }
        boolean rowid = table.keys().stream().anyMatch(k -> StoredTable.isRowid(k, table.columns()));
        String sequence = rowid
                ? "SELECT seq FROM sqlite_sequence WHERE name = ?1"
                : "SELECT last FROM " + CatalogueTables.SEQUENCES + " WHERE name = ?1";
        return Rows.number(database, sequence, table.name()) + 1;
    }

    static List<Rows.Row> status(SqliteHandle database, Schema schema) throws SQLException {
        List<Rows.Row> rows = new ArrayList<>();
        for (Table table : sorted(schema)) {
            rows.add(table.view() ? viewStatus(table) : status(database, table));
        }
        return rows;
    }

    private static Rows.Row viewStatus(Table table) {
        @Nullable Object[] values = new @Nullable Object[STATUS_COLUMNS];
        values[0] = table.name();
        values[STATUS_COMMENT] = "VIEW";
        return Answer.row(values);
    }

    private static Rows.Row status(SqliteHandle database, Table table) throws SQLException {
        Table.TableOptions options = table.options();
        long count = rowCount(database, table);
        long next = nextAutoIncrement(database, table);
        return Answer.row(
                table.name(),
                options.engine(),
                10L,
                TableText.rowFormat(options),
                count,
                count == 0 ? 0L : PAGE_BYTES / count,
                PAGE_BYTES,
                0L,
                PAGE_BYTES * Math.max(0, table.keys().size() - 1),
                0L,
                next == 0 ? null : Long.valueOf(next),
                options.createTime().isEmpty() ? null : options.createTime(),
                null,
                null,
                options.collation(),
                null,
                TableOptionsText.createOptions(options),
                options.comment(),
                0L,
                "N");
    }
}
