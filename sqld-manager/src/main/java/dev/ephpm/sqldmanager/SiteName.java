package dev.ephpm.sqldmanager;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * A site as the name of an sqld namespace. sqld itself takes any bytes and makes a path of them; nothing but a checked name
 * ever reaches it.
 *
 * @param value 1 to 253 of {@code a-z 0-9 . -}, without an empty label, so never {@code ..}
 */
public record SiteName(String value) implements Comparable<SiteName> {
    private static final int LONGEST = 253;

    public SiteName {
        if (!isValid(value)) {
            throw new SqldException(
                    SqldException.Reason.INVALID,
                    "'" + printable(value) + "' cannot name a replicated database: a name has 1 to " + LONGEST
                            + " of a-z, 0-9, '.' and '-', and no empty part");
        }
    }

    static boolean isValid(String value) {
        if (value.isEmpty() || value.length() > LONGEST) {
            return false;
        }
        char before = '.';
        for (int index = 0; index < value.length(); index++) {
            char c = value.charAt(index);
            boolean known = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || (c == '.' && before != '.');
            if (!known) {
                return false;
            }
            before = c;
        }
        return before != '.';
    }

    private static String printable(String value) {
        return value.codePoints()
                .limit(LONGEST)
                .map(c -> Character.isISOControl(c) ? '?' : c)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    /** The value of {@code x-namespace-bin}: sqld refuses padding. */
    String header() {
        return Base64.getEncoder().withoutPadding().encodeToString(value.getBytes(StandardCharsets.US_ASCII));
    }

    @Override
    public int compareTo(SiteName other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
