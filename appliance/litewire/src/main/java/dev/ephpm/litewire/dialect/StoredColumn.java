package dev.ephpm.litewire.dialect;

import dev.ephpm.litewire.Session;
import dev.ephpm.litewire.SqlError;
import dev.ephpm.litewire.SqlErrorCode;
import dev.ephpm.litewire.SqlMode;
import dev.ephpm.litewire.Warnings;
import dev.ephpm.litewire.catalogue.MySqlType;
import dev.ephpm.litewire.catalogue.TableColumn;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A column that receives values: they become what MySQL would store, with its warnings, or its errors in strict mode.
 *
 * @param strict whether a value that does not fit is an error
 * @param nullIsError whether NULL in a NOT NULL column is an error even when not strict (single-row INSERT)
 */
record StoredColumn(
        String database, String table, TableColumn column, SqlMode mode, boolean strict, boolean nullIsError) {

    /** Throws 1048, 1264, 1265, 1292, 1366 or 1406. */
    @Nullable
    Object store(@Nullable Object value, int row, Session session, Warnings warnings) {
        if (value == null) {
            return storeNull(warnings);
        }
        Problems problems = new Problems(this, row, warnings);
        MySqlType type = column.type();
        return switch (type.base()) {
            case "tinyint", "smallint", "mediumint", "int", "bigint" -> storeInteger(value, problems);
            case "decimal" -> StoredNumbers.decimal(value, type, problems);
            case "float" -> StoredNumbers.single(value, type, problems);
            case "double" -> StoredNumbers.real(value, type, problems);
            case "year" -> StoredNumbers.year(value, problems);
            case "bit" -> StoredNumbers.bits(value, type, problems);
            case "date" -> StoredMoments.date(value, problems);
            case "time" -> StoredMoments.time(value, type, problems);
            case "datetime" -> StoredMoments.datetime(value, type, problems);
            case "timestamp" -> SessionTime.toUtc(StoredMoments.datetime(value, type, problems), session);
            case "enum" -> StoredTexts.enumeration(value, type, problems);
            case "set" -> StoredTexts.set(value, type, problems);
            case "binary", "varbinary", "tinyblob", "blob", "mediumblob", "longblob" ->
                StoredTexts.bytes(value, type, problems);
            default -> StoredTexts.text(value, type, problems);
        };
    }

    private @Nullable Object storeInteger(Object value, Problems problems) {
        Object stored = StoredNumbers.integer(value, column.type(), problems);
        boolean next = column.autoIncrement()
                && !mode.noAutoValueOnZero()
                && Long.valueOf(0).equals(stored);
        return next ? null : stored;
    }

    private @Nullable Object storeNull(Warnings warnings) {
        if (column.nullable() || column.autoIncrement()) {
            return null;
        }
        SqlError error = SqlErrorCode.COLUMN_CANNOT_BE_NULL.with(column.name());
        if (strict || nullIsError) {
            throw error;
        }
        warnings.add(Warnings.Level.WARNING, error.code().number(), error.getMessage());
        return implicitDefault();
    }

    /** What MySQL stores when nothing is given: zero, empty text, the zero date, the first of an ENUM. */
    Object implicitDefault() {
        return switch (column.type().base()) {
            case "tinyint", "smallint", "mediumint", "int", "bigint", "decimal", "float", "double", "bit", "year" -> 0L;
            case "date" -> "0000-00-00";
            case "time" -> "00:00:00";
            case "datetime", "timestamp" -> "0000-00-00 00:00:00";
            case "enum" -> column.type().values().getFirst();
            case "binary", "varbinary", "tinyblob", "blob", "mediumblob", "longblob" -> new byte[0];
            default -> "";
        };
    }

    /** Whether every value of an expression of this type can be stored as it is. */
    boolean takes(Type type) {
        if (type.nullable() && !column.nullable()) {
            return false;
        }
        return switch (column.type().base()) {
            case "bigint" ->
                type.family() == Type.Family.INTEGER
                        && !column.autoIncrement()
                        && !column.type().unsigned()
                        && !type.unsigned();
            case "longtext" -> type.family() == Type.Family.TEXT;
            default -> false;
        };
    }

    /** Reports what is wrong with a value: throws in strict mode, warns otherwise. */
    static final class Problems {
        private final StoredColumn target;
        private final int row;
        private final Warnings warnings;

        Problems(StoredColumn target, int row, Warnings warnings) {
            this.target = target;
            this.row = row;
            this.warnings = warnings;
        }

        boolean strict() {
            return target.strict();
        }

        SqlMode mode() {
            return target.mode();
        }

        void outOfRange() {
            raise(SqlErrorCode.OUT_OF_RANGE.with(target.column().name(), row));
        }

        void truncated() {
            raise(SqlErrorCode.DATA_TRUNCATED.with(target.column().name(), row));
        }

        /** Digits after the point were lost: no error, a note. */
        void rounded() {
            SqlError note = SqlErrorCode.DATA_TRUNCATED.with(target.column().name(), row);
            warnings.add(Warnings.Level.NOTE, note.code().number(), note.getMessage());
        }

        void tooLong() {
            if (strict()) {
                throw SqlErrorCode.DATA_TOO_LONG.with(target.column().name(), row);
            }
            truncated();
        }

        void tooWide() {
            if (strict()) {
                throw SqlErrorCode.DATA_TOO_LONG.with(target.column().name(), row);
            }
            outOfRange();
        }

        void incorrect(String kind, String value) {
            raise(SqlErrorCode.INCORRECT_VALUE.with(
                    kind,
                    value,
                    target.database(),
                    target.table(),
                    target.column().name(),
                    row));
        }

        void incorrectMoment(String kind, String value) {
            if (strict()) {
                throw SqlErrorCode.TRUNCATED_WRONG_VALUE.with(
                        kind,
                        value,
                        target.database(),
                        target.table(),
                        target.column().name(),
                        row);
            }
            truncated();
        }

        private void raise(SqlError error) {
            if (strict()) {
                throw error;
            }
            warnings.add(Warnings.Level.WARNING, error.code().number(), error.getMessage());
        }
    }

    /** The DEFAULT clause, when it is more than a value known beforehand it is left to SQLite. */
    Optional<DefaultClause> defaultClause() {
        return DefaultClause.of(column, mode);
    }
}
