package dev.ephpm.litewire.dialect;

import dev.ephpm.litewire.SqlErrorCode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Table value constructors: {@code VALUES (1, 2), (3, 4)} where a query may stand is written {@code SELECT 1, 2 UNION ALL
 * SELECT 3, 4}, whose columns have the same names.
 */
final class TableValues {
    private static final Set<String> SET_OPERATORS = Set.of("UNION", "ALL", "DISTINCT", "EXCEPT", "INTERSECT", "MINUS");

    private final List<Token> tokens;
    private final List<Token> written = new ArrayList<>();
    private int position;

    private TableValues(List<Token> tokens) {
        this.tokens = tokens;
    }

    /** The tokens, the same list when there is no such constructor. Throws 4099 and 4141. */
    static List<Token> asSelects(List<Token> tokens) {
        boolean any = false;
        for (int i = 0; i < tokens.size() && !any; i++) {
            // Behind it VALUES() is a function.
            if (tokens.get(i).isWord("DUPLICATE")) {
                break;
            }
            any = isConstructor(tokens, i);
        }
        return any ? new TableValues(tokens).write() : tokens;
    }

    private static boolean isConstructor(List<Token> tokens, int at) {
        if (!tokens.get(at).isWord("VALUES") || !tokens.get(at + 1).isSymbol("(")) {
            return false;
        }
        return at == 0
                || tokens.get(at - 1).isSymbol("(")
                || SET_OPERATORS.contains(tokens.get(at - 1).capitals());
    }

    private List<Token> write() {
        boolean function = false;
        while (position < tokens.size()) {
            function |= tokens.get(position).isWord("DUPLICATE");
            if (!function && isConstructor(tokens, position)) {
                rows();
            } else {
                written.add(tokens.get(position++));
            }
        }
        return written;
    }

    private void rows() {
        boolean operand =
                position > 0 && SET_OPERATORS.contains(tokens.get(position - 1).capitals());
        int first = written.size();
        int columns = -1;
        int count = 0;
        do {
            if (count > 0) {
                word("UNION");
                word("ALL");
            }
            position++;
            int width = row();
            if (columns >= 0 && columns != width) {
                throw SqlErrorCode.DIFFERENT_NUMBER_OF_VALUES.with();
            }
            columns = width;
            count++;
        } while (tokens.get(position).isSymbol(",") && tokens.get(position + 1).isSymbol("("));
        if (operand && count > 1) {
            written.add(first, symbol("("));
            written.add(symbol(")"));
        }
    }

    /** Stands on the row's opening bracket; gives the number of its values. */
    private int row() {
        word("SELECT");
        position++;
        if (tokens.get(position).isSymbol(")")) {
            throw SqlErrorCode.EMPTY_ROW_OF_VALUES.with();
        }
        int values = 1;
        int depth = 1;
        while (tokens.get(position).kind() != Token.Kind.END) {
            Token token = tokens.get(position++);
            depth += token.isSymbol("(") ? 1 : token.isSymbol(")") ? -1 : 0;
            if (depth == 0) {
                return values;
            }
            values += depth == 1 && token.isSymbol(",") ? 1 : 0;
            written.add(token);
        }
        return values;
    }

    private void word(String word) {
        Token here = tokens.get(position);
        written.add(new Token(Token.Kind.WORD, word, here.start(), here.start(), null));
    }

    private Token symbol(String symbol) {
        Token here = tokens.get(position);
        return new Token(Token.Kind.SYMBOL, symbol, here.start(), here.start(), null);
    }
}
