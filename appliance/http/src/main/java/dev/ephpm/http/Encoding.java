package dev.ephpm.http;

/** A content coding this server can produce, most wanted first. */
enum Encoding {
    BROTLI(0, "br"),
    ZSTD(1, "zstd"),
    GZIP(2, "gzip");

    private final int slot;
    private final String token;

    Encoding(int slot, String token) {
        this.slot = slot;
        this.token = token;
    }

    /** Index of this coding in arrays with one place per coding. */
    int slot() {
        return slot;
    }

    /** As written in Accept-Encoding and Content-Encoding. */
    String token() {
        return token;
    }
}
