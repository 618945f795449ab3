package dev.ephpm.litewire.dialect;

import dev.ephpm.litewire.Literal;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** MySQL's character set names and what Java calls them. */
final class Charsets {
    private static final Map<String, String> JAVA_NAMES = Map.ofEntries(
            Map.entry("utf8", "UTF-8"),
            Map.entry("utf8mb3", "UTF-8"),
            Map.entry("utf8mb4", "UTF-8"),
            Map.entry("latin1", "windows-1252"),
            Map.entry("ascii", "US-ASCII"),
            Map.entry("ucs2", "UTF-16BE"),
            Map.entry("utf16", "UTF-16BE"),
            Map.entry("utf16le", "UTF-16LE"),
            Map.entry("utf32", "UTF-32BE"),
            Map.entry("latin2", "ISO-8859-2"),
            Map.entry("latin5", "ISO-8859-9"),
            Map.entry("latin7", "ISO-8859-13"),
            Map.entry("greek", "ISO-8859-7"),
            Map.entry("hebrew", "ISO-8859-8"),
            Map.entry("cp1250", "windows-1250"),
            Map.entry("cp1251", "windows-1251"),
            Map.entry("koi8r", "KOI8-R"),
            Map.entry("gbk", "GBK"),
            Map.entry("big5", "Big5"),
            Map.entry("sjis", "Shift_JIS"),
            Map.entry("ujis", "EUC-JP"),
            Map.entry("euckr", "EUC-KR"));

    private Charsets() {}

    /** The Java charset of a MySQL name, or empty for binary and unknown names. */
    static Optional<Charset> charset(String mysqlName) {
        String javaName = JAVA_NAMES.get(mysqlName.toLowerCase(Locale.ROOT));
        return javaName != null && Charset.isSupported(javaName)
                ? Optional.of(Charset.forName(javaName))
                : Optional.empty();
    }

    static boolean isKnown(String mysqlName) {
        return mysqlName.equalsIgnoreCase("binary") || charset(mysqlName).isPresent();
    }

    /** The collation MariaDB gives a character set that is named without one. */
    static String defaultCollation(String mysqlName) {
        String name = mysqlName.toLowerCase(Locale.ROOT);
        return switch (name) {
            case "binary" -> "binary";
            case "latin1" -> "latin1_swedish_ci";
            case "utf8" -> "utf8mb3_general_ci";
            case "gbk", "big5" -> name + "_chinese_ci";
            case "sjis", "ujis" -> name + "_japanese_ci";
            case "euckr" -> "euckr_korean_ci";
            case "latin5" -> "latin5_turkish_ci";
            default -> name + "_general_ci";
        };
    }

    static boolean isIntroducer(String word) {
        return isKnown(word.substring(1));
    }

    /** A literal with an introducer in front: bytes become text of that character set, and the other way round. */
    static Literal introduce(String introducer, Literal literal) {
        String name = introducer.substring(1);
        if (name.equalsIgnoreCase("binary")) {
            return literal instanceof Literal.Text text
                    ? new Literal.Binary(text.text().getBytes(StandardCharsets.UTF_8))
                    : literal;
        }
        if (literal instanceof Literal.Binary binary) {
            return new Literal.Text(new String(binary.bytes(), charset(name).orElse(StandardCharsets.UTF_8)));
        }
        return literal;
    }
}
