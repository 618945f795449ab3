package dev.ephpm.litewire.catalogue;

import dev.ephpm.litewire.Column;
import java.util.List;
import java.util.Optional;

/** Table columns for the result columns of a SELECT: those of CREATE TABLE … AS SELECT and of views. */
final class SelectColumns {
    private static final int TINY_TEXT_BYTES = 255 * 4;
    private static final int BINARY = Column.CHARACTER_SET_BINARY;

    private SelectColumns() {}

    /** @param collation of text without a column of its own */
    static TableColumn of(Column column, Schema schema, String charset, String collation) {
        Optional<TableColumn> original = column.originalTable().isEmpty()
                ? Optional.empty()
                : schema.table(column.originalTable()).flatMap(t -> t.column(column.originalName()));
        if (original.isPresent()) {
            TableColumn c = original.get();
            Optional<String> text = c.autoIncrement() ? Optional.of("0") : c.defaultExpression();
            return new TableColumn(
                    column.name(), c.type(), c.nullable(), text, false, c.onUpdate(), Optional.empty(), c.comment());
        }
        boolean nullable = (column.flags() & Column.NOT_NULL) == 0;
        return new TableColumn(
                column.name(),
                type(column, charset, collation),
                nullable,
                nullable ? Optional.of("NULL") : Optional.empty(),
                false,
                Optional.empty(),
                Optional.empty(),
                "");
    }

    private static MySqlType type(Column c, String charset, String collation) {
        boolean unsigned = (c.flags() & Column.UNSIGNED) != 0;
        int length = (int) Math.min(Integer.MAX_VALUE, c.length());
        return switch (c.type()) {
            case TINY -> number("tinyint", length, 0, unsigned);
            case SHORT -> number("smallint", length, 0, unsigned);
            case INT24 -> number("mediumint", length, 0, unsigned);
            case LONG -> number("int", length, 0, unsigned);
            case LONGLONG -> number("bigint", length, 0, unsigned);
            case YEAR -> number("year", 4, 0, false);
            case BIT -> number("bit", length, 0, false);
            case FLOAT -> number("float", -1, 0, false);
            case DOUBLE -> number("double", -1, 0, false);
            case DECIMAL, NEWDECIMAL -> {
                int sign = unsigned ? 0 : 1;
                int point = c.decimals() > 0 ? 1 : 0;
                yield number("decimal", Math.max(1, length - sign - point), c.decimals(), unsigned);
            }
            case DATE -> number("date", -1, 0, false);
            case TIME -> number("time", -1, c.decimals(), false);
            case DATETIME -> number("datetime", -1, c.decimals(), false);
            case TIMESTAMP -> number("timestamp", -1, c.decimals(), false);
            case NULL -> number("binary", 0, 0, false);
            case TINY_BLOB, BLOB, MEDIUM_BLOB, LONG_BLOB, JSON, GEOMETRY -> large(c, charset, collation);
            case VAR_STRING, STRING, ENUM, SET ->
                c.characterSet() == BINARY
                        ? number("varbinary", length, 0, false)
                        : new MySqlType("varchar", length / 4, 0, false, false, List.of(), charset, collation);
        };
    }

    private static MySqlType large(Column c, String charset, String collation) {
        boolean binary = c.characterSet() == BINARY;
        String size = c.length() <= TINY_TEXT_BYTES
                ? "tiny"
                : c.length() <= 65_535L * 4 ? "" : c.length() <= 16_777_215L * 4 ? "medium" : "long";
        String base = size + (binary ? "blob" : "text");
        return new MySqlType(base, -1, 0, false, false, List.of(), binary ? "" : charset, binary ? "" : collation);
    }

    private static MySqlType number(String base, int length, int scale, boolean unsigned) {
        return new MySqlType(base, length, scale, unsigned, false, List.of(), "", "");
    }
}
