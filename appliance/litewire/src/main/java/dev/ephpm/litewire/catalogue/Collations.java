package dev.ephpm.litewire.catalogue;

import dev.ephpm.litewire.SqlErrorCode;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Character sets and collations by name, as MariaDB knows them. All text is stored as UTF-8 whatever it is declared as. */
final class Collations {
    private static final List<Collation> COLLATIONS = DataFile.rows("collations.tsv").stream()
            .map(row -> new Collation(row.get(0), row.get(1), row.get(2), row.get(3), row.get(4), row.get(5)))
            .toList();
    private static final List<Charset> CHARSETS = DataFile.rows("charsets.tsv").stream()
            .map(row -> new Charset(row.get(0), row.get(1), row.get(2), Integer.parseInt(row.get(3))))
            .toList();
    private static final Map<String, Collation> COLLATION_BY_NAME = COLLATIONS.stream()
            .filter(c -> !c.isOfNoCharset())
            .collect(Collectors.toUnmodifiableMap(Collation::name, Function.identity()));
    private static final Map<String, Charset> CHARSET_BY_NAME =
            CHARSETS.stream().collect(Collectors.toUnmodifiableMap(Charset::name, Function.identity()));

    private Collations() {}

    static List<Collation> all() {
        return COLLATIONS;
    }

    static List<Charset> charsets() {
        return CHARSETS;
    }

    /** Finds a character set; {@code utf8} is an old name of utf8mb3. Throws 1115. */
    static Charset charset(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return Optional.ofNullable(CHARSET_BY_NAME.get(lower.equals("utf8") ? "utf8mb3" : lower))
                .orElseThrow(() -> SqlErrorCode.UNKNOWN_CHARACTER_SET.with(name));
    }

    /** Finds a collation; {@code utf8_…} are old names of utf8mb3's. Throws 1273. */
    static Collation collation(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        String current = lower.startsWith("utf8_") ? "utf8mb3_" + lower.substring("utf8_".length()) : lower;
        return Optional.ofNullable(COLLATION_BY_NAME.get(current))
                .orElseThrow(() -> SqlErrorCode.UNKNOWN_COLLATION.with(name));
    }

    /** The binary collation of a character set. */
    static String binaryOf(String charset) {
        return charset.equals("binary") ? "binary" : charset + "_bin";
    }

    /** Whether a collation tells upper from lower case. */
    static boolean isCaseSensitive(String collation) {
        return collation.equals("binary") || collation.endsWith("_bin") || collation.contains("_cs");
    }

    /** One row of SHOW COLLATION. */
    record Collation(String name, String charset, String id, String isDefault, String compiled, String sortLength) {
        /** A name such as {@code uca1400_ai_ci} that stands for one collation of each character set. It is shown, not known. */
        boolean isOfNoCharset() {
            return charset.isEmpty();
        }
    }

    /** One row of SHOW CHARACTER SET; length in bytes of its longest character. */
    record Charset(String name, String description, String defaultCollation, int longestCharacter) {}
}
