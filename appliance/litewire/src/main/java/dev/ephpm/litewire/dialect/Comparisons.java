package dev.ephpm.litewire.dialect;

import dev.ephpm.litewire.sqlite.CollationNames;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Comparisons with MySQL's rules of conversion: numbers when one side is a number, moments when one side is a moment, text
 * by collation. Literals are converted before they are bound, so that indexes stay useful.
 */
final class Comparisons {
    private static final Set<String> EQUALITIES = Set.of("=", "<>", "IS", "IS NOT");

    private final Compilation compilation;
    private final Forms forms;
    private final Collating collating;

    Comparisons(Compilation compilation, Forms forms, Collating collating) {
        this.compilation = compilation;
        this.forms = forms;
        this.collating = collating;
    }

    /** Two operands, ready to stand around an operator. */
    private record Pair(String left, String right) {}

    Fragment compare(String operator, Fragment left, Fragment right) {
        String sqlite = operator.equals("<=>") ? "IS" : operator;
        Pair pair = pair(sqlite, left, right);
        boolean nullable = !operator.equals("<=>")
                && (left.type().nullable() || right.type().nullable());
        return Fragment.of(
                "(" + pair.left() + " " + sqlite + " " + pair.right() + ")", Type.FLAG.withNullable(nullable));
    }

    private Pair pair(String operator, Fragment left, Fragment right) {
        Type.Family first = left.type().family();
        Type.Family second = right.type().family();
        if (first == Type.Family.NULL || second == Type.Family.NULL) {
            return new Pair(left.sql(), right.sql());
        }
        if (left.type().isTemporal() || right.type().isTemporal()) {
            return moments(left, right);
        }
        if (left.type().isNumber() || right.type().isNumber()) {
            return new Pair(forms.number(left), forms.number(right));
        }
        if (first == Type.Family.BINARY || second == Type.Family.BINARY) {
            return new Pair(forms.bytes(left), forms.bytes(right));
        }
        return texts(operator, left, right);
    }

    private Pair texts(String operator, Fragment left, Fragment right) {
        String collation = collation(operator, left, right);
        String leftText = forms.text(left);
        return new Pair(collation.isEmpty() ? leftText : leftText + " COLLATE " + collation, forms.text(right));
    }

    /** The collation to ask for; empty when the column's own, with its index, gives the same answer. */
    private String collation(String operator, Fragment left, Fragment right) {
        String collation = collating.agreed(operator, left, right);
        if (CollationNames.isBinary(collation)) {
            return isIndexed(left) || isIndexed(right) ? "BINARY" : collation;
        }
        boolean indexed = isIndexed(left, collation) || isIndexed(right, collation);
        boolean plain = isPlain(left) && isPlain(right) && CollationNames.isPlain(collation);
        return indexed && plain && EQUALITIES.contains(operator) ? "" : collation;
    }

    private boolean isIndexed(Fragment value, String collation) {
        return value.origin() != null
                && value.origin().indexed()
                && collating
                        .name(ColumnTypes.of(value.origin().column()).collation())
                        .equals(collation);
    }

    private static boolean isIndexed(Fragment value) {
        return value.origin() != null && value.origin().indexed();
    }

    private boolean isPlain(Fragment value) {
        return value.origin() != null || (value.isSlot() && compilation.isAscii(value.slot()));
    }

    private Pair moments(Fragment left, Fragment right) {
        Type.Family family = momentFamily(left.type(), right.type());
        if (isComputedNumber(left) || isComputedNumber(right)) {
            return new Pair(forms.number(left), forms.number(right));
        }
        return new Pair(moment(left, family), moment(right, family));
    }

    private static boolean isComputedNumber(Fragment value) {
        return value.type().isNumber() && !value.isSlot();
    }

    private static Type.Family momentFamily(Type left, Type right) {
        if (left.isTemporal() && right.isTemporal() && left.family() != right.family()) {
            return Type.Family.DATETIME;
        }
        return left.isTemporal() ? left.family() : right.family();
    }

    private String moment(Fragment value, Type.Family family) {
        if (value.isSlot()) {
            Conversion conversion = switch (family) {
                case DATE -> Conversion.DATE;
                case TIME -> Conversion.TIME;
                default -> Conversion.DATETIME;
            };
            return compilation.slot(value.slot(), conversion);
        }
        boolean dateAmongTimes = value.type().family() == Type.Family.DATE && family == Type.Family.DATETIME;
        return dateAmongTimes ? "(" + value.sql() + " || ' 00:00:00')" : value.sql();
    }

    /** {@code IN (…)}: one SQLite IN when all items convert alike, else comparisons joined by OR. */
    Fragment in(Fragment subject, List<Fragment> items, boolean negated) {
        boolean nullable = subject.type().nullable();
        List<Pair> pairs = new ArrayList<>();
        if (subject.type().isText()) {
            List<Fragment> all = new ArrayList<>(items);
            all.addFirst(subject);
            collating.agreed("in", all);
        }
        for (Fragment item : items) {
            pairs.add(pair("=", subject, item));
            nullable |= item.type().nullable();
        }
        Type type = Type.FLAG.withNullable(nullable);
        String not = negated ? "NOT " : "";
        boolean alike =
                pairs.stream().allMatch(p -> p.left().equals(pairs.getFirst().left()));
        if (alike) {
            List<String> values = pairs.stream().map(Pair::right).toList();
            return Fragment.of(
                    "(" + pairs.getFirst().left() + " " + not + "IN (" + String.join(", ", values) + "))", type);
        }
        List<String> equalities =
                pairs.stream().map(p -> p.left() + " = " + p.right()).toList();
        return Fragment.of("(" + not + "(" + String.join(" OR ", equalities) + "))", type);
    }

    Fragment between(Fragment subject, Fragment low, Fragment high, boolean negated) {
        String both = "(" + compare(">=", subject, low).sql() + " AND "
                + compare("<=", subject, high).sql() + ")";
        return Fragment.of(negated ? "(NOT " + both + ")" : both, Type.FLAG);
    }

    /** The left side of {@code IN (SELECT …)}, and what to wrap around the query's column. */
    String inQuerySubject(Fragment subject, Type column) {
        if (subject.type().isText() && column.isText()) {
            String wanted = collating.agreed("=", subject, Fragment.of("", column));
            boolean plain = subject.origin() != null && isIndexed(subject, wanted);
            return plain ? subject.sql() : forms.text(subject) + " COLLATE " + wanted;
        }
        if (column.isNumber()) {
            return forms.number(subject);
        }
        return column.isText() ? forms.text(subject) : subject.sql();
    }
}
