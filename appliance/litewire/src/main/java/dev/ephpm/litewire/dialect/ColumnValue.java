package dev.ephpm.litewire.dialect;

import dev.ephpm.litewire.Execution;
import dev.ephpm.litewire.Literal;
import dev.ephpm.litewire.SqlError;
import dev.ephpm.litewire.SqlErrorCode;
import dev.ephpm.litewire.Warnings;
import org.jspecify.annotations.Nullable;

/** A value on its way into a column; what the column makes of it is bound. */
sealed interface ColumnValue {
    @Nullable
    Object raw(Execution execution);

    record OfSlot(int slot, boolean negated) implements ColumnValue {
        @Override
        public @Nullable Object raw(Execution execution) {
            Literal literal = execution.literals().get(slot);
            if (negated) {
                return switch (literal) {
                    case Literal.Whole whole -> -whole.value64();
                    case Literal.Real real -> -real.value64();
                    case Literal.Decimal decimal -> decimal.exact().negate();
                    default -> negated(Conversion.NUMBER.apply(literal));
                };
            }
            return literal instanceof Literal.Decimal decimal ? decimal.exact() : literal.value();
        }

        private static @Nullable Object negated(@Nullable Object number) {
            return switch (number) {
                case Long whole -> -whole;
                case Double real -> -real;
                case null, default -> number;
            };
        }
    }

    /** The same for all rows: the session's time, a converted literal. */
    record OfBinding(Binding binding) implements ColumnValue {
        @Override
        public @Nullable Object raw(Execution execution) {
            return binding.value(execution);
        }
    }

    record Constant(@Nullable Object value) implements ColumnValue {
        @Override
        public @Nullable Object raw(Execution execution) {
            return value;
        }
    }

    record Now(int decimals) implements ColumnValue {
        @Override
        public Object raw(Execution execution) {
            return StoredMoments.now(SessionTime.local(execution.session()), decimals);
        }
    }

    /** No value and no DEFAULT: an error in strict mode, else MySQL's implicit default. */
    record Missing(StoredColumn column) implements ColumnValue {
        @Override
        public @Nullable Object raw(Execution execution) {
            if (column.column().nullable() || column.column().autoIncrement()) {
                return null;
            }
            SqlError error =
                    SqlErrorCode.NO_DEFAULT_FOR_FIELD.with(column.column().name());
            if (column.strict()) {
                throw error;
            }
            execution
                    .session()
                    .warnings()
                    .add(Warnings.Level.WARNING, error.code().number(), error.getMessage());
            return column.implicitDefault();
        }
    }
}
