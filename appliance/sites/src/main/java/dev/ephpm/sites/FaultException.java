package dev.ephpm.sites;

import java.io.Serial;

/** Why a site cannot be served; never leaves the reader. */
final class FaultException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1;

    FaultException(String message) {
        super(message);
    }
}
