package dev.ephpm.sqldmanager;

import dev.ephpm.config.SiteName;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One SQLite connection in sqld; a transaction lives and dies with it. Used by one thread at a time.
 *
 * <p>Between statements outside of a transaction sqld's side may be closed and opened again unseen. An open transaction is kept
 * alive for {@link StreamLimits#idleTransaction}, then rolled back: the next use is {@link SqldException.Reason#STREAM_ENDED}.
 * After any other failure than {@link SqldException.Reason#REFUSED} by a statement the stream is at its end too.
 */
public final class HranaStream implements AutoCloseable {
    private static final Logger LOGGER = LoggerFactory.getLogger(HranaStream.class);
    private static final Duration SHORT = Duration.ofSeconds(2);

    private final HranaClient client;
    private final SiteName site;
    private final ReentrantLock lock = new ReentrantLock();
    private final InFlight inFlight = new InFlight();
    private @Nullable String baton;
    private @Nullable String end;
    private long lastUse;
    private long lastContact;

    HranaStream(HranaClient client, SiteName site) {
        this.client = client;
        this.site = site;
    }

    /** Runs a statement in this stream's transaction, or by itself if there is none. */
    public HranaResult execute(HranaStatement statement, Duration patience) {
        lock.lock();
        try {
            begin();
            return switch (send(PipelineRequest.execute(baton, statement, false), patience)) {
                case PipelineResponse.Executed(HranaResult result) -> result;
                case PipelineResponse.Refused(HranaError error) ->
                    throw new SqldException(HranaClient.refusal(site), error);
                case PipelineResponse.Result other -> throw HranaClient.unexpected(site, other);
            };
        } finally {
            lock.unlock();
        }
    }

    /** Runs the steps in one round trip; a refused step is an outcome, not an exception. */
    public List<StepOutcome> run(HranaBatch batch, Duration patience) {
        lock.lock();
        try {
            begin();
            return switch (send(PipelineRequest.batch(baton, batch), patience)) {
                case PipelineResponse.BatchDone(List<StepOutcome> outcomes) -> outcomes;
                case PipelineResponse.Refused(HranaError error) ->
                    throw new SqldException(HranaClient.refusal(site), error);
                case PipelineResponse.Result other -> throw HranaClient.unexpected(site, other);
            };
        } finally {
            lock.unlock();
        }
    }

    /** Whether no transaction is open. */
    public boolean isAutocommit(Duration patience) {
        lock.lock();
        try {
            if (end == null && baton == null) {
                return true;
            }
            begin();
            return askAutocommit(patience);
        } finally {
            lock.unlock();
        }
    }

    private boolean askAutocommit(Duration patience) {
        return switch (send(PipelineRequest.autocommit(baton), patience)) {
            case PipelineResponse.Autocommit(boolean autocommit) -> autocommit;
            case PipelineResponse.Refused(HranaError error) ->
                throw new SqldException(HranaClient.refusal(site), error);
            case PipelineResponse.Result other -> throw HranaClient.unexpected(site, other);
        };
    }

    private void begin() {
        if (end != null) {
            throw new SqldException(
                    SqldException.Reason.STREAM_ENDED, "the stream to the database of " + site + " has ended: " + end);
        }
        client.admit(this);
        lastUse = System.nanoTime();
    }

    private PipelineResponse.Result send(byte[] request, Duration patience) {
        boolean onStream = baton != null;
        PipelineResponse response;
        try {
            response = client.exchange(site, request, onStream, patience, inFlight);
        } catch (SqldException e) {
            if (onStream || e.reason() == SqldException.Reason.UNKNOWN_OUTCOME) {
                finish(e.getMessage());
            } else {
                client.forget(this);
            }
            throw e;
        }
        baton = response.baton();
        lastContact = System.nanoTime();
        if (baton == null) {
            finish("sqld closed it");
        }
        return response.first();
    }

    private void finish(@Nullable String why) {
        end = why == null ? "for an unknown reason" : why;
        baton = null;
        client.forget(this);
    }

    /** Ends the wait for an answer that is under way, with an unknown outcome; nothing otherwise. Any thread may call it. */
    public void cancel() {
        inFlight.cancel();
    }

    /** Whether it is of no more use. */
    public boolean hasEnded() {
        lock.lock();
        try {
            return end != null;
        } finally {
            lock.unlock();
        }
    }

    /** Called from the keeper's thread; a stream in use needs no care. */
    void tend() {
        if (!lock.tryLock()) {
            return;
        }
        try {
            long now = System.nanoTime();
            StreamLimits limits = client.limits();
            if (baton == null || now - lastContact < limits.contactEvery().toNanos()) {
                return;
            }
            if (askAutocommit(SHORT)) {
                closeInSqld();
            } else if (now - lastUse > limits.idleTransaction().toNanos()) {
                closeInSqld();
                finish("its transaction was not used for "
                        + limits.idleTransaction().toSeconds() + " s and has been rolled back");
                LOGGER.warn("rolled back a transaction of {} that nobody used", site);
            }
        } catch (SqldException e) {
            LOGGER.debug("a stream of {} could not be kept", site, e);
        } finally {
            lock.unlock();
        }
    }

    private void closeInSqld() {
        String named = baton;
        baton = null;
        client.forget(this);
        if (named == null) {
            return;
        }
        try {
            client.exchange(site, PipelineRequest.close(named), true, SHORT, inFlight);
        } catch (SqldException e) {
            LOGGER.debug("a stream of {} could not be closed; sqld ends it after 10 s", site, e);
        }
    }

    /** Ends the stream, rolling an open transaction back. */
    @Override
    public void close() {
        lock.lock();
        try {
            closeInSqld();
            if (end == null) {
                end = "it was closed";
            }
        } finally {
            lock.unlock();
        }
    }
}
