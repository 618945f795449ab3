package dev.ephpm.sqldmanager;

import dev.ephpm.config.SiteName;
import java.io.IOException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Speaks Hrana 3 over HTTP to one sqld on loopback, blocking the caller. Any number of threads; a stream belongs to one at a time.
 *
 * <p>Nothing is sent twice: what got no answer is {@link SqldException.Reason#UNKNOWN_OUTCOME}.
 */
public final class HranaClient {
    private static final Logger LOGGER = LoggerFactory.getLogger(HranaClient.class);
    private static final String PATH = "/v3/pipeline";
    private static final int OK = 200;
    private static final int BAD_REQUEST = 400;
    private static final int UNAUTHORIZED = 401;
    private static final int TOO_MANY_REQUESTS = 429;
    private static final int SERVER_ERROR = 500;

    private final LoopbackConnections connections;
    private final StreamLimits limits;
    private final Set<HranaStream> streams = ConcurrentHashMap.newKeySet();

    HranaClient(Supplier<Endpoint> endpoint, StreamLimits limits) {
        this.limits = limits;
        this.connections = new LoopbackConnections(endpoint, limits.streams(), SqldCommand.ANSWER_LIMIT);
    }

    /** A stream, which is one SQLite connection from its first statement on. Costs nothing yet. */
    public HranaStream open(SiteName site) {
        return new HranaStream(this, site);
    }

    /**
     * Runs one statement by itself, in one round trip.
     *
     * @param patience how long to wait for the answer
     */
    public HranaResult execute(SiteName site, HranaStatement statement, Duration patience) {
        byte[] request = PipelineRequest.execute(null, statement, true);
        return switch (exchange(site, request, false, patience, new InFlight()).first()) {
            case PipelineResponse.Executed(HranaResult result) -> result;
            case PipelineResponse.Refused(HranaError error) -> throw new SqldException(refusal(site), error);
            case PipelineResponse.Result other -> throw unexpected(site, other);
        };
    }

    static String refusal(SiteName site) {
        return "the database of " + site + " refuses a statement";
    }

    static SqldException unexpected(SiteName site, PipelineResponse.Result other) {
        return new SqldException(
                SqldException.Reason.UNKNOWN_OUTCOME,
                "sqld gave an answer for " + site + " that does not fit the request: "
                        + other.getClass().getSimpleName());
    }

    /** @param onStream the request names a stream that is open already */
    PipelineResponse exchange(SiteName site, byte[] request, boolean onStream, Duration patience, InFlight inFlight) {
        HttpAnswer answer;
        try (LoopbackConnections.Lease lease = connections.borrow()) {
            byte[] head =
                    HttpRequestHead.of("POST", PATH, lease.endpoint(), HttpRequestHead.namespace(site), request.length);
            inFlight.begin(lease.connection());
            try {
                answer = exchange(lease, head, request, site, patience);
            } finally {
                inFlight.end();
            }
        }
        if (answer.status() != OK) {
            throw failure(site, answer, onStream);
        }
        try {
            return PipelineResponse.read(answer.body());
        } catch (IOException | IllegalArgumentException e) {
            throw new SqldException(
                    SqldException.Reason.UNKNOWN_OUTCOME,
                    "sqld's answer for " + site + " cannot be read: " + e.getMessage(),
                    e);
        }
    }

    private static HttpAnswer exchange(
            LoopbackConnections.Lease lease, byte[] head, byte[] body, SiteName site, Duration patience) {
        try {
            return lease.connection().exchange(head, body, patience);
        } catch (IOException e) {
            lease.spoil();
            throw new SqldException(
                    SqldException.Reason.UNKNOWN_OUTCOME,
                    "no answer from the database of " + site + " within " + patience.toMillis() + " ms ("
                            + e.getMessage() + "); what was asked may have been done",
                    e);
        }
    }

    private static SqldException failure(SiteName site, HttpAnswer answer, boolean onStream) {
        SqldException.Reason reason = switch (answer.status()) {
            case TOO_MANY_REQUESTS -> SqldException.Reason.OVERLOADED;
            case UNAUTHORIZED -> SqldException.Reason.UNAVAILABLE;
            case BAD_REQUEST -> onStream ? SqldException.Reason.STREAM_ENDED : SqldException.Reason.REFUSED;
            default ->
                answer.status() >= SERVER_ERROR ? SqldException.Reason.UNKNOWN_OUTCOME : SqldException.Reason.REFUSED;
        };
        return new SqldException(reason, "the database of " + site + " cannot be asked: " + answer.text());
    }

    StreamLimits limits() {
        return limits;
    }

    /** A stream is about to become one in sqld too. */
    void admit(HranaStream stream) {
        if (streams.size() >= limits.streams() && !streams.contains(stream)) {
            throw new SqldException(
                    SqldException.Reason.OVERLOADED, limits.streams() + " streams are open already; close some");
        }
        streams.add(stream);
    }

    void forget(HranaStream stream) {
        streams.remove(stream);
    }

    /** Keeps idle streams alive, or ends them: called every second or so. */
    void tendStreams() {
        for (HranaStream stream : streams) {
            stream.tend();
        }
    }

    /** Forgets all streams and connections: sqld is gone. */
    void reset(@Nullable String why) {
        if (why != null && !streams.isEmpty()) {
            LOGGER.warn("{} open database streams are lost: {}", streams.size(), why);
        }
        streams.clear();
        connections.close();
    }
}
