package dev.ephpm.node;

import dev.ephpm.config.SiteName;
import dev.ephpm.litewire.sqlite.RemoteDatabase;
import dev.ephpm.litewire.sqlite.RemoteException;
import dev.ephpm.litewire.sqlite.RemoteResult;
import dev.ephpm.litewire.sqlite.RemoteStep;
import dev.ephpm.litewire.sqlite.RemoteStream;
import dev.ephpm.sqldmanager.HranaBatch;
import dev.ephpm.sqldmanager.HranaError;
import dev.ephpm.sqldmanager.HranaResult;
import dev.ephpm.sqldmanager.HranaStatement;
import dev.ephpm.sqldmanager.HranaStream;
import dev.ephpm.sqldmanager.HranaValue;
import dev.ephpm.sqldmanager.SqldException;
import dev.ephpm.sqldmanager.SqldServer;
import dev.ephpm.sqldmanager.StepOutcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A site's database as litewire writes to it, in an sqld of this node: the primary, or a replica that passes writes on to the
 * site's home.
 *
 * @param patience how long to wait for each answer
 */
record SqldRemoteDatabase(SqldServer server, SiteName site, Duration patience) implements RemoteDatabase {
    @Override
    public RemoteStream open() {
        return new SqldStream(server.hrana().open(site), patience);
    }

    private record SqldStream(HranaStream stream, Duration patience) implements RemoteStream {
        @Override
        public List<RemoteResult> run(List<RemoteStep> steps) throws RemoteException {
            List<HranaStatement> statements = new ArrayList<>(steps.size());
            for (RemoteStep step : steps) {
                statements.add(new HranaStatement(
                        step.sql(),
                        step.parameters().stream().map(SqldStream::value).toList()));
            }
            List<StepOutcome> outcomes;
            try {
                outcomes = stream.run(HranaBatch.chain(statements), patience);
            } catch (SqldException e) {
                throw remote(e);
            }
            List<RemoteResult> results = new ArrayList<>(outcomes.size());
            for (StepOutcome outcome : outcomes) {
                results.add(result(outcome));
            }
            return results;
        }

        @Override
        public boolean inTransaction() throws RemoteException {
            try {
                return !stream.isAutocommit(patience);
            } catch (SqldException e) {
                throw remote(e);
            }
        }

        @Override
        public void cancel() {
            stream.cancel();
        }

        @Override
        public void close() {
            stream.close();
        }

        private static RemoteResult result(StepOutcome outcome) throws RemoteException {
            return switch (outcome) {
                case StepOutcome.Done(HranaResult result) ->
                    new RemoteResult(
                            result.columns(),
                            result.rows().stream().map(SqldStream::row).toList(),
                            result.affectedRows(),
                            result.lastInsertId().orElse(0),
                            result.replicationIndex().orElse(-1));
                case StepOutcome.Refused(HranaError(String message, String code)) ->
                    throw RemoteException.refused(message, code);
                /* Only the steps after a refused one are skipped. */
                case StepOutcome.Skipped() ->
                    throw new RemoteException(
                            RemoteException.Kind.UNKNOWN, "a statement was left out for no reason given");
            };
        }

        private static @Nullable Object[] row(List<HranaValue> values) {
            @Nullable Object[] row = new @Nullable Object[values.size()];
            for (int column = 0; column < row.length; column++) {
                row[column] = object(values.get(column));
            }
            return row;
        }

        private static @Nullable Object object(HranaValue value) {
            return switch (value) {
                case HranaValue.Null _ -> null;
                case HranaValue.Int64(long number) -> number;
                case HranaValue.Real(double number) -> number;
                case HranaValue.Text(String text) -> text;
                case HranaValue.Blob(byte[] bytes) -> bytes;
            };
        }

        private static HranaValue value(@Nullable Object parameter) {
            return switch (parameter) {
                case null -> HranaValue.Null.VALUE;
                case Long number -> new HranaValue.Int64(number);
                case Double number -> new HranaValue.Real(number);
                case String text -> new HranaValue.Text(text);
                case byte[] bytes -> new HranaValue.Blob(bytes);
                default -> throw new IllegalArgumentException("SQLite has no " + parameter.getClass());
            };
        }

        private static RemoteException remote(SqldException e) {
            if (e.error().isPresent()) {
                HranaError error = e.error().get();
                return RemoteException.refused(error.message(), error.code());
            }
            String message = String.valueOf(e.getMessage());
            RemoteException.Kind kind = switch (e.reason()) {
                case UNKNOWN_OUTCOME -> RemoteException.Kind.UNKNOWN;
                case STREAM_ENDED -> RemoteException.Kind.ENDED;
                case REFUSED, UNREACHABLE, OVERLOADED, INVALID, UNAVAILABLE -> RemoteException.Kind.UNREACHABLE;
            };
            RemoteException remote = new RemoteException(kind, message);
            remote.initCause(e);
            return remote;
        }
    }
}
