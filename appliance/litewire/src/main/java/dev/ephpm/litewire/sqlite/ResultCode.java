package dev.ephpm.litewire.sqlite;

/** SQLite's result codes, as sqlite3.h numbers them. */
public final class ResultCode {
    public static final int OK = 0;
    public static final int ERROR = 1;
    public static final int BUSY = 5;
    public static final int LOCKED = 6;
    public static final int NO_MEMORY = 7;
    public static final int READ_ONLY = 8;
    public static final int INTERRUPT = 9;
    public static final int IO_ERROR = 10;
    public static final int CORRUPT = 11;
    public static final int FULL = 13;
    public static final int CANNOT_OPEN = 14;
    public static final int TOO_BIG = 18;
    public static final int CONSTRAINT = 19;
    public static final int MISMATCH = 20;
    public static final int AUTHORIZATION = 23;
    public static final int NOT_A_DATABASE = 26;
    public static final int ROW = 100;
    public static final int DONE = 101;

    public static final int BUSY_SNAPSHOT = BUSY | 2 << 8;
    public static final int CONSTRAINT_CHECK = CONSTRAINT | 1 << 8;
    public static final int CONSTRAINT_FOREIGN_KEY = CONSTRAINT | 3 << 8;
    public static final int CONSTRAINT_NOT_NULL = CONSTRAINT | 5 << 8;
    public static final int CONSTRAINT_PRIMARY_KEY = CONSTRAINT | 6 << 8;
    public static final int CONSTRAINT_TRIGGER = CONSTRAINT | 7 << 8;
    public static final int CONSTRAINT_UNIQUE = CONSTRAINT | 8 << 8;
    public static final int CONSTRAINT_ROWID = CONSTRAINT | 10 << 8;

    private ResultCode() {}
}
