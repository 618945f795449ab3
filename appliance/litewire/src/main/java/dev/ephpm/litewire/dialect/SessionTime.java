package dev.ephpm.litewire.dialect;

import dev.ephpm.litewire.Session;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;

/** The session's clock. */
final class SessionTime {
    private SessionTime() {}

    /** The zone of {@code @@time_zone}: SYSTEM, an offset or a name. */
    static ZoneId zone(Session session) {
        String name = session.variables().get("time_zone").orElse("SYSTEM");
        if (name.equalsIgnoreCase("SYSTEM")) {
            return ZoneId.systemDefault();
        }
        try {
            return ZoneId.of(name);
        } catch (DateTimeException e) {
            return ZoneId.systemDefault();
        }
    }

    /** When the statement began, in the session's zone. */
    static LocalDateTime local(Session session) {
        Instant instant = Instant.EPOCH.plus(session.statementMicros(), ChronoUnit.MICROS);
        return LocalDateTime.ofInstant(instant, zone(session));
    }
}
