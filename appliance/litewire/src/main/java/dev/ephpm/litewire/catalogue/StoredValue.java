package dev.ephpm.litewire.catalogue;

/** Values of rows when a rebuilt table takes them over, as SQLite expressions. */
final class StoredValue {
    private StoredValue() {}

    /** What existing rows get in a column that is new. */
    static String ofNewColumn(TableColumn column) {
        return StoredTable.defaultValue(column).orElseGet(() -> column.nullable() ? "NULL" : implicit(column.type()));
    }

    /** MySQL's implicit default of a NOT NULL column. */
    static String implicit(MySqlType type) {
        return switch (type.base()) {
            case "date" -> "'0000-00-00'";
            case "datetime", "timestamp" -> "'0000-00-00 00:00:00'";
            case "time" -> "'00:00:00'";
            case "enum" -> Quoting.storedString(type.values().getFirst());
            case "tinyint", "smallint", "mediumint", "int", "bigint", "year", "bit", "decimal", "float", "double" ->
                "0";
            default -> type.isText() ? "''" : "x''";
        };
    }

    /** An old column's value in the new column's type. In strict mode NULL stays NULL and fails on NOT NULL. */
    static String converted(TableColumn old, TableColumn changed, boolean strict) {
        String value = Quoting.stored(old.name());
        String from = StoredTable.declaredType(old.type());
        String to = StoredTable.declaredType(changed.type());
        String converted = value;
        if (!from.equals(to)) {
            converted = conversion(value, from, to);
        } else if (changed.type().base().equals("varchar")
                && changed.type().length() < old.type().length()) {
            converted = "substr(" + value + ", 1, " + changed.type().length() + ")";
        }
        if (!changed.nullable() && old.nullable() && !strict) {
            return "coalesce(" + converted + ", " + implicit(changed.type()) + ")";
        }
        return converted;
    }

    private static String conversion(String value, String from, String to) {
        if (to.equals("INTEGER") && (from.equals("REAL") || from.equals("NUMERIC"))) {
            return "CAST(round(" + value + ") AS INTEGER)";
        }
        if (to.startsWith("TEXT")) {
            return "CAST(" + value + " AS TEXT)";
        }
        return "CAST(" + value + " AS " + to + ")";
    }
}
