package dev.ephpm.litewire;

/** MySQL error numbers, SQLSTATEs and message formats, as MariaDB 10.11 words them. The one table of them. */
public enum SqlErrorCode {
    TOO_MANY_CONNECTIONS(1040, "08004", "Too many connections"),
    ACCESS_DENIED(1045, "28000", "Access denied for user '%s'@'%s' (using password: %s)"),
    UNKNOWN_COMMAND(1047, "08S01", "Unknown command"),
    COLUMN_CANNOT_BE_NULL(1048, "23000", "Column '%s' cannot be null"),
    UNKNOWN_DATABASE(1049, "42000", "Unknown database '%s'"),
    TABLE_EXISTS(1050, "42S01", "Table '%s' already exists"),
    UNKNOWN_TABLE(1051, "42S02", "Unknown table '%s'"),
    UNKNOWN_COLUMN(1054, "42S22", "Unknown column '%s' in '%s'"),
    DUPLICATE_COLUMN(1060, "42S21", "Duplicate column name '%s'"),
    DUPLICATE_KEY_NAME(1061, "42000", "Duplicate key name '%s'"),
    DUPLICATE_ENTRY(1062, "23000", "Duplicate entry '%s' for key '%s'"),
    PARSE_ERROR(1064, "42000", "%s near '%s' at line %d"),
    DATABASE_ACCESS_DENIED(1044, "42000", "Access denied for user '%s'@'%s' to database '%s'"),
    CANNOT_DROP_FIELD_OR_KEY(1091, "42000", "Can't DROP %s `%s`; check that it exists"),
    UNKNOWN_ERROR(1105, "HY000", "%s"),
    NO_SUCH_TABLE(1146, "42S02", "Table '%s.%s' doesn't exist"),
    PACKET_TOO_LARGE(1153, "08S01", "Got a packet bigger than 'max_allowed_packet' bytes"),
    LOCK_WAIT_TIMEOUT(1205, "HY000", "Lock wait timeout exceeded; try restarting transaction"),
    DEADLOCK(1213, "40001", "Deadlock found when trying to get lock; try restarting transaction"),
    COMMAND_DENIED(1227, "42000", "Access denied; you need (at least one of) the %s privilege(s) for this operation"),
    NOT_SUPPORTED_YET(1235, "42000", "This version of ephpm doesn't yet support '%s'"),
    OPERAND_COLUMNS(1241, "21000", "Operand should contain %d column(s)"),
    OUT_OF_RANGE(1264, "22003", "Out of range value for column '%s' at row %d"),
    OPTION_PREVENTS_STATEMENT(
            1290, "HY000", "The server is running with the %s option so it cannot execute this statement"),
    QUERY_INTERRUPTED(1317, "70100", "Query execution was interrupted"),
    NO_DEFAULT_FOR_FIELD(1364, "HY000", "Field '%s' doesn't have a default value"),
    INCORRECT_VALUE(1366, "22007", "Incorrect %s value: '%s' for column `%s`.`%s`.`%s` at row %d"),
    DATA_TOO_LONG(1406, "22001", "Data too long for column '%s' at row %d"),
    NO_REFERENCED_ROW(1452, "23000", "Cannot add or update a child row: a foreign key constraint fails (%s)");

    private final int number;
    private final String sqlState;
    private final String format;

    SqlErrorCode(int number, String sqlState, String format) {
        this.number = number;
        this.sqlState = sqlState;
        this.format = format;
    }

    public int number() {
        return number;
    }

    public String sqlState() {
        return sqlState;
    }

    /** The exception that makes a client see this error. */
    public SqlError with(Object... arguments) {
        return new SqlError(this, String.format(java.util.Locale.ROOT, format, arguments));
    }
}
