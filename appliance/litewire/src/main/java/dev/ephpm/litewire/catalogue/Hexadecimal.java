package dev.ephpm.litewire.catalogue;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/** Hexadecimal literals. */
final class Hexadecimal {
    private Hexadecimal() {}

    /** The bytes read as UTF-8; a missing first digit is zero. */
    static String text(String digits) {
        String even = digits.length() % 2 == 0 ? digits : "0" + digits;
        return new String(HexFormat.of().parseHex(even), StandardCharsets.UTF_8);
    }
}
