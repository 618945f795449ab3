package dev.ephpm.litewire.catalogue;

import dev.ephpm.litewire.SqlErrorCode;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A table of MariaDB's engine SEQUENCE: {@code seq_1_to_10_step_3} has the numbers from 1 to 10 in steps of 3 and is stored
 * nowhere. Numbers have up to 18 digits.
 *
 * @param query the rows as a query of SQLite
 */
public record NumberTable(Table table, String query) {
    private static final Pattern NAME =
            Pattern.compile("seq_(\\d{1,18})_to_(\\d{1,18})(?:_step_(\\d{1,18}))?", Pattern.CASE_INSENSITIVE);

    /** Empty for other names. Throws 1030 for steps of zero. */
    public static Optional<NumberTable> named(String name) {
        Matcher matcher = NAME.matcher(name);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        long first = Long.parseLong(matcher.group(1));
        long last = Long.parseLong(matcher.group(2));
        long step = matcher.group(3) == null ? 1 : Long.parseLong(matcher.group(3));
        if (step == 0) {
            throw SqlErrorCode.ENGINE_ERROR.with(140, "Wrong create options", "SEQUENCE");
        }
        String next = first <= last ? "seq + " + step : "seq - " + step;
        String within = first <= last ? " <= " : " >= ";
        return Optional.of(new NumberTable(
                described(name),
                "WITH RECURSIVE numbers(seq) AS (SELECT " + first + " UNION ALL SELECT " + next + " FROM numbers WHERE "
                        + next + within + last + ") SELECT seq FROM numbers"));
    }

    private static Table described(String name) {
        return TableReader.read(
                "CREATE TABLE " + Quoting.name(name)
                        + " (`seq` bigint(20) unsigned NOT NULL, PRIMARY KEY (`seq`)) ENGINE=InnoDB",
                "",
                false);
    }
}
