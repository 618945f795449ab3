package dev.ephpm.litewire.catalogue;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Whether InnoDB would copy a table's rows for a change, because then ALTER TABLE says so: the rows count as affected. What
 * happens here is another matter.
 */
final class AlterAlgorithm {
    private final Table old;
    private final Table changed;
    private final Map<String, String> origins;

    /** @param origins old column by new column, as {@link TableEdit#origins} gives them */
    AlterAlgorithm(Table old, Table changed, Map<String, String> origins) {
        this.old = old;
        this.changed = changed;
        this.origins = origins;
    }

    /** @param checksForeignKeys a new foreign key is then checked row by row */
    boolean copies(boolean checksForeignKeys) {
        return !old.options().engine().equals(changed.options().engine())
                || changed.columns().stream().anyMatch(this::rewrites)
                || losesPrimaryKey()
                || changed.checks().stream()
                        .anyMatch(c -> c.column().isEmpty() && !old.checks().contains(c))
                || (checksForeignKeys && !old.foreignKeys().containsAll(changed.foreignKeys()))
                || (rebuilds() && has(old, Table.Key.Kind.FULLTEXT));
    }

    private boolean rewrites(TableColumn column) {
        Optional<TableColumn> before =
                Optional.ofNullable(origins.get(column.name())).flatMap(old::column);
        if (before.isEmpty()) {
            return column.generated().filter(g -> g.endsWith("STORED")).isPresent();
        }
        return (column.autoIncrement() && !before.get().autoIncrement())
                || !column.generated().equals(before.get().generated())
                || rewrites(before.get(), column);
    }

    private boolean rewrites(TableColumn before, TableColumn after) {
        MySqlType from = before.type();
        MySqlType to = after.type();
        if (!from.base().equals(to.base())
                || from.unsigned() != to.unsigned()
                || from.scale() != to.scale()
                || !from.charset().equals(to.charset())) {
            return true;
        }
        boolean sorted = !from.collation().equals(to.collation()) && isKeyed(before);
        return sorted
                || switch (to.base()) {
                    case "varchar", "varbinary" -> to.length() < from.length();
                    case "enum", "set" -> !startsWith(to.values(), from.values());
                    case "decimal", "char", "binary", "bit" -> to.length() != from.length();
                    default -> false;
                };
    }

    private static boolean startsWith(List<String> values, List<String> beginning) {
        return values.size() >= beginning.size()
                && values.subList(0, beginning.size()).equals(beginning);
    }

    private boolean isKeyed(TableColumn column) {
        return old.keys().stream()
                .flatMap(k -> k.parts().stream())
                .anyMatch(p -> p.column().equalsIgnoreCase(column.name()));
    }

    private boolean losesPrimaryKey() {
        return has(old, Table.Key.Kind.PRIMARY)
                && !has(changed, Table.Key.Kind.PRIMARY)
                && !has(changed, Table.Key.Kind.UNIQUE);
    }

    private static boolean has(Table table, Table.Key.Kind kind) {
        return table.keys().stream().anyMatch(k -> k.kind() == kind);
    }

    /** Another primary key, or another order of the columns there were. */
    private boolean rebuilds() {
        List<String> kept = changed.columns().stream()
                .map(TableColumn::name)
                .filter(origins::containsKey)
                .map(c -> origins.getOrDefault(c, c))
                .toList();
        List<String> before = old.columns().stream()
                .map(TableColumn::name)
                .filter(kept::contains)
                .toList();
        boolean between = changed.columns().stream().limit(kept.size()).anyMatch(c -> !origins.containsKey(c.name()));
        return between || !kept.equals(before) || !primary(old).equals(primary(changed));
    }

    private static List<Table.Key.Part> primary(Table table) {
        return table.keys().stream()
                .filter(k -> k.kind() == Table.Key.Kind.PRIMARY)
                .findFirst()
                .map(Table.Key::parts)
                .orElse(List.of());
    }
}
