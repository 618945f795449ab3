package dev.ephpm.litewire.catalogue;

import dev.ephpm.litewire.SqlErrorCode;
import java.util.List;
import java.util.Optional;

/** What InnoDB demands of foreign keys while foreign_key_checks is on. */
final class ForeignKeyRules {
    private ForeignKeyRules() {}

    /** Throws 1005 (errno 150). */
    static void check(
            String table,
            String databaseName,
            List<TableColumn> columns,
            List<Table.ForeignKey> foreignKeys,
            List<Table.Key> keys,
            Schema schema) {
        for (Table.ForeignKey foreignKey : foreignKeys) {
            boolean self = foreignKey.referencedTable().equals(table);
            Optional<Table> parent = schema.table(foreignKey.referencedTable());
            if (!self && parent.isEmpty()) {
                throw SqlErrorCode.CANNOT_CREATE_TABLE.with(databaseName, table);
            }
            List<TableColumn> parentColumns =
                    self ? columns : parent.orElseThrow().columns();
            List<Table.Key> parentKeys = self ? keys : parent.orElseThrow().keys();
            if (!wellFormed(foreignKey, columns, parentColumns, parentKeys)) {
                throw SqlErrorCode.CANNOT_CREATE_TABLE.with(databaseName, table);
            }
        }
    }

    private static boolean wellFormed(
            Table.ForeignKey foreignKey,
            List<TableColumn> columns,
            List<TableColumn> parentColumns,
            List<Table.Key> parentKeys) {
        if (foreignKey.columns().size() != foreignKey.referencedColumns().size()) {
            return false;
        }
        for (int i = 0; i < foreignKey.columns().size(); i++) {
            Optional<TableColumn> own = find(columns, foreignKey.columns().get(i));
            Optional<TableColumn> parent =
                    find(parentColumns, foreignKey.referencedColumns().get(i));
            if (own.isEmpty()
                    || parent.isEmpty()
                    || !alike(own.get().type(), parent.get().type())) {
                return false;
            }
            boolean setsNull = foreignKey.onDelete().equals("SET NULL")
                    || foreignKey.onUpdate().equals("SET NULL");
            if (setsNull && !own.get().nullable()) {
                return false;
            }
        }
        List<Table.Key.Part> wanted = foreignKey.referencedColumns().stream()
                .map(c -> new Table.Key.Part(c, 0, false))
                .toList();
        return parentKeys.stream().anyMatch(k -> KeyRules.startsWith(k.parts(), wanted));
    }

    private static Optional<TableColumn> find(List<TableColumn> columns, String name) {
        return columns.stream().filter(c -> c.name().equalsIgnoreCase(name)).findFirst();
    }

    private static boolean alike(MySqlType own, MySqlType parent) {
        if (own.isText() && parent.isText()) {
            return own.collation().equals(parent.collation());
        }
        return own.base().equals(parent.base()) && own.unsigned() == parent.unsigned();
    }
}
