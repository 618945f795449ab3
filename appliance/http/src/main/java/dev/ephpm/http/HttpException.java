package dev.ephpm.http;

import java.io.Serial;

/** The request path cannot be set up: a bad pattern, an address in use, an access log that cannot be written. */
public final class HttpException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1;

    public HttpException(String message) {
        super(message);
    }

    public HttpException(String message, Throwable cause) {
        super(message, cause);
    }
}
