package dev.ephpm.litewire.dialect;

import dev.ephpm.litewire.sqlite.CollationNames;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Comparisons with MySQL's rules of conversion: numbers when one side is a number, moments when one side is a moment, text
 * by collation. Literals are converted before they are bound, so that indexes stay useful.
 */
final class Comparisons {
    private static final Set<String> SAME = Set.of("=", "<>", "IS", "IS NOT");
    private static final Set<String> SAME_OR_NOT = Set.of("<>", "IS", "IS NOT");

    private static final String COMPARING = "mysql_compared_micros";

    private final Compilation compilation;
    private final Forms forms;
    private final Collating collating;
    private final TextLookups lookups;

    Comparisons(Compilation compilation, Forms forms, Collating collating) {
        this.compilation = compilation;
        this.forms = forms;
        this.collating = collating;
        this.lookups = new TextLookups(compilation, collating);
    }

    TextLookups lookups() {
        return lookups;
    }

    /** Two operands, ready to stand around an operator. */
    private record Pair(String left, String right) {}

    Fragment compare(String operator, Fragment left, Fragment right) {
        String sqlite = operator.equals("<=>") ? "IS" : operator;
        boolean nullable = !operator.equals("<=>")
                && (left.type().nullable() || right.type().nullable());
        String sql;
        if (areTexts(left, right)) {
            sql = texts(sqlite, left, right);
        } else {
            Pair pair = pair(sqlite, left, right);
            sql = pair.left() + " " + sqlite + " " + pair.right();
        }
        return Fragment.of("(" + sql + ")", Type.FLAG.withNullable(nullable));
    }

    private static boolean areTexts(Fragment left, Fragment right) {
        return isText(left) && isText(right);
    }

    private static boolean isText(Fragment value) {
        return switch (value.type().family()) {
            case TEXT, JSON, UNKNOWN -> true;
            default -> false;
        };
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
        if (isYear(left) && right.isSlot()) {
            return new Pair(left.sql(), compilation.slot(right.slot(), Conversion.YEAR));
        }
        if (left.isSlot() && isYear(right)) {
            return new Pair(compilation.slot(left.slot(), Conversion.YEAR), right.sql());
        }
        if (left.type().isNumber() || right.type().isNumber()) {
            return numbers(operator, left, right);
        }
        if (first == Type.Family.BINARY || second == Type.Family.BINARY) {
            return new Pair(forms.bytes(left), forms.bytes(right));
        }
        return new Pair(forms.text(left) + " COLLATE " + collating.agreed("=", left, right), forms.text(right));
    }

    private static boolean isYear(Fragment value) {
        return value.origin() != null && value.type().family() == Type.Family.YEAR;
    }

    /** Equal numbers have one form, so that indexes find them; which is greater SQLite does not know of those it cannot hold. */
    private Pair numbers(String operator, Fragment left, Fragment right) {
        boolean wide = Forms.isWide(left) || Forms.isWide(right);
        if (!wide || forms.isPlain()) {
            return new Pair(forms.number(left), forms.number(right));
        }
        if (isInexact(left) || isInexact(right)) {
            return new Pair(forms.real(left), forms.real(right));
        }
        boolean whole =
                left.type().family() != Type.Family.DECIMAL && right.type().family() != Type.Family.DECIMAL;
        if (whole || SAME.contains(operator)) {
            return new Pair(forms.number(left), forms.number(right));
        }
        return new Pair("mysql_compare(" + forms.number(left) + ", " + forms.number(right) + ")", "0");
    }

    private static boolean isInexact(Fragment value) {
        return !value.isSlot() && NumberTypes.of(value).family() == Type.Family.DOUBLE;
    }

    private String texts(String operator, Fragment left, Fragment right) {
        String collation = collating.agreed(operator, left, right);
        if (CollationNames.isBinary(collation)) {
            String bytes = isIndexed(left) || isIndexed(right) ? "BINARY" : collation;
            return forms.text(left) + " COLLATE " + bytes + " " + operator + " " + forms.text(right);
        }
        TextLookups.Watched first = lookups.watched(left, collation);
        TextLookups.Watched second = lookups.watched(right, collation);
        if (operator.equals("=") && (first != null || second != null)) {
            boolean byFirst = second == null || (first != null && second.isMixed());
            TextLookups.Watched column = Objects.requireNonNull(byFirst ? first : second, "one is a column");
            Fragment other = byFirst ? right : left;
            return TextLookups.equal(column, forms.text(other), lookups.isPlain(other, collation));
        }
        boolean plain = lookups.isPlain(left, collation) && lookups.isPlain(right, collation);
        boolean watched = plain && (first != null || second != null) && SAME_OR_NOT.contains(operator);
        return forms.text(left) + (watched ? "" : " COLLATE " + collation) + " " + operator + " " + forms.text(right);
    }

    private static boolean isIndexed(Fragment value) {
        return value.origin() != null && value.origin().indexed();
    }

    private Pair moments(Fragment left, Fragment right) {
        Type.Family family = momentFamily(left.type(), right.type());
        if (family == Type.Family.TIME) {
            return new Pair(timeMicros(left, COMPARING), timeMicros(right, COMPARING));
        }
        int decimals = Math.max(decimals(left), decimals(right));
        return new Pair(moment(left, family, decimals), moment(right, family, decimals));
    }

    private static int decimals(Fragment value) {
        // A literal's digits are not known yet; it is formed as the other side is.
        boolean stated = value.type().family() == Type.Family.DATETIME && !Compilation.isParameter(value.sql());
        return stated ? value.type().decimals() : 0;
    }

    private static Type.Family momentFamily(Type left, Type right) {
        if (left.isTemporal() && right.isTemporal()) {
            return left.family() == right.family() ? left.family() : Type.Family.DATETIME;
        }
        return left.isTemporal() ? left.family() : right.family();
    }

    /** A length of time; its text does not sort when it is negative or long. */
    private String timeMicros(Fragment value, String reading) {
        if (value.type().family() == Type.Family.NULL) {
            return value.sql();
        }
        if (value.isSlot() && reading.equals(COMPARING)) {
            return "mysql_time_micros(" + compilation.slot(value.slot(), Conversion.TIME) + ")";
        }
        return value.type().family() == Type.Family.TIME
                ? "mysql_time_micros(" + value.sql() + ")"
                : reading + "(" + forms.clock(value) + ")";
    }

    private String moment(Fragment value, Type.Family family, int decimals) {
        if (value.isSlot()) {
            return family == Type.Family.DATE
                    ? compilation.slot(value.slot(), Conversion.DATE)
                    : formed(compilation.slot(value.slot(), Conversion.DATETIME), decimals);
        }
        return switch (value.type().family()) {
            case DATE ->
                family == Type.Family.DATETIME ? "(" + value.sql() + " || " + midnight(decimals) + ")" : value.sql();
            case DATETIME -> datetime(value, decimals);
            case TIME -> formed(forms.today(value.sql()), decimals);
            case NULL, UNKNOWN -> value.sql();
            default -> compared(value, family, decimals);
        };
    }

    private static String midnight(int decimals) {
        return "' 00:00:00" + (decimals > 0 ? "." + "0".repeat(decimals) : "") + "'";
    }

    /** A column holds as many digits of a second as its type has, another value none or six. */
    private static String datetime(Fragment value, int decimals) {
        int held = value.type().decimals();
        if (value.origin() == null) {
            return formed(value.sql(), decimals);
        }
        String zeros = (held == 0 ? "." : "") + "0".repeat(decimals - held);
        return held == decimals ? value.sql() : "(" + value.sql() + " || '" + zeros + "')";
    }

    private static String formed(String moment, int decimals) {
        return decimals == 0 ? moment : "mysql_moment_form(" + moment + ", " + decimals + ")";
    }

    /** The least or greatest of times and what can be read as one. */
    String extremeTime(String function, List<Fragment> values, int decimals) {
        List<String> micros = values.stream().map(this::extremeMicros).toList();
        boolean open = values.stream().anyMatch(v -> MomentTypes.written(v) < 0);
        return "mysql_clock_text(" + function + "(" + String.join(", ", micros) + "), " + (open ? -1 : decimals) + ")";
    }

    private String extremeMicros(Fragment value) {
        boolean text = value.isSlot() && value.type().family() != Type.Family.NULL;
        return text ? "mysql_read_micros(" + forms.clock(value) + ")" : timeMicros(value, "mysql_read_micros");
    }

    /** A value among moments: what is none counts as the zero date. */
    String asMoment(Fragment value, Type type) {
        Type.Family family = value.type().family();
        if (family == type.family() || family == Type.Family.NULL || family == Type.Family.UNKNOWN) {
            return value.sql();
        }
        return value.type().isTemporal()
                ? moment(value, type.family(), type.decimals())
                : compared(value, type.family(), type.decimals());
    }

    private String compared(Fragment value, Type.Family family, int decimals) {
        String read = value.isSlot() ? "mysql_each(" + forms.moment(value) + ")" : forms.moment(value);
        String moment = "mysql_compared_moment(" + read + ", " + decimals + ")";
        return family == Type.Family.DATE ? "substr(" + moment + ", 1, 10)" : moment;
    }

    /** {@code IN (…)}: one SQLite IN when all items convert alike, else comparisons joined by OR. */
    Fragment in(Fragment subject, List<Fragment> items, boolean negated) {
        boolean nullable = subject.type().nullable()
                || items.stream().anyMatch(i -> i.type().nullable());
        Type type = Type.FLAG.withNullable(nullable);
        String not = negated ? "NOT " : "";
        if (isText(subject)
                && items.stream().allMatch(i -> isText(i) || i.type().family() == Type.Family.NULL)) {
            return Fragment.of("(" + not + "(" + inTexts(subject, items) + "))", type);
        }
        List<Pair> pairs = items.stream().map(i -> pair("=", subject, i)).toList();
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

    private String inTexts(Fragment subject, List<Fragment> items) {
        List<Fragment> all = new ArrayList<>(items);
        all.addFirst(subject);
        String collation = collating.agreed("in", all);
        List<String> texts = items.stream().map(forms::text).toList();
        TextLookups.Watched column = lookups.watched(subject, collation);
        if (column != null) {
            boolean plain = items.stream()
                    .allMatch(i -> i.type().family() == Type.Family.NULL || lookups.isPlain(i, collation));
            return TextLookups.in(column, texts, plain);
        }
        String bytes = CollationNames.isBinary(collation) && isIndexed(subject) ? "BINARY" : collation;
        return forms.text(subject) + " COLLATE " + bytes + " IN (" + String.join(", ", texts) + ")";
    }

    /** @param shown in a select list, where a literal may be converted for every row: there is no index to find */
    Fragment between(Fragment subject, Fragment low, Fragment high, boolean negated, boolean shown) {
        boolean nullable = subject.type().nullable()
                || low.type().nullable()
                || high.type().nullable();
        String both = betweenNumbers(subject, low, high, shown);
        if (both == null) {
            both = "(" + compare(">=", subject, low).sql() + " AND "
                    + compare("<=", subject, high).sql() + ")";
        }
        return Fragment.of(negated ? "(NOT " + both + ")" : both, Type.FLAG.withNullable(nullable));
    }

    /** MariaDB converts text among numbers once for each row, both bounds too. */
    private @Nullable String betweenNumbers(Fragment subject, Fragment low, Fragment high, boolean shown) {
        if (isLooseText(subject) && low.type().isNumber() && high.type().isNumber()) {
            return "(" + forms.number(subject) + " BETWEEN " + forms.number(low) + " AND " + forms.number(high) + ")";
        }
        boolean texts = isTextLiteral(low) && isTextLiteral(high);
        if (!shown || !texts || subject.isSlot() || !subject.type().isNumber()) {
            return null;
        }
        if (subject.type().unsigned() && Forms.isLarge(subject)) {
            return null;
        }
        String number = forms.number(subject);
        return "iif(" + number + " IS NULL, NULL, (" + number + " >= " + inRow(low) + ") + (" + number + " <= "
                + inRow(high) + ") = 2)";
    }

    private static boolean isLooseText(Fragment value) {
        boolean text = value.type().isText() || value.type().family() == Type.Family.BINARY;
        return text && !value.isSlot() && !value.isEnumerated();
    }

    private static boolean isTextLiteral(Fragment value) {
        return value.isSlot() && value.type().family() == Type.Family.TEXT;
    }

    /** A text literal as a number, converted and warned of whenever it is compared. */
    private String inRow(Fragment literal) {
        return "mysql_number(mysql_each(" + compilation.slot(literal.slot(), Conversion.RAW) + "))";
    }

    /** The comparison of CASE and its WHEN, which is made, and warned of, row by row. */
    String equalInRow(Fragment value, Fragment literal) {
        if (literal.isSlot() && (isTextLiteral(literal) || literal.type().isExactInteger())) {
            Type.Family family = value.type().family();
            if (value.type().isNumber() && isTextLiteral(literal)) {
                return whenKnown(value, forms.number(value) + " = " + inRow(literal));
            }
            String each = "mysql_each(" + compilation.slot(literal.slot(), Conversion.RAW) + ")";
            if (family == Type.Family.TIME) {
                String micros = timeMicros(value, "mysql_compared_micros");
                return whenKnown(value, micros + " = mysql_compared_micros(" + each + ")");
            }
            if (value.type().isTemporal()) {
                int decimals = decimals(value);
                String moment = "mysql_compared_moment(" + each + ", " + decimals + ")";
                String compared = family == Type.Family.DATE ? "substr(" + moment + ", 1, 10)" : moment;
                return whenKnown(value, moment(value, family, decimals) + " = " + compared);
            }
        }
        return compare("=", value, literal).sql();
    }

    /** NULL is compared with nothing. */
    private static String whenKnown(Fragment value, String condition) {
        return value.isSlot() ? "(" + condition + ")" : "(" + value.sql() + " IS NOT NULL AND " + condition + ")";
    }

    /** FIELD: all as text, or all as numbers, each converted when it is its turn. */
    String position(List<Fragment> arguments) {
        Fragment wanted = arguments.getFirst();
        boolean numbers = arguments.stream().anyMatch(a -> a.type().isNumber());
        StringBuilder sql = new StringBuilder("(CASE WHEN " + wanted.sql() + " IS NULL THEN 0 ELSE CASE");
        if (numbers) {
            sql.append(' ').append(forms.number(wanted));
        }
        for (int i = 1; i < arguments.size(); i++) {
            Fragment candidate = arguments.get(i);
            String condition = !numbers
                    ? compare("=", asText(wanted), asText(candidate)).sql()
                    : isTextLiteral(candidate) ? inRow(candidate) : forms.number(candidate);
            sql.append(" WHEN ").append(condition).append(" THEN ").append(i);
        }
        return sql.append(" ELSE 0 END END)").toString();
    }

    private Fragment asText(Fragment value) {
        boolean stays = isText(value) || value.type().family() == Type.Family.BINARY || value.isSlot();
        return stays
                ? value
                : Fragment.of(forms.text(value), Type.text(value.type().characters()));
    }

    /** {@code IN (SELECT …)} of one column. */
    String inQuery(Fragment subject, String query, Queries.Output output) {
        Type column = output.type();
        if (isText(subject) && column.isText()) {
            Fragment value = new Fragment("", column, output.origin(), -1);
            String collation = collating.agreed("in", subject, value);
            TextLookups.Watched watched = lookups.watched(subject, collation);
            if (watched == null) {
                return forms.text(subject) + " COLLATE " + collation + " IN (" + query + ")";
            }
            boolean plain =
                    output.origin() != null && !watched.isMixed() && lookups.isPlainColumn(output.origin(), collation);
            return plain ? subject.sql() + " IN (" + query + ")" : TextLookups.inQuery(watched, query);
        }
        String left = column.isNumber() ? forms.number(subject) : column.isText() ? forms.text(subject) : subject.sql();
        return left + " IN (" + query + ")";
    }
}
