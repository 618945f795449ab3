package dev.ephpm.litewire.sqlite;

/**
 * What {@link SqliteCursor#encode} has written.
 *
 * @param end why it ended
 * @param rows packets written
 * @param bytes bytes written
 */
public record EncodedRows(End end, int rows, int bytes) {
    private static final int END_BITS = 8;
    private static final int ROWS_AND_END_BITS = 32;
    private static final int ROWS_MASK = 0xFFFFFF;
    private static final long END_MASK = 0xFF;

    /** Why it ended. */
    public enum End {
        /** There are no more rows. */
        ALL,
        /** The buffer is full; the cursor is on the row that found no room. */
        ROOM,
        /** The cursor is on a row with a value that Java has to encode. */
        JAVA,
        /** SQLite reports an error. */
        ERROR
    }

    private static final End[] ENDS = End.values();

    /** Takes apart what {@code litewire_encode} returns. */
    static EncodedRows of(long result) {
        return new EncodedRows(ENDS[(int) (result & END_MASK)], (int) (result >>> END_BITS) & ROWS_MASK, (int)
                (result >>> ROWS_AND_END_BITS));
    }
}
