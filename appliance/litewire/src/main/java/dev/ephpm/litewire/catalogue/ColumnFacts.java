package dev.ephpm.litewire.catalogue;

import org.jspecify.annotations.Nullable;

/** What information_schema.COLUMNS and SHOW COLUMNS tell of a column. */
final class ColumnFacts {
    private final Table table;
    private final TableColumn column;
    private final MySqlType type;

    ColumnFacts(Table table, TableColumn column) {
        this.table = table;
        this.column = column;
        this.type = column.type();
    }

    /** The row of {@code __lw_columns}. */
    @Nullable
    Object[] row(int position) {
        return new @Nullable Object[] {
            table.name(),
            (long) position,
            column.name(),
            defaultText(),
            column.nullable() ? "YES" : "NO",
            type.base(),
            characterLength(),
            octetLength(),
            numericPrecision(),
            numericScale(),
            datetimePrecision(),
            type.isText() ? type.charset() : null,
            type.isText() ? type.collation() : null,
            TableText.type(type),
            key(),
            extra(),
            column.comment(),
            column.generated().map(g -> g.substring(1, g.lastIndexOf(')'))).orElse(null)
        };
    }

    /** A generated column that may be NULL is said to have that default. */
    private @Nullable String defaultText() {
        boolean computed = column.generated().isPresent() && column.nullable();
        return computed ? "NULL" : column.defaultExpression().orElse(null);
    }

    /** PRI, UNI, MUL or nothing, by MySQL's rules. */
    String key() {
        String found = "";
        for (Table.Key key : table.keys()) {
            boolean first = key.parts().getFirst().column().equalsIgnoreCase(column.name());
            boolean part = key.parts().stream().anyMatch(p -> p.column().equalsIgnoreCase(column.name()));
            if (part && (key.kind() == Table.Key.Kind.PRIMARY || isPromoted(key))) {
                return "PRI";
            }
            if (first && key.kind() == Table.Key.Kind.UNIQUE && key.parts().size() == 1) {
                found = "UNI";
            } else if (first && found.isEmpty()) {
                found = "MUL";
            }
        }
        return found;
    }

    /** Without a primary key the first unique key without NULL is shown as one. */
    private boolean isPromoted(Table.Key key) {
        return key.kind() == Table.Key.Kind.UNIQUE
                && table.keys().getFirst().equals(key)
                && key.parts().stream().noneMatch(p -> p.prefix() > 0 || KeyRules.isNullable(p, table.columns()));
    }

    String extra() {
        if (column.autoIncrement()) {
            return "auto_increment";
        }
        if (column.generated().isPresent()) {
            return column.generated().get().endsWith("STORED") ? "STORED GENERATED" : "VIRTUAL GENERATED";
        }
        return column.onUpdate().map(u -> "on update " + u).orElse("");
    }

    /** The default as SHOW COLUMNS gives it: without quotes, null for none and for NULL. */
    @Nullable
    String plainDefault() {
        String text = column.defaultExpression().orElse("NULL");
        if (text.equals("NULL")) {
            return null;
        }
        if (text.startsWith("'")) {
            return new TokenReader(text, StoredTable.DEFINITION_MODE).string();
        }
        return text;
    }

    @Nullable
    Long characterLength() {
        return switch (type.base()) {
            case "tinytext", "tinyblob" -> 255L;
            case "text", "blob" -> 65_535L;
            case "mediumtext", "mediumblob" -> 16_777_215L;
            case "longtext", "longblob" -> 4_294_967_295L;
            case "enum" ->
                (long) type.values().stream().mapToInt(String::length).max().orElse(0);
            case "set" ->
                (long) type.values().stream().mapToInt(String::length).sum()
                        + Math.max(0, type.values().size() - 1);
            case "char", "varchar", "binary", "varbinary" -> (long) type.length();
            default -> null;
        };
    }

    @Nullable
    Long octetLength() {
        Long characters = characterLength();
        boolean counted = switch (type.base()) {
            case "char", "varchar", "enum", "set" -> true;
            default -> false;
        };
        return characters == null || !counted
                ? characters
                : Long.valueOf(characters * Collations.charset(type.charset()).longestCharacter());
    }

    @Nullable
    Long numericPrecision() {
        return switch (type.base()) {
            case "tinyint" -> 3L;
            case "smallint" -> 5L;
            case "mediumint" -> 7L;
            case "int" -> 10L;
            case "bigint" -> type.unsigned() ? 20L : 19L;
            case "decimal", "bit" -> (long) type.length();
            case "float" -> type.length() > 0 ? (long) type.length() : 12L;
            case "double" -> type.length() > 0 ? (long) type.length() : 22L;
            default -> null;
        };
    }

    @Nullable
    Long numericScale() {
        return switch (type.base()) {
            case "tinyint", "smallint", "mediumint", "int", "bigint" -> 0L;
            case "decimal" -> (long) type.scale();
            case "float", "double" -> type.length() > 0 ? (long) type.scale() : null;
            default -> null;
        };
    }

    @Nullable
    Long datetimePrecision() {
        return switch (type.base()) {
            case "time", "datetime", "timestamp" -> (long) type.scale();
            default -> null;
        };
    }
}
