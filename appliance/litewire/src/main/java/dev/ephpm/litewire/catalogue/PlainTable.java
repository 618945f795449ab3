package dev.ephpm.litewire.catalogue;

import dev.ephpm.litewire.sqlite.ResultCode;
import dev.ephpm.litewire.sqlite.SqliteHandle;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A table or view as SQLite itself has it. */
final class PlainTable {
    private static final String COLUMNS =
            "SELECT m.name, m.type, c.name, c.type, c.\"notnull\", c.dflt_value, c.pk, c.hidden, m.sql"
                    + " FROM sqlite_master m JOIN pragma_table_xinfo(m.name) c"
                    + " WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite\\_%' ESCAPE '\\'"
                    + " AND m.name NOT LIKE '\\_\\_lw\\_%' ESCAPE '\\' ORDER BY m.name, c.cid";
    private static final String VIEWS = "SELECT name FROM sqlite_master WHERE type = 'view' AND name NOT LIKE"
            + " '\\_\\_lw\\_%' ESCAPE '\\' ORDER BY name";
    private static final String VIEW_COLUMNS =
            "SELECT ?1, 'view', name, type, \"notnull\", dflt_value, pk, hidden FROM pragma_table_xinfo(?1) ORDER BY cid";
    private static final String KEYS =
            "SELECT m.name, i.name, i.\"unique\", i.origin, c.name, c.desc FROM sqlite_master m"
                    + " JOIN pragma_index_list(m.name) i JOIN pragma_index_xinfo(i.name) c"
                    + " WHERE m.type = 'table' AND c.key AND c.cid >= 0 ORDER BY m.name, i.seq DESC, c.seqno";

    private final String name;
    private final boolean view;
    private final boolean autoincrement;
    private final List<PlainColumn> columns = new ArrayList<>();
    private final Map<String, List<Rows.Row>> indexes = new LinkedHashMap<>();

    private PlainTable(String name, boolean view, boolean autoincrement) {
        this.name = name;
        this.view = view;
        this.autoincrement = autoincrement;
    }

    /** All tables and views but the catalogue's and SQLite's own, by name. */
    static Map<String, PlainTable> all(SqliteHandle reader) throws SQLException {
        Map<String, PlainTable> tables = new LinkedHashMap<>();
        for (Rows.Row row : Rows.all(reader, COLUMNS)) {
            String sql = row.text(8).toUpperCase(Locale.ROOT);
            tables.computeIfAbsent(
                            row.text(0),
                            n -> new PlainTable(n, row.text(1).equals("view"), sql.contains("AUTOINCREMENT")))
                    .columns
                    .add(PlainColumn.of(row));
        }
        for (Rows.Row row : Rows.all(reader, VIEWS)) {
            tables.put(row.text(0), view(reader, row.text(0)));
        }
        for (Rows.Row row : Rows.all(reader, KEYS)) {
            PlainTable table = tables.get(row.text(0));
            if (table != null) {
                table.indexes
                        .computeIfAbsent(row.text(1), n -> new ArrayList<>())
                        .add(row);
            }
        }
        return tables;
    }

    /** SQLite does not say the columns of a view whose tables are gone; it has none here then. */
    private static PlainTable view(SqliteHandle reader, String name) throws SQLException {
        PlainTable view = new PlainTable(name, true, false);
        try {
            Rows.all(reader, VIEW_COLUMNS, name).forEach(row -> view.columns.add(PlainColumn.of(row)));
        } catch (SQLException e) {
            if ((e.getErrorCode() & 0xff) != ResultCode.ERROR) {
                throw e;
            }
            view.columns.clear();
        }
        return view;
    }

    /** What the catalogue says, less the columns that are gone, plus those another program added. */
    Table reconcile(Table described) {
        boolean same = described.columns().size() == columns.size()
                && columns.stream().allMatch(c -> described.column(c.name()).isPresent());
        if (same || columns.isEmpty()) {
            return described;
        }
        List<TableColumn> reconciled = columns.stream()
                .map(c -> described.column(c.name()).orElseGet(() -> describe(c)))
                .toList();
        List<Table.Key> keys = described.keys().stream()
                .filter(k -> k.parts().stream()
                        .allMatch(p -> columns.stream().anyMatch(c -> c.name().equalsIgnoreCase(p.column()))))
                .toList();
        return new Table(
                name,
                reconciled,
                keys,
                described.foreignKeys(),
                described.checks(),
                described.options(),
                described.view());
    }

    /** A description from the declared types alone. */
    Table describe() {
        List<TableColumn> described = columns.stream().map(this::describe).toList();
        List<Table.Key> keys = new ArrayList<>();
        List<Table.Key.Part> primary = columns.stream()
                .filter(c -> c.primary() > 0)
                .sorted(Comparator.comparingInt(PlainColumn::primary))
                .map(c -> new Table.Key.Part(c.name(), 0, false))
                .toList();
        if (!primary.isEmpty()) {
            keys.add(new Table.Key("PRIMARY", Table.Key.Kind.PRIMARY, primary, "", primaryIndex()));
        }
        indexes.forEach((index, parts) -> {
            String origin = parts.getFirst().text(3);
            if (!origin.equals("pk")) {
                keys.add(key(index, parts));
            }
        });
        KeyRules.sort(keys, described);
        return new Table(name, described, keys, List.of(), List.of(), TableOptionsText.defaults(), view);
    }

    private @Nullable String primaryIndex() {
        return indexes.entrySet().stream()
                .filter(e -> e.getValue().getFirst().text(3).equals("pk"))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElse(null);
    }

    private Table.Key key(String index, List<Rows.Row> parts) {
        boolean unique = parts.getFirst().number(2) == 1;
        String shown = index.startsWith(name + "__") ? index.substring(name.length() + 2) : index;
        return new Table.Key(
                shown,
                unique ? Table.Key.Kind.UNIQUE : Table.Key.Kind.PLAIN,
                parts.stream()
                        .map(p -> new Table.Key.Part(p.text(4), 0, p.number(5) == 1))
                        .toList(),
                "",
                index);
    }

    private TableColumn describe(PlainColumn column) {
        boolean rowid = column.primary() > 0
                && column.type().equalsIgnoreCase("INTEGER")
                && columns.stream().filter(c -> c.primary() > 0).count() == 1;
        MySqlType type = column.mysqlType();
        boolean nullable = !column.notNull() && column.primary() == 0;
        Optional<String> defaultText = column.defaultValue() == null
                ? (nullable ? Optional.of("NULL") : Optional.empty())
                : Optional.of(column.defaultValue());
        return new TableColumn(
                column.name(),
                type,
                nullable,
                defaultText,
                rowid && (autoincrement || !view),
                Optional.empty(),
                Optional.empty(),
                "");
    }
}
