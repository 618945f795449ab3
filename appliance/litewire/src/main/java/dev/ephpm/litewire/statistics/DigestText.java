package dev.ephpm.litewire.statistics;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * Makes a shape readable: {@code ?} for every marker, {@code IN (?)} for a list however long, and {@code VALUES (?, ?)} for any
 * number of rows. One pass over the shape; stops when the text is long enough.
 */
final class DigestText {
    /** In characters. */
    static final int LONGEST = 1024;

    static final String UNREADABLE = "(a statement that cannot be read)";

    private static final int HASH_BYTES = 8;

    private final String shape;
    private final StringBuilder text = new StringBuilder(128);
    private int at;
    private int parenthesis = -1;
    private int group = -1;
    private int groupEnd = -1;

    private DigestText(String shape) {
        this.shape = shape;
    }

    static String of(String shape) {
        return shape.isEmpty() ? UNREADABLE : new DigestText(shape).read();
    }

    /** 16 hexadecimal digits. */
    static String hash(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(Arrays.copyOf(digest, HASH_BYTES));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("This Java runtime has no SHA-256", e);
        }
    }

    private String read() {
        while (at < shape.length() && text.length() <= LONGEST) {
            char c = shape.charAt(at);
            switch (c) {
                case '`', '"' -> quoted(c);
                case '?' -> marker();
                case '(' -> open();
                case ')' -> close();
                default -> {
                    text.append(c);
                    at++;
                }
            }
        }
        return text.length() <= LONGEST ? text.toString() : text.substring(0, LONGEST) + "…";
    }

    private void quoted(char quote) {
        int end = shape.indexOf(quote, at + 1);
        int next = end < 0 ? shape.length() : end + 1;
        text.append(shape, at, Math.min(next, at + LONGEST + 1));
        at = next;
    }

    /** {@code ?i}, {@code ?d3_2}: letters, digits and underscores that tell of the value. A second one in a list goes. */
    private void marker() {
        at++;
        while (at < shape.length() && isMarker(shape.charAt(at))) {
            at++;
        }
        int before = text.length() - 1;
        while (before > 0 && text.charAt(before) == ' ') {
            before--;
        }
        boolean repeated = before > 0
                && text.charAt(before) == ','
                && text.charAt(before - 1) == '?'
                && isList(before - 1)
                && (at == shape.length() || ",)".indexOf(shape.charAt(at)) >= 0);
        if (repeated) {
            text.setLength(before);
        } else {
            text.append('?');
        }
    }

    private static boolean isMarker(char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
    }

    /** Whether the value at this place is the first of {@code IN (}. */
    private boolean isList(int value) {
        int word = value - 1;
        while (word >= 0 && text.charAt(word) == ' ') {
            word--;
        }
        if (word < 0 || text.charAt(word) != '(') {
            return false;
        }
        word--;
        while (word >= 0 && text.charAt(word) == ' ') {
            word--;
        }
        return word >= 1
                && (text.charAt(word) | 0x20) == 'n'
                && (text.charAt(word - 1) | 0x20) == 'i'
                && (word == 1 || !Character.isLetterOrDigit(text.charAt(word - 2)));
    }

    private void open() {
        parenthesis = text.length();
        text.append('(');
        at++;
    }

    /** Drops a group that says the same as the one before it: the second row of VALUES. */
    private void close() {
        text.append(')');
        at++;
        if (parenthesis < 0) {
            return;
        }
        int start = parenthesis;
        parenthesis = -1;
        if (group >= 0 && repeats(start)) {
            text.setLength(groupEnd);
        } else {
            group = start;
            groupEnd = text.length();
        }
    }

    private boolean repeats(int start) {
        int length = groupEnd - group;
        String between = text.substring(groupEnd, start).trim();
        return between.equals(",")
                && text.length() - start == length
                && text.substring(group, groupEnd).contentEquals(text.subSequence(start, text.length()));
    }
}
