package dev.ephpm.litewire.replay;

/**
 * One way in which the two servers disagree about one statement.
 *
 * @param kind {@code error}, {@code rows}, {@code order}, {@code columns}, {@code types}, {@code flags}, {@code lengths}
 *     (length, decimals, character set), {@code origins} (database and table), {@code affected}, {@code insertId} or {@code warnings}
 */
record Difference(String id, String kind, String sql, String expected, String actual) {
    private static final int SHOWN = 600;

    /** What the ratchet file knows it by. */
    String key() {
        return id + " " + kind;
    }

    @Override
    public String toString() {
        return key() + "\n    " + shortened(sql) + "\n  - " + shortened(expected) + "\n  + " + shortened(actual);
    }

    private static String shortened(String text) {
        return text.length() <= SHOWN ? text : text.substring(0, SHOWN) + " ... (" + text.length() + ")";
    }
}
