package dev.ephpm.sqldmanager;

import static dev.ephpm.sqldmanager.Fleets.PATIENCE;
import static dev.ephpm.sqldmanager.Fleets.sql;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.ephpm.config.SiteName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Statements, batches and streams on a real sqld with our extension. */
class HranaIT {
    private static final SiteName SITE = new SiteName("shop.example");

    @TempDir
    private static Path directory;

    private static SqldFleet fleet;
    private static HranaClient client;

    @BeforeAll
    static void start() throws IOException {
        fleet = SqldFleet.start(
                Fleets.settings(directory, Fleets.freeAddress(), Map.of()),
                new StreamLimits(20, Duration.ofSeconds(3), Duration.ofSeconds(30)));
        fleet.primary().create(SITE, PATIENCE);
        client = fleet.primary().hrana();
        run("CREATE TABLE item (id INTEGER PRIMARY KEY, name TEXT UNIQUE, price REAL, picture BLOB)");
    }

    @AfterAll
    static void stop() {
        fleet.close();
    }

    private static HranaResult run(String text, HranaValue... arguments) {
        return client.execute(SITE, sql(text, arguments), PATIENCE);
    }

    @Test
    void valuesOfEveryTypeComeBackAsTheyWent() {
        byte[] bytes = new byte[300];
        for (int index = 0; index < bytes.length; index++) {
            bytes[index] = (byte) index;
        }
        List<HranaValue> values = List.of(
                new HranaValue.Int64(Long.MIN_VALUE),
                new HranaValue.Int64(-1),
                new HranaValue.Int64(Long.MAX_VALUE),
                new HranaValue.Real(0.1),
                new HranaValue.Real(-1e300),
                new HranaValue.Text(""),
                new HranaValue.Text("Käse 奶酪 🧀 \u0001\n'\""),
                new HranaValue.Blob(new byte[0]),
                new HranaValue.Blob(bytes),
                HranaValue.Null.VALUE);
        HranaResult result = run("SELECT ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10", values.toArray(HranaValue[]::new));
        assertThat(result.rows()).containsExactly(values);
        assertThat(result.columns()).hasSize(10).startsWith("?1");
    }

    @Test
    void aWriteTellsRowsIdAndFrame() {
        HranaResult inserted = run("INSERT INTO item (name) VALUES ('a'), ('b')");
        assertThat(inserted.affectedRows()).isEqualTo(2);
        assertThat(inserted.lastInsertId()).isPresent();
        assertThat(inserted.replicationIndex()).isPresent();
        HranaResult next = run("UPDATE item SET price = 1 WHERE name IN ('a', 'b')");
        assertThat(next.affectedRows()).isEqualTo(2);
        assertThat(next.replicationIndex().getAsLong())
                .isGreaterThan(inserted.replicationIndex().getAsLong());
    }

    @Test
    void aRefusalHasSqlitesWordsAndCode() {
        run("INSERT INTO item (name) VALUES ('once')");
        SqldException refused =
                catchThrowableOfType(SqldException.class, () -> run("INSERT INTO item (name) VALUES ('once')"));
        assertThat(refused.reason()).isEqualTo(SqldException.Reason.REFUSED);
        assertThat(refused.error())
                .hasValue(new HranaError("SQLite error: UNIQUE constraint failed: item.name", "SQLITE_CONSTRAINT"));
        assertThat(catchThrowableOfType(SqldException.class, () -> run("SELEC"))
                        .error()
                        .orElseThrow()
                        .code())
                .isEqualTo("SQL_PARSE_ERROR");
    }

    @Test
    void aChainEndsAtItsFirstRefusalAndTheTransactionStaysOpen() {
        try (HranaStream stream = client.open(SITE)) {
            List<StepOutcome> outcomes = stream.run(
                    HranaBatch.chain(List.of(
                            sql("BEGIN"),
                            sql("INSERT INTO item (name) VALUES ('chained')"),
                            sql("SELECT missing"),
                            sql("COMMIT"))),
                    PATIENCE);
            assertThat(outcomes.get(1)).isInstanceOf(StepOutcome.Done.class);
            assertThat(outcomes.get(2)).isInstanceOf(StepOutcome.Refused.class);
            assertThat(outcomes.get(3)).isInstanceOf(StepOutcome.Skipped.class);
            assertThat(stream.isAutocommit(PATIENCE)).isFalse();
        }
        assertThat(count("chained")).isZero();
    }

    /** Without conditions the rest would be run and committed one by one. */
    @Test
    void aRefusedBeginLetsNothingOfATransactionThrough() {
        try (HranaStream stream = client.open(SITE)) {
            stream.execute(sql("BEGIN"), PATIENCE);
            List<StepOutcome> outcomes = stream.run(
                    HranaBatch.transaction(List.of(sql("INSERT INTO item (name) VALUES ('stray')"))), PATIENCE);
            assertThat(outcomes.getFirst()).isInstanceOf(StepOutcome.Refused.class);
            assertThat(outcomes.subList(1, 4)).allMatch(StepOutcome.Skipped.class::isInstance);
            assertThat(stream.isAutocommit(PATIENCE))
                    .as("not rolled back either")
                    .isFalse();
        }
        assertThat(count("stray")).isZero();
    }

    @Test
    void aBatchTellsTheFrameItEndedWith() {
        long before = run("INSERT INTO item (name) VALUES ('framed')")
                .replicationIndex()
                .getAsLong();
        try (HranaStream stream = client.open(SITE)) {
            List<StepOutcome> outcomes = stream.run(
                    HranaBatch.transaction(List.of(sql("INSERT INTO item (name) VALUES ('batched')"))), PATIENCE);
            assertThat(outcomes.get(3)).as("ROLLBACK").isInstanceOf(StepOutcome.Skipped.class);
            assertThat(((StepOutcome.Done) outcomes.get(2))
                            .result()
                            .replicationIndex()
                            .getAsLong())
                    .isGreaterThan(before);
        }
    }

    @Test
    void aTransactionThatFailsInTheMiddleIsRolledBack() {
        try (HranaStream stream = client.open(SITE)) {
            List<StepOutcome> outcomes = stream.run(
                    HranaBatch.transaction(List.of(
                            sql("INSERT INTO item (name) VALUES ('half')"), sql("INSERT INTO nowhere VALUES (1)"))),
                    PATIENCE);
            assertThat(outcomes.get(4)).as("ROLLBACK").isInstanceOf(StepOutcome.Done.class);
            assertThat(stream.isAutocommit(PATIENCE)).isTrue();
        }
        assertThat(count("half")).isZero();
    }

    @Test
    void conditionsCombine() {
        HranaBatch batch = new HranaBatch.Builder(sql("SELECT 1"))
                .step(new HranaCondition.Failed(0), sql("SELECT 2"))
                .step(
                        new HranaCondition.Any(
                                List.of(new HranaCondition.Succeeded(1), new HranaCondition.IsAutocommit())),
                        sql("SELECT 3"))
                .step(
                        new HranaCondition.All(List.of(
                                new HranaCondition.Succeeded(2),
                                new HranaCondition.Not(new HranaCondition.Succeeded(1)))),
                        sql("SELECT 4"))
                .build();
        try (HranaStream stream = client.open(SITE)) {
            assertThat(stream.run(batch, PATIENCE))
                    .map(Object::getClass)
                    .containsExactly(
                            StepOutcome.Done.class,
                            StepOutcome.Skipped.class,
                            StepOutcome.Done.class,
                            StepOutcome.Done.class);
        }
    }

    private static long count(String name) {
        return ((HranaValue.Int64) run("SELECT count(*) FROM item WHERE name = ?1", new HranaValue.Text(name))
                        .rows()
                        .getFirst()
                        .getFirst())
                .value();
    }

    /** sqld ends a stream after 10 s of silence, and lends its write lock to others after 5 s, were it not told otherwise. */
    @Test
    void aTransactionSurvivesTwelveSecondsOfSilenceWhileAnotherWantsToWrite() throws InterruptedException {
        try (HranaStream first = client.open(SITE);
                HranaStream second = client.open(SITE)) {
            first.execute(sql("BEGIN IMMEDIATE"), PATIENCE);
            first.execute(sql("INSERT INTO item (name) VALUES ('patient')"), PATIENCE);
            Thread other = Thread.ofPlatform()
                    .start(() -> second.execute(sql("INSERT INTO item (name) VALUES ('other')"), PATIENCE));
            Thread.sleep(Duration.ofSeconds(12));
            assertThat(other.isAlive()).as("the other waits").isTrue();
            HranaResult committed = first.execute(sql("COMMIT"), PATIENCE);
            assertThat(committed.replicationIndex()).isNotEqualTo(OptionalLong.empty());
            other.join();
        }
        assertThat(count("patient") + count("other")).isEqualTo(2);
    }

    @Test
    void anAbandonedTransactionIsRolledBackAndItsOwnerTold() throws InterruptedException {
        HranaClient impatient = new HranaClient(
                fleet.primary()::endpoint, new StreamLimits(1, Duration.ofMillis(100), Duration.ofSeconds(1)));
        HranaStream stream = impatient.open(SITE);
        stream.execute(sql("BEGIN"), PATIENCE);
        long started = System.nanoTime();
        Fleets.await("the end of the transaction", () -> {
            impatient.tendStreams();
            return stream.hasEnded();
        });
        assertThat(Duration.ofNanos(System.nanoTime() - started)).isGreaterThan(Duration.ofSeconds(1));
        assertThatThrownBy(() -> stream.execute(sql("COMMIT"), PATIENCE))
                .isInstanceOfSatisfying(
                        SqldException.class, e -> assertThat(e.reason()).isEqualTo(SqldException.Reason.STREAM_ENDED))
                .hasMessageContaining("rolled back");
    }

    /** Recursion keeps sqld busy for as long as is wanted. */
    @Test
    void anAnswerThatDoesNotComeIsAnUnknownOutcomeAndTheStreamIsOver() {
        String slow =
                "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 3000000) SELECT count(*) FROM n";
        try (HranaStream stream = client.open(SITE)) {
            assertThat(catchThrowableOfType(
                                    SqldException.class, () -> stream.execute(sql(slow), Duration.ofMillis(100)))
                            .reason())
                    .isEqualTo(SqldException.Reason.UNKNOWN_OUTCOME);
            assertThat(catchThrowableOfType(SqldException.class, () -> stream.execute(sql("SELECT 1"), PATIENCE))
                            .reason())
                    .isEqualTo(SqldException.Reason.STREAM_ENDED);
        }
    }

    @Test
    void aWaitCanBeCancelled() throws InterruptedException {
        String slow =
                "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 30000000) SELECT count(*) FROM n";
        try (HranaStream stream = client.open(SITE)) {
            stream.cancel();
            stream.execute(sql("SELECT 1"), PATIENCE);
            AtomicReference<SqldException.Reason> reason = new AtomicReference<>();
            Thread waiting = Thread.ofPlatform().start(() -> {
                try {
                    stream.execute(sql(slow), PATIENCE);
                } catch (SqldException e) {
                    reason.set(e.reason());
                }
            });
            while (waiting.isAlive()) {
                stream.cancel();
                waiting.join(10);
            }
            assertThat(reason).hasValue(SqldException.Reason.UNKNOWN_OUTCOME);
        }
    }

    @Test
    void noMoreStreamsThanAllowed() {
        List<HranaStream> open = new ArrayList<>();
        try {
            SqldException refused = catchThrowableOfType(SqldException.class, () -> {
                for (int index = 0; index <= 20; index++) {
                    HranaStream stream = client.open(SITE);
                    open.add(stream);
                    stream.execute(sql("SELECT 1"), PATIENCE);
                }
            });
            assertThat(refused.reason()).isEqualTo(SqldException.Reason.OVERLOADED);
        } finally {
            open.forEach(HranaStream::close);
        }
        assertThat(run("SELECT 1").rows()).hasSize(1);
    }

    @Test
    void anAnswerOverTheLimitIsRefusedAndNothingElseSuffers() {
        assertThatThrownBy(() -> run("SELECT zeroblob(60000000), zeroblob(60000000)"))
                .isInstanceOf(SqldException.class);
        assertThat(run("SELECT length(zeroblob(30000000))").rows()).hasSize(1);
    }

    @Test
    void aLargeRowGoesInAndComesOut() {
        byte[] large = new byte[12_000_000];
        large[large.length - 1] = 7;
        run("INSERT INTO item (name, picture) VALUES ('large', ?1)", new HranaValue.Blob(large));
        assertThat(run("SELECT picture FROM item WHERE name = 'large'").rows().getFirst())
                .containsExactly(new HranaValue.Blob(large));
    }

    @Test
    void anUnknownSiteIsRefused() {
        assertThat(catchThrowableOfType(
                                SqldException.class,
                                () -> client.execute(new SiteName("nobody.example"), sql("SELECT 1"), PATIENCE))
                        .reason())
                .isEqualTo(SqldException.Reason.REFUSED);
    }

    /** The second wall: litewire lets none of these through in the first place. */
    @Test
    void sqlCannotReadOrWriteFiles() throws IOException {
        Path secret = Files.writeString(directory.resolve("secret"), "secret");
        Path target = directory.resolve("written");
        for (String statement : List.of(
                "SELECT readfile('" + secret + "')",
                "SELECT writefile('" + target + "', 'x')",
                "SELECT writefile('" + target + "', 'x', 420)",
                "SELECT writefile('" + target + "', 'x', 420, 0)",
                "SELECT data FROM fsdir('" + secret + "')",
                "CREATE VIRTUAL TABLE stolen USING fsdir('" + secret + "')")) {
            assertThatThrownBy(() -> run(statement)).as(statement).isInstanceOf(SqldException.class);
        }
        assertThat(target).doesNotExist();
        run("CREATE TABLE bait (x)");
        assertThatThrownBy(() -> run("CREATE TRIGGER bite AFTER INSERT ON bait BEGIN SELECT writefile('" + target
                        + "', 'x'); END; INSERT INTO bait VALUES (1)"))
                .isInstanceOf(SqldException.class);
        assertThat(target).doesNotExist();
    }
}
