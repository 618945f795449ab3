package dev.ephpm.litewire.dialect;

import dev.ephpm.litewire.Literal;
import dev.ephpm.litewire.SqlMode;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Cuts the literals out of one statement. What is left is its shape: literals become {@link Marker}s, comments and runs of
 * blanks become one blank. IN lists are padded with their last value to a power of two, so that lists of different length
 * share a shape. Literals that are part of the meaning (a position in ORDER BY, the length of a type, an alias written as
 * text) stay in the shape.
 */
final class Normaliser {
    private static final Set<String> TYPES_WITH_LENGTH = Set.of(
            "CHAR",
            "CHARACTER",
            "VARCHAR",
            "NCHAR",
            "BINARY",
            "VARBINARY",
            "DECIMAL",
            "DEC",
            "NUMERIC",
            "FLOAT",
            "DOUBLE",
            "DATETIME",
            "NOW",
            "CURRENT_TIMESTAMP",
            "CURRENT_TIME",
            "LOCALTIME",
            "LOCALTIMESTAMP",
            "UTC_TIMESTAMP",
            "UTC_TIME",
            "CURTIME",
            "SYSDATE",
            "TIME",
            "SIGNED",
            "UNSIGNED",
            "INTEGER",
            "INT");

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

    private int depth;

    /** The word before each open parenthesis. */
    private final Deque<String> calls = new ArrayDeque<>();

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
                    remember("?", false);
                }
                case SYMBOL -> symbol();
                case WORD -> word();
                case QUOTED, USER_VARIABLE, SYSTEM_VARIABLE -> {
                    append(sql.substring(lexer.start(), lexer.end()));
                    inListPlain = false;
                    remember(lexer.text(), true);
                }
                case END -> throw new IllegalStateException("loop ends at END");
            }
            lastEnd = lexer.end();
        }
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

    /** Keeps one blank where the statement had any, and one where two words would run into each other. */
    private void append(String text) {
        boolean apart = !shape.isEmpty() && lexer.start() > lastEnd;
        if (!apart && !shape.isEmpty()) {
            char last = shape.charAt(shape.length() - 1);
            apart = Characters.isWord(last) && Characters.isWord(text.charAt(0));
        }
        if (apart) {
            shape.append(' ');
        }
        shape.append(text);
    }

    private void word() {
        String capitals = lexer.text().toUpperCase(Locale.ROOT);
        append(lexer.text());
        inListPlain = false;
        if (depth == byListDepth && Keywords.endsByList(capitals)) {
            byListDepth = -1;
        }
        if (capitals.equals("BY") && (before.equals("ORDER") || before.equals("GROUP"))) {
            byListDepth = depth;
        }
        remember(capitals, !Keywords.isReserved(capitals));
    }

    private void symbol() {
        String symbol = lexer.text();
        if (symbol.equals("(")) {
            depth++;
            calls.push(before);
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
            calls.poll();
        } else if (!symbol.equals(",")) {
            inListPlain = false;
        }
        append(symbol);
        remember(symbol, false);
    }

    private void padInList() {
        if (!inListPlain || inListLiterals < 2) {
            return;
        }
        int padded = Integer.highestOneBit(inListLiterals - 1) << 1;
        Literal last = literals.getLast();
        String more = "," + Marker.of(last).text();
        for (int i = inListLiterals; i < padded; i++) {
            shape.append(more);
            add(last, spans[2 * literals.size() - 2], spans[2 * literals.size() - 1]);
        }
    }

    private void literal() {
        Literal value = lexer.token().literal();
        if (isAlias(value)) {
            append("`" + ((Literal.Text) value).text().replace("`", "``") + "`");
            remember("", true);
            return;
        }
        if (value instanceof Literal.Whole whole
                && isStructural()
                && Math.abs(whole.value64()) < ShapeText.FIRST_SLOT) {
            append(Long.toString(whole.value64()));
            inListPlain = false;
            remember("0", false);
            return;
        }
        append(Marker.of(value).text());
        add(value, lexer.start(), lexer.end());
        inListLiterals++;
        remember("?", false);
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
        boolean insideType = before.equals("(") && TYPES_WITH_LENGTH.contains(beforeThat);
        boolean scaleOfType = before.equals(",") && beforeThat.equals("0");
        boolean decimals = before.equals(",") && ("ROUND".equals(calls.peek()) || "TRUNCATE".equals(calls.peek()));
        return insideType || scaleOfType || decimals;
    }
}
