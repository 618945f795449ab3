package dev.ephpm.litewire.dialect;

import dev.ephpm.litewire.SqlError;
import dev.ephpm.litewire.SqlErrorCode;
import java.util.List;
import java.util.Locale;

/**
 * MySQL's collation of a text expression and how strongly the expression insists on it.
 *
 * @param name MySQL's name; empty for the connection's
 */
record TextCollation(String name, Strength strength) {
    /** Literals and what is made of them. */
    static final TextCollation CONNECTION = new TextCollation("", Strength.COERCIBLE);

    static final TextCollation BYTES = new TextCollation("binary", Strength.IMPLICIT);
    static final TextCollation BINARY_TEXT = new TextCollation("utf8mb4_bin", Strength.IMPLICIT);

    /** MySQL's coercibility: the stronger side decides. The order is MySQL's, from 0. */
    enum Strength {
        EXPLICIT,
        /** Two of equal strength that differ. */
        NONE,
        /** A column. */
        IMPLICIT,
        SYSCONST,
        /** A literal. */
        COERCIBLE,
        NUMERIC,
        IGNORABLE
    }

    static TextCollation of(String name, Strength strength) {
        return new TextCollation(current(name), strength);
    }

    /** {@code utf8_…} are old names of utf8mb3's. */
    private static String current(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return lower.startsWith("utf8_") ? "utf8mb3_" + lower.substring("utf8_".length()) : lower;
    }

    boolean isBinary() {
        return name.endsWith("_bin") || name.equals("binary");
    }

    String charset() {
        int underscore = name.indexOf('_');
        return name.isEmpty() ? "utf8mb4" : underscore < 0 ? name : name.substring(0, underscore);
    }

    private boolean isUnicode() {
        String charset = charset();
        return charset.startsWith("utf") || charset.equals("ucs2");
    }

    /** Whether characters of the other's set exist in this one's, which then may decide though it insists no less. */
    private boolean includes(TextCollation other) {
        if (!isUnicode() || strength.compareTo(other.strength) > 0) {
            return false;
        }
        boolean larger = charset().equals("utf8mb4") && other.charset().equals("utf8mb3");
        return strength != other.strength || !other.isUnicode() || larger;
    }

    /** The collation both are compared or joined by. */
    TextCollation with(TextCollation other) {
        if (charset().equals(other.charset())) {
            return ofOneCharset(other);
        }
        if (name.equals("binary") || other.name.equals("binary")) {
            boolean mine = name.equals("binary");
            TextCollation bytes = mine ? this : other;
            TextCollation text = mine ? other : this;
            return bytes.strength.compareTo(text.strength) <= 0 ? bytes : text;
        }
        if (includes(other)) {
            return this;
        }
        if (other.includes(this)) {
            return other;
        }
        if (strength != other.strength) {
            boolean mine = strength.compareTo(other.strength) < 0;
            TextCollation weaker = mine ? other : this;
            TextCollation stronger = mine ? this : other;
            if (weaker.strength.compareTo(Strength.SYSCONST) >= 0) {
                return stronger;
            }
        }
        return new TextCollation("binary", Strength.NONE);
    }

    private TextCollation ofOneCharset(TextCollation other) {
        if (strength != other.strength) {
            return strength.compareTo(other.strength) < 0 ? this : other;
        }
        if (name.equals(other.name) || strength == Strength.NONE) {
            return this;
        }
        if (strength != Strength.EXPLICIT) {
            if (isBinary()) {
                return this;
            }
            if (other.isBinary()) {
                return other;
            }
        }
        return new TextCollation(charset() + "_bin", Strength.NONE);
    }

    /** The collation all are compared by; 1267, 1270 or 1271 when they do not agree. */
    static TextCollation agreed(List<TextCollation> all, String operation, String connection) {
        TextCollation result = all.getFirst();
        for (TextCollation each : all.subList(1, all.size())) {
            result = result.with(each);
        }
        boolean differ = result.strength == Strength.NONE || explicitlyDiffer(all);
        if (differ && all.size() > 1) {
            throw illegalMix(all, operation, connection);
        }
        return result;
    }

    private static boolean explicitlyDiffer(List<TextCollation> all) {
        return all.stream()
                        .filter(c -> c.strength == Strength.EXPLICIT)
                        .map(TextCollation::name)
                        .distinct()
                        .count()
                > 1;
    }

    private static SqlError illegalMix(List<TextCollation> all, String operation, String connection) {
        List<String> shown = all.stream().map(c -> c.shown(connection)).toList();
        return switch (shown.size()) {
            case 2 -> SqlErrorCode.ILLEGAL_MIX_OF_TWO.with(shown.get(0), shown.get(1), operation);
            case 3 -> SqlErrorCode.ILLEGAL_MIX_OF_THREE.with(shown.get(0), shown.get(1), shown.get(2), operation);
            default -> SqlErrorCode.ILLEGAL_MIX.with(operation);
        };
    }

    private String shown(String connection) {
        return "(" + (name.isEmpty() ? connection : name) + "," + strength + ")";
    }
}
