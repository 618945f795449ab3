package dev.ephpm.sqldmanager;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * What sqld answers to a pipeline request, as far as it is used here: results of execute, batch and get_autocommit.
 *
 * @param baton names the stream for the next request; null when sqld has closed it
 * @param first the result of the first request of the pipeline
 */
record PipelineResponse(@Nullable String baton, Result first) {
    sealed interface Result {}

    record Executed(HranaResult result) implements Result {}

    record BatchDone(List<StepOutcome> outcomes) implements Result {}

    record Autocommit(boolean autocommit) implements Result {}

    record Closed() implements Result {}

    record Refused(HranaError error) implements Result {}

    private static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxStringLength(SqldCommand.ANSWER_LIMIT)
                    .build())
            .build();

    static PipelineResponse read(byte[] body) throws IOException {
        try (JsonParser json = JSON.createParser(body)) {
            String baton = null;
            Result first = null;
            require(json.nextToken() == JsonToken.START_OBJECT);
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                String name = json.currentName();
                json.nextToken();
                switch (name) {
                    case "baton" -> baton = json.getValueAsString();
                    case "results" -> first = firstOf(json);
                    default -> json.skipChildren();
                }
            }
            if (first == null) {
                throw new IOException("an answer without a result");
            }
            return new PipelineResponse(baton, first);
        }
    }

    private static @Nullable Result firstOf(JsonParser json) throws IOException {
        Result first = null;
        require(json.currentToken() == JsonToken.START_ARRAY);
        while (json.nextToken() == JsonToken.START_OBJECT) {
            Result result = result(json);
            first = first == null ? result : first;
        }
        return first;
    }

    private static Result result(JsonParser json) throws IOException {
        Result result = null;
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String name = json.currentName();
            json.nextToken();
            switch (name) {
                case "response" -> result = response(json);
                case "error" -> result = new Refused(error(json));
                default -> json.skipChildren();
            }
        }
        if (result == null) {
            throw new IOException("a result that is neither ok nor an error");
        }
        return result;
    }

    /** What kind it is shows by its members: {@code type} need not come first. */
    private static Result response(JsonParser json) throws IOException {
        Result result = new Closed();
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String name = json.currentName();
            json.nextToken();
            switch (name) {
                case "is_autocommit" -> result = new Autocommit(json.getBooleanValue());
                case "result" -> result = resultBody(json);
                default -> json.skipChildren();
            }
        }
        return result;
    }

    /** Of a statement or of a batch, which have no member in common but {@code replication_index}. */
    private static Result resultBody(JsonParser json) throws IOException {
        StatementBody statement = new StatementBody();
        List<@Nullable HranaResult> done = new ArrayList<>();
        List<@Nullable HranaError> errors = new ArrayList<>();
        boolean batch = false;
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String name = json.currentName();
            json.nextToken();
            switch (name) {
                case "step_results" -> {
                    batch = true;
                    while (json.nextToken() != JsonToken.END_ARRAY) {
                        done.add(json.currentToken() == JsonToken.VALUE_NULL ? null : StatementBody.read(json));
                    }
                }
                case "step_errors" -> {
                    while (json.nextToken() != JsonToken.END_ARRAY) {
                        errors.add(json.currentToken() == JsonToken.VALUE_NULL ? null : error(json));
                    }
                }
                default -> statement.member(json, name);
            }
        }
        HranaResult body = statement.toResult();
        return batch ? new BatchDone(outcomes(done, errors, body.replicationIndex())) : new Executed(body);
    }

    /** A step in neither list was skipped; the batch's frame goes to the last step that was done. */
    private static List<StepOutcome> outcomes(
            List<@Nullable HranaResult> done, List<@Nullable HranaError> errors, OptionalLong replicationIndex)
            throws IOException {
        require(done.size() == errors.size());
        List<StepOutcome> outcomes = new ArrayList<>(done.size());
        OptionalLong index = replicationIndex;
        for (int step = done.size() - 1; step >= 0; step--) {
            HranaResult result = done.get(step);
            HranaError error = errors.get(step);
            if (result != null) {
                outcomes.add(new StepOutcome.Done(result.with(index)));
                index = OptionalLong.empty();
            } else {
                outcomes.add(error == null ? new StepOutcome.Skipped() : new StepOutcome.Refused(error));
            }
        }
        return outcomes.reversed();
    }

    private static HranaError error(JsonParser json) throws IOException {
        String message = "";
        String code = "";
        require(json.currentToken() == JsonToken.START_OBJECT);
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String name = json.currentName();
            json.nextToken();
            switch (name) {
                case "message" -> message = json.getValueAsString("");
                case "code" -> code = json.getValueAsString("");
                default -> json.skipChildren();
            }
        }
        return new HranaError(message, code);
    }

    static void require(boolean condition) throws IOException {
        if (!condition) {
            throw new IOException("not the JSON that was expected");
        }
    }
}
