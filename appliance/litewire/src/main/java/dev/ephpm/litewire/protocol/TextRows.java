package dev.ephpm.litewire.protocol;

import dev.ephpm.litewire.Column;
import dev.ephpm.litewire.ColumnType;
import dev.ephpm.litewire.sqlite.RawText;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Rows of COM_QUERY: every value as length-encoded text, NULL as 0xFB. */
public final class TextRows implements RowEncoder {
    private static final byte[] NULL = {(byte) 0xFB};

    private final byte[] prefix = new byte[9];

    @Override
    public boolean isBinary() {
        return false;
    }

    @Override
    public void write(PacketWriter writer, List<Column> columns, @Nullable Object[] values) throws IOException {
        byte[] @Nullable [] texts = new byte[values.length][];
        long length = 0;
        for (int i = 0; i < values.length; i++) {
            byte @Nullable [] text = text(columns.get(i), values[i]);
            texts[i] = text;
            length += text == null ? 1 : PayloadWriter.lengthEncodedSize(text.length) + (long) text.length;
        }
        writer.begin(length);
        for (byte @Nullable [] text : texts) {
            if (text == null) {
                writer.write(NULL, 0, 1);
            } else {
                writer.write(prefix, 0, prefix(text.length));
                writer.write(text, 0, text.length);
            }
        }
        writer.end();
    }

    private int prefix(int length) {
        if (length <= 250) {
            prefix[0] = (byte) length;
            return 1;
        }
        int width = length <= 0xFFFF ? 2 : length <= 0xFFFFFF ? 3 : 8;
        prefix[0] = (byte) (width == 2 ? 0xFC : width == 3 ? 0xFD : 0xFE);
        for (int i = 0; i < width; i++) {
            prefix[i + 1] = (byte) ((long) length >>> (8 * i));
        }
        return width + 1;
    }

    /** A value as the text protocol sends it; null for NULL. */
    public static byte @Nullable [] text(Column column, @Nullable Object value) {
        return switch (value) {
            case null -> null;
            case byte[] bytes -> bytes;
            case String text -> RawText.bytes(text);
            case Long number -> ascii(whole(column, number));
            case Double number -> ascii(NumberText.of(column.type() == ColumnType.FLOAT, number));
            case BigDecimal number -> ascii(number.toPlainString());
            default -> value.toString().getBytes(StandardCharsets.UTF_8);
        };
    }

    private static String whole(Column column, long number) {
        String digits = Long.toString(number);
        boolean zerofill = (column.flags() & Column.ZEROFILL) != 0;
        return zerofill && digits.length() < column.length()
                ? "0".repeat((int) column.length() - digits.length()) + digits
                : digits;
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }
}
