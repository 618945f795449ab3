package dev.ephpm.litewire.protocol;

/** Status flags of OK and EOF packets. */
public final class ServerStatus {
    public static final int IN_TRANSACTION = 1;
    public static final int AUTOCOMMIT = 2;
    public static final int NO_BACKSLASH_ESCAPES = 512;

    static final int MORE_RESULTS = 8;

    private ServerStatus() {}
}
