package dev.ephpm.litewire;

import java.sql.SQLException;
import java.util.List;

/**
 * What to do for one shape of statement. Immutable and shared by all sessions of a site while its schema version, SQL mode
 * and database stay the same; everything that differs between two runs comes from the {@link Execution}.
 */
public interface Plan {
    /** What the session must provide around the run. */
    Access access();

    /** The columns of the answer as far as they are known before a run, for COM_STMT_PREPARE; empty when there are none. */
    default List<Column> columns() {
        return List.of();
    }

    /** The rows that a run with these literals writes. */
    default Claim claim(List<Literal> literals) {
        return Claim.UNKNOWN;
    }

    /**
     * Whether a run with these literals writes few rows, has none to send and waits for nothing. Others may then be kept
     * waiting for it, and it may run on the thread of another session.
     */
    default boolean isShort(List<Literal> literals) {
        return false;
    }

    /** Runs on the thread of the session, or of another one that does its write too. Throws {@link SqlError} for errors with a MySQL number; SQLite's own errors are mapped by the session. */
    void run(Execution execution) throws SQLException;

    /** What a plan needs and does. */
    enum Access {
        /** Touches no table: SET, SHOW VARIABLES, SELECT of expressions on session state. */
        SESSION,
        /** Has SQLite compute, but touches no table: takes no snapshot, so SLEEP() and GET_LOCK() hold nothing while they wait. */
        COMPUTATION,
        /** Reads tables. */
        READ,
        /** Changes rows; gets the site's writer. */
        WRITE,
        /**
         * Changes the schema: an open transaction is committed first, then the plan gets the writer with no transaction on it
         * and begins and ends its own, because references can be switched off only outside of one.
         */
        SCHEMA,
        /** BEGIN, COMMIT, ROLLBACK, SAVEPOINT and their kin; calls back into the session. */
        TRANSACTION
    }
}
