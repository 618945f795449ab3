package dev.ephpm.litewire.dialect;

import dev.ephpm.litewire.ConnectionInfo;
import dev.ephpm.litewire.NamedLocks;
import dev.ephpm.litewire.Session;
import dev.ephpm.litewire.SqlErrorCode;
import dev.ephpm.litewire.sqlite.RawText;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Functions that read or change the session while a statement runs. */
final class SessionBodies {
    /** All connections together must not take the memory of their longest statements. */
    private static final int LONGEST_SHOWN = 65_536;

    private static final int WRONG_COUNT = 1411;
    private static final double LONGEST_WAIT_SECONDS = 31_536_000;

    /** Numbers rows as they come; only their order counts. */
    private static final AtomicLong ARRIVALS = new AtomicLong();

    private SessionBodies() {}

    static void add(SqlFunctions functions) {
        // Makes a constant one that SQLite does not compute beforehand.
        functions.addChanging("mysql_each", a -> a.value(0));
        functions.addChanging("mysql_arrival", _ -> ARRIVALS.getAndIncrement());
        functions.addChanging(
                "mysql_store_again", a -> RunningStatement.current().storeAgain((int) a.whole(0), a.value(1)));
        functions.addChanging("mysql_store", a -> RunningStatement.current().store((int) a.whole(0), a.value(1)));
        functions.addChanging("mysql_assign", a -> {
            Object value = a.value(1);
            session().setUserVariable(a.text(0), value);
            return value;
        });
        functions.addChanging("mysql_variable", a -> SessionValue.USER_VARIABLE.of(session(), a.text(0)));
        functions.addChanging("mysql_last_insert_id", a -> {
            RunningStatement.current().assignId(a.whole(0));
            return a.isNull(0) ? null : a.whole(0);
        });
        functions.addChanging("mysql_assigned_id", _ -> session().lastInsertId());
        functions.addChanging("mysql_benchmark", a -> a.isNull(0) ? null : times(a.whole(0)));
        functions.addChanging("mysql_cut_group", SessionBodies::cutGroup);
        functions.addChanging("mysql_several_rows", _ -> {
            throw SqlErrorCode.SUBQUERY_ROWS.with();
        });
        functions.addChanging("mysql_local_time", a -> a.isNull(0) ? null : SessionTime.fromUtc(a.text(0), session()));
        functions.addChanging("mysql_get_lock", a -> a.isNull(0) ? null : getLock(a.text(0), a.real(1)));
        functions.addChanging("mysql_release_lock", a -> a.isNull(0) ? null : releaseLock(a.text(0)));
        functions.addChanging("mysql_release_all_locks", _ -> (long) locks().releaseAll());
        functions.addChanging(
                "mysql_is_free_lock",
                a -> a.isNull(0)
                        ? null
                        : TextBodies.flag(locks().holder(a.text(0)).isEmpty()));
        functions.addChanging("mysql_is_used_lock", a -> a.isNull(0) ? null : holder(a.text(0)));
        functions.addChanging("mysql_connections", _ -> connections());
        functions.addChanging("mysql_sleep", a -> {
            session().sleep(seconds(a.isNull(0) ? 0 : a.real(0)));
            return 0L;
        });
    }

    private static @Nullable Object times(long count) {
        if (count < 0) {
            Truncation.warn(WRONG_COUNT, "Incorrect count value: '" + count + "' for function benchmark");
            return null;
        }
        return count;
    }

    /** What GROUP_CONCAT made is longer than {@code group_concat_max_len} bytes. */
    private static Object cutGroup(Arguments a) {
        byte[] bytes = a.bytes(0);
        String whole = RawText.decode(bytes, 0, bytes.length);
        int end = (int) Math.min(bytes.length, a.whole(1));
        while (end > 0 && end < bytes.length && (bytes[end] & 0xC0) == 0x80) {
            end--;
        }
        String cut = RawText.decode(bytes, 0, end);
        int rows = 1;
        String separator = a.text(2);
        for (int at = 0; !separator.isEmpty() && (at = whole.indexOf(separator, at)) >= 0; at += separator.length()) {
            rows += at + separator.length() <= cut.length() ? 1 : 0;
        }
        SqlErrorCode cutBy = SqlErrorCode.CUT_BY_GROUP_CONCAT;
        Truncation.warn(cutBy.number(), String.valueOf(cutBy.with(rows).getMessage()));
        return RawText.isRaw(cut) ? RawText.bytes(cut) : cut;
    }

    /** A JSON array with an object for each connection of the site. */
    private static String connections() {
        return session().connections().stream()
                .map(SessionBodies::connection)
                .collect(Collectors.joining(",", "[", "]"));
    }

    private static String connection(ConnectionInfo info) {
        return "{\"id\":" + info.id()
                + ",\"time\":" + info.seconds()
                + ",\"user\":" + Json.quoted(info.user())
                + ",\"host\":" + Json.quoted(info.host())
                + ",\"command\":" + Json.quoted(info.command())
                + info.database().map(name -> ",\"db\":" + Json.quoted(name)).orElse("")
                + info.statement()
                        .map(sql -> ",\"info\":" + Json.quoted(shown(sql)))
                        .orElse("") + "}";
    }

    private static String shown(String statement) {
        return statement.length() <= LONGEST_SHOWN ? statement : statement.substring(0, LONGEST_SHOWN);
    }

    private static Session session() {
        return RunningStatement.current().session();
    }

    private static NamedLocks locks() {
        return session().locks();
    }

    private static Duration seconds(double seconds) {
        return Duration.ofMillis((long) (Math.clamp(seconds, 0, LONGEST_WAIT_SECONDS) * 1000));
    }

    /** A negative timeout waits for as long as it takes. */
    private static long getLock(String name, double timeout) {
        return TextBodies.flag(locks().acquire(name, seconds(timeout < 0 ? LONGEST_WAIT_SECONDS : timeout)));
    }

    private static @Nullable Long releaseLock(String name) {
        return locks().release(name).map(TextBodies::flag).orElse(null);
    }

    private static @Nullable Long holder(String name) {
        OptionalLong holder = locks().holder(name);
        return holder.isPresent() ? holder.getAsLong() : null;
    }
}
