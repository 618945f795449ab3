package dev.ephpm.litewire.dialect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ephpm.litewire.fuzz.Mutations;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A short run of {@link StatementFuzz} with the same input every time; {@code make fuzz} is the long one. */
final class StatementFuzzTest {
    private static final Logger log = LoggerFactory.getLogger(StatementFuzzTest.class);
    private static final long TIME = TimeUnit.SECONDS.toNanos(10);
    private static final int LEAST = 500;

    /** What begins and ends things, what litewire itself uses as marks, and what SQLite would do harm with. */
    private static final List<String> WORDS = List.of(
            "'" + CheckedHandle.CANARY + "'",
            "\"" + CheckedHandle.CANARY + "\"",
            "'",
            "\"",
            "`",
            "\\",
            "\\'",
            ";",
            "--",
            "-- \n",
            "#",
            "/*",
            "*/",
            "/*!",
            "/*+",
            "(",
            ")",
            ",",
            ".",
            "?",
            "?i",
            "?t",
            "'s0'",
            "1000000000",
            "1000000001",
            "4611686018427387904",
            "18446744073709551616",
            "1e999",
            "-",
            ":=",
            "@a",
            "@@sql_mode",
            "~0",
            "`~0`",
            "\uE000",
            "\uE0000\uE001",
            "\0",
            "\uFFFF",
            "é",
            "😀",
            "0x",
            "x'",
            "b'1",
            "_utf8mb4",
            "N'a'",
            "NULL",
            "\\N",
            " ATTACH ",
            " DATABASE ",
            " PRAGMA ",
            " VACUUM INTO ",
            "load_extension(",
            "sqlite_master",
            "__lw_tables",
            " SELECT ",
            " FROM ",
            " WHERE ",
            " UNION ",
            " IN (",
            " LIKE ",
            " REGEXP ",
            " BETWEEN ",
            " CASE WHEN ",
            " END ",
            " AS ",
            " ORDER BY ",
            " GROUP BY ",
            " HAVING ",
            " LIMIT ",
            " OFFSET ",
            " INTERVAL ",
            " COLLATE ",
            " CAST(",
            " CONVERT(",
            "GROUP_CONCAT(",
            "ROUND(",
            "JSON_EXTRACT(",
            "DATE_FORMAT(",
            "REPEAT(",
            "CONCAT(",
            " INTO ",
            " VALUES ",
            " ON DUPLICATE KEY UPDATE ",
            " DEFAULT ",
            " WITH RECURSIVE ",
            " OVER (",
            "people",
            "wp_options",
            "id",
            "*");

    @Test
    void nothingButPlansReachesSqlite() {
        Mutations mutations = new Mutations(20_261_120, StatementSeeds.known(), WORDS);
        StatementFuzz fuzz = new StatementFuzz();
        long end = System.nanoTime() + TIME;
        int inputs = 0;
        while (System.nanoTime() < end) {
            fuzz.one(mutations.next());
            inputs++;
        }
        log.info("{} inputs, {}", inputs, fuzz.report());
        assertThat(inputs).isGreaterThan(LEAST);
    }
}
