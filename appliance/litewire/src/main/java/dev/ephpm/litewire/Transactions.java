package dev.ephpm.litewire;

import java.sql.SQLException;

/** Transaction control of one session, called by plans of {@link Plan.Access#TRANSACTION}. */
public interface Transactions {
    boolean active();

    /** BEGIN or START TRANSACTION; commits an open one first, as MySQL does. */
    void begin(boolean readOnly) throws SQLException;

    void commit() throws SQLException;

    void rollback() throws SQLException;

    void savepoint(String name) throws SQLException;

    void rollbackTo(String name) throws SQLException;

    void release(String name) throws SQLException;

    /** An AUTO_INCREMENT id that is not to be given again, even when the statement or the transaction is undone. */
    void reserve(String table, long id);

    /** SET autocommit: switching it on commits an open transaction. */
    void setAutocommit(boolean on) throws SQLException;
}
