package dev.ephpm.litewire.catalogue;

import dev.ephpm.litewire.SqlError;
import dev.ephpm.litewire.SqlMode;
import dev.ephpm.litewire.dialect.SyntaxError;
import java.util.List;
import java.util.Locale;

/** Reads the tokens of one statement from left to right. */
final class TokenReader {
    private final String statement;
    private final SqlMode mode;
    private final List<Token> tokens;
    private int position;

    TokenReader(String statement, SqlMode mode) {
        this.statement = statement;
        this.mode = mode;
        this.tokens = Token.all(statement, mode);
    }

    SqlMode mode() {
        return mode;
    }

    Token peek() {
        return tokens.get(position);
    }

    Token peek(int ahead) {
        return tokens.get(Math.min(position + ahead, tokens.size() - 1));
    }

    Token next() {
        Token token = peek();
        if (token.kind() != Token.Kind.END) {
            position++;
        }
        return token;
    }

    /** Where the reader stands, to come back to. */
    int mark() {
        return position;
    }

    void reset(int mark) {
        position = mark;
    }

    boolean atEnd() {
        return peek().kind() == Token.Kind.END || (peek().isSymbol(";") && peek(1).kind() == Token.Kind.END);
    }

    void expectEnd() {
        if (!atEnd()) {
            throw unexpected();
        }
    }

    boolean at(String word) {
        return peek().isWord(word);
    }

    boolean atSymbol(String symbol) {
        return peek().isSymbol(symbol);
    }

    /** Takes all the given words if they come next, else none. */
    boolean accept(String... words) {
        for (int i = 0; i < words.length; i++) {
            if (!peek(i).isWord(words[i])) {
                return false;
            }
        }
        position += words.length;
        return true;
    }

    /** Takes the next token if it is one of the given words. */
    boolean acceptAny(String... words) {
        for (String word : words) {
            if (accept(word)) {
                return true;
            }
        }
        return false;
    }

    boolean acceptSymbol(String symbol) {
        if (atSymbol(symbol)) {
            position++;
            return true;
        }
        return false;
    }

    void expect(String... words) {
        for (String word : words) {
            if (!accept(word)) {
                throw unexpected();
            }
        }
    }

    void expectSymbol(String symbol) {
        if (!acceptSymbol(symbol)) {
            throw unexpected();
        }
    }

    /** A name, quoted or not. */
    String name() {
        Token token = peek();
        boolean name = token.kind() == Token.Kind.NAME || token.kind() == Token.Kind.WORD;
        if (!name) {
            throw unexpected();
        }
        position++;
        return token.text();
    }

    /** A name that may be given as a string, as COLLATE, CHARACTER SET and ENGINE allow. */
    String nameOrString() {
        return peek().kind() == Token.Kind.STRING ? next().text() : name();
    }

    /** {@code table} or {@code database.table}; the database's name is checked by the caller. */
    QualifiedName qualifiedName() {
        String first = name();
        if (acceptSymbol(".")) {
            return new QualifiedName(first, name());
        }
        return new QualifiedName("", first);
    }

    String string() {
        if (peek().kind() != Token.Kind.STRING) {
            throw unexpected();
        }
        return next().text();
    }

    long number() {
        if (peek().kind() != Token.Kind.NUMBER) {
            throw unexpected();
        }
        String digits = peek().text();
        if (!digits.chars().allMatch(Character::isDigit) || digits.length() > 19) {
            throw unexpected();
        }
        position++;
        return Long.parseUnsignedLong(digits);
    }

    int smallNumber() {
        return (int) Math.min(Integer.MAX_VALUE, number());
    }

    /** The next word in lower case, or empty when the next token is no word. */
    String wordAhead() {
        return peek().kind() == Token.Kind.WORD ? peek().text().toLowerCase(Locale.ROOT) : "";
    }

    /** The statement's text from a token up to where the reader stands. */
    String textFrom(Token first) {
        return statement.substring(first.start(), tokens.get(position - 1).end());
    }

    /** The statement's text from here to its end. */
    String rest() {
        return statement.substring(peek().start());
    }

    SqlError unexpected() {
        return SyntaxError.at(statement, peek().start());
    }

    /** A table's name as written; the database is empty when not given. */
    record QualifiedName(String database, String name) {}
}
