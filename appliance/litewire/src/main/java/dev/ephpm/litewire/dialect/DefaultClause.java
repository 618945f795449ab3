package dev.ephpm.litewire.dialect;

import dev.ephpm.litewire.Literal;
import dev.ephpm.litewire.SqlMode;
import dev.ephpm.litewire.catalogue.TableColumn;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The DEFAULT clause of a column as something to bind. */
sealed interface DefaultClause {
    /** A constant; null for DEFAULT NULL. */
    record Constant(@Nullable Object value) implements DefaultClause {}

    /** {@code current_timestamp(n)}. */
    record Now(int decimals) implements DefaultClause {}

    /** An expression that SQLite evaluates by the stored table's own DEFAULT. */
    record Stored() implements DefaultClause {}

    /** Empty when the column has none. */
    static Optional<DefaultClause> of(TableColumn column, SqlMode mode) {
        return column.defaultExpression().map(text -> parse(text, mode));
    }

    private static DefaultClause parse(String text, SqlMode mode) {
        List<Token> tokens = Lexer.tokens(text, mode);
        Token first = tokens.getFirst();
        if (first.isWord("NULL")) {
            return new Constant(null);
        }
        if (first.kind() == Token.Kind.LITERAL && tokens.size() == 2) {
            return new Constant(value(first.literal()));
        }
        if (first.isSymbol("-") && tokens.size() == 3 && tokens.get(1).kind() == Token.Kind.LITERAL) {
            return new Constant("-" + tokens.get(1).text());
        }
        String word = first.text().toLowerCase(Locale.ROOT);
        if (word.equals("current_timestamp") || word.equals("now")) {
            boolean digits = tokens.size() > 2 && tokens.get(2).kind() == Token.Kind.LITERAL;
            return new Now(digits ? Integer.parseInt(tokens.get(2).text()) : 0);
        }
        return new Stored();
    }

    private static @Nullable Object value(Literal literal) {
        return literal instanceof Literal.Decimal decimal ? decimal.exact() : literal.value();
    }
}
