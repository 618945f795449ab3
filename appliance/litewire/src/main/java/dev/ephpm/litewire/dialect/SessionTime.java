package dev.ephpm.litewire.dialect;

import dev.ephpm.litewire.Session;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The session's clock. TIMESTAMP columns are stored in UTC and seen in the session's zone. */
final class SessionTime {
    private SessionTime() {}

    /** The zone of {@code @@time_zone}. */
    static ZoneId zone(Session session) {
        return session.variables().timeZone();
    }

    /** When the statement began, in the session's zone. */
    static LocalDateTime local(Session session) {
        Instant instant = Instant.EPOCH.plus(session.statementMicros(), ChronoUnit.MICROS);
        return LocalDateTime.ofInstant(instant, zone(session));
    }

    /** A stored TIMESTAMP as the session sees it; zero dates stay as they are. */
    static @Nullable String fromUtc(@Nullable String stored, Session session) {
        return converted(stored, ZoneOffset.UTC, zone(session));
    }

    /** A TIMESTAMP of the session as it is stored. */
    static @Nullable String toUtc(@Nullable String local, Session session) {
        return session.variables().inUtc() ? local : converted(local, zone(session), ZoneOffset.UTC);
    }

    private static @Nullable String converted(@Nullable String text, ZoneId from, ZoneId to) {
        if (text == null) {
            return null;
        }
        Optional<Moment> moment = Moment.parse(text).filter(m -> !m.hasZeroPart() && !m.isZero());
        if (moment.isEmpty()) {
            return text;
        }
        Moment m = moment.get();
        int point = text.indexOf('.');
        int decimals = point < 0 ? 0 : text.length() - point - 1;
        LocalDateTime time =
                LocalDateTime.of(m.year(), m.month(), m.day(), m.hour(), m.minute(), m.second(), m.micros() * 1000);
        LocalDateTime there = time.atZone(from).withZoneSameInstant(to).toLocalDateTime();
        return Moment.of(there).datetimeText(decimals);
    }
}
