package dev.ephpm.litewire.dialect;

import dev.ephpm.litewire.SqlErrorCode;
import dev.ephpm.litewire.sqlite.CollationNames;
import java.util.ArrayList;
import java.util.List;

/** Which of the connection's collations a statement asks for, and where it must say so. */
final class Collating {
    private final String connection;

    Collating(Dialect.Context context) {
        this.connection = context.collation();
    }

    /** SQLite's name of an expression's collation. */
    String name(TextCollation collation) {
        return CollationNames.of(collation.name().isEmpty() ? connection : collation.name());
    }

    /** What to write behind an expression that is sorted, grouped or made distinct; empty when it compares so by itself. */
    String text(Fragment value) {
        if (value.type().family() == Type.Family.TEXT && value.type().binaryText()) {
            boolean itself = value.origin() != null && value.origin().indexed() && !isStoredWithoutCase(value.origin());
            return itself ? "" : " COLLATE " + name(value.type().collation());
        }
        return text(value.type());
    }

    String text(Type type) {
        return type.family() == Type.Family.TEXT && !type.binaryText() ? " COLLATE " + name(type.collation()) : "";
    }

    /** Whether the column is declared NOCASE. */
    static boolean isStoredWithoutCase(Origin column) {
        Type type = ColumnTypes.of(column.column());
        return type.family() == Type.Family.TEXT && !type.binaryText();
    }

    /** SQLite's name of the collation the values are compared by; 1267 when they do not agree. */
    String agreed(String operation, Fragment... values) {
        return agreed(operation, List.of(values));
    }

    String agreed(String operation, List<Fragment> values) {
        List<TextCollation> collations = new ArrayList<>();
        for (Fragment value : values) {
            if (value.type().isText() || value.type().family() == Type.Family.BINARY) {
                collations.add(value.type().collation());
            }
        }
        return collations.isEmpty()
                ? name(TextCollation.CONNECTION)
                : name(TextCollation.agreed(collations, operation, connection));
    }

    /** Throws 1253 for a collation of another character set than the column's. */
    void requireValid(TextCollation wanted, Fragment value) {
        boolean stored = value.origin() != null && value.type().family() == Type.Family.TEXT;
        String charset = value.type().collation().charset();
        if (stored && !wanted.charset().equals(charset)) {
            throw SqlErrorCode.COLLATION_CHARSET_MISMATCH.with(wanted.name(), charset);
        }
    }
}
