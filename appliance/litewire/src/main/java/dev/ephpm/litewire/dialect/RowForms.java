package dev.ephpm.litewire.dialect;

import dev.ephpm.litewire.Column;
import dev.ephpm.litewire.catalogue.MySqlType;
import dev.ephpm.litewire.sqlite.RowFormat;
import java.util.List;

/** Which values of a result are the same in SQLite and on the wire, so that {@link Values} need not see them. */
final class RowForms {
    private static final int FREE_DECIMALS = 31;
    private static final int LONGEST_UNSIGNED = 20;

    private RowForms() {}

    static RowFormat of(List<Column> columns, List<Queries.Output> outputs) {
        byte[] text = new byte[columns.size()];
        byte[] binary = new byte[columns.size()];
        for (int i = 0; i < text.length; i++) {
            text[i] = text(outputs.get(i), columns.get(i));
            binary[i] = binary(outputs.get(i), columns.get(i), text[i]);
        }
        return new RowFormat(text, binary);
    }

    /** A computed moment may have more or fewer digits of a second than its type; a column's value has them exactly. */
    private static byte text(Queries.Output output, Column column) {
        Type type = output.type();
        if (isSpecial(output, column)) {
            return RowFormat.JAVA;
        }
        return switch (type.family()) {
            case INTEGER -> type.unsigned() && type.length() >= LONGEST_UNSIGNED ? RowFormat.UNSIGNED : RowFormat.WHOLE;
            case DECIMAL -> RowFormat.decimal(type.decimals());
            case TIME, DATETIME -> output.origin() != null ? RowFormat.BYTES : RowFormat.JAVA;
            case TEXT, JSON, DATE, BINARY, NULL, UNKNOWN -> RowFormat.BYTES;
            case DOUBLE, YEAR, BIT -> RowFormat.JAVA;
        };
    }

    /** Zeros in front and single precision need more than the value. */
    private static boolean isSpecial(Queries.Output output, Column column) {
        if ((column.flags() & Column.ZEROFILL) != 0) {
            return true;
        }
        Origin origin = output.origin();
        MySqlType stored = origin == null ? null : origin.column().type();
        return stored != null && (stored.zerofill() || stored.base().equals("float"));
    }

    private static byte binary(Queries.Output output, Column column, byte text) {
        boolean whole = text == RowFormat.WHOLE || text == RowFormat.UNSIGNED;
        return switch (column.type()) {
            case TINY -> whole ? RowFormat.BINARY_1 : RowFormat.JAVA;
            case SHORT -> whole ? RowFormat.BINARY_2 : RowFormat.JAVA;
            case LONG, INT24 -> whole ? RowFormat.BINARY_4 : RowFormat.JAVA;
            case LONGLONG -> whole ? RowFormat.BINARY_8 : RowFormat.JAVA;
            case DOUBLE ->
                output.type().family() == Type.Family.DOUBLE
                                && output.type().decimals() >= FREE_DECIMALS
                                && !isSpecial(output, column)
                        ? RowFormat.BINARY_REAL
                        : RowFormat.JAVA;
            case DATE, DATETIME, TIMESTAMP -> text == RowFormat.BYTES ? RowFormat.BINARY_MOMENT : RowFormat.JAVA;
            case YEAR, FLOAT, TIME, NULL -> RowFormat.JAVA;
            default -> text;
        };
    }
}
