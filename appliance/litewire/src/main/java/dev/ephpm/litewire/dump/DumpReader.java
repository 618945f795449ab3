package dev.ephpm.litewire.dump;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Cuts a dump into statements as MySQL's shell does: quotes, comments, DELIMITER. The rows of INSERT … VALUES come one by one,
 * so that a statement may be larger than memory. One thread.
 */
final class DumpReader {
    /** How far an INSERT is looked through for a clause behind its rows. */
    static final int LOOK_AHEAD_BYTES = 8 << 20;

    private static final byte[] BYTE_ORDER_MARK = {(byte) 0xef, (byte) 0xbb, (byte) 0xbf};
    private static final int LONGEST_DELIMITER = 16;
    private static final String FIRST_COMMENT = "-- (MySQL|MariaDB|ephpm) dump ";
    private static final String LAST_COMMENT = "-- Dump completed";

    private final DumpWindow window;
    private byte[] delimiter = {';'};
    private boolean backslashEscapes = true;
    private boolean ansiQuotes;
    private boolean inRows;
    private boolean announcesItsEnd;
    private boolean hasItsEnd;
    private int statementStart;
    private long statementLine;
    private long statementOffset;

    DumpReader(DumpWindow window) {
        this.window = window;
    }

    /** What comes next. */
    sealed interface Unit {
        /** @param text the statement's bytes without its delimiter */
        @SuppressWarnings("ArrayRecordComponent") // Never compared.
        record Statement(byte[] text) implements Unit {}

        /**
         * The beginning of an INSERT or REPLACE; {@link #nextRow} gives the rows.
         *
         * @param head up to and including the word VALUES
         */
        @SuppressWarnings("ArrayRecordComponent") // Never compared.
        record Rows(byte[] head) implements Unit {}
    }

    /** Quotes and escapes as sql_mode has them from now on. */
    void quoting(boolean noBackslashEscapes, boolean ansi) {
        backslashEscapes = !noBackslashEscapes;
        ansiQuotes = ansi;
    }

    boolean backslashEscapes() {
        return backslashEscapes;
    }

    boolean ansiQuotes() {
        return ansiQuotes;
    }

    DumpWindow window() {
        return window;
    }

    /** Line on which the statement given last begins. */
    long statementLine() {
        return statementLine;
    }

    /** Offset of the statement given last. */
    long statementOffset() {
        return statementOffset;
    }

    /** The next statement, or null at the end. The rows of the one before must have been taken. */
    @Nullable
    Unit next() {
        if (inRows) {
            throw new IllegalStateException("rows are left");
        }
        window.release();
        skipByteOrderMark();
        while (skipBlanksAndComments() && skipCommand()) {
            window.release();
        }
        statementStart = window.position();
        statementLine = window.line();
        statementOffset = window.offset();
        if (window.at(statementStart) < 0) {
            requireEnd();
            return null;
        }
        int values = insertValues();
        return values > 0 ? rows(values) : statement();
    }

    private void requireEnd() {
        if (announcesItsEnd && !hasItsEnd) {
            throw new DumpException("the dump is cut: its last line, \"" + LAST_COMMENT + "\", is missing (line "
                    + window.line() + "); copy it again, or make it again. If it is complete, add that line");
        }
    }

    private Unit statement() {
        int end = end(statementStart);
        boolean delimited = window.at(end) >= 0;
        byte[] text = copy(statementStart, end);
        window.advance(end + (delimited ? delimiter.length : 0));
        return new Unit.Statement(text);
    }

    /** The rows, or the whole statement when something stands behind them. */
    private Unit rows(int valuesEnd) {
        window.look(LOOK_AHEAD_BYTES);
        boolean onlyRows = hasOnlyRows(valuesEnd);
        window.lookFreely();
        if (!onlyRows) {
            return statement();
        }
        byte[] head = copy(statementStart, valuesEnd);
        window.advance(valuesEnd);
        inRows = true;
        return new Unit.Rows(head);
    }

    /** Whether nothing but rows comes until the delimiter, as far as can be seen. */
    private boolean hasOnlyRows(int valuesEnd) {
        int depth = 0;
        int i = valuesEnd;
        while (true) {
            int c = window.at(i);
            if (c < 0) {
                if (window.stopped()) {
                    return true;
                }
                throw cut();
            }
            if (c == '\'' || c == '"' || c == '`') {
                i = quoted(i);
            } else if (c == '(') {
                depth++;
                i++;
            } else if (c == ')') {
                depth--;
                i++;
            } else if (depth == 0 && isDelimiter(i)) {
                return true;
            } else if (depth == 0 && c > ' ' && c != ',' && !isComment(i)) {
                return false;
            } else {
                i = (c == '-' || c == '#' || c == '/') && isComment(i) ? commentEnd(i) : i + 1;
            }
        }
    }

    /** Moves to the next row's opening bracket; false behind the last row. */
    boolean nextRow() {
        window.release();
        int i = gapEnd(window.position());
        int c = window.at(i);
        if (c == ',') {
            i = gapEnd(i + 1);
            c = window.at(i);
        } else if (c >= 0 && isDelimiter(i)) {
            window.advance(i + delimiter.length);
            inRows = false;
            return false;
        }
        window.advance(i);
        if (c == '(') {
            return true;
        }
        if (c < 0) {
            throw cut();
        }
        throw new DumpException("line " + window.line() + ": \"" + beginning(copy(i, Math.min(i + 80, window.limit())))
                + "\" stands behind more than " + (LOOK_AHEAD_BYTES >> 20)
                + " MiB of rows; make the dump with smaller statements (--net-buffer-length=1M)");
    }

    DumpException cut() {
        return new DumpException("the dump ends in the middle of a statement (begun on line " + statementLine
                + "); it was not copied completely");
    }

    /** Index behind the bracket that closes the row which begins at the position. */
    int rowEnd() {
        int depth = 0;
        int i = window.position();
        while (true) {
            int c = window.at(i);
            switch (c) {
                case -1 -> throw cut();
                case '\'', '"', '`' -> i = quoted(i);
                case '(' -> {
                    depth++;
                    i++;
                }
                case ')' -> {
                    depth--;
                    i++;
                    if (depth == 0) {
                        return i;
                    }
                }
                default -> i = isComment(i) ? commentEnd(i) : i + 1;
            }
        }
    }

    // The statement's end.

    /** Index of the delimiter that ends the statement, or of the end of what may be read. */
    private int end(int from) {
        int i = from;
        while (true) {
            int c = window.at(i);
            if (c < 0) {
                return i;
            }
            if (c == '\'' || c == '"' || c == '`') {
                i = quoted(i);
            } else if (c == delimiter[0] && isDelimiter(i)) {
                return i;
            } else if ((c == '-' || c == '#' || c == '/') && isComment(i)) {
                i = commentEnd(i);
            } else {
                i++;
            }
        }
    }

    private boolean isDelimiter(int index) {
        for (int i = 0; i < delimiter.length; i++) {
            if (window.at(index + i) != delimiter[i]) {
                return false;
            }
        }
        return true;
    }

    /** Index behind a quoted text; a doubled quote is simply another one. */
    int quoted(int open) {
        int quote = window.at(open);
        boolean escapes = quote != '`' && backslashEscapes && !(quote == '"' && ansiQuotes);
        int i = open + 1;
        while (true) {
            byte[] bytes = window.bytes();
            int limit = window.limit();
            while (i < limit && bytes[i] != quote && bytes[i] != '\\') {
                i++;
            }
            if (i >= limit) {
                if (window.at(i) < 0) {
                    if (window.stopped()) {
                        return i;
                    }
                    throw cut();
                }
            } else if (bytes[i] == quote) {
                return i + 1;
            } else {
                i += escapes ? 2 : 1;
            }
        }
    }

    // Comments. Those with an exclamation mark are part of statements.

    private boolean isComment(int index) {
        int next = window.at(index + 1);
        return switch (window.at(index)) {
            case '#' -> true;
            case '-' -> next == '-' && window.at(index + 2) <= ' ';
            case '/' -> next == '*' && !isOpened(index + 2);
            default -> false;
        };
    }

    private boolean isOpened(int inside) {
        int mark = window.at(inside) == 'M' ? inside + 1 : inside;
        // 999999 is no version: MariaDB's dumps begin with such a comment to keep shells from running commands.
        return window.at(mark) == '!' && !startsWith(mark + 1, "999999");
    }

    private boolean startsWith(int index, String text) {
        for (int i = 0; i < text.length(); i++) {
            if (window.at(index + i) != text.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    private int commentEnd(int index) {
        int i = index + 1;
        if (window.at(index) == '/') {
            i = index + 2;
            while (window.at(i) >= 0 && !(window.at(i) == '*' && window.at(i + 1) == '/')) {
                i++;
            }
            return window.at(i) < 0 ? i : i + 2;
        }
        while (window.at(i) >= 0 && window.at(i) != '\n') {
            i++;
        }
        return i;
    }

    private void skipByteOrderMark() {
        if (window.offset() == 0 && window.at(2) >= 0 && matches(BYTE_ORDER_MARK)) {
            window.advance(BYTE_ORDER_MARK.length);
        }
    }

    private boolean matches(byte[] expected) {
        for (int i = 0; i < expected.length; i++) {
            if (window.bytes()[i] != expected[i]) {
                return false;
            }
        }
        return true;
    }

    /** Moves to the next statement's first character; always true. */
    private boolean skipBlanksAndComments() {
        while (true) {
            int i = window.position();
            int c = window.at(i);
            if (c >= 0 && c <= ' ') {
                window.advance(blanksEnd(i));
            } else if (c >= 0 && isComment(i)) {
                int end = commentEnd(i);
                noteComment(i, end);
                window.advance(end);
            } else if (c >= 0 && isDelimiter(i)) {
                window.advance(i + delimiter.length);
            } else {
                return true;
            }
            window.release();
        }
    }

    private void noteComment(int from, int to) {
        if (window.at(from) == '-') {
            String text = new String(window.bytes(), from, Math.min(to - from, 40), StandardCharsets.ISO_8859_1);
            announcesItsEnd |= text.matches("(?s)" + FIRST_COMMENT + ".*");
            hasItsEnd |= text.startsWith(LAST_COMMENT);
        }
    }

    /** DELIMITER is a command of the shell and ends with its line; false when there is none. */
    private boolean skipCommand() {
        int i = window.position();
        if (!wordAt(i, "delimiter") || isWord((byte) window.at(i + 9))) {
            return false;
        }
        int lineEnd = i;
        while (window.at(lineEnd) >= 0 && window.at(lineEnd) != '\n') {
            lineEnd++;
        }
        String chosen = new String(window.bytes(), i + 9, lineEnd - i - 9, StandardCharsets.ISO_8859_1).strip();
        int blank = chosen.indexOf(' ');
        chosen = blank > 0 ? chosen.substring(0, blank) : chosen;
        if (chosen.isEmpty() || chosen.length() > LONGEST_DELIMITER) {
            throw new DumpException("line " + window.line() + ": DELIMITER must be followed by 1 to "
                    + LONGEST_DELIMITER + " characters");
        }
        delimiter = chosen.getBytes(StandardCharsets.ISO_8859_1);
        window.advance(lineEnd);
        return true;
    }

    /** Index behind blanks and comments. */
    private int gapEnd(int from) {
        int i = blanksEnd(from);
        while (window.at(i) >= 0 && isComment(i)) {
            i = blanksEnd(commentEnd(i));
        }
        return i;
    }

    private int blanksEnd(int from) {
        int i = from;
        while (window.at(i) >= 0 && window.at(i) <= ' ') {
            i++;
        }
        return i;
    }

    // INSERT … VALUES.

    /** Index behind VALUES when the statement is an INSERT or REPLACE of rows, else 0. */
    private int insertValues() {
        int i = statementStart;
        if (!wordAt(i, "insert") && !wordAt(i, "replace")) {
            return 0;
        }
        while (true) {
            int c = window.at(i);
            if (c < 0 || isDelimiter(i)) {
                return 0;
            }
            if (c == '\'' || c == '"' || c == '`') {
                i = quoted(i);
            } else if (isWord((byte) c)) {
                int end = wordEnd(i);
                boolean values = isWholeWord("values", i, end) || isWholeWord("value", i, end);
                if (values) {
                    return window.at(blanksEnd(end)) == '(' ? end : 0;
                }
                if (wordAt(i, "select") || isWholeWord("set", i, end)) {
                    return 0;
                }
                i = end;
            } else {
                i = isComment(i) ? commentEnd(i) : i + 1;
            }
        }
    }

    private boolean isWholeWord(String word, int from, int to) {
        return to - from == word.length() && wordAt(from, word);
    }

    private int wordEnd(int from) {
        int i = from;
        while (window.at(i) >= 0) {
            if (!isWord(window.bytes()[i])) {
                return i;
            }
            i++;
        }
        return i;
    }

    /** Whether a word in lower case begins at an index, however it is written there. */
    private boolean wordAt(int index, String word) {
        for (int i = 0; i < word.length(); i++) {
            if ((window.at(index + i) | 0x20) != word.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    static boolean isWord(byte c) {
        boolean letter = (c | 0x20) >= 'a' && (c | 0x20) <= 'z';
        boolean digit = c >= '0' && c <= '9';
        return c < 0 || letter || digit || c == '_' || c == '$';
    }

    byte[] copy(int from, int to) {
        byte[] text = new byte[to - from];
        System.arraycopy(window.bytes(), from, text, 0, text.length);
        return text;
    }

    /** The first words of a statement on one line, for messages. */
    static String beginning(byte[] text) {
        String start = new String(text, 0, Math.min(text.length, 120), StandardCharsets.UTF_8)
                .replaceAll("\\s+", " ")
                .strip();
        return start.length() > 80 ? start.substring(0, 80) + " …" : start;
    }
}
