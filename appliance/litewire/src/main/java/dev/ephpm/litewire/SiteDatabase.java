package dev.ephpm.litewire;

import dev.ephpm.litewire.protocol.Logins;
import dev.ephpm.litewire.protocol.ServerSession;
import java.time.Duration;

/** The database of one site. Opens itself when it is needed and rests when it is not. Thread-safe. */
public interface SiteDatabase extends AutoCloseable {
    /** A session for a client that has logged in. Throws 1049, 1044, 1203, or 1105 for an unusable file. */
    ServerSession open(Logins.Client client);

    /** Closes what has been idle for this long and cuts transactions off that hold the writer longer than {@code age}. */
    void rest(Duration idle, Duration age);

    /** Whether it has no sessions and nothing open, and was last used that long ago, so that its plans may be forgotten. */
    boolean unused(Duration age);

    /** Disconnects its sessions and closes its files. */
    @Override
    void close();
}
