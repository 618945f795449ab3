package dev.ephpm.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** kill -9 of anything under write load: what was acknowledged is there, and nothing by halves. */
class CrashIT {
    private static final String HOST = "crash.test";
    private static final int CLIENTS = 6;

    private final Set<String> acknowledged = ConcurrentHashMap.newKeySet();
    private final AtomicInteger next = new AtomicInteger();
    private final AtomicBoolean writing = new AtomicBoolean(true);

    @Test
    void acknowledgedRowsSurviveTheDeathOfWorkersLauncherAndAppliance() throws Exception {
        try (Appliance appliance =
                new Appliance().set("php.workers", 4).site(HOST, site -> site.scripts("acknowledge.php"))) {
            appliance.start();
            appliance
                    .database(HOST)
                    .query(
                            "CREATE TABLE acknowledged (id BIGINT AUTO_INCREMENT PRIMARY KEY, v VARCHAR(30) NOT NULL, filler TEXT, UNIQUE KEY v (v)) ENGINE=InnoDB;"
                                    + "CREATE TABLE twins (id BIGINT AUTO_INCREMENT PRIMARY KEY, v VARCHAR(30) NOT NULL, UNIQUE KEY v (v)) ENGINE=InnoDB");
            List<Thread> clients = startClients(appliance);
            Random random = new Random(1);
            for (int round = 0; round < 6; round++) {
                awaitMore(40);
                killWorkers(appliance, random);
                awaitMore(40);
                appliance.phpLauncher().destroyForcibly();
                awaitMore(40);
                appliance.crash();
                appliance.start();
            }
            awaitMore(40);
            writing.set(false);
            for (Thread client : clients) {
                client.join();
            }
            assertNothingLost(appliance);
        }
    }

    private void assertNothingLost(Appliance appliance) {
        Database database = appliance.database(HOST);
        Set<String> kept = new HashSet<>(database.query("SELECT v FROM acknowledged"));
        Set<String> lost = new HashSet<>(acknowledged);
        lost.removeAll(kept);
        assertThat(lost).as("acknowledged but gone, of %d", acknowledged.size()).isEmpty();
        assertThat(new HashSet<>(database.query("SELECT v FROM twins")))
                .as("no transaction by halves")
                .isEqualTo(kept);
        String file = appliance.siteDirectory(HOST).resolve("ephpm.db").toString();
        assertThat(Command.of("sqlite3", "-readonly", file, "PRAGMA integrity_check")
                        .run()
                        .expectSuccess()
                        .output()
                        .strip())
                .isEqualTo("ok");
        System.out.println("acknowledged rows that survived: " + acknowledged.size());
    }

    private List<Thread> startClients(Appliance appliance) {
        List<Thread> clients = new ArrayList<>();
        for (int i = 0; i < CLIENTS; i++) {
            clients.add(Thread.ofPlatform().daemon().name("writer-" + i).start(() -> {
                while (writing.get()) {
                    write(appliance, "v" + next.getAndIncrement());
                }
            }));
        }
        return clients;
    }

    private void write(Appliance appliance, String value) {
        try {
            Answer answer = appliance.get(HOST, "/acknowledge.php?v=" + value);
            if (answer.status() == 200 && answer.complete() && answer.text().equals("kept " + value)) {
                acknowledged.add(value);
            }
        } catch (UncheckedIOException down) {
            java.util.concurrent.locks.LockSupport.parkNanos(
                    Duration.ofMillis(20).toNanos());
        }
    }

    private void awaitMore(int rows) {
        int goal = acknowledged.size() + rows;
        Eventually.within(
                Duration.ofSeconds(20), rows + " more rows are acknowledged", () -> acknowledged.size() >= goal);
    }

    private static void killWorkers(Appliance appliance, Random random) {
        appliance
                .phpLauncher()
                .children()
                .filter(worker -> random.nextBoolean())
                .forEach(ProcessHandle::destroyForcibly);
    }
}
