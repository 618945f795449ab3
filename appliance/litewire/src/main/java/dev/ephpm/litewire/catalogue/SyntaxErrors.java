package dev.ephpm.litewire.catalogue;

import dev.ephpm.litewire.SqlError;
import dev.ephpm.litewire.SqlErrorCode;

/** Error 1064 as MariaDB words it. */
final class SyntaxErrors {
    private static final String SENTENCE =
            "You have an error in your SQL syntax; check the manual that corresponds to your MariaDB server version for the"
                    + " right syntax to use";

    /** MariaDB quotes at most this many characters of the statement. */
    private static final int QUOTED_CHARACTERS = 80;

    private SyntaxErrors() {}

    static SqlError near(String statement, int offset) {
        int line = 1
                + (int) statement
                        .substring(0, offset)
                        .chars()
                        .filter(c -> c == '\n')
                        .count();
        int end = Math.min(statement.length(), offset + QUOTED_CHARACTERS);
        return SqlErrorCode.PARSE_ERROR.with(SENTENCE, statement.substring(offset, end), line);
    }
}
