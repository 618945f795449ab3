package dev.ephpm.litewire.dialect;

import dev.ephpm.litewire.SqlErrorCode;
import dev.ephpm.litewire.SqlMode;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** MariaDB's {@code SET STATEMENT name = value, … FOR statement}: variables that hold for one statement. */
final class SetStatementPrefix {
    private final TokenReader tokens;

    private SetStatementPrefix(TokenReader tokens) {
        this.tokens = tokens;
    }

    /** Empty when the text is anything else. Throws 1064. */
    static Optional<Dialect.Scoped> read(String sql, SqlMode mode) {
        Lexer lexer = new Lexer(sql, mode);
        lexer.advance();
        if (!lexer.token().isWord("SET")) {
            return Optional.empty();
        }
        lexer.advance();
        if (!lexer.token().isWord("STATEMENT")) {
            return Optional.empty();
        }
        TokenReader tokens = new TokenReader(sql, Lexer.tokens(sql, mode));
        tokens.expect("SET");
        tokens.expect("STATEMENT");
        return Optional.of(new SetStatementPrefix(tokens).read());
    }

    private Dialect.Scoped read() {
        Map<String, String> variables = new LinkedHashMap<>();
        do {
            String name = tokens.identifier().toLowerCase(Locale.ROOT);
            if (!tokens.acceptSymbol("=") && !tokens.acceptSymbol(":=")) {
                throw tokens.error();
            }
            variables.put(name, value());
        } while (tokens.acceptSymbol(","));
        tokens.expect("FOR");
        return new Dialect.Scoped(variables, tokens.rest());
    }

    private String value() {
        String sign = tokens.acceptSymbol("-") ? "-" : "";
        Token token = tokens.next();
        String value = switch (token.kind()) {
            case LITERAL -> sign + Conversion.RAW.apply(token.literal());
            case WORD -> token.isWord("DEFAULT") ? "" : token.text();
            default -> throw tokens.error();
        };
        boolean ends = tokens.peek().isSymbol(",") || tokens.peek().isWord("FOR");
        if (!ends && tokens.remaining().stream().anyMatch(later -> later.isWord("FOR"))) {
            throw SqlErrorCode.NOT_SUPPORTED_YET.with("SET STATEMENT with an expression");
        }
        return value;
    }
}
