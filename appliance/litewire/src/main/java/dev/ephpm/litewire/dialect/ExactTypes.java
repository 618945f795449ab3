package dev.ephpm.litewire.dialect;

import dev.ephpm.litewire.Literal;
import dev.ephpm.litewire.SqlError;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Types of result columns that depend on the values of literals: {@code CONCAT(name, 'abc')} is three characters longer than
 * name. A plan is made from the shape, so these types are found by translating again, with the literals, when one of those
 * that matter has changed. Which ones matter is found once, by trying short and long values.
 */
final class ExactTypes {
    private static final int MOST_SLOTS = 32;

    private final Translation translation;
    private final Query query;
    private final BitSet slots;
    private volatile @Nullable Known last;

    private record Known(List<Literal> literals, List<Queries.Output> outputs) {}

    private ExactTypes(Translation translation, Query query, BitSet slots) {
        this.translation = translation;
        this.query = query;
        this.slots = slots;
    }

    /** Null when no literal matters. */
    static @Nullable ExactTypes of(Translation translation, Query query, List<Queries.Output> outputs) {
        List<Marker> markers = translation.compilation().markers();
        boolean computed = outputs.stream().anyMatch(o -> o.origin() == null && o.slot() < 0);
        if (markers.isEmpty() || !computed) {
            return null;
        }
        List<Literal> small = markers.stream().map(ExactTypes::small).toList();
        List<Literal> large = markers.stream().map(ExactTypes::large).toList();
        List<Literal> zero = markers.stream().map(ExactTypes::zero).toList();
        List<Literal> date = markers.stream().map(ExactTypes::date).toList();
        List<Literal> format = markers.stream().map(ExactTypes::format).toList();
        List<Type> usual = types(translation, query, small);
        List<Type> longest = types(translation, query, large);
        if (usual != null
                && usual.equals(longest)
                && usual.equals(types(translation, query, zero))
                && usual.equals(types(translation, query, date))
                && usual.equals(types(translation, query, format))
                && usual.equals(types(translation, query, inTurns(small, large)))
                && usual.equals(types(translation, query, inTurns(large, small)))) {
            boolean planned =
                    usual.equals(outputs.stream().map(Queries.Output::type).toList());
            return planned ? null : new ExactTypes(translation, query, new BitSet());
        }
        BitSet slots = new BitSet(markers.size());
        if (usual == null || longest == null || markers.size() > MOST_SLOTS) {
            slots.set(0, markers.size());
            return new ExactTypes(translation, query, slots);
        }
        List<Literal> middle = middle(markers);
        List<Type> ordinary = types(translation, query, middle);
        for (int i = 0; i < markers.size(); i++) {
            boolean same = usual.equals(types(translation, query, with(small, i, large)))
                    && usual.equals(types(translation, query, with(small, i, zero)))
                    && usual.equals(types(translation, query, with(small, i, date)))
                    && usual.equals(types(translation, query, with(small, i, format)))
                    && longest.equals(types(translation, query, with(large, i, small)))
                    && Objects.equals(ordinary, types(translation, query, with(middle, i, small)));
            slots.set(i, !same);
        }
        return new ExactTypes(translation, query, slots);
    }

    /** A long value and short numbers behind it, as in SUBSTRING(1234567, 2, 3). */
    private static List<Literal> middle(List<Marker> markers) {
        List<Literal> literals = new ArrayList<>();
        for (Marker marker : markers) {
            boolean counts = marker.kind() == Marker.Kind.WHOLE && !literals.isEmpty();
            literals.add(counts ? new Literal.Whole(literals.size() + 1L) : large(marker));
        }
        return literals;
    }

    /** One literal may only matter while another is of another length: every second one is. */
    private static List<Literal> inTurns(List<Literal> even, List<Literal> odd) {
        List<Literal> literals = new ArrayList<>(even);
        for (int i = 1; i < literals.size(); i += 2) {
            literals.set(i, odd.get(i));
        }
        return literals;
    }

    private static List<Literal> with(List<Literal> literals, int slot, List<Literal> others) {
        List<Literal> changed = new ArrayList<>(literals);
        changed.set(slot, others.get(slot));
        return changed;
    }

    private static @Nullable List<Type> types(Translation translation, Query query, List<Literal> literals) {
        try {
            return outputs(translation, query, literals).stream()
                    .map(Queries.Output::type)
                    .toList();
        } catch (SqlError e) {
            return null;
        }
    }

    private static List<Queries.Output> outputs(Translation translation, Query query, List<Literal> literals) {
        Translation exact = translation.with(literals);
        if (translation.compilation().assignsVariables()) {
            exact.compilation().assignVariables();
        }
        return exact.queries().subquery(query, null).outputs();
    }

    private static Literal small(Marker marker) {
        return switch (marker.kind()) {
            case WHOLE -> new Literal.Whole(1);
            case DECIMAL -> decimal(marker);
            case REAL -> new Literal.Real(1);
            case PLAIN_TEXT -> new Literal.Text("1");
            case OTHER_TEXT -> new Literal.Text("ä");
            case BINARY -> new Literal.Binary(new byte[1]);
            case PARAMETER -> new Literal.Null();
        };
    }

    private static Literal zero(Marker marker) {
        return switch (marker.kind()) {
            case WHOLE -> new Literal.Whole(0);
            case PLAIN_TEXT -> new Literal.Text("");
            default -> small(marker);
        };
    }

    /** A moment brings as many digits of a second as it has, other text six. */
    private static Literal date(Marker marker) {
        return marker.kind() == Marker.Kind.PLAIN_TEXT ? new Literal.Text("2024-02-29") : small(marker);
    }

    /** What a format asks for decides what STR_TO_DATE yields. */
    private static Literal format(Marker marker) {
        return marker.kind() == Marker.Kind.PLAIN_TEXT ? new Literal.Text("%H") : small(marker);
    }

    private static Literal large(Marker marker) {
        return switch (marker.kind()) {
            case WHOLE -> new Literal.Whole(1_234_567_890);
            case DECIMAL -> decimal(marker);
            case REAL -> new Literal.Real(1.2345e100);
            case PLAIN_TEXT, PARAMETER -> new Literal.Text("2024-02-29 13:14:15.123456 and much more text than that");
            case OTHER_TEXT -> new Literal.Text("Grüße");
            case BINARY -> new Literal.Binary(new byte[9]);
        };
    }

    private static Literal decimal(Marker marker) {
        return new Literal.Decimal(new BigDecimal(BigInteger.TEN.pow(marker.precision() - 1), marker.scale()));
    }

    List<Queries.Output> outputs(List<Literal> literals) {
        List<Literal> relevant = slots.stream()
                .filter(i -> i < literals.size())
                .mapToObj(literals::get)
                .toList();
        Known known = last;
        if (known == null || !known.literals().equals(relevant)) {
            known = new Known(relevant, outputs(translation, query, literals));
            last = known;
        }
        return known.outputs();
    }
}
