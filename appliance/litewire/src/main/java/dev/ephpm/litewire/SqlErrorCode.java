package dev.ephpm.litewire;

/** MySQL error numbers, SQLSTATEs and message formats, as MariaDB 10.11 words them. The one table of them. */
public enum SqlErrorCode {
    TOO_MANY_CONNECTIONS(1040, "08004", "Too many connections"),
    ACCESS_DENIED(1045, "28000", "Access denied for user '%s'@'%s' (using password: %s)"),
    DISK_FULL(1021, "HY000", "Disk full; waiting for someone to free some space..."),
    CANNOT_WRITE(1036, "HY000", "Table '%s' is read only"),
    OUT_OF_MEMORY(1037, "HY001", "Out of memory; restart server and try again (needed %d bytes)"),
    BAD_HANDSHAKE(1043, "08S01", "Bad handshake"),
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
    TABLE_ACCESS_DENIED(1142, "42000", "%s command denied to user '%s'@'%s' for table `%s`.`%s`"),
    CANNOT_DROP_FIELD_OR_KEY(1091, "42000", "Can't DROP %s `%s`; check that it exists"),
    UNKNOWN_ERROR(1105, "HY000", "%s"),
    NO_SUCH_TABLE(1146, "42S02", "Table '%s.%s' doesn't exist"),
    MALFORMED_PACKET(1835, "HY000", "Malformed communication packet"),
    PACKETS_OUT_OF_ORDER(1156, "08S01", "Got packets out of order"),
    UNKNOWN_SYSTEM_VARIABLE(1193, "HY000", "Unknown system variable '%s'"),
    TOO_MANY_USER_CONNECTIONS(1203, "42000", "User %s already has more than 'max_user_connections' active connections"),
    WRONG_ARGUMENTS(1210, "HY000", "Incorrect arguments to %s"),
    WRONG_VALUE_FOR_VARIABLE(1231, "42000", "Variable '%s' can't be set to the value of '%s'"),
    READ_ONLY_VARIABLE(1238, "HY000", "Variable '%s' is a read only variable"),
    UNKNOWN_STATEMENT_HANDLER(1243, "HY000", "Unknown prepared statement handler (%s) given to %s"),
    OLD_PASSWORDS(
            1251,
            "08004",
            "Client does not support authentication protocol requested by server; consider upgrading MariaDB client"),
    NO_SUCH_SAVEPOINT(1305, "42000", "SAVEPOINT %s does not exist"),
    STATEMENT_HAS_NO_CURSOR(1421, "HY000", "The statement (%d) has no open cursor"),
    STACK_OVERRUN(1436, "HY000", "Thread stack overrun; simplify the statement"),
    TOO_MANY_PREPARED_STATEMENTS(
            1461, "42000", "Can't create more than max_prepared_stmt_count statements (current value: %d)"),
    READ_ONLY_TRANSACTION(1792, "25006", "Cannot execute statement in a READ ONLY transaction"),
    PACKET_TOO_LARGE(1153, "08S01", "Got a packet bigger than 'max_allowed_packet' bytes"),
    LOCK_WAIT_TIMEOUT(1205, "HY000", "Lock wait timeout exceeded; try restarting transaction"),
    DEADLOCK(1213, "40001", "Deadlock found when trying to get lock; try restarting transaction"),
    COMMAND_DENIED(1227, "42000", "Access denied; you need (at least one of) the %s privilege(s) for this operation"),
    NOT_SUPPORTED_YET(1235, "42000", "This version of ephpm doesn't yet support '%s'"),
    OPERAND_COLUMNS(1241, "21000", "Operand should contain %d column(s)"),
    ILLEGAL_MIX_OF_TWO(1267, "HY000", "Illegal mix of collations %s and %s for operation '%s'"),
    ILLEGAL_MIX_OF_THREE(1270, "HY000", "Illegal mix of collations %s, %s, %s for operation '%s'"),
    ILLEGAL_MIX(1271, "HY000", "Illegal mix of collations for operation '%s'"),
    COLLATION_CHARSET_MISMATCH(1253, "42000", "COLLATION '%s' is not valid for CHARACTER SET '%s'"),
    NO_FULLTEXT_KEY(1191, "HY000", "Can't find FULLTEXT index matching the column list"),
    VALUE_OUT_OF_RANGE(1690, "22003", "%s value is out of range in '%s'"),
    OUT_OF_RANGE(1264, "22003", "Out of range value for column '%s' at row %d"),
    OPTION_PREVENTS_STATEMENT(
            1290, "HY000", "The server is running with the %s option so it cannot execute this statement"),
    STATEMENT_TIMEOUT(1969, "70100", "Query execution was interrupted (max_statement_time exceeded)"),
    EXECUTION_TIME_EXCEEDED(
            3024, "HY000", "Query execution was interrupted, maximum statement execution time exceeded"),
    WRONG_TYPE_FOR_VARIABLE(1232, "42000", "Incorrect argument type to variable '%s'"),
    QUERY_INTERRUPTED(1317, "70100", "Query execution was interrupted"),
    NO_DEFAULT_FOR_FIELD(1364, "HY000", "Field '%s' doesn't have a default value"),
    WRONG_VALUE(1525, "HY000", "Incorrect %s value: '%s'"),
    INCORRECT_VALUE(1366, "22007", "Incorrect %s value: '%s' for column `%s`.`%s`.`%s` at row %d"),
    DATA_TOO_LONG(1406, "22001", "Data too long for column '%s' at row %d"),
    DATABASE_EXISTS(1007, "HY000", "Can't create database '%s'; database exists"),
    NO_DATABASE_TO_DROP(1008, "HY000", "Can't drop database '%s'; database doesn't exist"),
    NO_DATABASE_SELECTED(1046, "3D000", "No database selected"),
    IDENTIFIER_TOO_LONG(1059, "42000", "Identifier name '%s' is too long"),
    WRONG_COLUMN_SPECIFIER(1063, "42000", "Incorrect column specifier for column '%s'"),
    INVALID_DEFAULT(1067, "42000", "Invalid default value for '%s'"),
    MULTIPLE_PRIMARY_KEY(1068, "42000", "Multiple primary key defined"),
    KEY_TOO_LONG(1071, "42000", "Specified key was too long; max key length is %d bytes"),
    NO_KEY_COLUMN(1072, "42000", "Key column '%s' doesn't exist in table"),
    COLUMN_TOO_LONG(1074, "42000", "Column length too big for column '%s' (max = %d); use BLOB or TEXT instead"),
    WRONG_AUTO_KEY(
            1075,
            "42000",
            "Incorrect table definition; there can be only one auto column and it must be defined as a key"),
    WRONG_SUB_KEY(
            1089,
            "HY000",
            "Incorrect prefix key; the used key part isn't a string, the used length is longer than the key part, or the storage engine doesn't support unique prefix keys"),
    CANNOT_REMOVE_ALL_COLUMNS(1090, "42000", "You can't delete all columns with ALTER TABLE; use DROP TABLE instead"),
    NO_SUCH_THREAD(1094, "HY000", "Unknown thread id: %d"),
    INCORRECT_TABLE_NAME(1103, "42000", "Incorrect table name '%s'"),
    UNKNOWN_INFORMATION_TABLE(1109, "42S02", "Unknown table '%s' in %s"),
    NO_COLUMNS(1113, "42000", "A table must have at least 1 column"),
    UNKNOWN_CHARACTER_SET(1115, "42000", "Unknown character set: '%s'"),
    NO_SUCH_GRANT(1141, "42000", "There is no such grant defined for user '%s' on host '%s'"),
    INCORRECT_COLUMN_NAME(1166, "42000", "Incorrect column name '%s'"),
    KEY_NEEDS_LENGTH(1170, "42000", "BLOB/TEXT column '%s' used in key specification without a key length"),
    PRIMARY_CANNOT_HAVE_NULL(
            1171,
            "42000",
            "All parts of a PRIMARY KEY must be NOT NULL; if you need NULL in a key, use UNIQUE instead"),
    NO_SUCH_ROUTINE(1305, "42000", "%s %s does not exist"),
    NO_SUCH_TRIGGER(1360, "HY000", "Trigger does not exist"),
    NO_SUCH_EVENT(1539, "HY000", "Unknown event '%s'"),
    ENGINE_ERROR(1030, "HY000", "Got error %d \"%s\" from storage engine %s"),
    ENGINE_LACKS_OPTION(1031, "HY000", "Storage engine %s of the table `%s`.`%s` doesn't have this option"),
    DUPLICATE_INDEX(
            1831, "HY000", "Duplicate index `%s`. This is deprecated and will be disallowed in a future release"),
    PRIMARY_NAME_IGNORED(1280, "42000", "Name '%s' ignored for PRIMARY key."),
    NO_SUCH_KEY(1176, "42000", "Key '%s' doesn't exist in table '%s'"),
    COLLATION_MISMATCH(1253, "42000", "COLLATION '%s' is not valid for CHARACTER SET '%s'"),
    UNKNOWN_COLLATION(1273, "HY000", "Unknown collation: '%s'"),
    INCORRECT_INDEX_NAME(1280, "42000", "Incorrect index name '%s'"),
    UNKNOWN_ENGINE(1286, "42000", "Unknown storage engine '%s'"),
    DUPLICATED_VALUE(1291, "HY000", "Column '%s' has duplicated value '%s' in %s"),
    WRONG_OBJECT(1347, "HY000", "'%s.%s' is not of type '%s'"),
    TOO_BIG_SCALE(1425, "42000", "Too big scale specified for '%s'. Maximum is %d"),
    TOO_BIG_PRECISION(1426, "42000", "Too big precision specified for '%s'. Maximum is %d"),
    SCALE_ABOVE_PRECISION(1427, "42000", "For float(M,D), double(M,D) or decimal(M,D), M must be >= D (column '%s')"),
    TOO_BIG_DISPLAY_WIDTH(1439, "42000", "Display width out of range for '%s' (max = %d)"),
    ROW_IS_REFERENCED(1451, "23000", "Cannot delete or update a parent row: a foreign key constraint fails%s"),
    CANNOT_TRUNCATE_REFERENCED(1701, "42000", "Cannot truncate a table referenced in a foreign key constraint (%s)"),
    CANNOT_CREATE_TABLE(
            1005,
            "HY000",
            "Can't create table `%s`.`%s` (errno: 150 \"Foreign key constraint is incorrectly formed\")"),
    INVALID_ON_UPDATE(1294, "HY000", "Invalid ON UPDATE clause for '%s' column"),
    COLUMN_NEEDED(1828, "HY000", "Cannot drop column '%s': needed in a foreign key constraint '%s'"),
    COLUMN_IN_FOREIGN_KEY(
            1829, "HY000", "Cannot drop column '%s': needed in a foreign key constraint '%s' of table `%s`.`%s`"),
    INDEX_IN_FOREIGN_KEY(1553, "HY000", "Cannot drop index '%s': needed in a foreign key constraint"),
    BAD_GENERATED_EXPRESSION(1901, "HY000", "Function or expression '%s' cannot be used in the %s clause of %s"),
    VALUE_FOR_GENERATED_COLUMN(
            1906, "HY000", "The value specified for generated column '%s' in table '%s' has been ignored"),
    IS_A_VIEW(1965, "42S02", "'%s.%s' is a view"),
    DIFFERENT_NUMBER_OF_VALUES(4099, "HY000", "The used table value constructor has a different number of values"),
    EMPTY_ROW_OF_VALUES(
            4141, "HY000", "Row with no elements is not allowed in table value constructor in this context"),
    CHECK_FAILED(4025, "23000", "CONSTRAINT `%s` failed for `%s`.`%s`"),
    UNKNOWN_VIEW(4092, "42S02", "Unknown VIEW: '%s'"),
    UNKNOWN_DATA_TYPE(4161, "HY000", "Unknown data type: '%s'"),
    EMPTY_QUERY(1065, "42000", "Query was empty"),
    NOT_UPDATABLE(1288, "HY000", "The target table %s of the %s is not updatable"),
    REGEXP_ERROR(1139, "42000", "Regex error '%s'"),
    INVALID_GROUP_FUNCTION(1111, "HY000", "Invalid use of group function"),
    ILLEGAL_TYPES(4078, "HY000", "Illegal parameter data types %s and %s for operation '%s'"),
    ILLEGAL_TYPE(4079, "HY000", "Illegal parameter data type %s for operation '%s'"),
    ILLEGAL_VALUE(1367, "22007", "Illegal %s '%s' value found during parsing"),
    AMBIGUOUS_COLUMN(1052, "23000", "Column '%s' in %s is ambiguous"),
    NOT_IN_GROUP_BY(1055, "42000", "'%s' isn't in GROUP BY"),
    MIXED_WITHOUT_GROUP_BY(
            1140,
            "42000",
            "Mixing of GROUP columns (MIN(),MAX(),COUNT(),...) with no GROUP columns is illegal if there is no GROUP BY clause"),
    NOT_GROUPED_IN_HAVING(1463, "42000", "Non-grouping field '%s' is used in %s clause"),
    NOT_UNIQUE_TABLE(1066, "42000", "Not unique table/alias: '%s'"),
    NO_TABLES_USED(1096, "HY000", "No tables used"),
    COLUMN_SPECIFIED_TWICE(1110, "42000", "Column '%s' specified twice"),
    COLUMN_COUNT(1136, "21S01", "Column count doesn't match value count at row %d"),
    MORE_THAN_ONE_ROW(1172, "42000", "Result consisted of more than one row"),
    SUBQUERY_ROWS(1242, "21000", "Subquery returns more than 1 row"),
    NOT_IN_PREPARED_PROTOCOL(1295, "HY000", "This command is not supported in the prepared statement protocol yet"),
    UNKNOWN_TIME_ZONE(1298, "HY000", "Unknown or incorrect time zone: '%s'"),
    TRANSACTION_IN_PROGRESS(
            1568, "25001", "Transaction characteristics can't be changed while a transaction is in progress"),
    UNDECLARED_VARIABLE(1327, "42000", "Undeclared variable: %s"),
    NO_DATA(1329, "02000", "No data - zero rows fetched, selected, or processed"),
    WRONG_USAGE(1221, "HY000", "Incorrect usage of %s and %s"),
    NO_SUCH_WINDOW(4009, "HY000", "Window specification with name '%s' is not defined"),
    DIFFERENT_NUMBER_OF_COLUMNS(1222, "21000", "The used SELECT statements have a different number of columns"),
    DATA_TRUNCATED(1265, "01000", "Data truncated for column '%s' at row %d"),
    TRUNCATED_WRONG_VALUE(1292, "22007", "Incorrect %s value: '%s' for column `%s`.`%s`.`%s` at row %d"),
    TRUNCATED_IN_EXPRESSION(1292, "22007", "Truncated incorrect %s value: '%s'"),
    CUT_BY_GROUP_CONCAT(1260, "HY000", "Row %d was cut by GROUP_CONCAT()"),
    DIVISION_BY_ZERO(1365, "22012", "Division by 0"),
    NO_SUCH_FUNCTION(1305, "42000", "FUNCTION %s.%s does not exist"),
    COLUMN_LIST_MISMATCH(1353, "HY000", "SELECT list and column names list have different column counts"),
    WRONG_PARAMETER_COUNT(1582, "42000", "Incorrect parameter count in the call to native function '%s'"),
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
