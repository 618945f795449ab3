package dev.ephpm.http;

import java.util.Optional;

/**
 * The part of a file a Range header asks for (RFC 9110 §14).
 *
 * @param first index of the first byte
 * @param last index of the last byte, inclusive; smaller than {@code first} when nothing of the file was asked for
 */
record ByteRange(long first, long last) {
    static final ByteRange UNSATISFIABLE = new ByteRange(0, -1);

    /**
     * Empty when the header is to be ignored: another unit, malformed, or several ranges, which may always be answered
     * with the whole file and otherwise only serve to multiply work.
     */
    static Optional<ByteRange> parse(String header, long size) {
        if (!header.regionMatches(true, 0, "bytes=", 0, 6) || header.indexOf(',') >= 0) {
            return Optional.empty();
        }
        String spec = header.substring(6).trim();
        int dash = spec.indexOf('-');
        if (dash < 0
                || !isNumber(spec.substring(0, dash))
                || !isNumber(spec.substring(dash + 1))
                || spec.length() == 1) {
            return Optional.empty();
        }
        long last = number(spec.substring(dash + 1));
        if (dash == 0) {
            return Optional.of(suffix(last, size));
        }
        long first = number(spec.substring(0, dash));
        if (dash == spec.length() - 1) {
            last = size - 1;
        } else if (last < first) {
            return Optional.empty();
        }
        return Optional.of(first >= size ? UNSATISFIABLE : new ByteRange(first, Math.min(last, size - 1)));
    }

    private static ByteRange suffix(long length, long size) {
        return length == 0 || size == 0 ? UNSATISFIABLE : new ByteRange(Math.max(0, size - length), size - 1);
    }

    private static boolean isNumber(String text) {
        return text.chars().allMatch(c -> c >= '0' && c <= '9');
    }

    /** Numbers beyond any file size count as the largest one. */
    private static long number(String digits) {
        if (digits.isEmpty()) {
            return 0;
        }
        return digits.length() > 18 ? Long.MAX_VALUE : Long.parseLong(digits);
    }

    boolean isSatisfiable() {
        return last >= first;
    }

    long length() {
        return last - first + 1;
    }

    String contentRange(long size) {
        return isSatisfiable() ? "bytes " + first + '-' + last + '/' + size : "bytes */" + size;
    }
}
