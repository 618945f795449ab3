package dev.ephpm.litewire.protocol;

import dev.ephpm.litewire.Literal;
import dev.ephpm.litewire.SqlErrorCode;
import dev.ephpm.litewire.sqlite.RawText;
import java.math.BigDecimal;
import java.math.BigInteger;

/** A bound parameter in the binary protocol. The low byte of a type is MySQL's type code, 0x8000 says unsigned. */
final class ParameterValue {
    private static final int UNSIGNED = 0x8000;

    private ParameterValue() {}

    static Literal read(PayloadReader source, int type) throws ProtocolException {
        return switch (type & 0xff) {
            case 1 -> whole(source, 1, type);
            case 2, 13 -> whole(source, 2, type);
            case 3, 9 -> whole(source, 4, type);
            case 8 -> whole(source, 8, type);
            case 4 -> new Literal.Real(exactly(Float.intBitsToFloat((int) source.integer(4))));
            case 5 -> new Literal.Real(Double.longBitsToDouble(source.integer(8)));
            case 6 -> new Literal.Null();
            case 7, 12 -> new Literal.Text(BinaryTime.readDateTime(source, false));
            case 10 -> new Literal.Text(BinaryTime.readDateTime(source, true));
            case 11 -> new Literal.Text(BinaryTime.readTime(source));
            case 0, 15, 16, 245, 246, 247, 248, 249, 250, 251, 252, 253, 254 ->
                ofBytes(type, source.lengthEncodedBytes());
            default -> throw new ProtocolException(SqlErrorCode.WRONG_ARGUMENTS.with("mysqld_stmt_execute"));
        };
    }

    /** A float is worth the decimal number it prints as, not the double that is nearest to it. */
    private static double exactly(float number) {
        return Float.isFinite(number) ? Double.parseDouble(Float.toString(number)) : number;
    }

    private static Literal whole(PayloadReader source, int width, int type) throws ProtocolException {
        long value = source.integer(width);
        if ((type & UNSIGNED) == 0) {
            int unused = Long.SIZE - 8 * width;
            return new Literal.Whole(value << unused >> unused);
        }
        return value >= 0
                ? new Literal.Whole(value)
                : new Literal.Decimal(new BigDecimal(new BigInteger(Long.toUnsignedString(value))));
    }

    static Literal ofBytes(int type, byte[] bytes) {
        return switch (type & 0xff) {
            case 16, 249, 250, 251, 252 -> new Literal.Binary(bytes);
            case 0, 246 -> decimal(bytes);
            default -> text(bytes);
        };
    }

    /** As the lexer has it for plain quotes: what is not UTF-8 is binary. */
    private static Literal text(byte[] bytes) {
        String text = RawText.decode(bytes, 0, bytes.length);
        return RawText.isRaw(text) ? new Literal.Binary(bytes) : new Literal.Text(text);
    }

    private static Literal decimal(byte[] bytes) {
        String text = RawText.decode(bytes, 0, bytes.length);
        try {
            return new Literal.Decimal(new BigDecimal(text));
        } catch (NumberFormatException e) {
            return new Literal.Text(text);
        }
    }
}
