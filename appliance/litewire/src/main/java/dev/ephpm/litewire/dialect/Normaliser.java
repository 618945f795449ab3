package dev.ephpm.litewire.dialect;

import dev.ephpm.litewire.Literal;
import dev.ephpm.litewire.SqlMode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * Cuts the literals out of one statement. What is left is its shape: literals become {@link Marker}s, comments and runs of
 * blanks become one blank. IN lists are padded with their last value to a power of two, so that lists of different length
 * share a shape. Literals that are part of the meaning (a position in ORDER BY, the length of a type, an alias written as
 * text) stay in the shape.
 */
final class Normaliser {
    /** What the last token was, where only keywords and symbols matter. */
    private static final String NAME = "name";

    private static final String LITERAL = "?";
    private static final String STRUCTURAL_NUMBER = "0";
    private static final String ALIAS = "";

    private final String sql;
    private final Lexer lexer;
    private final StringBuilder shape;
    private final List<Literal> literals = new ArrayList<>();
    private int[] spans = new int[16];
    private int parameters;

    /** The last three tokens that count: two before the current one decide what a literal means. */
    private String before = "";

    private String beforeThat = "";
    private boolean beforeWasName;
    private int lastEnd;

    /** The run of tokens, −1 when there is none, that is still to be copied to the shape. */
    private int keptFrom = -1;

    private int keptEnd;

    private int depth;

    /** The word before each open parenthesis. */
    private final List<String> calls = new ArrayList<>(0);

    private int byListDepth = -1;

    /** Depth of the IN list being read, −1 outside; where it began; whether it holds literals only. */
    private int inListDepth = -1;

    private int inListLiterals;
    private boolean inListPlain;

    private Normaliser(String sql, SqlMode mode) {
        this.sql = sql;
        this.lexer = new Lexer(sql, mode);
        this.shape = new StringBuilder(sql.length() + 16);
    }

    static Dialect.Normalised normalise(String sql, SqlMode mode) {
        return new Normaliser(sql, mode).run();
    }

    private Dialect.Normalised run() {
        while (lexer.advance() != Token.Kind.END) {
            switch (lexer.kind()) {
                case LITERAL -> literal();
                case PARAMETER -> {
                    parameters++;
                    append(Marker.PARAMETER.text());
                    inListPlain = false;
                    remember(LITERAL, false);
                }
                case SYMBOL -> symbol();
                case WORD -> word();
                case QUOTED, USER_VARIABLE, SYSTEM_VARIABLE -> {
                    keep();
                    inListPlain = false;
                    remember(NAME, true);
                }
                case END -> throw new IllegalStateException("loop ends at END");
            }
            lastEnd = lexer.end();
        }
        flush();
        return new Dialect.Normalised(shape.toString(), cut(), parameters, sql);
    }

    private List<Literal> cut() {
        return literals.isEmpty() ? List.of() : new CutLiterals(sql, literals.toArray(Literal[]::new), spans);
    }

    private void add(Literal literal, int start, int end) {
        int at = 2 * literals.size();
        if (at == spans.length) {
            spans = Arrays.copyOf(spans, 2 * at);
        }
        spans[at] = start;
        spans[at + 1] = end;
        literals.add(literal);
    }

    private void remember(String token, boolean name) {
        beforeThat = before;
        before = token;
        beforeWasName = name;
    }

    /**
     * Keeps the token as it is written. Most of a statement stays as it is, so tokens that follow each other as they shall
     * stand in the shape are copied together.
     */
    private void keep() {
        int start = lexer.start();
        boolean follows = start == lastEnd || (start == lastEnd + 1 && sql.charAt(lastEnd) == ' ');
        if (keptFrom < 0 || !follows) {
            flush();
            separate(sql.charAt(start));
            keptFrom = start;
        }
        keptEnd = lexer.end();
    }

    private void flush() {
        if (keptFrom >= 0) {
            shape.append(sql, keptFrom, keptEnd);
            keptFrom = -1;
        }
    }

    private void append(String text) {
        flush();
        separate(text.charAt(0));
        shape.append(text);
    }

    /** Keeps one blank where the statement had any, and one where two words would run into each other. */
    private void separate(char next) {
        int length = shape.length();
        if (length > 0
                && (lexer.start() > lastEnd
                        || (Characters.isWord(shape.charAt(length - 1)) && Characters.isWord(next)))) {
            shape.append(' ');
        }
    }

    private void word() {
        String keyword = lexer.keyword();
        keep();
        inListPlain = false;
        if (keyword == null) {
            remember(NAME, true);
            return;
        }
        if (depth == byListDepth && Keywords.endsByList(keyword)) {
            byListDepth = -1;
        }
        if (keyword.equals("BY") && (before.equals("ORDER") || before.equals("GROUP"))) {
            byListDepth = depth;
        }
        remember(keyword, !Keywords.isReserved(keyword));
    }

    private void symbol() {
        String symbol = symbolText();
        if (symbol.equals("(")) {
            depth++;
            calls.add(before);
            if (before.equals("IN") && inListDepth < 0) {
                inListDepth = depth;
                inListLiterals = 0;
                inListPlain = true;
            } else {
                inListPlain = false;
            }
        } else if (symbol.equals(")")) {
            if (depth == inListDepth) {
                padInList();
                inListDepth = -1;
            }
            if (depth == byListDepth) {
                byListDepth = -1;
            }
            depth--;
            if (!calls.isEmpty()) {
                calls.removeLast();
            }
        } else if (!symbol.equals(",")) {
            inListPlain = false;
        }
        keep();
        remember(symbol, false);
    }

    /** The symbols that decide what a literal after them means; the others are all alike. */
    private String symbolText() {
        return lexer.isSymbol('(') ? "(" : lexer.isSymbol(')') ? ")" : lexer.isSymbol(',') ? "," : "";
    }

    private void padInList() {
        if (!inListPlain || inListLiterals < 2) {
            return;
        }
        int padded = Integer.highestOneBit(inListLiterals - 1) << 1;
        Literal last = literals.getLast();
        String more = "," + Marker.of(last).text();
        flush();
        for (int i = inListLiterals; i < padded; i++) {
            shape.append(more);
            add(last, spans[2 * literals.size() - 2], spans[2 * literals.size() - 1]);
        }
    }

    private void literal() {
        Literal value = Objects.requireNonNull(lexer.literal(), "a literal has a value");
        if (isAlias(value)) {
            append("`" + ((Literal.Text) value).text().replace("`", "``") + "`");
            remember(ALIAS, true);
            return;
        }
        if (value instanceof Literal.Whole whole
                && isStructural()
                && Math.abs(whole.value64()) < ShapeText.FIRST_SLOT) {
            append(Long.toString(whole.value64()));
            inListPlain = false;
            remember(STRUCTURAL_NUMBER, false);
            return;
        }
        append(Marker.of(value).text());
        add(value, lexer.start(), lexer.end());
        inListLiterals++;
        remember(LITERAL, false);
    }

    /** {@code AS 'name'}, {@code COLLATE 'name'}, and {@code COUNT(*) 'name'}. */
    private boolean isAlias(Literal value) {
        if (!(value instanceof Literal.Text text) || text.text().isEmpty()) {
            return false;
        }
        boolean named = before.equals("AS") || before.equals("COLLATE") || before.equals("USING");
        return named || before.equals(")") || (beforeWasName && before.isEmpty());
    }

    private boolean isStructural() {
        if (byListDepth == depth && (before.equals("BY") || before.equals(","))) {
            return true;
        }
        boolean insideType = before.equals("(") && Keywords.hasLength(beforeThat);
        boolean scaleOfType = before.equals(",") && beforeThat.equals(STRUCTURAL_NUMBER);
        boolean decimals = before.equals(",") && Keywords.hasDecimals(calls.isEmpty() ? "" : calls.getLast());
        return insideType || scaleOfType || decimals;
    }
}
