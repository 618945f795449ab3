package dev.ephpm.node;

import dev.ephpm.config.SiteName;
import dev.ephpm.sqldmanager.NamespaceConfig;
import dev.ephpm.sqldmanager.SqldException;
import dev.ephpm.sqldmanager.SqldServer;
import dev.ephpm.walreplication.ReplicationException;
import dev.ephpm.walreplication.SqldControl;
import java.nio.file.Path;
import java.time.Duration;

/**
 * An sqld of this node as replication works with it.
 *
 * @param patience how long to wait for each answer
 */
record SqldServerControl(SqldServer server, Duration patience) implements SqldControl {
    private static final String FENCE = "another region takes the writes of this site, or will";

    @Override
    public void create(SiteName site) {
        run("create " + site, () -> {
            if (!knows(site)) {
                server.create(site, patience);
            }
        });
    }

    private boolean knows(SiteName site) {
        try {
            server.admin().stats(site, patience);
            return true;
        } catch (SqldException e) {
            if (e.reason() == SqldException.Reason.REFUSED) {
                return false;
            }
            throw e;
        }
    }

    @Override
    public void delete(SiteName site) {
        run("delete " + site, () -> server.delete(site, patience));
    }

    @Override
    public void blockWrites(SiteName site, boolean blocked) {
        NamespaceConfig config = blocked ? NamespaceConfig.writesBlocked(FENCE) : NamespaceConfig.OPEN;
        run("block " + site, () -> server.admin().configure(site, config, patience));
    }

    @Override
    public void touch(SiteName site) {
        run("touch " + site, () -> server.follow(site, patience));
    }

    @Override
    public Path directory(SiteName site) {
        return server.files(site);
    }

    private static void run(String action, Runnable work) {
        try {
            work.run();
        } catch (SqldException e) {
            throw replication(action, e);
        }
    }

    private static ReplicationException replication(String action, SqldException e) {
        return new ReplicationException(kind(e), "cannot " + action + ": " + e.getMessage(), e);
    }

    private static ReplicationException.Code kind(SqldException e) {
        return switch (e.reason()) {
            case REFUSED -> ReplicationException.Code.UNKNOWN_SITE;
            case UNREACHABLE, UNKNOWN_OUTCOME, OVERLOADED, UNAVAILABLE, STREAM_ENDED ->
                ReplicationException.Code.UNREACHABLE;
            case INVALID -> ReplicationException.Code.WRONG_STATE;
        };
    }
}
