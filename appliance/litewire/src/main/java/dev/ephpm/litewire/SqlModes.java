package dev.ephpm.litewire;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** Reads and prints {@code sql_mode}. */
final class SqlModes {
    private SqlModes() {}

    /** The modes of MariaDB 10.11 in the order it prints them. */
    private enum Mode {
        REAL_AS_FLOAT,
        PIPES_AS_CONCAT,
        ANSI_QUOTES,
        IGNORE_SPACE,
        IGNORE_BAD_TABLE_OPTIONS,
        ONLY_FULL_GROUP_BY,
        NO_UNSIGNED_SUBTRACTION,
        NO_DIR_IN_CREATE,
        POSTGRESQL,
        ORACLE,
        MSSQL,
        DB2,
        MAXDB,
        NO_KEY_OPTIONS,
        NO_TABLE_OPTIONS,
        NO_FIELD_OPTIONS,
        MYSQL323,
        MYSQL40,
        ANSI,
        NO_AUTO_VALUE_ON_ZERO,
        NO_BACKSLASH_ESCAPES,
        STRICT_TRANS_TABLES,
        STRICT_ALL_TABLES,
        NO_ZERO_IN_DATE,
        NO_ZERO_DATE,
        ALLOW_INVALID_DATES,
        ERROR_FOR_DIVISION_BY_ZERO,
        TRADITIONAL,
        NO_AUTO_CREATE_USER,
        HIGH_NOT_PRECEDENCE,
        NO_ENGINE_SUBSTITUTION,
        PAD_CHAR_TO_FULL_LENGTH,
        EMPTY_STRING_IS_NULL,
        SIMULTANEOUS_ASSIGNMENT,
        TIME_ROUND_FRACTIONAL
    }

    /** The list in MariaDB's own form. Throws 1231 for a name it does not know. */
    static String normalise(String modes) {
        return parse(modes).stream().map(Mode::name).collect(Collectors.joining(","));
    }

    static SqlMode of(String modes) {
        Set<Mode> set = parse(modes);
        return new SqlMode(
                set.contains(Mode.ANSI_QUOTES),
                set.contains(Mode.PIPES_AS_CONCAT),
                set.contains(Mode.NO_BACKSLASH_ESCAPES),
                set.contains(Mode.STRICT_TRANS_TABLES) || set.contains(Mode.STRICT_ALL_TABLES),
                set.contains(Mode.NO_ZERO_DATE),
                set.contains(Mode.NO_ZERO_IN_DATE),
                set.contains(Mode.ONLY_FULL_GROUP_BY),
                set.contains(Mode.NO_AUTO_VALUE_ON_ZERO),
                set.contains(Mode.ERROR_FOR_DIVISION_BY_ZERO));
    }

    private static Set<Mode> parse(String modes) {
        Set<Mode> set = EnumSet.noneOf(Mode.class);
        for (String name : names(modes)) {
            Mode mode = find(name, modes);
            set.add(mode);
            set.addAll(implied(mode));
        }
        return set;
    }

    private static List<String> names(String modes) {
        List<String> names = new ArrayList<>();
        for (String name : modes.split(",")) {
            if (!name.isBlank()) {
                names.add(name.strip().toUpperCase(Locale.ROOT));
            }
        }
        return names;
    }

    private static Mode find(String name, String modes) {
        for (Mode mode : Mode.values()) {
            if (mode.name().equals(name)) {
                return mode;
            }
        }
        throw SqlErrorCode.WRONG_VALUE_FOR_VARIABLE.with("sql_mode", modes);
    }

    private static Set<Mode> implied(Mode mode) {
        return switch (mode) {
            case ANSI -> EnumSet.of(Mode.REAL_AS_FLOAT, Mode.PIPES_AS_CONCAT, Mode.ANSI_QUOTES, Mode.IGNORE_SPACE);
            case TRADITIONAL ->
                EnumSet.of(
                        Mode.STRICT_TRANS_TABLES,
                        Mode.STRICT_ALL_TABLES,
                        Mode.NO_ZERO_IN_DATE,
                        Mode.NO_ZERO_DATE,
                        Mode.ERROR_FOR_DIVISION_BY_ZERO,
                        Mode.NO_AUTO_CREATE_USER,
                        Mode.NO_ENGINE_SUBSTITUTION);
            default -> EnumSet.noneOf(Mode.class);
        };
    }
}
