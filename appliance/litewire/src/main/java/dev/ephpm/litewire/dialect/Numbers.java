package dev.ephpm.litewire.dialect;

import dev.ephpm.litewire.Literal;
import dev.ephpm.litewire.SqlErrorCode;
import java.math.BigDecimal;
import java.math.BigInteger;

/** Number and bit literals. */
final class Numbers {
    private static final int MOST_LONG_DIGITS = 18;

    private Numbers() {}

    /** Where the number at the index ends, or −1 when the text is a name that begins with digits. */
    static int end(String sql, int from, boolean insideName) {
        int index = digits(sql, from);
        boolean exact = true;
        if (!insideName && index < sql.length() && sql.charAt(index) == '.') {
            index = digits(sql, index + 1);
            exact = false;
        }
        int exponent = exponentEnd(sql, index);
        if (exponent > 0) {
            return exponent;
        }
        boolean runsIntoWord = exact && index < sql.length() && Characters.isWord(sql.charAt(index));
        return runsIntoWord || insideName ? -1 : index;
    }

    private static int digits(String sql, int from) {
        int index = from;
        while (index < sql.length() && Characters.isDigit(sql.charAt(index))) {
            index++;
        }
        return index;
    }

    private static int exponentEnd(String sql, int from) {
        if (from >= sql.length() || "eE".indexOf(sql.charAt(from)) < 0) {
            return -1;
        }
        int sign = from + 1;
        if (sign < sql.length() && "+-".indexOf(sql.charAt(sign)) >= 0) {
            sign++;
        }
        int after = digits(sql, sign);
        boolean runsIntoWord = after < sql.length() && Characters.isWord(sql.charAt(after));
        return after == sign || runsIntoWord ? -1 : after;
    }

    static Literal literal(String number) {
        if (number.indexOf('e') >= 0 || number.indexOf('E') >= 0) {
            double real = Double.parseDouble(number);
            if (Double.isInfinite(real)) {
                throw SqlErrorCode.ILLEGAL_VALUE.with("double", number);
            }
            return new Literal.Real(real);
        }
        if (number.indexOf('.') >= 0) {
            return new Literal.Decimal(new BigDecimal(number.endsWith(".") ? number + "0" : number));
        }
        if (number.length() <= MOST_LONG_DIGITS) {
            return new Literal.Whole(Long.parseLong(number));
        }
        BigInteger whole = new BigInteger(number);
        return whole.bitLength() < Long.SIZE
                ? new Literal.Whole(whole.longValue())
                : new Literal.Decimal(new BigDecimal(whole));
    }

    /** x'4142' and b'0101': bytes, most significant first. */
    static Literal binary(String digits, boolean hex, boolean number) {
        if (digits.isEmpty()) {
            return new Literal.Binary(new byte[0]);
        }
        int width = hex ? (digits.length() + 1) / 2 : (digits.length() + 7) / 8;
        byte[] magnitude = new BigInteger(digits, hex ? 16 : 2).toByteArray();
        byte[] bytes = new byte[width];
        int length = Math.min(width, magnitude.length);
        System.arraycopy(magnitude, magnitude.length - length, bytes, width - length, length);
        return new Literal.Binary(bytes, number);
    }
}
