package dev.ephpm.litewire.dialect;

/** The forms in which operators and functions want their operands. */
final class Forms {
    private final Compilation compilation;

    Forms(Compilation compilation) {
        this.compilation = compilation;
    }

    /** As text in the way MySQL prints the value. */
    String text(Fragment value) {
        if (value.isSlot()) {
            return compilation.slot(value.slot(), Conversion.TEXT);
        }
        return switch (value.type().family()) {
            case DOUBLE -> "mysql_text(" + value.sql() + ")";
            case DECIMAL ->
                value.type().decimals() > 0
                        ? "printf('%." + value.type().decimals() + "f', " + value.sql() + ")"
                        : "CAST(" + value.sql() + " AS TEXT)";
            case BINARY -> "CAST(" + value.sql() + " AS TEXT)";
            case INTEGER, YEAR, BIT -> "CAST(" + value.sql() + " AS TEXT)";
            case NULL, UNKNOWN, DATE, TIME, DATETIME, JSON, TEXT -> value.sql();
        };
    }

    /** As a number. */
    String number(Fragment value) {
        if (value.isSlot()) {
            return compilation.slot(value.slot(), Conversion.NUMBER);
        }
        if (value.origin() != null && !value.origin().column().type().values().isEmpty()) {
            return Enumerations.number(value.sql(), value.origin().column().type());
        }
        return switch (value.type().family()) {
            case DATE, TIME, DATETIME -> "mysql_moment_number(" + value.sql() + ")";
            case TEXT, JSON, BINARY, UNKNOWN -> "CAST(" + value.sql() + " AS REAL)";
            case NULL, INTEGER, DECIMAL, DOUBLE, YEAR, BIT -> value.sql();
        };
    }

    /** As a whole number, rounded. */
    String integer(Fragment value) {
        if (value.isSlot()) {
            return compilation.slot(value.slot(), Conversion.INTEGER);
        }
        return switch (value.type().family()) {
            case INTEGER, YEAR, BIT, NULL -> value.sql();
            case DECIMAL, DOUBLE -> "CAST(round(" + value.sql() + ") AS INTEGER)";
            case DATE, TIME, DATETIME -> "CAST(mysql_moment_number(" + value.sql() + ") AS INTEGER)";
            case TEXT, JSON, BINARY, UNKNOWN -> "CAST(" + value.sql() + " AS INTEGER)";
        };
    }

    /** As bytes. */
    String bytes(Fragment value) {
        if (value.isSlot()) {
            return compilation.slot(value.slot(), Conversion.BYTES);
        }
        return value.type().family() == Type.Family.BINARY ? value.sql() : "CAST(" + text(value) + " AS BLOB)";
    }

    /** As a condition: text counts as the number it begins with. */
    String condition(Fragment value) {
        if (value.isSlot()) {
            return compilation.slot(value.slot(), Conversion.NUMBER);
        }
        return value.type().isText() || value.type().isTemporal() ? number(value) : value.sql();
    }

    /** A number of rows. */
    String rows(Fragment value) {
        return value.isSlot() ? compilation.slot(value.slot(), Conversion.LIMIT) : value.sql();
    }
}
