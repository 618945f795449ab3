package dev.ephpm.litewire.catalogue;

import dev.ephpm.litewire.SqlError;
import dev.ephpm.litewire.SqlErrorCode;
import dev.ephpm.litewire.SqlMode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A table's description while CREATE TABLE or ALTER TABLE changes it. Knows nothing of SQLite; {@link #finish} gives the
 * checked result, {@link #origins} which old column each new one takes its values from.
 */
final class TableEdit {
    private final String databaseName;
    private final SqlMode mode;
    private final Map<String, String> origins = new LinkedHashMap<>();
    private final Set<String> generatedKeys = new HashSet<>();

    /** Columns written NULL in so many words: a primary key on them is an error. */
    private final Set<String> explicitlyNullable = new HashSet<>();

    /** Names given to the primary key. */
    private final List<String> ignoredNames = new ArrayList<>();

    /** Names of new keys that repeat another one. */
    private final List<String> duplicateKeys = new ArrayList<>();

    private boolean sortsRows;
    private String name;
    private final List<TableColumn> columns;
    private final List<Table.Key> keys;
    private final List<Table.ForeignKey> foreignKeys;
    private final List<Table.Check> checks;
    private Table.TableOptions options;

    TableEdit(Table table, String databaseName, SqlMode mode) {
        this.databaseName = databaseName;
        this.mode = mode;
        name = table.name();
        columns = new ArrayList<>(table.columns());
        keys = new ArrayList<>(table.keys());
        foreignKeys = new ArrayList<>(table.foreignKeys());
        checks = new ArrayList<>(table.checks());
        options = table.options();
        columns.forEach(c -> origins.put(c.name(), c.name()));
        foreignKeys.forEach(this::noteGeneratedKey);
    }

    /** A key of a foreign key's name and columns was made for it, and goes when a better one comes. */
    private void noteGeneratedKey(Table.ForeignKey foreignKey) {
        key(foreignKey.name())
                .filter(k -> k.kind() == Table.Key.Kind.PLAIN)
                .filter(k ->
                        k.parts().stream().map(Table.Key.Part::column).toList().equals(foreignKey.columns()))
                .ifPresent(k -> generatedKeys.add(k.name()));
    }

    /** Old column by new column; new columns without an old one are absent. */
    Map<String, String> origins() {
        return origins;
    }

    /** Tells the client what MariaDB has to say about the new keys. */
    void report(SchemaChange change) {
        ignoredNames.forEach(given -> change.warn(SqlErrorCode.PRIMARY_NAME_IGNORED, given));
        duplicateKeys.forEach(key -> change.note(SqlErrorCode.DUPLICATE_INDEX, key));
    }

    Table.TableOptions options() {
        return options;
    }

    void options(Table.TableOptions changed) {
        options = changed;
    }

    String name() {
        return name;
    }

    void referencedTableRenamed(String oldName, String newName) {
        foreignKeys.replaceAll(f -> f.referencedTable().equals(oldName)
                ? new Table.ForeignKey(
                        f.name(), f.columns(), newName, f.referencedColumns(), f.onDelete(), f.onUpdate())
                : f);
    }

    void referencedColumnRenamed(String table, String oldName, String newName) {
        foreignKeys.replaceAll(f -> f.referencedTable().equals(table)
                ? new Table.ForeignKey(
                        f.name(),
                        f.columns(),
                        f.referencedTable(),
                        f.referencedColumns().stream()
                                .map(c -> c.equalsIgnoreCase(oldName) ? newName : c)
                                .toList(),
                        f.onDelete(),
                        f.onUpdate())
                : f);
    }

    void rename(String newName) {
        referencedTableRenamed(name, newName);
        foreignKeys.replaceAll(f -> f.name().startsWith(name + "_ibfk_")
                ? new Table.ForeignKey(
                        newName + f.name().substring(name.length()),
                        f.columns(),
                        f.referencedTable(),
                        f.referencedColumns(),
                        f.onDelete(),
                        f.onUpdate())
                : f);
        name = newName;
    }

    boolean hasColumn(String column) {
        return indexOf(column) >= 0;
    }

    void addColumn(ColumnDraft draft) {
        if (hasColumn(draft.name)) {
            throw SqlErrorCode.DUPLICATE_COLUMN.with(draft.name);
        }
        columns.add(place(draft.after, columns.size()), ColumnBuilder.column(draft, options, mode));
        constraintsOf(draft);
    }

    private int place(@Nullable String after, int last) {
        if (after == null) {
            return last;
        }
        return after.isEmpty() ? 0 : existing(after) + 1;
    }

    private void constraintsOf(ColumnDraft draft) {
        if (Boolean.TRUE.equals(draft.nullable)) {
            explicitlyNullable.add(draft.name);
        }
        if (draft.json && draft.check == null) {
            checks.add(new Table.Check(
                    draft.name, Optional.of(draft.name), "json_valid(" + Quoting.name(draft.name) + ")"));
        } else if (draft.check != null) {
            checks.add(new Table.Check(draft.name, Optional.of(draft.name), ExpressionText.of(draft.check)));
        }
        List<Table.Key.Part> part = List.of(new Table.Key.Part(draft.name, 0, false));
        if (draft.primary) {
            addKey(new KeyDraft.Index("PRIMARY", Table.Key.Kind.PRIMARY, part, "", false));
        }
        if (draft.unique) {
            addKey(new KeyDraft.Index(null, Table.Key.Kind.UNIQUE, part, "", false));
        }
        draft.references.forEach(this::addForeignKey);
    }

    /** CHANGE and MODIFY. */
    void changeColumn(String oldName, ColumnDraft draft) {
        int index = existing(oldName);
        TableColumn old = columns.get(index);
        boolean renamed = !old.name().equalsIgnoreCase(draft.name);
        if (renamed && hasColumn(draft.name)) {
            throw SqlErrorCode.DUPLICATE_COLUMN.with(draft.name);
        }
        columns.remove(index);
        checks.removeIf(c -> c.column().isPresent() && c.column().get().equalsIgnoreCase(oldName));
        TableColumn changed = ColumnBuilder.column(draft, options, mode);
        columns.add(place(draft.after, index), changed);
        takeOver(old.name(), draft.name);
        constraintsOf(draft);
    }

    void renameColumn(String oldName, String newName) {
        int index = existing(oldName);
        TableColumn old = columns.get(index);
        if (!oldName.equalsIgnoreCase(newName) && hasColumn(newName)) {
            throw SqlErrorCode.DUPLICATE_COLUMN.with(newName);
        }
        columns.set(index, ColumnBuilder.named(old, newName));
        columns.replaceAll(c -> ColumnBuilder.withRenamed(c, old.name(), newName));
        checks.replaceAll(c -> {
            String expression = c.expression().replace(Quoting.name(old.name()), Quoting.name(newName));
            boolean own = c.column().isPresent() && c.column().get().equalsIgnoreCase(oldName);
            return own
                    ? new Table.Check(newName, Optional.of(newName), expression)
                    : new Table.Check(c.name(), c.column(), expression);
        });
        takeOver(old.name(), newName);
    }

    private void takeOver(String oldName, String newName) {
        String origin = origins.remove(oldName);
        if (origin != null) {
            origins.put(newName, origin);
        }
        if (!oldName.equals(newName)) {
            columns.replaceAll(c -> ColumnBuilder.withGenerated(
                    c, c.generated().map(g -> g.replace(Quoting.name(oldName), Quoting.name(newName)))));
            checks.replaceAll(c -> new Table.Check(
                    c.name(), c.column(), c.expression().replace(Quoting.name(oldName), Quoting.name(newName))));
        }
        keys.replaceAll(key -> new Table.Key(
                key.name(),
                key.kind(),
                key.parts().stream()
                        .map(p -> p.column().equalsIgnoreCase(oldName)
                                ? new Table.Key.Part(newName, p.prefix(), p.descending())
                                : p)
                        .toList(),
                key.comment(),
                key.storedName()));
        foreignKeys.replaceAll(f -> new Table.ForeignKey(
                f.name(),
                f.columns().stream()
                        .map(c -> c.equalsIgnoreCase(oldName) ? newName : c)
                        .toList(),
                f.referencedTable(),
                f.referencedTable().equals(name)
                        ? f.referencedColumns().stream()
                                .map(c -> c.equalsIgnoreCase(oldName) ? newName : c)
                                .toList()
                        : f.referencedColumns(),
                f.onDelete(),
                f.onUpdate()));
    }

    /** ORDER BY. */
    void sortRows() {
        sortsRows = true;
    }

    boolean sortsRows() {
        return sortsRows;
    }

    void setDefault(String column, ColumnDraft.@Nullable DefaultClause clause) {
        int index = existing(column);
        TableColumn old = columns.get(index);
        Optional<String> text =
                clause == null ? Optional.empty() : Optional.of(DefaultText.of(old.name(), old.type(), clause, mode));
        columns.set(index, ColumnBuilder.withDefault(old, text));
    }

    void dropColumn(String column) {
        int index = indexOf(column);
        if (index < 0) {
            throw SqlErrorCode.CANNOT_DROP_FIELD_OR_KEY.with("COLUMN", column);
        }
        for (Table.ForeignKey foreignKey : foreignKeys) {
            if (foreignKey.columns().stream().anyMatch(column::equalsIgnoreCase)) {
                throw needed(column, foreignKey);
            }
        }
        if (columns.size() == 1) {
            throw SqlErrorCode.CANNOT_REMOVE_ALL_COLUMNS.with();
        }
        if (keys.stream().anyMatch(k -> isUniqueTogether(k, column))) {
            throw SqlErrorCode.NO_KEY_COLUMN.with(column);
        }
        origins.remove(columns.remove(index).name());
        checks.removeIf(c -> c.column().isPresent() && c.column().get().equalsIgnoreCase(column));
        List<Table.Key> kept = new ArrayList<>();
        for (Table.Key key : keys) {
            List<Table.Key.Part> parts = key.parts().stream()
                    .filter(p -> !p.column().equalsIgnoreCase(column))
                    .toList();
            if (!parts.isEmpty()) {
                kept.add(new Table.Key(key.name(), key.kind(), parts, key.comment(), key.storedName()));
            }
        }
        keys.clear();
        keys.addAll(kept);
    }

    /** Without the column the others would have to be unique by themselves. */
    private static boolean isUniqueTogether(Table.Key key, String column) {
        boolean unique = key.kind() == Table.Key.Kind.PRIMARY || key.kind() == Table.Key.Kind.UNIQUE;
        return unique
                && key.parts().size() > 1
                && key.parts().stream().anyMatch(p -> p.column().equalsIgnoreCase(column));
    }

    /** With a column goes the key on it alone, and with the key what the foreign key needs. */
    private SqlError needed(String column, Table.ForeignKey foreignKey) {
        return keys.stream()
                .filter(k ->
                        k.parts().size() == 1 && k.parts().getFirst().column().equalsIgnoreCase(column))
                .findFirst()
                .map(k -> SqlErrorCode.INDEX_IN_FOREIGN_KEY.with(k.name()))
                .orElseGet(() -> SqlErrorCode.COLUMN_NEEDED.with(column, foreignKey.name()));
    }

    void addConstraint(KeyDraft draft) {
        switch (draft) {
            case KeyDraft.Index index -> addKey(index);
            case KeyDraft.Foreign foreign -> addForeignKey(foreign);
            case KeyDraft.Checked checked -> addCheck(checked);
        }
    }

    private void addCheck(KeyDraft.Checked checked) {
        String checkName = checked.name();
        for (int i = 1; checkName == null; i++) {
            String candidate = "CONSTRAINT_" + i;
            checkName = checks.stream().anyMatch(c -> c.name().equalsIgnoreCase(candidate)) ? null : candidate;
        }
        checks.add(new Table.Check(checkName, Optional.empty(), ExpressionText.of(checked.expression())));
    }

    private void addKey(KeyDraft.Index draft) {
        boolean primary = draft.kind() == Table.Key.Kind.PRIMARY;
        if (primary && key("PRIMARY").isPresent()) {
            throw SqlErrorCode.MULTIPLE_PRIMARY_KEY.with();
        }
        if (primary && draft.name() != null && !draft.name().equalsIgnoreCase("PRIMARY")) {
            ignoredNames.add(draft.name());
        }
        String given = primary ? "PRIMARY" : draft.name();
        if (given != null && key(given).isPresent() && !generatedKeys.contains(given)) {
            if (draft.ifNotExists()) {
                return;
            }
            throw SqlErrorCode.DUPLICATE_KEY_NAME.with(given);
        }
        keys.removeIf(k -> generatedKeys.contains(k.name()) && KeyRules.startsWith(draft.parts(), k.parts()));
        List<Table.Key.Part> parts = KeyRules.checked(draft, columns);
        String keyName = given == null ? freeKeyName(parts.getFirst().column()) : given;
        if (keys.stream().anyMatch(k -> k.kind() == draft.kind() && k.parts().equals(parts))) {
            duplicateKeys.add(keyName);
        }
        keys.add(new Table.Key(keyName, draft.kind(), parts, draft.comment(), null));
    }

    private String freeKeyName(String column) {
        String candidate = column;
        for (int i = 2; key(candidate).isPresent() || candidate.equalsIgnoreCase("PRIMARY"); i++) {
            candidate = column + "_" + i;
        }
        return candidate;
    }

    private Optional<Table.Key> key(String keyName) {
        return keys.stream().filter(k -> k.name().equalsIgnoreCase(keyName)).findFirst();
    }

    private void addForeignKey(KeyDraft.Foreign draft) {
        List<String> own = draft.columns().stream()
                .map(c -> columns.stream()
                        .map(TableColumn::name)
                        .filter(c::equalsIgnoreCase)
                        .findFirst()
                        .orElseThrow(() -> SqlErrorCode.NO_KEY_COLUMN.with(c)))
                .toList();
        String constraint = draft.name() == null ? freeForeignKeyName() : draft.name();
        foreignKeys.add(new Table.ForeignKey(
                constraint,
                own,
                draft.referenced().name(),
                draft.referencedColumns(),
                draft.onDelete(),
                draft.onUpdate()));
        List<Table.Key.Part> parts =
                own.stream().map(c -> new Table.Key.Part(c, 0, false)).toList();
        if (draft.name() != null && key(draft.name()).isEmpty()) {
            keys.removeIf(k -> generatedKeys.contains(k.name()) && k.parts().equals(parts));
        }
        if (keys.stream().noneMatch(k -> KeyRules.startsWith(k.parts(), parts))) {
            String wanted = draft.name() == null ? draft.indexName() : draft.name();
            String keyName = wanted == null || key(wanted).isPresent() ? freeKeyName(own.getFirst()) : wanted;
            keys.add(new Table.Key(keyName, Table.Key.Kind.PLAIN, parts, "", null));
            generatedKeys.add(keyName);
        }
    }

    private String freeForeignKeyName() {
        int highest = 0;
        String prefix = name + "_ibfk_";
        for (Table.ForeignKey foreignKey : foreignKeys) {
            String tail =
                    foreignKey.name().startsWith(prefix) ? foreignKey.name().substring(prefix.length()) : "";
            if (!tail.isEmpty() && tail.length() < 9 && tail.chars().allMatch(Character::isDigit)) {
                highest = Math.max(highest, Integer.parseInt(tail));
            }
        }
        return prefix + (highest + 1);
    }

    void dropKey(String keyName, String kind) {
        Table.Key key = key(keyName).orElseThrow(() -> SqlErrorCode.CANNOT_DROP_FIELD_OR_KEY.with(kind, keyName));
        keys.remove(key);
        for (Table.ForeignKey foreignKey : foreignKeys) {
            List<Table.Key.Part> needed = foreignKey.columns().stream()
                    .map(c -> new Table.Key.Part(c, 0, false))
                    .toList();
            if (keys.stream().noneMatch(k -> KeyRules.startsWith(k.parts(), needed))) {
                throw SqlErrorCode.INDEX_IN_FOREIGN_KEY.with(keyName);
            }
        }
    }

    void dropForeignKey(String constraint) {
        if (!foreignKeys.removeIf(f -> f.name().equalsIgnoreCase(constraint))) {
            throw SqlErrorCode.CANNOT_DROP_FIELD_OR_KEY.with("FOREIGN KEY", constraint);
        }
    }

    /** DROP CONSTRAINT: a check, a foreign key or a unique key. */
    void dropConstraint(String constraint) {
        boolean dropped = checks.removeIf(c -> c.column().isEmpty() && c.name().equalsIgnoreCase(constraint))
                || foreignKeys.removeIf(f -> f.name().equalsIgnoreCase(constraint))
                || keys.removeIf(k -> k.name().equalsIgnoreCase(constraint)
                        && (k.kind() == Table.Key.Kind.UNIQUE || k.kind() == Table.Key.Kind.PRIMARY));
        if (!dropped) {
            throw SqlErrorCode.CANNOT_DROP_FIELD_OR_KEY.with("CONSTRAINT", constraint);
        }
    }

    boolean hasKey(String keyName) {
        return key(keyName).isPresent();
    }

    boolean hasForeignKey(String constraint) {
        return foreignKeys.stream().anyMatch(f -> f.name().equalsIgnoreCase(constraint));
    }

    void renameKey(String oldName, String newName) {
        Table.Key key = key(oldName).orElseThrow(() -> SqlErrorCode.NO_SUCH_KEY.with(oldName, name));
        if (!oldName.equalsIgnoreCase(newName) && key(newName).isPresent()) {
            throw SqlErrorCode.DUPLICATE_KEY_NAME.with(newName);
        }
        keys.set(keys.indexOf(key), new Table.Key(newName, key.kind(), key.parts(), key.comment(), null));
    }

    /** CONVERT TO CHARACTER SET: every text column changes with the table. */
    void convert(String charset, String collation) {
        columns.replaceAll(c -> c.type().isText() && checks.stream().noneMatch(k -> isJsonCheck(k, c))
                ? ColumnBuilder.withCollation(c, charset, collation)
                : c);
        options = TableOptionsText.withCollation(options, charset, collation);
    }

    private static boolean isJsonCheck(Table.Check check, TableColumn column) {
        return check.column().equals(Optional.of(column.name()))
                && check.expression().startsWith("json_valid(");
    }

    /** The checked result. Throws 1113, 1075, 1171 … */
    Table finish(Schema schema, boolean checkForeignKeys) {
        if (columns.isEmpty()) {
            throw SqlErrorCode.NO_COLUMNS.with();
        }
        GeneratedRules.check(columns);
        primaryKeyIsNotNull();
        KeyRules.requireAutoIncrementKey(columns, keys);
        if (checkForeignKeys) {
            ForeignKeyRules.check(name, databaseName, columns, foreignKeys, keys, schema);
        }
        keys.replaceAll(k -> new Table.Key(k.name(), k.kind(), k.parts(), k.comment(), storedName(k)));
        KeyRules.sort(keys, columns);
        foreignKeys.sort(Comparator.comparing(Table.ForeignKey::name));
        return new Table(
                name,
                List.copyOf(columns),
                List.copyOf(keys),
                List.copyOf(foreignKeys),
                List.copyOf(checks),
                options,
                false);
    }

    private void primaryKeyIsNotNull() {
        Optional<Table.Key> primary = key("PRIMARY");
        if (primary.isEmpty()) {
            return;
        }
        for (Table.Key.Part part : primary.get().parts()) {
            int index = existing(part.column());
            TableColumn column = columns.get(index);
            if (column.nullable()) {
                if (explicitlyNullable.contains(column.name())) {
                    throw SqlErrorCode.PRIMARY_CANNOT_HAVE_NULL.with();
                }
                columns.set(index, ColumnBuilder.notNull(column));
            }
        }
    }

    private @Nullable String storedName(Table.Key key) {
        if (key.kind() == Table.Key.Kind.FULLTEXT || StoredTable.isRowid(key, columns)) {
            return null;
        }
        return name + "__" + key.name();
    }

    private int indexOf(String column) {
        for (int i = 0; i < columns.size(); i++) {
            if (columns.get(i).name().toLowerCase(Locale.ROOT).equals(column.toLowerCase(Locale.ROOT))) {
                return i;
            }
        }
        return -1;
    }

    private int existing(String column) {
        int index = indexOf(column);
        if (index < 0) {
            throw SqlErrorCode.UNKNOWN_COLUMN.with(column, name);
        }
        return index;
    }
}
