package dev.ephpm.walreplication;

import static java.util.Objects.requireNonNull;

import dev.ephpm.config.SiteName;
import dev.ephpm.walreplication.MoveJournal.Entry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * This node in the act of becoming a site's home, by a planned move or by a promotion after the former home was lost. A call that
 * fails or is cut off may be repeated, by the same process or a later one; the journal says where it stands. One call for a site
 * at a time; the caller sees to that.
 *
 * <p>Until a call has returned, or {@link #isUnfinished} says false, the site's writes must not be let in here.
 */
public final class NewHome {
    private static final long PAUSE_MILLIS = 1;

    private final String name;
    private final SqldControl primary;
    private final Function<String, SqldControl> replicas;
    private final LeaseStore leases;
    private final DatabaseCopy copy;
    private final MoveJournal journal;
    private final Duration patience;

    /**
     * @param name of this node
     * @param replicas this node's replica process of a home, by the home's name
     * @param journals directory of the journals
     * @param patience how long a planned move waits for the copy here to catch up while writes are blocked
     */
    public NewHome(
            String name,
            SqldControl primary,
            Function<String, SqldControl> replicas,
            LeaseStore leases,
            DatabaseCopy copy,
            Path journals,
            Duration patience) {
        this.name = requireNonNull(name, "name is null");
        this.primary = requireNonNull(primary, "primary is null");
        this.replicas = requireNonNull(replicas, "replicas is null");
        this.leases = requireNonNull(leases, "leases is null");
        this.copy = requireNonNull(copy, "copy is null");
        journal = new MoveJournal(journals);
        this.patience = requireNonNull(patience, "patience is null");
    }

    /** The sites whose move or promotion was begun here and is not finished. */
    public List<SiteName> unfinished() {
        return journal.sites();
    }

    /** Whether the database may be incomplete here, so that nothing must be written yet. */
    public boolean isUnfinished(SiteName site) {
        return journal.read(site)
                .filter(entry -> entry.step() != MoveStep.FOLLOW)
                .isPresent();
    }

    /**
     * Moves the site here without losing a write. Writes pause from the first step until this node has the lease; reads go on.
     *
     * @param from the present home
     * @param followers all other nodes with a copy, the present home among them in its later role
     * @throws ReplicationException if a step did not succeed. Before the lease has passed everything is undone and the former home
     *     writes again, as far as it can be reached; after it, the call has to be repeated.
     */
    public void move(SiteName site, HomeNode from, List<FollowerNode> followers) {
        Entry entry = begin(site, from);
        if (entry.step() != MoveStep.FOLLOW) {
            try {
                entry = takeOver(entry, from);
            } catch (ReplicationException e) {
                undoUnlessSwitched(entry, from, e);
                throw e;
            }
        }
        follow(entry, from, followers);
        journal.remove(site);
    }

    /**
     * Makes the copy here the site's database after its home was lost. This node has to hold the lease already.
     *
     * @param formerHome whose copy it is
     * @return up to where the former home's log was carried over; empty if that cannot be told. The former home needs it for
     *     {@link HomeNode#retire}
     */
    public Optional<Position> promote(SiteName site, String formerHome, List<FollowerNode> followers) {
        long epoch = requireLease(site);
        Entry entry = journal.read(site)
                .orElseGet(() -> new Entry(site, formerHome, epoch - 1, MoveStep.COPY, Optional.empty()));
        if (entry.step() != MoveStep.FOLLOW) {
            // Read before the copy is made, so that the copy has at least this.
            entry = entry.at(MoveStep.COPY).blockedAt(files(formerHome, site).replicaPosition());
            journal.write(entry);
            place(entry);
            entry = advance(entry, MoveStep.FOLLOW);
        }
        follow(entry, null, followers);
        journal.remove(site);
        return entry.end();
    }

    private long requireLease(SiteName site) {
        LeaseRecord record = leases.read(site).orElse(null);
        if (record == null || !record.holder().equals(name)) {
            throw new ReplicationException(
                    ReplicationException.Code.NOT_THE_HOLDER,
                    name + " cannot be promoted for " + site + " without its lease: " + record);
        }
        return record.epoch();
    }

    private Entry begin(SiteName site, HomeNode from) {
        LeaseRecord record = leases.read(site).orElse(null);
        Entry before = journal.read(site).orElse(null);
        if (before != null && record != null && hasSwitched(before, record)) {
            return before.at(MoveStep.FOLLOW);
        }
        if (record == null || !record.holder().equals(from.name())) {
            journal.remove(site);
            throw new ReplicationException(
                    ReplicationException.Code.NOT_THE_HOLDER,
                    "cannot move " + site + " from " + from.name() + ": its lease is " + record);
        }
        // An interrupted move begins anew: what happened at the home meanwhile is not known here.
        Entry entry = new Entry(site, from.name(), record.epoch(), MoveStep.BLOCK, Optional.empty());
        journal.write(entry);
        return entry;
    }

    private boolean hasSwitched(Entry entry, LeaseRecord record) {
        return record.holder().equals(name) && record.epoch() == entry.epoch() + 1;
    }

    private Entry takeOver(Entry begun, HomeNode from) {
        SiteName site = begun.site();
        Optional<Position> end = from.block(site);
        Entry entry = advance(begun.blockedAt(end), MoveStep.CATCH_UP);
        if (end.isPresent()) {
            awaitPosition(site, from.name(), end.get());
        }
        entry = advance(entry, MoveStep.COPY);
        place(entry);
        entry = advance(entry, MoveStep.SWITCH);
        from.handOver(site, name, end);
        return advance(entry, MoveStep.FOLLOW);
    }

    private Entry advance(Entry entry, MoveStep next) {
        Entry advanced = entry.at(next);
        journal.write(advanced);
        return advanced;
    }

    /** Steps COPY and CREATE. */
    private void place(Entry entry) {
        SiteName site = entry.site();
        primary.delete(site);
        Path copied = replicas.apply(entry.from()).directory(site).resolve("data");
        new SiteDirectory(primary.directory(site)).place(copied, copy);
        journal.write(entry.at(MoveStep.CREATE));
        primary.create(site);
        primary.blockWrites(site, false);
    }

    private LogFiles files(String home, SiteName site) {
        return new LogFiles(replicas.apply(home).directory(site));
    }

    private void awaitPosition(SiteName site, String home, Position end) {
        LogFiles files = files(home, site);
        long deadline = System.nanoTime() + patience.toNanos();
        Optional<Position> here = files.replicaPosition();
        while (here.filter(position -> position.reaches(end)).isEmpty()) {
            if (System.nanoTime() >= deadline) {
                throw new ReplicationException(
                        ReplicationException.Code.WRONG_STATE,
                        "cannot move " + site + " here: the copy is at " + here + " and did not get to " + end
                                + " within " + patience);
            }
            pause();
            here = files.replicaPosition();
        }
    }

    private static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ReplicationException(ReplicationException.Code.WRONG_STATE, "interrupted while waiting", e);
        }
    }

    /**
     * The store alone knows whether the lease has passed; if it does not answer, nothing is undone. A hand-over that is still on
     * its way must not arrive after the undoing, so the record that it would replace is replaced first.
     */
    private void undoUnlessSwitched(Entry entry, HomeNode from, ReplicationException cause) {
        SiteName site = entry.site();
        try {
            LeaseRecord record = leases.read(site).orElse(null);
            if (record == null || hasSwitched(entry, record) || !leases.replace(record, record.renewed())) {
                return;
            }
            primary.delete(site);
            // What was placed before sqld knew of it.
            new SiteDirectory(primary.directory(site)).clear();
            from.unblock(site);
            journal.remove(site);
        } catch (ReplicationException e) {
            cause.addSuppressed(e);
        }
    }

    /**
     * The order matters: a replica that has a site loaded which its primary no longer knows asks for it thousands of times a
     * second. So it is deleted on the replicas, on the primary, and once more where a late read has touched it again.
     */
    private void follow(Entry entry, @Nullable HomeNode from, List<FollowerNode> followers) {
        SiteName site = entry.site();
        Failures failures = new Failures();
        for (FollowerNode follower : followers) {
            failures.run(() -> follower.leave(site, entry.from()));
        }
        failures.run(() -> replicas.apply(entry.from()).delete(site));
        if (from != null) {
            failures.run(() -> from.retire(site, entry.epoch(), entry.end()));
        }
        for (FollowerNode follower : followers) {
            failures.run(() -> {
                follower.leave(site, entry.from());
                follower.join(site, name);
            });
        }
        failures.run(() -> replicas.apply(entry.from()).delete(site));
        failures.rethrow();
    }

    /** One node that cannot be reached does not keep the others from following. */
    private static final class Failures {
        private @Nullable ReplicationException first;

        void run(Runnable action) {
            try {
                action.run();
            } catch (ReplicationException e) {
                if (first == null) {
                    first = e;
                } else {
                    first.addSuppressed(e);
                }
            }
        }

        void rethrow() {
            if (first != null) {
                throw first;
            }
        }
    }
}
