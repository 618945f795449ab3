package dev.ephpm.litewire.dialect;

import dev.ephpm.litewire.Literal;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Types of literals: roughly from their marker when a statement is planned, exactly from their value when it runs. */
final class LiteralTypes {
    private static final int REAL_DECIMALS = 31;

    private LiteralTypes() {}

    static Type of(Marker marker) {
        return switch (marker.kind()) {
            case WHOLE -> Type.integer(1).asDigits().notNull();
            case DECIMAL ->
                marker.scale() == 0 && marker.precision() <= 20
                        ? Type.integer(marker.precision()).asUnsigned().notNull()
                        : Type.decimal(marker.precision(), marker.scale()).notNull();
            case REAL -> Type.real().notNull();
            case PLAIN_TEXT, OTHER_TEXT -> Type.text(1).notNull();
            case BINARY -> Type.binary(1).asUnsigned().notNull();
            case PARAMETER -> Type.UNKNOWN;
        };
    }

    /** A value of a result or a variable as if it had been written out. */
    static Literal literal(@Nullable Object value) {
        return switch (value) {
            case null -> new Literal.Null();
            case Long whole -> new Literal.Whole(whole);
            case Double real -> new Literal.Real(real);
            case BigDecimal decimal -> new Literal.Decimal(decimal);
            case byte[] bytes -> new Literal.Binary(bytes);
            default -> new Literal.Text(value.toString());
        };
    }

    /** The literal of a slot, real ones as long as they were written. */
    static Type of(List<Literal> literals, int slot) {
        Literal literal = literals.get(slot);
        Type type = of(literal);
        if (!(literals instanceof CutLiterals cut)) {
            return type;
        }
        return type.family() == Type.Family.DOUBLE
                ? type.withLength(cut.written(slot).length())
                : type;
    }

    static Type of(Literal literal) {
        return switch (literal) {
            case Literal.Null _ -> Type.NULL;
            case Literal.Whole whole ->
                Type.integer(Long.toString(whole.value64()).length())
                        .withCollation(whole.value64() >= 0 ? Type.DIGITS : TextCollation.CONNECTION)
                        .notNull();
            case Literal.Decimal decimal
            when isUnsignedInteger(decimal) ->
                Type.integer(decimal.exact().precision()).asUnsigned().notNull();
            // A zero before the point is a digit.
            case Literal.Decimal decimal ->
                Type.decimal(
                                Math.max(
                                        decimal.exact().precision(),
                                        decimal.exact().scale() + 1),
                                decimal.exact().scale())
                        .notNull();
            case Literal.Real real ->
                Type.real()
                        .withLength(Doubles.text(real.value64()).length() + 2L)
                        .withDecimals(REAL_DECIMALS)
                        .notNull();
            case Literal.Text text ->
                Type.text(text.text().codePointCount(0, text.text().length())).notNull();
            case Literal.Binary binary ->
                Type.binary(binary.bytes().length).asUnsigned().notNull();
        };
    }

    private static boolean isUnsignedInteger(Literal.Decimal decimal) {
        return decimal.exact().scale() == 0 && decimal.exact().toBigInteger().bitLength() <= Long.SIZE;
    }
}
