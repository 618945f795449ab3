package dev.ephpm.walreplication;

import dev.ephpm.config.SiteName;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where all nodes agree on who may write. Both operations are linearizable: one order of all of them, seen alike by everyone.
 * Calls may block for as long as the store's own timeout. Called by many threads.
 */
public interface LeaseStore {
    /**
     * The present record of a site.
     *
     * @throws ReplicationException with {@link ReplicationException.Code#UNREACHABLE} if the store did not answer
     */
    Optional<LeaseRecord> read(SiteName site);

    /**
     * Puts {@code next} in the place of {@code expected}, if that is still the present record; null stands for none.
     *
     * @return whether it was put there
     * @throws ReplicationException with {@link ReplicationException.Code#UNREACHABLE} if the store did not answer; it may or
     *     may not have been put there then, even later
     */
    boolean replace(@Nullable LeaseRecord expected, LeaseRecord next);
}
