package dev.ephpm.litewire.replay;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Map;
import java.util.Optional;

/**
 * How a client logged in.
 *
 * @param database empty when none was named
 * @param charset as mysqli's set_charset() takes it; empty for utf8mb4, the default
 * @param capabilities as the client sent them
 */
record Login(String database, Optional<String> charset, int capabilities) {
    private static final int FOUND_ROWS = 1 << 1;
    private static final int CONNECT_WITH_DATABASE = 1 << 3;
    private static final int IGNORE_SPACE = 1 << 8;
    private static final int INTERACTIVE = 1 << 10;
    private static final int MULTI_STATEMENTS = 1 << 16;
    private static final int BEFORE_USER = 32;

    /** What is not here is utf8mb4 or replayed as if it were. */
    private static final Map<Integer, String> CHARSETS = Map.of(8, "latin1", 33, "utf8", 63, "binary", 192, "utf8");

    /** Reads a HandshakeResponse41. */
    static Login ofResponse(byte[] payload) {
        ByteBuffer in = ByteBuffer.wrap(payload).order(ByteOrder.LITTLE_ENDIAN);
        int capabilities = in.getInt();
        int charset = in.get(8) & 0xff;
        in.position(BEFORE_USER);
        Payloads.terminated(in);
        in.position(in.position() + 1 + (in.get(in.position()) & 0xff));
        String database = (capabilities & CONNECT_WITH_DATABASE) == 0 ? "" : Payloads.terminated(in);
        return new Login(database, Optional.ofNullable(CHARSETS.get(charset)), capabilities);
    }

    /** Reads a COM_CHANGE_USER on a connection that was logged in as this. */
    Login changed(byte[] payload) {
        ByteBuffer in = ByteBuffer.wrap(payload).order(ByteOrder.LITTLE_ENDIAN).position(1);
        Payloads.terminated(in);
        in.position(in.position() + 1 + (in.get(in.position()) & 0xff));
        String name = Payloads.terminated(in);
        Optional<String> named = in.remaining() < 2 ? charset : Optional.ofNullable(CHARSETS.get((int) in.getShort()));
        return new Login(name, named, capabilities);
    }

    /** Flags that change answers; a replaying client can set them. */
    int recordedFlags() {
        return capabilities & (FOUND_ROWS | IGNORE_SPACE | INTERACTIVE);
    }

    boolean allowsSeveralStatements() {
        return (capabilities & MULTI_STATEMENTS) != 0;
    }
}
