package dev.ephpm.litewire.dialect;

import java.sql.Connection;
import java.sql.SQLException;
import org.sqlite.Function;

/** Aggregate functions that SQLite lacks. */
final class Aggregators {
    private Aggregators() {}

    static void register(Connection connection) throws SQLException {
        Function.create(connection, "mysql_group_distinct", new DistinctGroup());
        Function.create(connection, "mysql_bit_or", new Bits(0, (all, next) -> all | next));
        Function.create(connection, "mysql_bit_and", new Bits(-1, (all, next) -> all & next));
        Function.create(connection, "mysql_bit_xor", new Bits(0, (all, next) -> all ^ next));
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

    private static final int NULL_TYPE = 5;

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
