package dev.ephpm.litewire.dialect;

import dev.ephpm.litewire.Literal;
import dev.ephpm.litewire.SqlError;
import dev.ephpm.litewire.SqlMode;
import dev.ephpm.litewire.sqlite.RawText;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads MySQL text token by token in one pass. Comments vanish, version comments (those that begin with an exclamation mark) are opened when
 * MariaDB 10.11 would open them, adjacent strings become one literal, {@code sql_mode} decides about quotes and backslashes.
 *
 * <p>A cursor: {@link #advance()} moves to the next token and the accessors describe it. Not thread-safe.
 */
public final class Lexer {
    /** MariaDB executes version comments up to its own number, but none from 5.7 to 9.x, which belong to MySQL. */
    private static final int OLDEST_FOREIGN_VERSION = 50_700;

    private static final int NEWEST_FOREIGN_VERSION = 99_999;
    private static final int OWN_VERSION = 101_119;

    private final String sql;
    private final SqlMode mode;
    private final int length;
    private int position;
    private boolean insideVersionComment;

    private Token.Kind kind = Token.Kind.END;
    private int start;
    private int end;

    /** Null until somebody asks: most words and literals are only looked at. */
    private @Nullable String text = "";

    private @Nullable Literal literal;

    public Lexer(String sql, SqlMode mode) {
        this.sql = sql;
        this.mode = mode;
        this.length = sql.length();
    }

    /** All tokens of a statement; the last one is of kind END. Throws {@link SqlError} 1064. */
    public static List<Token> tokens(String sql, SqlMode mode) {
        Lexer lexer = new Lexer(sql, mode);
        List<Token> tokens = new ArrayList<>();
        while (lexer.advance() != Token.Kind.END) {
            tokens.add(lexer.token());
        }
        tokens.add(lexer.token());
        return tokens;
    }

    /** The statements of a text, without their semicolons; empty ones are dropped. */
    public static List<String> statements(String sql, SqlMode mode) {
        Lexer lexer = new Lexer(sql, mode);
        List<String> statements = new ArrayList<>();
        int from = -1;
        int to = 0;
        while (lexer.advance() != Token.Kind.END) {
            if (lexer.isSymbol(';')) {
                if (from >= 0) {
                    statements.add(sql.substring(from, lexer.start));
                }
                from = -1;
            } else {
                from = from < 0 ? to : from;
            }
            to = lexer.end;
        }
        if (from >= 0) {
            statements.add(sql.substring(from));
        }
        return statements;
    }

    /** Moves to the next token. */
    public Token.Kind advance() {
        literal = null;
        skipBlanksAndComments();
        start = position;
        if (position >= length) {
            return found(Token.Kind.END, "", position);
        }
        char c = sql.charAt(position);
        if (c == '\'' || (c == '"' && !mode.ansiQuotes())) {
            return readStrings(position);
        }
        if (c == '`' || c == '"') {
            return readQuotedIdentifier(c);
        }
        if (Characters.isDigit(c)
                || (c == '.' && Characters.isDigit(charAt(position + 1)) && !afterIdentifier() && !afterPoint())) {
            return readNumberOrWord();
        }
        if (Characters.isWord(c)) {
            return readWord();
        }
        if (c == '@') {
            return readVariable();
        }
        if (c == '\\' && charAt(position + 1) == 'N') {
            return found(Token.Kind.WORD, "NULL", position + 2);
        }
        if (c == '?') {
            return found(Token.Kind.PARAMETER, "?", position + 1);
        }
        return readSymbol();
    }

    public Token.Kind kind() {
        return kind;
    }

    /** As {@link Token#text()}. */
    public String text() {
        String known = text;
        if (known == null) {
            known = sql.substring(start, end);
            text = known;
        }
        return known;
    }

    /** Whether the current token is this symbol of one character. */
    boolean isSymbol(char symbol) {
        return kind == Token.Kind.SYMBOL && end == start + 1 && sql.charAt(start) == symbol;
    }

    /** The current word in capitals if it is one of {@link Keywords}, else null. */
    @Nullable
    String keyword() {
        return Keywords.find(sql, start, end);
    }

    public int start() {
        return start;
    }

    public int end() {
        return end;
    }

    public @Nullable Literal literal() {
        return literal;
    }

    /** The current token as a value. */
    public Token token() {
        return new Token(kind, text(), start, end, literal);
    }

    private Token.Kind found(Token.Kind foundKind, @Nullable String foundText, int foundEnd) {
        kind = foundKind;
        text = foundText;
        end = foundEnd;
        position = foundEnd;
        return foundKind;
    }

    private Token.Kind foundLiteral(Literal value, int foundEnd) {
        literal = value;
        return found(Token.Kind.LITERAL, null, foundEnd);
    }

    private char charAt(int index) {
        return index < length ? sql.charAt(index) : '\0';
    }

    /** In {@code t.1a} the point belongs to the name, in {@code = .1} to the number. */
    private boolean afterIdentifier() {
        return position > 0 && end == position && (kind == Token.Kind.WORD || kind == Token.Kind.QUOTED);
    }

    private void skipBlanksAndComments() {
        while (position < length) {
            char c = sql.charAt(position);
            if (Characters.isBlank(c)) {
                position++;
            } else if (c == '#' || startsLineComment()) {
                int lineEnd = sql.indexOf('\n', position);
                position = lineEnd < 0 ? length : lineEnd + 1;
            } else if (c == '/' && charAt(position + 1) == '*') {
                enterComment();
            } else if (insideVersionComment && c == '*' && charAt(position + 1) == '/') {
                insideVersionComment = false;
                position += 2;
            } else {
                return;
            }
        }
    }

    private boolean startsLineComment() {
        return sql.startsWith("--", position) && (position + 2 >= length || sql.charAt(position + 2) <= ' ');
    }

    private void enterComment() {
        int inside = position + 2;
        boolean maria = charAt(inside) == 'M' && charAt(inside + 1) == '!';
        if (maria || charAt(inside) == '!') {
            int digits = inside + (maria ? 2 : 1);
            int after = digits;
            while (after < digits + 6 && Characters.isDigit(charAt(after))) {
                after++;
            }
            if (opens(after - digits >= 5 ? Integer.parseInt(sql.substring(digits, after)) : 0, maria)) {
                insideVersionComment = true;
                position = after - digits >= 5 ? after : digits;
                return;
            }
        }
        int close = sql.indexOf("*/", inside);
        if (close < 0) {
            throw syntaxError(position);
        }
        position = close + 2;
    }

    private static boolean opens(int version, boolean maria) {
        boolean foreign = !maria && version >= OLDEST_FOREIGN_VERSION && version <= NEWEST_FOREIGN_VERSION;
        return version <= OWN_VERSION && !foreign;
    }

    private Token.Kind readStrings(int quoteAt) {
        int close = plainEnd(quoteAt);
        if (close > 0 && nextString(close + 1) < 0) {
            return foundLiteral(text(sql.substring(quoteAt + 1, close)), close + 1);
        }
        StringBuilder value = new StringBuilder();
        int after = readString(quoteAt, value);
        for (int next = nextString(after); next >= 0; next = nextString(after)) {
            after = readString(next, value);
        }
        return foundLiteral(text(value.toString()), after);
    }

    /** Where the string ends that begins here, or −1 when it is not simply what stands between its quotes. */
    private int plainEnd(int quoteAt) {
        char quote = sql.charAt(quoteAt);
        int close = sql.indexOf(quote, quoteAt + 1);
        boolean plain = close > 0 && charAt(close + 1) != quote && sql.indexOf('\\', quoteAt + 1, close) < 0;
        return plain ? close : -1;
    }

    /** Where the string begins that continues the one before, or −1. */
    private int nextString(int after) {
        int next = after;
        while (next < length && Characters.isBlank(sql.charAt(next))) {
            next++;
        }
        char c = charAt(next);
        return next < length && (c == '\'' || (c == '"' && !mode.ansiQuotes())) ? next : -1;
    }

    /** A string with bytes that are not UTF-8 is binary data. */
    private static Literal text(String value) {
        return RawText.isRaw(value) ? new Literal.Binary(RawText.bytes(value)) : new Literal.Text(value);
    }

    /** Appends the content of the string whose quote is at the index; gives the index after its closing quote. */
    private int readString(int quoteAt, StringBuilder value) {
        char quote = sql.charAt(quoteAt);
        int index = quoteAt + 1;
        int plainFrom = index;
        while (index < length) {
            char c = sql.charAt(index);
            if (c == '\\' && !mode.noBackslashEscapes() && index + 1 < length) {
                value.append(sql, plainFrom, index);
                Characters.appendUnescaped(value, sql.charAt(index + 1));
                index += 2;
                plainFrom = index;
            } else if (c == quote) {
                value.append(sql, plainFrom, index);
                if (charAt(index + 1) != quote) {
                    return index + 1;
                }
                value.append(quote);
                index += 2;
                plainFrom = index;
            } else {
                index++;
            }
        }
        throw syntaxError(quoteAt);
    }

    private Token.Kind readQuotedIdentifier(char quote) {
        StringBuilder name = new StringBuilder();
        int after = readDoubled(position, quote, name);
        return found(Token.Kind.QUOTED, name.toString(), after);
    }

    /** Reads text in which only a doubled quote is special. */
    private int readDoubled(int quoteAt, char quote, StringBuilder name) {
        int index = quoteAt + 1;
        while (true) {
            int close = sql.indexOf(quote, index);
            if (close < 0) {
                throw syntaxError(quoteAt);
            }
            name.append(sql, index, close);
            if (charAt(close + 1) != quote) {
                return close + 1;
            }
            name.append(quote);
            index = close + 2;
        }
    }

    private Token.Kind readNumberOrWord() {
        if (charAt(position) == '0') {
            char base = charAt(position + 1);
            if (base == 'x' || base == 'b') {
                int after = digitsEnd(position + 2, base == 'x');
                if (after > position + 2 && !Characters.isWord(charAt(after))) {
                    String digits = sql.substring(position + 2, after);
                    return foundLiteral(Numbers.binary(digits, base == 'x', true), after);
                }
            }
        }
        int after = Numbers.end(sql, position, afterPoint());
        if (after < 0) {
            return readWord();
        }
        return foundLiteral(Numbers.literal(sql.substring(position, after)), after);
    }

    /** Directly after a point that follows a name, digits belong to a name. */
    private boolean afterPoint() {
        return kind == Token.Kind.SYMBOL && end == position && sql.charAt(end - 1) == '.';
    }

    private int digitsEnd(int from, boolean hex) {
        int index = from;
        while (index < length && (hex ? Characters.isHex(sql.charAt(index)) : "01".indexOf(sql.charAt(index)) >= 0)) {
            index++;
        }
        return index;
    }

    private Token.Kind readWord() {
        int after = position;
        while (after < length && Characters.isWord(sql.charAt(after))) {
            after++;
        }
        if (charAt(after) == '\'' && after - position == 1) {
            switch (sql.charAt(position)) {
                case 'x', 'X' -> {
                    return readQuotedDigits(after, true);
                }
                case 'b', 'B' -> {
                    return readQuotedDigits(after, false);
                }
                case 'n', 'N' -> {
                    return readStrings(after);
                }
                default -> {
                    // An ordinary one-letter word before a string.
                }
            }
        }
        if (sql.charAt(position) == '_') {
            String word = sql.substring(position, after);
            if (Charsets.isIntroducer(word)) {
                return readIntroduced(word, after);
            }
        }
        return found(Token.Kind.WORD, null, after);
    }

    private Token.Kind readQuotedDigits(int quoteAt, boolean hex) {
        int after = digitsEnd(quoteAt + 1, hex);
        if (charAt(after) != '\'' || (hex && (after - quoteAt - 1) % 2 != 0)) {
            throw syntaxError(position);
        }
        return foundLiteral(Numbers.binary(sql.substring(quoteAt + 1, after), hex, !hex), after + 1);
    }

    private Token.Kind readIntroduced(String introducer, int wordEnd) {
        int introducerStart = position;
        int next = wordEnd;
        while (next < length && Characters.isBlank(sql.charAt(next))) {
            next++;
        }
        char c = charAt(next);
        boolean literalFollows = c == '\'' || (c == '"' && !mode.ansiQuotes()) || startsBinary(next);
        if (!literalFollows) {
            return found(Token.Kind.WORD, introducer, wordEnd);
        }
        position = next;
        advance();
        int after = end;
        Literal inner = literal == null ? new Literal.Null() : literal;
        start = introducerStart;
        return foundLiteral(Charsets.introduce(introducer, inner), after);
    }

    private boolean startsBinary(int index) {
        char c = charAt(index);
        boolean quoted = (c == 'x' || c == 'X' || c == 'b' || c == 'B') && charAt(index + 1) == '\'';
        return quoted || (c == '0' && (charAt(index + 1) == 'x' || charAt(index + 1) == 'b'));
    }

    private Token.Kind readVariable() {
        boolean system = charAt(position + 1) == '@';
        int from = position + (system ? 2 : 1);
        StringBuilder name = new StringBuilder(system ? "@@" : "@");
        char c = charAt(from);
        int after = from;
        if (c == '`' || (!system && (c == '\'' || c == '"'))) {
            after = readDoubled(from, c, name);
        } else {
            while (after < length && (Characters.isWord(sql.charAt(after)) || sql.charAt(after) == '.')) {
                after++;
            }
            name.append(sql, from, after);
        }
        if (after == from) {
            // user@host: a plain at sign.
            return found(Token.Kind.SYMBOL, "@", position + 1);
        }
        return found(system ? Token.Kind.SYSTEM_VARIABLE : Token.Kind.USER_VARIABLE, name.toString(), after);
    }

    private Token.Kind readSymbol() {
        char c = sql.charAt(position);
        if (Characters.BEGIN_LONG_SYMBOLS.indexOf(c) >= 0) {
            for (String symbol : Characters.LONG_SYMBOLS) {
                if (sql.startsWith(symbol, position)) {
                    return found(Token.Kind.SYMBOL, symbol, position + symbol.length());
                }
            }
        }
        if (Characters.SYMBOLS.indexOf(c) < 0) {
            throw syntaxError(position);
        }
        return found(Token.Kind.SYMBOL, null, position + 1);
    }

    private SqlError syntaxError(int at) {
        return SyntaxError.at(sql, at);
    }
}
