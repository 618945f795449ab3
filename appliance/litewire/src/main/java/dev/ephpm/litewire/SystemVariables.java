package dev.ephpm.litewire;

import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;

/** {@code @@} variables of one session, with MariaDB 10.11's names and defaults. Names are lower case. */
public interface SystemVariables {
    /** Empty for an unknown name (the caller answers 1193). */
    Optional<String> get(String name);

    /** Throws 1193 for an unknown name, 1238 for one that cannot be changed, 1231 for a value that does not fit. */
    void set(String name, String value);

    /** Session view of all, sorted by name, for SHOW VARIABLES. */
    Map<String, String> all();

    /** Parsed form of {@code sql_mode}, kept in step with it. */
    SqlMode sqlMode();

    /** Parsed form of {@code time_zone}, kept in step with it. */
    ZoneId timeZone();

    /** Whether times of the session are those of UTC, so that nothing needs to be converted. */
    default boolean inUtc() {
        return timeZone().normalized().equals(ZoneOffset.UTC);
    }
}
