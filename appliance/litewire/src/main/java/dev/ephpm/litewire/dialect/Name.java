package dev.ephpm.litewire.dialect;

import dev.ephpm.litewire.Literal;
import java.util.HexFormat;
import java.util.List;

/**
 * The name of a result column. MySQL names a column without alias after its text, literals included, so the name of one
 * shape differs from run to run.
 *
 * @param parts text ({@link String}) and slots ({@link Integer}, −1 for a parameter marker)
 */
record Name(List<Object> parts) {
    private static final Integer MARKER = -1;

    static Name of(String fixed) {
        return new Name(List.of(fixed));
    }

    boolean fixed() {
        return parts.stream().allMatch(String.class::isInstance);
    }

    /** The name with its literals in place. */
    String text(List<Literal> literals) {
        if (parts.size() == 1 && parts.getFirst() instanceof Integer slot && isKnown(slot, literals)) {
            return literals.get(slot) instanceof Literal.Text text
                    ? text.text().stripLeading()
                    : written(slot, literals);
        }
        StringBuilder name = new StringBuilder();
        for (Object part : parts) {
            if (part instanceof Integer slot && pads(slot, literals)) {
                name.setLength(name.lastIndexOf(","));
            } else if (part instanceof Integer slot) {
                name.append(isKnown(slot, literals) ? written(slot, literals) : "?");
            } else {
                name.append(part);
            }
        }
        return name.toString();
    }

    private static boolean pads(Integer slot, List<Literal> literals) {
        return isKnown(slot, literals) && literals instanceof CutLiterals cut && cut.pads(slot);
    }

    private static boolean isKnown(Integer slot, List<Literal> literals) {
        return !slot.equals(MARKER) && slot < literals.size();
    }

    private static String written(int slot, List<Literal> literals) {
        return literals instanceof CutLiterals cut ? cut.written(slot) : written(literals.get(slot));
    }

    /** Beside parameters the text is gone, but nearly all of it was written by a client library's escape function. */
    private static String escaped(String text) {
        return text.replace("\\", "\\\\")
                .replace("'", "\\'")
                .replace("\"", "\\\"")
                .replace("\n", "\\n")
                .replace("\r", "\\r")
                .replace("\0", "\\0")
                .replace("\u001a", "\\Z");
    }

    private static String written(Literal literal) {
        return switch (literal) {
            case Literal.Text text -> "'" + escaped(text.text()) + "'";
            case Literal.Binary binary -> "x'" + HexFormat.of().formatHex(binary.bytes()) + "'";
            case Literal.Null _ -> "NULL";
            case Literal.Real real -> Doubles.text(real.value64());
            case Literal.Whole whole -> Long.toString(whole.value64());
            case Literal.Decimal decimal -> decimal.exact().toPlainString();
        };
    }
}
