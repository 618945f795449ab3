package dev.ephpm.sqldmanager;

import dev.ephpm.config.SiteName;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.function.Supplier;

/** The admin port of one sqld: namespaces, which are sites. Blocking; any number of threads. */
public final class SqldAdmin {
    private static final int MOST_CONNECTIONS = 32;
    private static final int ANSWER_LIMIT = 1 << 20;
    private static final int OK = 200;
    private static final int TOO_MANY_REQUESTS = 429;
    private static final int SERVER_ERROR = 500;

    private final LoopbackConnections connections;

    SqldAdmin(Supplier<Endpoint> endpoint) {
        connections = new LoopbackConnections(endpoint, MOST_CONNECTIONS, ANSWER_LIMIT);
    }

    /** Makes a site's namespace on a primary, of the file placed there if there is one. REFUSED if it exists. */
    public void create(SiteName site, Duration patience) {
        call("POST", path(site, "/create"), NamespaceConfig.creationJson(), patience, "create the database of " + site);
    }

    /** Removes a site with its files. Elsewhere it may come back: see {@link SiteRemoval}. */
    public void delete(SiteName site, Duration patience) {
        call("DELETE", path(site, ""), "", patience, "delete the database of " + site);
    }

    /** On a primary. Ends the replicas' streams; they come back by themselves. */
    public void configure(SiteName site, NamespaceConfig config, Duration patience) {
        call("POST", path(site, "/config"), config.toJson(), patience, "configure the database of " + site);
    }

    public NamespaceConfig configuration(SiteName site, Duration patience) {
        String action = "read the configuration of the database of " + site;
        HttpAnswer answer = call("GET", path(site, "/config"), "", patience, action);
        try {
            return AdminAnswers.config(answer.body());
        } catch (IOException e) {
            throw unreadable(action, e);
        }
    }

    /** Opens the namespace if it is not open: on a replica replication starts by this. REFUSED if there is none. */
    public NamespaceStats stats(SiteName site, Duration patience) {
        String action = "open the database of " + site;
        HttpAnswer answer = call("GET", path(site, "/stats"), "", patience, action);
        try {
            return AdminAnswers.stats(answer.body());
        } catch (IOException e) {
            throw unreadable(action, e);
        }
    }

    /** Brings the write-ahead log into the data file and empties it. A primary vacuums its log too. */
    public void checkpoint(SiteName site, Duration patience) {
        call("POST", path(site, "/checkpoint"), "", patience, "checkpoint the database of " + site);
    }

    private static String path(SiteName site, String rest) {
        return "/v1/namespaces/" + site + rest;
    }

    private static SqldException unreadable(String action, IOException cause) {
        return new SqldException(
                SqldException.Reason.UNKNOWN_OUTCOME,
                "cannot " + action + ": sqld's answer is not understood: " + cause.getMessage(),
                cause);
    }

    private HttpAnswer call(String method, String path, String json, Duration patience, String action) {
        byte[] body = json.getBytes(StandardCharsets.UTF_8);
        HttpAnswer answer;
        try (LoopbackConnections.Lease lease = connections.borrow()) {
            String type = json.isEmpty() ? "" : "content-type: application/json\r\n";
            byte[] head = HttpRequestHead.of(method, path, lease.endpoint(), type, body.length);
            answer = exchange(lease, head, body, patience, action);
        }
        if (answer.status() != OK) {
            throw new SqldException(reason(answer.status()), "cannot " + action + ": " + answer.text());
        }
        return answer;
    }

    private static HttpAnswer exchange(
            LoopbackConnections.Lease lease, byte[] head, byte[] body, Duration patience, String action) {
        try {
            return lease.connection().exchange(head, body, patience);
        } catch (IOException e) {
            lease.spoil();
            throw new SqldException(
                    SqldException.Reason.UNKNOWN_OUTCOME,
                    "cannot " + action + ": no answer within " + patience.toMillis() + " ms (" + e.getMessage() + ")",
                    e);
        }
    }

    private static SqldException.Reason reason(int status) {
        if (status == TOO_MANY_REQUESTS) {
            return SqldException.Reason.OVERLOADED;
        }
        return status >= SERVER_ERROR ? SqldException.Reason.UNKNOWN_OUTCOME : SqldException.Reason.REFUSED;
    }

    void reset() {
        connections.close();
    }
}
