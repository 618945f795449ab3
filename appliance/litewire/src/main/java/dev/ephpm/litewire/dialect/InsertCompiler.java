package dev.ephpm.litewire.dialect;

import dev.ephpm.litewire.Plan;
import dev.ephpm.litewire.SqlErrorCode;
import dev.ephpm.litewire.catalogue.Spellings;
import dev.ephpm.litewire.catalogue.Table;
import dev.ephpm.litewire.catalogue.TableColumn;
import dev.ephpm.litewire.catalogue.TemporaryTables;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Makes plans of INSERT and REPLACE. */
final class InsertCompiler {
    private final Translation translation;
    private final Statement.Insert insert;
    private final Table table;
    private final ColumnValues values;
    private final List<TableColumn> targets;
    private final UniqueText unique;
    private final boolean returns;
    private boolean several;

    /** @param returns whether the plan tells of the rows it has written */
    InsertCompiler(Translation translation, Statement.Insert insert, boolean returns) {
        this.translation = translation;
        this.insert = insert;
        this.returns = returns;
        this.several = insert.query() == null && insert.rows().size() != 1;
        this.table = translation.sources().table("INSERT", insert.table());
        this.values = new ColumnValues(translation);
        this.targets = targets();
        this.unique = new UniqueText(table, translation.compilation().context().schema());
    }

    Plan compile() {
        if (insert.query() == null) {
            return ofRows();
        }
        return insert.onDuplicate().isEmpty()
                ? ofQuery(insert.query())
                : new UpsertSelect(translation, insert, table, insert.query()).compile(targets.size(), returns);
    }

    /** The only row is inserted for each row of the source. */
    Plan ofSource(InsertPlan.Source source) {
        several = true;
        return new InsertPlan(
                translation.compilation().context(),
                table,
                insert.ignore(),
                List.of(row(insert.rows().getFirst(), 1)),
                source,
                values.columns(),
                autoIncrement());
    }

    private List<TableColumn> targets() {
        if (insert.columns().isEmpty()) {
            boolean empty = insert.query() == null && insert.rows().stream().allMatch(List::isEmpty);
            return empty ? List.of() : table.columns();
        }
        List<TableColumn> found = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        for (String name : insert.columns()) {
            TableColumn column =
                    table.column(name).orElseThrow(() -> SqlErrorCode.UNKNOWN_COLUMN.with(name, "INSERT INTO"));
            if (!seen.add(column.name())) {
                throw SqlErrorCode.COLUMN_SPECIFIED_TWICE.with(name);
            }
            found.add(column);
        }
        return found;
    }

    private StoredColumn stored(TableColumn column) {
        Dialect.Context context = translation.compilation().context();
        boolean strict = context.mode().strict() && !insert.ignore();
        boolean nullIsError = insert.query() == null && !several && !insert.ignore();
        return new StoredColumn(
                context.databaseName(),
                TemporaryTables.shown(table.name()),
                column,
                context.mode(),
                strict,
                nullIsError);
    }

    private Plan ofRows() {
        List<InsertPlan.Row> rows = new ArrayList<>();
        for (int i = 0; i < insert.rows().size(); i++) {
            List<Expression> row = insert.rows().get(i);
            if (row.size() != targets.size()) {
                throw SqlErrorCode.COLUMN_COUNT.with(i + 1);
            }
            rows.add(row(row, i + 1));
        }
        return new InsertPlan(
                translation.compilation().context(),
                table,
                insert.ignore(),
                List.copyOf(rows),
                null,
                values.columns(),
                autoIncrement());
    }

    /** Column names and SQL texts of one row, given and defaulted. */
    private Map<TableColumn, String> texts(List<Expression> row, int number) {
        Map<TableColumn, String> texts = new LinkedHashMap<>();
        Scope scope = new Scope(null).in("VALUES", Scope.AliasRule.NEVER);
        for (int i = 0; i < targets.size(); i++) {
            TableColumn column = targets.get(i);
            if (column.generated().isPresent()) {
                requireComputable(row.get(i), column);
            } else {
                texts.put(column, values.text(row.get(i), stored(column), number, scope));
            }
        }
        for (TableColumn column : table.columns()) {
            if (!targets.contains(column) && column.generated().isEmpty()) {
                String text = values.omitted(stored(column), number);
                if (text != null) {
                    texts.put(column, text);
                }
            }
        }
        texts.replaceAll(this::numbered);
        return texts;
    }

    /** A generated column takes no value but its own; outside of strict mode, as in dumps, another is passed over. */
    private void requireComputable(Expression value, TableColumn column) {
        boolean own = value instanceof Expression.DefaultValue || value instanceof Expression.NullValue;
        if (!own && stored(column).strict()) {
            throw SqlErrorCode.VALUE_FOR_GENERATED_COLUMN.with(column.name(), table.name());
        }
    }

    /** An AUTO_INCREMENT column that is not the rowid counts by itself. */
    private String numbered(TableColumn column, String text) {
        if (!column.autoIncrement() || isRowid(column)) {
            return text;
        }
        String name = Sql.name(column.name());
        return "coalesce(" + text + ", (SELECT coalesce(max(" + name + "), 0) + 1 FROM " + Sql.name(table.name())
                + "))";
    }

    private boolean isRowid(TableColumn column) {
        return table.keys().stream()
                .anyMatch(k -> k.kind() == Table.Key.Kind.PRIMARY
                        && k.parts().size() == 1
                        && k.parts().getFirst().column().equalsIgnoreCase(column.name()));
    }

    private @Nullable TableColumn autoIncrement() {
        return table.columns().stream()
                .filter(TableColumn::autoIncrement)
                .findFirst()
                .orElse(null);
    }

    private InsertPlan.Row row(List<Expression> row, int number) {
        Map<TableColumn, String> texts = texts(row, number);
        Compilation compilation = translation.compilation();
        boolean other = writesOtherText(row);
        String plain = "INSERT INTO " + Sql.name(table.name()) + columnsAndValues(texts);
        Map<String, Binding> bound = new HashMap<>();
        for (Map.Entry<TableColumn, String> entry : texts.entrySet()) {
            List<Binding> bindings = compilation.finish(entry.getValue()).bindings();
            if (bindings.size() == 1) {
                bound.put(entry.getKey().name().toLowerCase(Locale.ROOT), bindings.getFirst());
            }
        }
        boolean upserts = !insert.onDuplicate().isEmpty();
        // MySQL uses up an id for a single row that conflicts, but hands it on among several rows and in REPLACE.
        boolean single = !several;
        boolean mayConflict = single && (upserts || insert.ignore());
        return new InsertPlan.Row(
                compilation.finish(mayConflict ? plain + " ON CONFLICT DO NOTHING" : plain),
                upserts ? update(texts) : null,
                upserts && returns ? compilation.finish(inTheWay(texts)) : null,
                insert.replace() ? conflicting(texts) : null,
                (single && insert.ignore()) || insert.replace() ? compilation.finish(plain) : null,
                similar(texts, other),
                other,
                Map.copyOf(bound),
                keySlots(bound));
    }

    /** The literals among the values of unique keys. */
    private List<Integer> keySlots(Map<String, Binding> bound) {
        List<Integer> slots = new ArrayList<>();
        for (Table.Key key : table.keys()) {
            boolean unique = key.kind() == Table.Key.Kind.PRIMARY || key.kind() == Table.Key.Kind.UNIQUE;
            for (Table.Key.Part part : unique ? key.parts() : List.<Table.Key.Part>of()) {
                Binding binding = bound.get(part.column().toLowerCase(Locale.ROOT));
                if (binding instanceof Binding.Stored stored
                        && stored.source() instanceof ColumnValue.OfSlot(int slot, boolean _)) {
                    slots.add(slot);
                }
            }
        }
        return List.copyOf(slots);
    }

    private static String columnsAndValues(Map<TableColumn, String> texts) {
        if (texts.isEmpty()) {
            return " DEFAULT VALUES";
        }
        List<String> names =
                texts.keySet().stream().map(c -> Sql.name(c.name())).toList();
        return " (" + String.join(", ", names) + ") VALUES (" + String.join(", ", texts.values()) + ")";
    }

    /** Tells whether the upsert changed a row, and which. */
    private String returning() {
        TableColumn column = autoIncrement();
        return " RETURNING " + (column == null ? "1" : Sql.name(column.name()));
    }

    /** Updates the row in the way of a new one; its values are at hand, so SQLite's upsert is not needed. */
    private Compilation.Finished update(Map<TableColumn, String> texts) {
        Map<String, String> inserted = new HashMap<>();
        texts.forEach((column, text) -> inserted.put(column.name().toLowerCase(Locale.ROOT), text));
        translation.compilation().inserting(inserted);
        Scope scope = new Scope(null).in("SET", Scope.AliasRule.NEVER);
        scope.add(translation.sources().relation(table.name(), table));
        SetClause set = new SetClause(translation, values, table, insert.ignore());
        set.add(insert.onDuplicate(), scope);
        translation.compilation().inserting(Map.of());
        String name = Sql.name(table.name());
        return translation
                .compilation()
                .finish("UPDATE " + name + " SET " + set.assignments() + " WHERE rowid = (" + inTheWay(texts) + ") AND "
                        + set.changes("") + returning());
    }

    /** The row in the way of a new one. */
    private String inTheWay(Map<TableColumn, String> texts) {
        return "SELECT rowid FROM " + Sql.name(table.name()) + " WHERE " + conflicts(texts) + " LIMIT 1";
    }

    /** Deletes the rows that stand in a new row's way, for REPLACE, and tells of each whether it is the same. */
    private Compilation.Finished conflicting(Map<TableColumn, String> texts) {
        return translation
                .compilation()
                .finish("DELETE FROM " + Sql.name(table.name()) + " WHERE " + conflicts(texts) + " RETURNING "
                        + same(texts));
    }

    /** Whether a row in the way is the new one. MariaDB looks when there is only one key that it could be in the way of. */
    private String same(Map<TableColumn, String> texts) {
        long keys = table.keys().stream().filter(InsertCompiler::isUnique).count();
        List<String> conditions = new ArrayList<>();
        for (TableColumn column : table.columns()) {
            String text = texts.get(column);
            if (column.generated().isEmpty() && (text == null || keys != 1)) {
                return "0";
            }
            if (text != null) {
                conditions.add("+" + Sql.name(column.name()) + " COLLATE BINARY IS " + text);
            }
        }
        return String.join(" AND ", conditions);
    }

    /** True for rows that have a unique key in common with the new one. */
    private String conflicts(Map<TableColumn, String> texts) {
        List<String> conditions = new ArrayList<>();
        for (Table.Key key : table.keys()) {
            if (isUnique(key)) {
                conditions.add(conflict(key, texts));
            }
        }
        return conditions.isEmpty() ? "0" : "(" + String.join(" OR ", conditions) + ")";
    }

    private static boolean isUnique(Table.Key key) {
        return key.kind() == Table.Key.Kind.PRIMARY || key.kind() == Table.Key.Kind.UNIQUE;
    }

    /** True for rows that have the key's values. */
    private String conflict(Table.Key key, Map<TableColumn, String> texts) {
        List<String> parts = new ArrayList<>();
        for (Table.Key.Part part : key.parts()) {
            String text = table.column(part.column()).map(texts::get).orElse("NULL");
            parts.add(unique.same(part, "", text, insert.rows().size() > 1 && writesOtherText()));
        }
        return "(" + String.join(" AND ", parts) + ")";
    }

    /** Whether a row may bring text into a key that NOCASE does not compare as MySQL does. */
    private boolean writesOtherText() {
        return insert.rows().stream().anyMatch(this::writesOtherText);
    }

    private boolean writesOtherText(List<Expression> row) {
        for (int i = 0; i < row.size() && i < targets.size(); i++) {
            if (!isPlain(row.get(i)) && isWatched(targets.get(i))) {
                return true;
            }
        }
        // A DEFAULT that is not plain is rare.
        return table.columns().stream()
                .anyMatch(c -> !targets.contains(c)
                        && isWatched(c)
                        && !Characters.isPlain(c.defaultExpression().orElse("")));
    }

    private boolean isPlain(Expression value) {
        return switch (value) {
            case Expression.Slot(int slot) -> translation.compilation().isPlain(slot);
            case Expression.NullValue _, Expression.Flag _, Expression.Inline _, Expression.DefaultValue _ -> true;
            default -> false;
        };
    }

    private boolean isWatched(TableColumn column) {
        return translation.compilation().context().schema().spellings().watches(table.name(), column.name());
    }

    /**
     * Rows that SQLite's index takes for different. Only text that is not plain, new or stored, can be equal to other text;
     * the condition on new text is constant, and SQLite does not search where it is false.
     */
    private InsertPlan.@Nullable Similar similar(Map<TableColumn, String> texts, boolean other) {
        List<Table.Key> keys = new ArrayList<>();
        List<String> queries = new ArrayList<>();
        boolean several = insert.rows().size() > 1 && writesOtherText();
        for (Table.Key key : unique.keys()) {
            List<String> conditions = new ArrayList<>();
            boolean mixed = several;
            for (Table.Key.Part part : key.parts()) {
                String text = table.column(part.column()).map(texts::get).orElse("NULL");
                mixed |= unique.state(part) == Spellings.State.MIXED;
                if (unique.state(part) != Spellings.State.UNKNOWN) {
                    conditions.add(Spellings.isOtherText(UniqueText.cut(part, text)));
                }
            }
            if (mixed || other) {
                queries.add("SELECT " + keys.size() + " FROM " + Sql.name(table.name()) + " WHERE "
                        + (mixed ? "" : "(" + String.join(" OR ", conditions) + ") AND ") + conflict(key, texts)
                        + " AND NOT " + foundByIndex(key, texts));
                keys.add(key);
            }
        }
        return keys.isEmpty()
                ? null
                : new InsertPlan.Similar(
                        List.copyOf(keys),
                        translation.compilation().finish(String.join(" UNION ALL ", queries) + " LIMIT 1"));
    }

    /** True for rows that SQLite's index does not let pass. */
    private String foundByIndex(Table.Key key, Map<TableColumn, String> texts) {
        List<String> parts = new ArrayList<>();
        for (Table.Key.Part part : key.parts()) {
            String text = table.column(part.column()).map(texts::get).orElse("NULL");
            String nocase = unique.state(part) == Spellings.State.UNKNOWN ? "" : " COLLATE NOCASE";
            parts.add(UniqueText.cut(part, Sql.name(part.column())) + nocase + " = " + UniqueText.cut(part, text));
        }
        return "(" + String.join(" AND ", parts) + ")";
    }

    private Plan ofQuery(Query query) {
        Queries.Translated translated = translation.queries().subquery(query, null);
        List<Queries.Output> outputs = translated.outputs();
        if (outputs.size() != targets.size()) {
            throw SqlErrorCode.COLUMN_COUNT.with(1);
        }
        Map<TableColumn, String> texts = new LinkedHashMap<>();
        for (int i = 0; i < targets.size(); i++) {
            Queries.Output output = outputs.get(i);
            Fragment value = Fragment.of("\"~s\"." + Sql.name(output.sqlName()), output.type());
            if (targets.get(i).generated().isEmpty()) {
                texts.put(targets.get(i), values.computed(value, stored(targets.get(i))));
            }
        }
        for (TableColumn column : table.columns()) {
            String text = targets.contains(column) || column.generated().isPresent()
                    ? null
                    : values.omitted(stored(column), 1);
            if (text != null) {
                texts.put(column, text);
            }
        }
        texts.replaceAll(this::numbered);
        List<String> names =
                texts.keySet().stream().map(c -> Sql.name(c.name())).toList();
        String verb = insert.replace()
                ? "INSERT OR REPLACE INTO "
                : insert.ignore() ? "INSERT OR IGNORE INTO " : "INSERT INTO ";
        String sql = verb + Sql.name(table.name()) + " (" + String.join(", ", names) + ") SELECT "
                + String.join(", ", texts.values()) + " FROM (" + translated.sql() + ") AS \"~s\"";
        boolean settles = unique.concerns(targets);
        boolean watched = targets.stream().anyMatch(this::isWatched);
        UniqueText.Remedy remedy = insert.replace()
                ? UniqueText.Remedy.DROP_OLD
                : insert.ignore() ? UniqueText.Remedy.DROP_NEW : UniqueText.Remedy.REFUSE;
        return new InsertSelectPlan(
                translation.compilation().context(),
                table,
                translation.compilation().finish(settles || returns ? sql + " RETURNING rowid" : sql),
                returns,
                watched ? new InsertSelectPlan.Settlement(unique, settles, remedy) : null,
                values.columns(),
                autoIncrement() != null,
                autoIncrement() != null && targets.contains(autoIncrement()));
    }
}
