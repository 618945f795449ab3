package dev.ephpm.litewire.dialect;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Set;
import org.sqlite.Function;

/** Aggregate functions that SQLite lacks. */
final class Aggregators {
    private Aggregators() {}

    /** @param present names of those the extension has */
    static void register(Connection connection, Set<String> present) throws SQLException {
        Function.create(connection, "mysql_group_distinct", new DistinctGroup());
        Function.create(connection, "mysql_bit_or", new Bits(0, (all, next) -> all | next));
        Function.create(connection, "mysql_bit_and", new Bits(-1, (all, next) -> all & next));
        Function.create(connection, "mysql_bit_xor", new Bits(0, (all, next) -> all ^ next));
        if (!present.contains("mysql_sum")) {
            Function.create(connection, "mysql_sum", new Total(false));
            Function.create(connection, "mysql_avg", new Total(true));
        }
        Function.create(connection, "mysql_var_pop", new Spread(0, false));
        Function.create(connection, "mysql_var_samp", new Spread(1, false));
        Function.create(connection, "mysql_std_pop", new Spread(0, true));
        Function.create(connection, "mysql_std_samp", new Spread(1, true));
    }

    private static final class Bits extends Function.Aggregate {
        private final java.util.function.LongBinaryOperator operator;
        private final long beginning;
        private long all;

        Bits(long beginning, java.util.function.LongBinaryOperator operator) {
            this.beginning = beginning;
            this.operator = operator;
            this.all = beginning;
        }

        @Override
        protected void xStep() throws SQLException {
            if (value_type(0) != NULL_TYPE) {
                all = operator.applyAsLong(all, value_long(0));
            }
        }

        @Override
        protected void xFinal() throws SQLException {
            result(all);
            all = beginning;
        }
    }

    private static final int WHOLE_TYPE = 1;
    private static final int REAL_TYPE = 2;
    private static final int NULL_TYPE = 5;

    /** Sum and average of exact numbers. */
    private static final class Total extends Function.Window {
        private static final int DECIMALS = 27;

        private final boolean average;
        private BigDecimal sum = BigDecimal.ZERO;
        private long count;

        Total(boolean average) {
            this.average = average;
        }

        @Override
        protected void xStep() throws SQLException {
            if (value_type(0) != NULL_TYPE) {
                sum = sum.add(value());
                count++;
            }
        }

        @Override
        protected void xInverse() throws SQLException {
            if (value_type(0) != NULL_TYPE) {
                sum = sum.subtract(value());
                count--;
            }
        }

        private BigDecimal value() throws SQLException {
            return switch (value_type(0)) {
                case WHOLE_TYPE -> BigDecimal.valueOf(value_long(0));
                case REAL_TYPE -> ExactNumber.read(value_double(0));
                default -> ExactNumber.read(value_blob(0));
            };
        }

        @Override
        protected void xValue() throws SQLException {
            if (count == 0) {
                result();
                return;
            }
            Object value =
                    ExactNumber.of(average ? sum.divide(BigDecimal.valueOf(count), DECIMALS, RoundingMode.DOWN) : sum);
            switch (value) {
                case Long whole -> result(whole);
                case Double real -> result(real);
                default -> result((byte[]) value);
            }
        }

        @Override
        protected void xFinal() throws SQLException {
            xValue();
            sum = BigDecimal.ZERO;
            count = 0;
        }
    }

    /** Variance by Welford's method. */
    private static final class Spread extends Function.Aggregate {
        private final int lost;
        private final boolean root;
        private long count;
        private double mean;
        private double squares;

        /** @param lost 1 for a sample, 0 for the whole population */
        Spread(int lost, boolean root) {
            this.lost = lost;
            this.root = root;
        }

        @Override
        protected void xStep() throws SQLException {
            if (value_type(0) == NULL_TYPE) {
                return;
            }
            double value = value_double(0);
            count++;
            double distance = value - mean;
            mean += distance / count;
            squares += distance * (value - mean);
        }

        @Override
        protected void xFinal() throws SQLException {
            if (count <= lost) {
                result();
            } else {
                double variance = squares / (count - lost);
                result(root ? Math.sqrt(variance) : variance);
            }
        }
    }
}
