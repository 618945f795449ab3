package dev.ephpm.litewire.dialect;

import dev.ephpm.litewire.SqlErrorCode;
import dev.ephpm.litewire.SqlMode;

/** Refuses what would read or write files of the machine. */
final class OutsideFiles {
    private OutsideFiles() {}

    static void refuse(Dialect.Normalised statement, SqlMode mode) {
        Lexer lexer = new Lexer(statement.shape(), mode);
        boolean afterInto = false;
        while (lexer.advance() != Token.Kind.END) {
            boolean word = lexer.kind() == Token.Kind.WORD;
            boolean file = word
                    && afterInto
                    && (lexer.text().equalsIgnoreCase("OUTFILE") || lexer.text().equalsIgnoreCase("DUMPFILE"));
            if (file) {
                throw SqlErrorCode.OPTION_PREVENTS_STATEMENT.with("--secure-file-priv");
            }
            afterInto = word && lexer.text().equalsIgnoreCase("INTO");
        }
    }
}
