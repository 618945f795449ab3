package dev.ephpm.litewire.dump;

import dev.ephpm.litewire.Column;
import dev.ephpm.litewire.protocol.TextRows;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes SQL text in the form of mariadb-dump. One thread. Throws {@link UncheckedIOException}. */
final class DumpWriter {
    /** As mariadb-dump's net_buffer_length. */
    private static final int LARGEST_STATEMENT = 1_046_528;

    private static final byte[] HEXADECIMAL = "0123456789ABCDEF".getBytes(StandardCharsets.US_ASCII);

    private final OutputStream out;
    private byte[] row = new byte[1 << 16];
    private int length;
    private long bytes;
    private long statementLength;

    DumpWriter(OutputStream out) {
        this.out = out;
    }

    long bytes() {
        return bytes;
    }

    void text(String text) {
        write(text.getBytes(StandardCharsets.UTF_8));
    }

    private void write(byte[] text) {
        write(text, text.length);
    }

    private void write(byte[] text, int count) {
        try {
            out.write(text, 0, count);
            bytes += count;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** One row of a table, beginning a new statement where the one before is large. */
    void row(byte[] head, List<Column> columns, @Nullable Object[] values) {
        length = 0;
        append('(');
        for (int i = 0; i < values.length; i++) {
            if (i > 0) {
                append(',');
            }
            value(columns.get(i), values[i]);
        }
        append(')');
        boolean fits = statementLength > 0 && statementLength + length + 2 < LARGEST_STATEMENT;
        if (!fits) {
            endRows();
            write(head);
            statementLength = head.length;
        }
        text(fits ? ",\n" : "\n");
        write(row, length);
        statementLength += length + 2L;
    }

    void endRows() {
        if (statementLength > 0) {
            text(";\n");
            statementLength = 0;
        }
    }

    private void value(Column column, @Nullable Object value) {
        byte[] text = TextRows.text(column, value);
        if (text == null) {
            append("NULL".getBytes(StandardCharsets.US_ASCII));
            return;
        }
        switch (column.type()) {
            case TINY, SHORT, LONG, INT24, LONGLONG, FLOAT, DOUBLE, DECIMAL, NEWDECIMAL, YEAR -> append(text);
            case BIT -> hexadecimal(text);
            case TINY_BLOB, MEDIUM_BLOB, LONG_BLOB, BLOB, VAR_STRING, STRING, GEOMETRY -> {
                if (column.characterSet() == Column.CHARACTER_SET_BINARY) {
                    hexadecimal(text);
                } else {
                    quoted(text);
                }
            }
            default -> quoted(text);
        }
    }

    private void hexadecimal(byte[] value) {
        if (value.length == 0) {
            quoted(value);
            return;
        }
        reserve(2 * value.length + 2);
        append('0');
        append('x');
        for (byte b : value) {
            row[length++] = HEXADECIMAL[(b >> 4) & 15];
            row[length++] = HEXADECIMAL[b & 15];
        }
    }

    private void quoted(byte[] value) {
        reserve(2 * value.length + 2);
        row[length++] = '\'';
        for (byte b : value) {
            byte escaped = escaped(b);
            if (escaped != 0) {
                row[length++] = '\\';
                row[length++] = escaped;
            } else {
                row[length++] = b;
            }
        }
        row[length++] = '\'';
    }

    private static byte escaped(byte b) {
        return switch (b) {
            case 0 -> '0';
            case '\n' -> 'n';
            case '\r' -> 'r';
            case 0x1a -> 'Z';
            case '\\', '\'', '"' -> b;
            default -> 0;
        };
    }

    private void append(char c) {
        reserve(1);
        row[length++] = (byte) c;
    }

    private void append(byte[] text) {
        reserve(text.length);
        System.arraycopy(text, 0, row, length, text.length);
        length += text.length;
    }

    private void reserve(int more) {
        if (row.length - length < more) {
            row = Arrays.copyOf(row, Math.addExact(Math.max(2 * row.length, length), more));
        }
    }
}
