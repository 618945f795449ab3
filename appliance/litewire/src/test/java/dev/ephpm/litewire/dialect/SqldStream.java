package dev.ephpm.litewire.dialect;

import dev.ephpm.litewire.sqlite.RemoteException;
import dev.ephpm.litewire.sqlite.RemoteResult;
import dev.ephpm.litewire.sqlite.RemoteStep;
import dev.ephpm.litewire.sqlite.RemoteStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A stream of Hrana to a real sqld, in JSON: small and slow, for tests. */
public final class SqldStream implements RemoteStream {
    private final Sqld server;
    private @Nullable String baton;

    public SqldStream(Sqld server) {
        this.server = server;
    }

    @Override
    public List<RemoteResult> run(List<RemoteStep> steps) throws RemoteException {
        StringBuilder batch = new StringBuilder("{\"type\":\"batch\",\"batch\":{\"steps\":[");
        for (int i = 0; i < steps.size(); i++) {
            batch.append(i == 0 ? "{" : ",{\"condition\":{\"type\":\"ok\",\"step\":" + (i - 1) + "},")
                    .append("\"stmt\":{\"want_rows\":true,\"sql\":")
                    .append(Json.quoted(steps.get(i).sql()))
                    .append(",\"args\":[");
            List<@Nullable Object> parameters = steps.get(i).parameters();
            for (int p = 0; p < parameters.size(); p++) {
                batch.append(p == 0 ? "" : ",").append(written(parameters.get(p)));
            }
            batch.append("]}}");
        }
        Object result = member(member(send(batch.append("]}}").toString()), "response"), "result");
        List<?> errors = list(member(result, "step_errors"));
        List<RemoteResult> results = new ArrayList<>();
        for (int i = 0; i < steps.size(); i++) {
            if (errors.get(i) instanceof Map<?, ?> error) {
                throw RemoteException.refused(text(member(error, "message")), text(member(error, "code")));
            }
            results.add(read(list(member(result, "step_results")).get(i), number(result, "replication_index", -1)));
        }
        return results;
    }

    private Object send(String request) throws RemoteException {
        String before = baton == null ? "" : "\"baton\":" + Json.quoted(baton) + ",";
        try {
            String received = server.post("{" + before + "\"requests\":[" + request + "]}");
            Object answer = Json.parse(received)
                    .orElseThrow(() -> new RemoteException(RemoteException.Kind.ENDED, request + ": " + received));
            baton = member(answer, "baton") instanceof Json.Scalar(String text, boolean quoted) && quoted ? text : null;
            Object first = list(member(answer, "results")).getFirst();
            if (text(member(first, "type")).equals("error")) {
                Object error = member(first, "error");
                throw RemoteException.refused(text(member(error, "message")), text(member(error, "code")));
            }
            return first;
        } catch (IOException e) {
            throw new RemoteException(RemoteException.Kind.UNREACHABLE, String.valueOf(e.getMessage()));
        } catch (InterruptedException e) {
            throw new RemoteException(RemoteException.Kind.UNKNOWN, "interrupted");
        }
    }

    private static String written(@Nullable Object value) {
        return switch (value) {
            case null -> "{\"type\":\"null\"}";
            case Long whole -> "{\"type\":\"integer\",\"value\":\"" + whole + "\"}";
            case Double real -> "{\"type\":\"float\",\"value\":" + real + "}";
            case byte[] bytes ->
                "{\"type\":\"blob\",\"base64\":\""
                        + Base64.getEncoder().withoutPadding().encodeToString(bytes) + "\"}";
            default -> "{\"type\":\"text\",\"value\":" + Json.quoted(value.toString()) + "}";
        };
    }

    /** @param frame sqld tells it of the batch, not of its steps */
    private static RemoteResult read(Object result, long frame) {
        List<String> columns = new ArrayList<>();
        for (Object column : list(member(result, "cols"))) {
            columns.add(text(member(column, "name")));
        }
        List<@Nullable Object[]> rows = new ArrayList<>();
        for (Object row : list(member(result, "rows"))) {
            rows.add(list(row).stream().map(SqldStream::value).toArray());
        }
        return new RemoteResult(
                columns, rows, number(result, "affected_row_count", 0), number(result, "last_insert_rowid", 0), frame);
    }

    private static long number(@Nullable Object result, String name, long absent) {
        return member(result, name) instanceof Json.Scalar(String text, boolean _) && !text.equals("null")
                ? Long.parseLong(text)
                : absent;
    }

    private static @Nullable Object value(Object value) {
        return switch (text(member(value, "type"))) {
            case "integer" -> Long.valueOf(text(member(value, "value")));
            case "float" -> Double.valueOf(text(member(value, "value")));
            case "text" -> text(member(value, "value"));
            case "blob" -> Base64.getDecoder().decode(text(member(value, "base64")));
            default -> null;
        };
    }

    private static @Nullable Object member(@Nullable Object object, String name) {
        return object instanceof Map<?, ?> members ? members.get(name) : null;
    }

    private static List<?> list(@Nullable Object value) {
        return value instanceof List<?> items ? items : List.of();
    }

    private static String text(@Nullable Object value) {
        return value instanceof Json.Scalar(String text, boolean _) ? text : String.valueOf(value);
    }

    @Override
    public boolean inTransaction() throws RemoteException {
        Object answer = member(send("{\"type\":\"get_autocommit\"}"), "response");
        return text(member(answer, "is_autocommit")).equals("false");
    }

    @Override
    public void cancel() {
        // Tests do not cancel.
    }

    @Override
    public void close() {
        try {
            if (baton != null) {
                Objects.requireNonNull(send("{\"type\":\"close\"}"));
            }
        } catch (RemoteException e) {
            // sqld forgets the stream by itself.
            baton = null;
        }
    }
}
