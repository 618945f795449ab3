package dev.ephpm.litewire.sqlite;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * How the extension encodes the columns of a result, a number each: in rows of text and in binary rows. Immutable and
 * thread-safe.
 */
public final class RowFormat {
    /** Only NULL is known to the extension; a row with another value is encoded by Java. */
    public static final byte JAVA = 0;

    /** A whole number as digits. */
    public static final byte WHOLE = 1;

    /** A whole number whose 64 bits have no sign, as digits. */
    public static final byte UNSIGNED = 2;

    /** Text or bytes as they are, a whole number as digits. */
    public static final byte BYTES = 3;

    /** A whole number in 1, 2, 4 or 8 bytes. */
    public static final byte BINARY_1 = 4;

    public static final byte BINARY_2 = 5;
    public static final byte BINARY_4 = 6;
    public static final byte BINARY_8 = 7;

    /** A floating point number in 8 bytes. */
    public static final byte BINARY_REAL = 8;

    /** A date, or date and time without a fraction, in its binary form. */
    public static final byte BINARY_MOMENT = 9;

    private static final byte DECIMAL = 16;
    private static final int MOST_DECIMALS = 15;

    private final MemorySegment text;
    private final MemorySegment binary;
    private final int columns;

    /** One form per column for rows of text and one for binary rows. */
    public RowFormat(byte[] text, byte[] binary) {
        if (text.length != binary.length) {
            throw new IllegalArgumentException("both forms of a row have the same columns");
        }
        this.text = copy(text);
        this.binary = copy(binary);
        this.columns = text.length;
    }

    private static MemorySegment copy(byte[] forms) {
        return Arena.ofAuto().allocateFrom(ValueLayout.JAVA_BYTE, forms);
    }

    /** A decimal number with so many digits after the point. */
    public static byte decimal(int digits) {
        return digits <= MOST_DECIMALS ? (byte) (DECIMAL + digits) : JAVA;
    }

    int columns() {
        return columns;
    }

    /** Valid as long as this object is reachable. */
    long address(boolean isBinary) {
        return (isBinary ? binary : text).address();
    }
}
