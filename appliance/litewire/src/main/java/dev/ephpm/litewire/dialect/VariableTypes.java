package dev.ephpm.litewire.dialect;

import java.math.BigDecimal;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * User variables have the type of the value they hold, which decides how they compare: so a plan that reads some is made for
 * the kinds of values they hold when it is made.
 */
final class VariableTypes {
    private static final int WIDEST_INTEGER = 20;
    private static final int LONGEST_TEXT = 16_777_216;

    private VariableTypes() {}

    /** The kinds of the variables a shape names, in its order; empty when it names none. */
    static String kinds(String shape, Dialect.Context context) {
        if (shape.indexOf('@') < 0) {
            return "";
        }
        StringBuilder kinds = new StringBuilder();
        for (Token token : Lexer.tokens(shape, context.mode())) {
            if (token.kind() == Token.Kind.USER_VARIABLE) {
                String name = token.text().substring(1).toLowerCase(Locale.ROOT);
                kinds.append(kind(context.userVariables().apply(name))).append(' ');
            }
        }
        return kinds.toString();
    }

    private static String kind(@Nullable Object value) {
        return switch (value) {
            case null -> "n";
            case Long _ -> "i";
            case Double _ -> "d";
            case BigDecimal exact -> "e" + exact.precision() + "_" + exact.scale();
            case byte[] _ -> "b";
            default -> "t";
        };
    }

    static Type of(@Nullable Object value) {
        return switch (value) {
            case Long _ -> Type.integer(WIDEST_INTEGER);
            case Double _ -> Type.real();
            case BigDecimal exact -> Type.decimal(Math.max(exact.precision(), exact.scale()), exact.scale());
            case byte[] _ -> Type.binary(LONGEST_TEXT);
            case null -> Type.binary(LONGEST_TEXT);
            default -> Type.text(LONGEST_TEXT / 4);
        };
    }
}
