package dev.ephpm.sqldmanager;

import java.nio.charset.StandardCharsets;

/** An answer of sqld, whole. */
@SuppressWarnings("ArrayRecordComponent") // read at once, never compared
record HttpAnswer(int status, byte[] body) {
    private static final int LONGEST_TEXT = 500;

    /** The body for a message; sqld's refusals are short. */
    String text() {
        String text = new String(body, 0, Math.min(body.length, LONGEST_TEXT), StandardCharsets.UTF_8).strip();
        return text.isEmpty() ? "HTTP status " + status : text;
    }
}
