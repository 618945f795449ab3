package dev.ephpm.litewire.dialect;

import dev.ephpm.litewire.Session;
import dev.ephpm.litewire.SqlErrorCode;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/** What SQL asks of the session. The argument is the fractional digits of a time or the name of a variable. */
enum SessionValue {
    NOW {
        @Override
        Object of(Session session, String argument) {
            return Moment.of(SessionTime.local(session)).datetimeText(digits(argument));
        }
    },
    UTC_NOW {
        @Override
        Object of(Session session, String argument) {
            return Moment.of(utc(session)).datetimeText(digits(argument));
        }
    },
    TODAY {
        @Override
        Object of(Session session, String argument) {
            return Moment.of(SessionTime.local(session)).dateText();
        }
    },
    UTC_TODAY {
        @Override
        Object of(Session session, String argument) {
            return Moment.of(utc(session)).dateText();
        }
    },
    CLOCK {
        @Override
        Object of(Session session, String argument) {
            return Moment.of(SessionTime.local(session)).timeText(digits(argument));
        }
    },
    UTC_CLOCK {
        @Override
        Object of(Session session, String argument) {
            return Moment.of(utc(session)).timeText(digits(argument));
        }
    },
    EPOCH_SECONDS {
        @Override
        Object of(Session session, String argument) {
            return session.statementMicros() / 1_000_000;
        }
    },
    DATABASE {
        @Override
        @Nullable
        Object of(Session session, String argument) {
            return session.currentDatabase().orElse(null);
        }
    },
    USER {
        @Override
        Object of(Session session, String argument) {
            return session.user();
        }
    },
    VERSION {
        @Override
        Object of(Session session, String argument) {
            return session.variables().get("version").orElse("");
        }
    },
    CONNECTION {
        @Override
        Object of(Session session, String argument) {
            return session.connectionId();
        }
    },
    LAST_INSERT_ID {
        @Override
        Object of(Session session, String argument) {
            return session.lastInsertId();
        }
    },
    FOUND_ROWS {
        @Override
        Object of(Session session, String argument) {
            return session.foundRows();
        }
    },
    ROW_COUNT {
        @Override
        Object of(Session session, String argument) {
            return session.rowCount();
        }
    },
    GROUP_LENGTH {
        @Override
        Object of(Session session, String argument) {
            return Long.parseLong(
                    session.variables().get("group_concat_max_len").orElse("1048576"));
        }
    },
    USER_VARIABLE {
        @Override
        @Nullable
        Object of(Session session, String argument) {
            Object value = session.userVariable(argument);
            return value instanceof BigDecimal exact ? ExactNumber.of(exact) : value;
        }
    },
    SYSTEM_VARIABLE {
        @Override
        Object of(Session session, String argument) {
            String text = session.variables()
                    .get(argument)
                    .orElseThrow(() -> SqlErrorCode.UNKNOWN_SYSTEM_VARIABLE.with(argument));
            return switch (text) {
                case "ON" -> 1L;
                case "OFF" -> 0L;
                default -> text;
            };
        }
    },
    TIME_ZONE {
        @Override
        Object of(Session session, String argument) {
            return SessionTime.zone(session).getId();
        }
    };

    @Nullable
    abstract Object of(Session session, String argument);

    private static int digits(String argument) {
        return argument.isEmpty() ? 0 : Integer.parseInt(argument);
    }

    private static LocalDateTime utc(Session session) {
        return LocalDateTime.ofInstant(
                Instant.EPOCH.plus(session.statementMicros(), ChronoUnit.MICROS), ZoneOffset.UTC);
    }
}
