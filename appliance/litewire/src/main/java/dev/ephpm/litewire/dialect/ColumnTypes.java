package dev.ephpm.litewire.dialect;

import dev.ephpm.litewire.ColumnType;
import dev.ephpm.litewire.catalogue.MySqlType;
import dev.ephpm.litewire.catalogue.TableColumn;

/** The expression type of a stored column. */
final class ColumnTypes {
    private static final long LONGEST = 4_294_967_295L;

    private ColumnTypes() {}

    static Type of(TableColumn column) {
        Type type = of(column.type());
        return column.nullable() ? type : type.notNull();
    }

    static Type of(MySqlType type) {
        Type plain = plain(type);
        return switch (type.base()) {
            case "char", "binary" -> plain.withWire(ColumnType.STRING);
            default -> plain;
        };
    }

    private static Type plain(MySqlType type) {
        return switch (type.base()) {
            case "tinyint", "smallint", "mediumint", "int", "bigint" -> {
                Type whole = Type.integer(widestInteger(type))
                        .withWire(ResultColumns.storedType(type.base()))
                        .withCollation(Type.STORED);
                yield type.unsigned() ? whole.asUnsigned() : whole;
            }
            case "decimal" -> {
                Type decimal = Type.decimal(type.length() < 0 ? 10 : type.length(), type.scale());
                yield type.unsigned() ? decimal.asUnsigned() : decimal;
            }
            case "float" -> real(type, 12).withWire(ColumnType.FLOAT);
            case "double" -> real(type, 22);
            case "year" -> new Type(Type.Family.YEAR, 4, 0, true, true, TextCollation.CONNECTION);
            case "bit" ->
                new Type(Type.Family.BIT, Math.max(type.length(), 1), 0, true, true, TextCollation.CONNECTION);
            case "date" -> Type.date();
            case "time" -> Type.time(type.scale());
            case "datetime" -> Type.datetime(type.scale());
            case "timestamp" -> Type.datetime(type.scale()).asUnsigned().withWire(ColumnType.TIMESTAMP);
            case "json" -> new Type(Type.Family.JSON, LONGEST, 0, false, true, TextCollation.BINARY_TEXT);
            case "binary", "varbinary", "tinyblob", "blob", "mediumblob", "longblob" -> Type.binary(characters(type));
            default ->
                Type.text(characters(type))
                        .withCollation(TextCollation.of(type.collation(), TextCollation.Strength.IMPLICIT));
        };
    }

    /** Whether texts of a collation compare byte by byte. */
    static boolean isBinary(String collation) {
        return collation.equals("binary") || collation.endsWith("_bin");
    }

    private static Type real(MySqlType type, int length) {
        return type.length() > 0
                ? Type.real().withLength(type.length()).withDecimals(type.scale())
                : Type.real().withLength(length);
    }

    /** The display width, which only clients that look at the column itself see. */
    static int integerWidth(MySqlType type) {
        return type.length() > 0 ? type.length() : widestInteger(type);
    }

    /** The most characters a value can have. */
    private static int widestInteger(MySqlType type) {
        int sign = type.unsigned() ? 0 : 1;
        return switch (type.base()) {
            case "tinyint" -> 3 + sign;
            case "smallint" -> 5 + sign;
            case "mediumint" -> 8;
            case "int" -> 10 + sign;
            default -> 20;
        };
    }

    /** The most characters (bytes of binary types) a value can have. */
    static long characters(MySqlType type) {
        return switch (type.base()) {
            case "tinytext", "tinyblob" -> 255;
            case "text", "blob" -> 65_535;
            case "mediumtext", "mediumblob" -> 16_777_215;
            case "longtext", "longblob", "json" -> LONGEST;
            case "enum" -> type.values().stream().mapToInt(String::length).max().orElse(0);
            case "set" -> type.values().stream().mapToInt(v -> v.length() + 1).sum() - 1L;
            default -> type.length() < 0 ? 1 : type.length();
        };
    }
}
