package dev.ephpm.litewire.sqlite;

import java.util.Locale;
import java.util.Set;

/** The names under which connections know MySQL's collations. All text is UTF-8, so each rule has one name. */
public final class CollationNames {
    /** Trailing spaces do not count, everything else does. */
    public static final String BINARY_TEXT = "utf8mb4_bin";

    private static final String BYTES = "BINARY";
    private static final String DEFAULT = "utf8mb4_general_ci";

    private static final Set<String> ONE_BYTE = Set.of(
            "latin1_swedish_ci",
            "latin1_swedish_nopad_ci",
            "latin1_german1_ci",
            "latin1_danish_ci",
            "latin1_german2_ci",
            "latin1_general_ci",
            "latin1_spanish_ci",
            "latin2_general_ci",
            "latin2_general_nopad_ci",
            "latin2_hungarian_ci",
            "latin2_croatian_ci",
            "ascii_general_ci",
            "ascii_general_nopad_ci",
            "hebrew_general_ci",
            "hebrew_general_nopad_ci",
            "koi8r_general_ci",
            "koi8r_general_nopad_ci",
            "koi8u_general_ci",
            "koi8u_general_nopad_ci",
            "greek_general_ci",
            "greek_general_nopad_ci",
            "cp1250_general_ci",
            "cp1250_general_nopad_ci",
            "cp1250_croatian_ci",
            "cp1250_polish_ci",
            "latin5_turkish_ci",
            "latin5_turkish_nopad_ci",
            "latin7_general_ci",
            "latin7_general_nopad_ci",
            "cp1251_general_ci",
            "cp1251_general_nopad_ci",
            "cp1251_bulgarian_ci",
            "cp1251_ukrainian_ci");

    private static final Set<String> UNICODE = Set.of(
            "unicode_ci",
            "general_ci",
            "0900_ai_ci",
            "unicode_520_ci",
            "uca1400_ai_ci",
            "unicode_nopad_ci",
            "general_nopad_ci",
            "unicode_520_nopad_ci",
            "general_mysql500_ci",
            "icelandic_ci",
            "latvian_ci",
            "romanian_ci",
            "slovenian_ci",
            "polish_ci",
            "estonian_ci",
            "spanish_ci",
            "swedish_ci",
            "turkish_ci",
            "czech_ci",
            "danish_ci",
            "lithuanian_ci",
            "slovak_ci",
            "spanish2_ci",
            "roman_ci",
            "persian_ci",
            "esperanto_ci",
            "hungarian_ci",
            "sinhala_ci",
            "german2_ci",
            "croatian_mysql561_ci",
            "croatian_ci",
            "myanmar_ci",
            "vietnamese_ci");

    /** Collations in which ASCII letters are equal to others than their capitals: NOCASE cannot stand in for them. */
    private static final Set<String> UNLIKE_NOCASE = Set.of(
            "utf8mb4_turkish_ci",
            "utf8mb4_lithuanian_ci",
            "utf8mb4_roman_ci",
            "koi8u_general_ci",
            "koi8u_general_nopad_ci",
            "latin5_turkish_ci",
            "latin5_turkish_nopad_ci",
            "latin7_general_ci",
            "latin7_general_nopad_ci",
            "cp1251_ukrainian_ci");

    private CollationNames() {}

    /** The collation a connection is asked for when MySQL's is meant; without tables of its own the nearest one. */
    public static String of(String mysqlName) {
        String name = mysqlName.toLowerCase(Locale.ROOT);
        if (name.equals("binary") || name.endsWith("_nopad_bin") || name.endsWith("_0900_bin")) {
            return BYTES;
        }
        if (name.endsWith("_bin") || name.endsWith("_cs")) {
            return BINARY_TEXT;
        }
        if (ONE_BYTE.contains(name)) {
            return name;
        }
        String rule = name.substring(name.indexOf('_') + 1);
        if (UNICODE.contains(rule) && isUnicode(name)) {
            return "utf8mb4_" + rule;
        }
        if (name.contains("_0900_")) {
            return "utf8mb4_0900_ai_ci";
        }
        return name.contains("uca1400")
                ? "utf8mb4_" + (name.contains("nopad") ? "0900_ai_ci" : "uca1400_ai_ci")
                : DEFAULT;
    }

    private static boolean isUnicode(String name) {
        return name.startsWith("utf") || name.startsWith("ucs2_");
    }

    /** Whether the collation, of those {@link #of} gives, tells every character from every other. */
    public static boolean isBinary(String name) {
        return name.equals(BYTES) || name.equals(BINARY_TEXT);
    }

    /** Whether SQLite's NOCASE says the same of printable ASCII text without trailing spaces. */
    public static boolean isPlain(String name) {
        return !isBinary(name) && !UNLIKE_NOCASE.contains(name);
    }

    /** Whether trailing spaces do not count. */
    public static boolean isPadded(String name) {
        return !name.equals(BYTES) && !name.contains("nopad") && !name.equals("utf8mb4_0900_ai_ci");
    }

    /** All that {@link #of} can give, but for SQLite's own. */
    static Set<String> tables() {
        Set<String> names = new java.util.TreeSet<>(ONE_BYTE);
        UNICODE.forEach(rule -> names.add("utf8mb4_" + rule));
        return names;
    }
}
