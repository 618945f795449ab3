package dev.ephpm.litewire.replay;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** Clients that do the same thing at the same time, each on a connection of its own, again and again. */
final class Crowd {
    static final int CLIENTS = 32;

    private static final int TICK_MILLIS = 500;
    private static final long LONGEST_SECONDS = 60;

    private final Connector connector;
    private final Duration time;

    Crowd(Connector connector, Duration time) {
        this.connector = connector;
        this.time = time;
    }

    /** Connects to the server under test. */
    interface Connector {
        Connection connect() throws SQLException;
    }

    /** What a client does once; false when the server refused it and it is to be tried again. */
    interface Deed {
        boolean attempt(Client client) throws SQLException;
    }

    /** One of the clients. */
    final class Client {
        private final int number;
        private final int[] ticks = new int[(int) (time.toMillis() / TICK_MILLIS) + 1];
        private Connection connection;
        private int done;
        private int refused;

        Client(int number) throws SQLException {
            this.number = number;
            this.connection = connector.connect();
        }

        int number() {
            return number;
        }

        /** How many deeds are done. */
        int done() {
            return done;
        }

        Connection connection() {
            return connection;
        }

        void execute(String sql) throws SQLException {
            Sql.execute(connection, sql);
        }

        long update(String sql) throws SQLException {
            return Sql.update(connection, sql);
        }

        long number(String sql) throws SQLException {
            return Sql.number(connection, sql);
        }

        /** Leaves without a word and comes back. */
        void breakOff() throws SQLException {
            connection.abort(Runnable::run);
            connection = connector.connect();
        }

        private void run(Deed deed, long start) throws SQLException {
            try {
                long now = System.nanoTime();
                while (now - start < time.toNanos()) {
                    if (deed.attempt(this)) {
                        done++;
                        now = System.nanoTime();
                        int tick = (int) ((now - start) / 1_000_000 / TICK_MILLIS);
                        ticks[Math.min(tick, ticks.length - 1)]++;
                    } else {
                        refused++;
                        now = System.nanoTime();
                    }
                }
            } finally {
                connection.close();
            }
        }
    }

    /**
     * What all clients together have done.
     *
     * @param least deeds of the client that got the least done
     * @param most deeds of the one that got the most done
     * @param refused attempts the server refused
     * @param idleTicks half seconds in which some client got nothing done
     */
    record Report(long done, int least, int most, long refused, int idleTicks) {}

    Report run(Deed deed) throws Exception {
        List<Client> clients = new ArrayList<>();
        for (int i = 0; i < CLIENTS; i++) {
            clients.add(new Client(i));
        }
        CountDownLatch begin = new CountDownLatch(1);
        try (ExecutorService threads = Executors.newFixedThreadPool(CLIENTS)) {
            List<Future<?>> running = new ArrayList<>();
            for (Client client : clients) {
                running.add(threads.submit(() -> {
                    begin.await();
                    client.run(deed, System.nanoTime());
                    return null;
                }));
            }
            begin.countDown();
            for (Future<?> one : running) {
                await(one);
            }
        }
        return report(clients);
    }

    private static void await(Future<?> client) throws Exception {
        try {
            client.get(LONGEST_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw new AssertionError("a client failed", e.getCause());
        }
    }

    private static Report report(List<Client> clients) {
        int idle = 0;
        for (Client client : clients) {
            int[] whole = Arrays.copyOf(client.ticks, client.ticks.length - 1);
            idle += (int) Arrays.stream(whole).filter(count -> count == 0).count();
        }
        return new Report(
                clients.stream().mapToLong(client -> client.done).sum(),
                clients.stream().mapToInt(client -> client.done).min().orElse(0),
                clients.stream().mapToInt(client -> client.done).max().orElse(0),
                clients.stream().mapToLong(client -> client.refused).sum(),
                idle);
    }
}
