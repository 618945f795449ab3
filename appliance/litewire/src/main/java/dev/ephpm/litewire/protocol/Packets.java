package dev.ephpm.litewire.protocol;

import dev.ephpm.litewire.Column;
import dev.ephpm.litewire.SqlError;

/** The small packets a server sends. */
final class Packets {
    private static final int OK = 0x00;
    private static final int END_OF_ROWS = 0xFE;
    private static final int ERROR = 0xFF;
    private static final int SWITCH_AUTHENTICATION = 0xFE;
    private static final int FIXED_FIELDS = 0x0C;

    private Packets() {}

    static byte[] ok(long affectedRows, long lastInsertId, int status, int warnings, String info) {
        PayloadWriter payload = new PayloadWriter()
                .integer(OK, 1)
                .lengthEncoded(affectedRows)
                .lengthEncoded(lastInsertId)
                .integer(status, 2)
                .integer(warnings, 2);
        return (info.isEmpty() ? payload : payload.lengthEncodedText(info)).payload();
    }

    static byte[] endOfRows(int status, int warnings) {
        return new PayloadWriter(5)
                .integer(END_OF_ROWS, 1)
                .integer(warnings, 2)
                .integer(status, 2)
                .payload();
    }

    static byte[] error(SqlError error) {
        return new PayloadWriter()
                .integer(ERROR, 1)
                .integer(error.code().number(), 2)
                .text("#" + error.code().sqlState())
                .text(error.getMessage())
                .payload();
    }

    /** AuthSwitchRequest. */
    static byte[] switchAuthentication(String plugin, Nonce nonce) {
        return new PayloadWriter()
                .integer(SWITCH_AUTHENTICATION, 1)
                .terminated(plugin)
                .bytes(nonce.bytes())
                .zeros(1)
                .payload();
    }

    static byte[] columnCount(int columns) {
        return new PayloadWriter(9).lengthEncoded(columns).payload();
    }

    /** ColumnDefinition41. */
    static byte[] column(Column column) {
        return columnFields(column).payload();
    }

    /** ColumnDefinition41 as COM_FIELD_LIST wants it, with a default value, which is unknown here. */
    static byte[] listedField(Column column) {
        return columnFields(column).integer(0xFB, 1).payload();
    }

    private static PayloadWriter columnFields(Column column) {
        return new PayloadWriter(128)
                .lengthEncodedText("def")
                .lengthEncodedText(column.schema())
                .lengthEncodedText(column.table())
                .lengthEncodedText(column.originalTable())
                .lengthEncodedText(column.name())
                .lengthEncodedText(column.originalName())
                .integer(FIXED_FIELDS, 1)
                .integer(column.characterSet(), 2)
                .integer(Math.min(column.length(), 0xFFFF_FFFFL), 4)
                .integer(column.type().code(), 1)
                .integer(column.flags(), 2)
                .integer(column.decimals(), 1)
                .zeros(2);
    }

    static byte[] prepared(int statementId, int columns, int parameters, int warnings) {
        return new PayloadWriter(12)
                .integer(OK, 1)
                .integer(statementId, 4)
                .integer(columns, 2)
                .integer(parameters, 2)
                .zeros(1)
                .integer(warnings, 2)
                .payload();
    }
}
