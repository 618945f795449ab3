package dev.ephpm.litewire.dump;

import dev.ephpm.litewire.Literal;
import dev.ephpm.litewire.sqlite.RawText;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The character set a dump's text is written in, as SET NAMES says. Only those in which a byte below 128 is that ASCII character. */
final class DumpEncoding {
    private static final Map<String, String> SINGLE_BYTE = Map.ofEntries(
            Map.entry("latin1", "windows-1252"),
            Map.entry("ascii", "ISO-8859-1"),
            Map.entry("latin2", "ISO-8859-2"),
            Map.entry("latin5", "ISO-8859-9"),
            Map.entry("latin7", "ISO-8859-13"),
            Map.entry("greek", "ISO-8859-7"),
            Map.entry("hebrew", "ISO-8859-8"),
            Map.entry("cp1250", "windows-1250"),
            Map.entry("cp1251", "windows-1251"),
            Map.entry("cp1256", "windows-1256"),
            Map.entry("cp1257", "windows-1257"),
            Map.entry("cp850", "IBM850"),
            Map.entry("cp852", "IBM852"),
            Map.entry("cp866", "IBM866"),
            Map.entry("koi8r", "KOI8-R"),
            Map.entry("koi8u", "KOI8-U"));

    static final DumpEncoding UTF8 = new DumpEncoding(null);

    private final char @Nullable [] characters;

    private DumpEncoding(char @Nullable [] characters) {
        this.characters = characters;
    }

    /** Empty when dumps in that character set cannot be read. */
    static Optional<DumpEncoding> of(String mysqlName) {
        String name = mysqlName.toLowerCase(Locale.ROOT);
        if (name.equals("utf8mb4") || name.equals("utf8mb3") || name.equals("utf8") || name.equals("binary")) {
            return Optional.of(UTF8);
        }
        String java = SINGLE_BYTE.get(name);
        return java == null || !Charset.isSupported(java)
                ? Optional.empty()
                : Optional.of(new DumpEncoding(table(Charset.forName(java))));
    }

    /** What the character set leaves undefined is the control character of the same number, as MySQL has it. */
    private static char[] table(Charset charset) {
        char[] table = new char[256];
        for (int i = 0; i < table.length; i++) {
            String decoded = new String(new byte[] {(byte) i}, charset);
            table[i] = decoded.equals("\ufffd") ? (char) i : decoded.charAt(0);
        }
        return table;
    }

    /** A statement's text; bytes that are no text are kept as litewire keeps them. */
    String decode(byte[] bytes, int offset, int length) {
        if (characters == null) {
            return RawText.decode(bytes, offset, length);
        }
        char[] text = new char[length];
        for (int i = 0; i < length; i++) {
            text[i] = characters[bytes[offset + i] & 0xff];
        }
        return new String(text);
    }

    /** A quoted value: binary data when it is not all text. */
    Literal literal(byte[] bytes, int offset, int length) {
        if (isAscii(bytes, offset, length)) {
            return new Literal.Text(new String(bytes, offset, length, StandardCharsets.ISO_8859_1));
        }
        String text = decode(bytes, offset, length);
        return characters == null && RawText.isRaw(text)
                ? new Literal.Binary(RawText.bytes(text))
                : new Literal.Text(text);
    }

    private static boolean isAscii(byte[] bytes, int offset, int length) {
        int all = 0;
        for (int i = offset; i < offset + length; i++) {
            all |= bytes[i];
        }
        return all >= 0;
    }
}
