package dev.ephpm.litewire.dialect;

import dev.ephpm.litewire.Plan;
import dev.ephpm.litewire.SqlMode;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The plans of recent shapes of one site, least recently used out first. Thread-safe. */
final class PlanCache {
    private static final int MOST_PLANS = 1024;

    /** Longer shapes are bulk inserts, which seldom come twice. */
    private static final int LONGEST_SHAPE = 16_384;

    /** Everything a plan depends on. */
    record Key(
            String shape,
            long schemaVersion,
            long viewer,
            SqlMode mode,
            String database,
            boolean countsFoundRows,
            String collation,
            boolean convertsTime,
            String variableKinds) {
        /** Shapes tell nearly all keys apart, and remember their hash. */
        @Override
        public int hashCode() {
            return shape.hashCode();
        }

        static Key of(Dialect.Normalised statement, Dialect.Context context) {
            return new Key(
                    statement.shape(),
                    context.schema().version(),
                    context.schema().viewer(),
                    context.mode(),
                    context.databaseName(),
                    context.countsFoundRows(),
                    context.collation(),
                    context.convertsTime(),
                    VariableTypes.kinds(statement.shape(), context));
        }
    }

    private final Map<Key, Plan> plans = new LinkedHashMap<>(64, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Key, Plan> eldest) {
            return size() > MOST_PLANS;
        }
    };

    synchronized @Nullable Plan get(Key key) {
        return plans.get(key);
    }

    synchronized void put(Key key, Plan plan) {
        if (key.shape().length() <= LONGEST_SHAPE) {
            plans.put(key, plan);
        }
    }

    synchronized int size() {
        return plans.size();
    }
}
