package dev.ephpm.litewire.protocol;

/** Capability flags of the handshake, as the MySQL protocol numbers them. */
final class Capability {
    /** Set by MySQL, cleared by a MariaDB that announces its own extensions; set here, so that none are used. */
    static final int LONG_PASSWORD = 1;

    static final int FOUND_ROWS = 1 << 1;
    static final int LONG_FLAG = 1 << 2;
    static final int CONNECT_WITH_DATABASE = 1 << 3;
    static final int ODBC = 1 << 6;
    static final int IGNORE_SPACE = 1 << 8;
    static final int PROTOCOL_41 = 1 << 9;
    static final int INTERACTIVE = 1 << 10;
    static final int SSL = 1 << 11;
    static final int TRANSACTIONS = 1 << 13;
    static final int SECURE_CONNECTION = 1 << 15;
    static final int MULTI_STATEMENTS = 1 << 16;
    static final int MULTI_RESULTS = 1 << 17;
    static final int PS_MULTI_RESULTS = 1 << 18;
    static final int PLUGIN_AUTHENTICATION = 1 << 19;
    static final int CONNECT_ATTRIBUTES = 1 << 20;
    static final int LONG_AUTHENTICATION_DATA = 1 << 21;

    /** What this server offers: no TLS, no compression, no LOCAL INFILE, and EOF packets as in the classic protocol. */
    static final int OFFERED = LONG_PASSWORD
            | FOUND_ROWS
            | LONG_FLAG
            | CONNECT_WITH_DATABASE
            | ODBC
            | IGNORE_SPACE
            | PROTOCOL_41
            | INTERACTIVE
            | TRANSACTIONS
            | SECURE_CONNECTION
            | MULTI_STATEMENTS
            | MULTI_RESULTS
            | PS_MULTI_RESULTS
            | PLUGIN_AUTHENTICATION
            | CONNECT_ATTRIBUTES
            | LONG_AUTHENTICATION_DATA;

    private Capability() {}
}
