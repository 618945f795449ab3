package dev.ephpm.litewire.catalogue;

import java.util.List;

/**
 * A MySQL column type.
 *
 * @param base lower-case name without arguments: {@code bigint}, {@code varchar}, {@code datetime}, {@code enum} …
 * @param length characters, display width, or total digits of a decimal; −1 when not given
 * @param scale digits after the point, or fractional second digits; 0 when not given
 * @param values of ENUM and SET, unquoted
 * @param charset and collation of text types, else empty
 */
public record MySqlType(
        String base,
        int length,
        int scale,
        boolean unsigned,
        boolean zerofill,
        List<String> values,
        String charset,
        String collation) {

    public boolean isText() {
        return switch (base) {
            case "char", "varchar", "tinytext", "text", "mediumtext", "longtext", "enum", "set", "json" -> true;
            default -> false;
        };
    }

    public boolean isBinary() {
        return switch (base) {
            case "binary", "varbinary", "tinyblob", "blob", "mediumblob", "longblob", "bit" -> true;
            default -> false;
        };
    }

    public boolean isInteger() {
        return switch (base) {
            case "tinyint", "smallint", "mediumint", "int", "bigint", "year" -> true;
            default -> false;
        };
    }
}
