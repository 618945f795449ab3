package dev.ephpm.litewire.sqlite;

import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One transaction for a write and those that wait behind it: one commit, one wait for the disk, and nobody has to be woken
 * before the next write can begin. Each of the others can fail alone. Used by the thread that has the writer.
 */
final class JoinedTransaction {
    /** So that the first is not kept waiting for long. */
    private static final int MOST_JOINED = 64;

    private static final Duration LONGEST_JOINING = Duration.ofMillis(5);

    private static final String SAVEPOINT = "litewire_joined";

    private final SqliteConnection writer;
    private final WriterTurns turns;
    private final List<WriterTurns.Turn> joined = new ArrayList<>(0);
    private @Nullable Throwable failure;

    JoinedTransaction(SqliteConnection writer, WriterTurns turns) {
        this.writer = writer;
        this.turns = turns;
    }

    /** Throws what the first write, or the commit, fails with. */
    void run(JoinedWrite first) throws SQLException {
        try {
            writer.foreignKeys(first.foreignKeys());
            writer.execute("BEGIN IMMEDIATE");
            first.run(writer);
            if (first.joins()) {
                joinOthers(first.foreignKeys());
            }
            // What has ended the transaction by itself has failed.
            writer.execute("COMMIT");
        } catch (SQLException | RuntimeException | Error e) {
            failure = e;
            undo(first);
            throw e;
        }
    }

    private void joinOthers(boolean foreignKeys) throws SQLException {
        long end = System.nanoTime() + LONGEST_JOINING.toNanos();
        while (joined.size() < MOST_JOINED && System.nanoTime() - end < 0) {
            WriterTurns.Turn next = turns.join(foreignKeys);
            if (next == null) {
                return;
            }
            Throwable refused = runJoined(next.write());
            if (refused == null) {
                joined.add(next);
            } else {
                WriterTurns.done(next, refused);
            }
            if (!writer.inTransaction()) {
                throw new UndoneTogetherException();
            }
        }
    }

    private @Nullable Throwable runJoined(JoinedWrite write) {
        try {
            writer.execute("SAVEPOINT " + SAVEPOINT);
            write.run(writer);
            writer.execute("RELEASE " + SAVEPOINT);
            return null;
        } catch (SQLException | RuntimeException | Error e) {
            undoJoined(write, e);
            return e;
        }
    }

    private void undoJoined(JoinedWrite write, Throwable cause) {
        try {
            if (writer.inTransaction()) {
                writer.execute("ROLLBACK TO " + SAVEPOINT);
                writer.execute("RELEASE " + SAVEPOINT);
            }
            write.undone(writer);
        } catch (SQLException | RuntimeException e) {
            cause.addSuppressed(e);
        }
    }

    private void undo(JoinedWrite first) {
        try {
            if (writer.inTransaction()) {
                writer.execute("ROLLBACK");
            }
            first.undone(writer);
            for (WriterTurns.Turn turn : joined) {
                turn.write().undone(writer);
            }
        } catch (SQLException | RuntimeException e) {
            // The pool closes a writer that is still in a transaction.
            if (failure != null) {
                failure.addSuppressed(e);
            }
        }
    }

    /** Tells the others how it ended. To be called when the writer has been passed on. */
    void tell() {
        joined.forEach(turn -> WriterTurns.done(turn, failure));
    }
}
