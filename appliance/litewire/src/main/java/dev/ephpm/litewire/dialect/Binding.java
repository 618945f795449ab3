package dev.ephpm.litewire.dialect;

import dev.ephpm.litewire.Execution;
import dev.ephpm.litewire.Literal;
import dev.ephpm.litewire.Warnings;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Where the value of one SQLite parameter comes from when a plan runs. */
sealed interface Binding {
    /** The value as {@link dev.ephpm.litewire.sqlite.SqliteHandle} takes it. */
    @Nullable
    Object value(Execution execution);

    static List<@Nullable Object> values(List<Binding> bindings, Execution execution) {
        List<@Nullable Object> values = new ArrayList<>(bindings.size());
        for (Binding binding : bindings) {
            values.add(binding.value(execution));
        }
        return values;
    }

    /** A literal or bound parameter. */
    record OfSlot(int slot, Conversion conversion) implements Binding {
        @Override
        public @Nullable Object value(Execution execution) {
            Literal literal = execution.literals().get(slot);
            Truncation.ofMoment(conversion, literal)
                    .ifPresent(message -> execution
                            .session()
                            .warnings()
                            .add(Warnings.Level.WARNING, Truncation.WRONG_VALUE, message));
            String kind = conversion.truncates();
            String cut = kind == null ? null : truncated(literal);
            if (kind != null && cut != null) {
                execution
                        .session()
                        .warnings()
                        .add(Warnings.Level.WARNING, Truncation.WRONG_VALUE, Truncation.message(kind, cut));
            }
            return conversion.apply(literal);
        }
    }

    /** The text of a literal that is more or less than a number. */
    private static @Nullable String truncated(Literal literal) {
        String text = switch (literal) {
            case Literal.Text characters -> characters.text();
            case Literal.Binary binary when !binary.number() -> Conversion.text(binary);
            default -> null;
        };
        return text == null || NumberText.isWhole(text) ? null : text;
    }

    /** Something of the session: the time, the database, a variable. */
    record OfSession(SessionValue what, String argument) implements Binding {
        @Override
        public @Nullable Object value(Execution execution) {
            return what.of(execution.session(), argument);
        }
    }

    /** A value as its column stores it. */
    record Stored(ColumnValue source, StoredColumn column, int row) implements Binding {
        @Override
        public @Nullable Object value(Execution execution) {
            Object raw = source.raw(execution);
            boolean implied = raw == null && source instanceof ColumnValue.Missing;
            return implied
                    ? null
                    : column.store(
                            raw, row, execution.session(), execution.session().warnings());
        }

        /** A record's own would hash the whole column, for every value of every row. */
        @Override
        public int hashCode() {
            return 31 * row + column.column().name().hashCode();
        }
    }

    /** A value fixed by the shape. */
    record Fixed(@Nullable Object constant) implements Binding {
        @Override
        public @Nullable Object value(Execution execution) {
            return constant;
        }
    }
}
