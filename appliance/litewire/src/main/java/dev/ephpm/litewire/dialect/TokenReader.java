package dev.ephpm.litewire.dialect;

import dev.ephpm.litewire.SqlError;
import java.util.List;

/** Walks over the tokens of one statement. */
final class TokenReader {
    private final String sql;
    private final List<Token> tokens;
    private int position;

    TokenReader(String sql, List<Token> tokens) {
        this.sql = sql;
        this.tokens = tokens;
    }

    Token peek() {
        return tokens.get(position);
    }

    Token next() {
        Token token = tokens.get(position);
        if (token.kind() != Token.Kind.END) {
            position++;
        }
        return token;
    }

    boolean atEnd() {
        return peek().kind() == Token.Kind.END || peek().isSymbol(";");
    }

    /** Takes the word if it is next. */
    boolean accept(String word) {
        boolean matches = peek().isWord(word);
        position += matches ? 1 : 0;
        return matches;
    }

    boolean acceptSymbol(String symbol) {
        boolean matches = peek().isSymbol(symbol);
        position += matches ? 1 : 0;
        return matches;
    }

    void expect(String word) {
        if (!accept(word)) {
            throw error();
        }
    }

    String identifier() {
        if (!peek().isIdentifier()) {
            throw error();
        }
        return next().text();
    }

    void end() {
        if (!atEnd()) {
            throw error();
        }
    }

    List<Token> remaining() {
        return tokens.subList(position, tokens.size());
    }

    /** The text from here to the end. */
    String rest() {
        return sql.substring(peek().start());
    }

    /** The text of an expression: up to a comma outside parentheses, or to the end. */
    String expression() {
        return expressionBefore(",");
    }

    /** The text of an expression: up to a word or symbol outside parentheses, or to the end. */
    String expressionBefore(String end) {
        int from = peek().start();
        int to = from;
        int depth = 0;
        while (!atEnd() && !(depth == 0 && (peek().isSymbol(end) || peek().isWord(end)))) {
            Token token = next();
            depth += token.isSymbol("(") ? 1 : token.isSymbol(")") ? -1 : 0;
            to = token.end();
        }
        if (to == from) {
            throw error();
        }
        return sql.substring(from, to);
    }

    SqlError error() {
        return SyntaxError.at(sql, peek().start());
    }
}
