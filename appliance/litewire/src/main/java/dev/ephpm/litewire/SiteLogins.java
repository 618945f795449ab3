package dev.ephpm.litewire;

import java.util.Optional;

/** Finds accounts. Asked at every login, from many threads at once; must not block for long and must create nothing. */
@FunctionalInterface
public interface SiteLogins {
    Optional<SiteLogin> find(String user);
}
