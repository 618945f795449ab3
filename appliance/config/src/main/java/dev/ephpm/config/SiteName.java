package dev.ephpm.config;

/**
 * The name of a replicated site, which is the name of its namespace in sqld and of a directory. sqld itself takes any bytes and
 * makes a path of them; nothing but a checked name ever reaches it.
 *
 * @param value 1 to 253 of {@code a-z 0-9 . -}, without an empty label, so never {@code ..}
 */
public record SiteName(String value) implements Comparable<SiteName> {
    private static final int LONGEST = 253;

    public SiteName {
        if (!isValid(value)) {
            throw new IllegalArgumentException(
                    "'" + printable(value) + "' cannot name a replicated database: a name has 1 to " + LONGEST
                            + " of a-z, 0-9, '.' and '-', and no empty part");
        }
    }

    /** Whether a name may be one, asked without an exception. */
    public static boolean isValid(String value) {
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

    @Override
    public int compareTo(SiteName other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
