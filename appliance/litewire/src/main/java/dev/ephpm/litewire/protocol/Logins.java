package dev.ephpm.litewire.protocol;

import dev.ephpm.litewire.SqlError;
import java.util.Optional;

/** Where a conversation finds accounts and opens sessions. Thread-safe. */
public interface Logins {
    /** Looked up at each login, so that a new account works at once. Creates nothing. */
    Optional<? extends Login> find(String user);

    /** Told when a login was refused. */
    void refused();

    /** One line of figures for COM_STATISTICS. */
    String statistics();

    /** One account. */
    interface Login {
        PasswordVerifier password();

        /** Opens a session of this account. Throws {@link SqlError}: 1044, 1049, 1203 … */
        ServerSession open(Client client);
    }

    /**
     * What a session must know of its client.
     *
     * @param disconnect ends the connection; any thread may call it
     */
    record Client(
            long connectionId,
            String user,
            String host,
            Optional<String> database,
            boolean countsFoundRows,
            Runnable disconnect) {}
}
