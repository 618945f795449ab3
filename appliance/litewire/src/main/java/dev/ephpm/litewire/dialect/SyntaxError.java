package dev.ephpm.litewire.dialect;

import dev.ephpm.litewire.SqlError;
import dev.ephpm.litewire.SqlErrorCode;

/** Error 1064 as MariaDB words it. */
public final class SyntaxError {
    private static final String ADVICE =
            "You have an error in your SQL syntax; check the manual that corresponds to your"
                    + " MariaDB server version for the right syntax to use";

    /** MariaDB quotes at most this much of the statement. */
    private static final int LONGEST_QUOTE = 80;

    private SyntaxError() {}

    /** The statement cannot be understood from this character on. */
    public static SqlError at(String sql, int position) {
        int from = Math.min(Math.max(position, 0), sql.length());
        int to = Math.min(sql.length(), from + LONGEST_QUOTE);
        int line = 1;
        for (int i = 0; i < from; i++) {
            if (sql.charAt(i) == '\n') {
                line++;
            }
        }
        return SqlErrorCode.PARSE_ERROR.with(ADVICE, sql.substring(from, to), line);
    }
}
