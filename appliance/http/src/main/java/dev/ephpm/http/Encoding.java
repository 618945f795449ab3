package dev.ephpm.http;

/** A content coding this server can produce, most wanted first. */
enum Encoding {
    BROTLI("br"),
    ZSTD("zstd"),
    GZIP("gzip");

    private final String token;

    Encoding(String token) {
        this.token = token;
    }

    /** As written in Accept-Encoding and Content-Encoding. */
    String token() {
        return token;
    }
}
