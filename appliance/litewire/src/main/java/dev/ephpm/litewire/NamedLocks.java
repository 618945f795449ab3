package dev.ephpm.litewire;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;

/** GET_LOCK and its kin, as seen by one session. Names ignore case and are known within one site only. */
public interface NamedLocks {
    /** Waits for the lock at most {@code timeout}; false when that was not enough. A lock may be taken several times. */
    boolean acquire(String name, Duration timeout);

    /** Empty when nobody holds it, false when another session does. */
    Optional<Boolean> release(String name);

    /** Releases all of this session's locks; gives how many there were. */
    int releaseAll();

    /** Connection that holds the lock. */
    OptionalLong holder(String name);
}
