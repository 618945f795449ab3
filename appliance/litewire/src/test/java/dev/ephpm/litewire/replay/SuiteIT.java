package dev.ephpm.litewire.replay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ephpm.litewire.MySqlEngine;
import dev.ephpm.litewire.SqlError;
import dev.ephpm.litewire.SqlErrorCode;
import dev.ephpm.litewire.SqlMode;
import dev.ephpm.litewire.catalogue.Schema;
import dev.ephpm.litewire.dialect.Dialect;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The statements of MariaDB's own test suite: what MariaDB can read, we can, or say that it is not supported (1235). Nothing is
 * run, and there are no tables, so most end with 1146.
 */
final class SuiteIT {
    private static final Logger log = LoggerFactory.getLogger(SuiteIT.class);

    /** Unpacked there by {@code .ci/setup test}. */
    private static final Path SUITE = Path.of("../../build/mariadb_suite");

    private static final SqlMode MODE = new SqlMode(false, false, false, true, false, false, false, false, true);
    private static final Dialect.Context CONTEXT = new Dialect.Context(
            new Schema(1, Map.of()), MODE, "wp", false, "utf8mb4_unicode_ci", false, "wp@localhost", _ -> null);
    private static final int WRONG_SYNTAX = 1064;
    private static final int TABLE_WITHOUT_ALIAS = 1248;
    private static final int SHOWN = 40;

    @Test
    void whatMariaDbReadsWeReadOrSayThatItIsNotSupported() throws Exception {
        assertThat(SUITE).as("run .ci/setup test").isDirectory();
        List<String> statements = SuiteStatements.in(SUITE);
        assertThat(statements).hasSizeGreaterThan(60_000);
        Set<String> refused = refusedByMariaDb(statements);
        // Most of what it refuses is refused for a reason; a wrong oracle would refuse all.
        assertThat(refused).hasSizeLessThan(statements.size() / 50);

        Dialect dialect = new MySqlEngine().dialect();
        List<String> unread = new ArrayList<>();
        List<String> broken = new ArrayList<>();
        Map<Integer, Integer> answers = new TreeMap<>();
        for (String statement : statements) {
            if (!refused.contains(statement)) {
                int answer = answer(dialect, statement, broken);
                answers.merge(answer, 1, Integer::sum);
                if (answer == WRONG_SYNTAX) {
                    unread.add(statement);
                }
            }
        }
        BigDecimal percent = percent(statements.size() - refused.size(), unread.size());
        log.info("{} % of {} statements are read; {}", percent, statements.size() - refused.size(), answers);
        assertThat(broken).as("internal errors").isEmpty();
        BigDecimal known = known();
        assertThat(percent)
                .as("of %d statements; not read: %s", statements.size(), shown(unread))
                .isGreaterThanOrEqualTo(known);
        assertThat(percent)
                .as("more than suite.percent says; write the new figure there")
                .isLessThan(known.add(new BigDecimal("0.30")));
    }

    private static Set<String> refusedByMariaDb(List<String> statements) throws Exception {
        Set<String> refused = new HashSet<>();
        try (PrivateMariaDb mariaDb = new PrivateMariaDb()) {
            mariaDb.create("wp");
            try (Connection connection = DriverManager.getConnection(
                            "jdbc:mariadb://127.0.0.1:" + mariaDb.port() + "/wp",
                            PrivateMariaDb.USER,
                            PrivateMariaDb.PASSWORD);
                    Statement prepare = connection.createStatement()) {
                for (String statement : statements) {
                    if (isRefused(prepare, statement)) {
                        refused.add(statement);
                    }
                }
            }
        }
        return refused;
    }

    private static boolean isRefused(Statement prepare, String statement) {
        try {
            prepare.execute("PREPARE s FROM '" + statement.replace("\\", "\\\\").replace("'", "''") + "'");
            return false;
        } catch (SQLException e) {
            return e.getErrorCode() == WRONG_SYNTAX || e.getErrorCode() == TABLE_WITHOUT_ALIAS;
        }
    }

    /** The number of the error; 0 when there is a plan. */
    private static int answer(Dialect dialect, String statement, List<String> broken) {
        try {
            String plain = dialect.scoped(statement, MODE)
                    .map(Dialect.Scoped::statement)
                    .orElse(statement);
            Objects.requireNonNull(dialect.plan(dialect.normalise(plain, MODE), CONTEXT));
            return 0;
        } catch (SqlError e) {
            return e.code() == SqlErrorCode.PARSE_ERROR
                    ? WRONG_SYNTAX
                    : e.code().number();
        } catch (RuntimeException | StackOverflowError e) {
            broken.add(statement + ": " + e);
            return -1;
        }
    }

    private static BigDecimal percent(int all, int unread) {
        return new BigDecimal(100L * (all - unread)).divide(new BigDecimal(all), 2, RoundingMode.DOWN);
    }

    private static BigDecimal known() throws IOException {
        try (InputStream resource =
                Objects.requireNonNull(SuiteIT.class.getResourceAsStream("/replay/suite.percent"), "suite.percent")) {
            return new BigDecimal(new String(resource.readAllBytes(), StandardCharsets.US_ASCII).strip());
        }
    }

    private static List<String> shown(List<String> statements) throws IOException {
        Path all = Files.writeString(Path.of("target/suite-unread.txt"), String.join("\n;\n", statements));
        log.info("all of them are in {}", all.toAbsolutePath());
        return statements.subList(0, Math.min(SHOWN, statements.size()));
    }
}
