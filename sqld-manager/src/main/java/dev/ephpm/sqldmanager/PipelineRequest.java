package dev.ephpm.sqldmanager;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A request to {@code /v3/pipeline}: what is asked of one stream in one round trip, as Hrana 3 has it in JSON. */
final class PipelineRequest {
    private static final JsonFactory JSON = new JsonFactory();
    private static final Base64.Encoder BASE64 = Base64.getEncoder().withoutPadding();

    private PipelineRequest() {}

    /** @param andClose ends the stream in the same round trip */
    static byte[] execute(@Nullable String baton, HranaStatement statement, boolean andClose) {
        return pipeline(baton, andClose, json -> {
            start(json, "execute");
            statement(json, statement);
            json.writeEndObject();
        });
    }

    static byte[] batch(@Nullable String baton, HranaBatch batch) {
        return pipeline(baton, false, json -> {
            start(json, "batch");
            json.writeObjectFieldStart("batch");
            json.writeArrayFieldStart("steps");
            for (HranaBatch.Step step : batch.steps()) {
                json.writeStartObject();
                HranaCondition condition = step.condition();
                if (condition != null) {
                    json.writeFieldName("condition");
                    condition(json, condition);
                }
                statement(json, step.statement());
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeEndObject();
            json.writeEndObject();
        });
    }

    static byte[] autocommit(@Nullable String baton) {
        return pipeline(baton, false, json -> {
            start(json, "get_autocommit");
            json.writeEndObject();
        });
    }

    static byte[] close(String baton) {
        return pipeline(baton, true, _ -> {});
    }

    private interface Part {
        void write(JsonGenerator json) throws IOException;
    }

    private static byte[] pipeline(@Nullable String baton, boolean andClose, Part request) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(512);
        try (JsonGenerator json = JSON.createGenerator(bytes)) {
            json.writeStartObject();
            if (baton != null) {
                json.writeStringField("baton", baton);
            }
            json.writeArrayFieldStart("requests");
            request.write(json);
            if (andClose) {
                start(json, "close");
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeEndObject();
        } catch (IOException e) {
            throw new SqldException(
                    SqldException.Reason.INVALID, "a statement cannot be sent to sqld: " + e.getMessage(), e);
        }
        return bytes.toByteArray();
    }

    private static void start(JsonGenerator json, String type) throws IOException {
        json.writeStartObject();
        json.writeStringField("type", type);
    }

    private static void statement(JsonGenerator json, HranaStatement statement) throws IOException {
        json.writeObjectFieldStart("stmt");
        json.writeStringField("sql", statement.sql());
        if (!statement.arguments().isEmpty()) {
            json.writeArrayFieldStart("args");
            for (HranaValue argument : statement.arguments()) {
                value(json, argument);
            }
            json.writeEndArray();
        }
        json.writeEndObject();
    }

    private static void value(JsonGenerator json, HranaValue value) throws IOException {
        switch (value) {
            case HranaValue.Null _ -> start(json, "null");
            case HranaValue.Int64(long number) -> {
                start(json, "integer");
                json.writeStringField("value", Long.toString(number));
            }
            case HranaValue.Real(double number) -> {
                if (!Double.isFinite(number)) {
                    throw new IOException(number + " has no form in JSON");
                }
                start(json, "float");
                json.writeNumberField("value", number);
            }
            case HranaValue.Text(String text) -> {
                start(json, "text");
                json.writeStringField("value", text);
            }
            case HranaValue.Blob(byte[] bytes) -> {
                start(json, "blob");
                json.writeStringField("base64", BASE64.encodeToString(bytes));
            }
        }
        json.writeEndObject();
    }

    private static void condition(JsonGenerator json, HranaCondition condition) throws IOException {
        switch (condition) {
            case HranaCondition.Succeeded(int step) -> {
                start(json, "ok");
                json.writeNumberField("step", step);
            }
            case HranaCondition.Failed(int step) -> {
                start(json, "error");
                json.writeNumberField("step", step);
            }
            case HranaCondition.Not(HranaCondition negated) -> {
                start(json, "not");
                json.writeFieldName("cond");
                condition(json, negated);
            }
            case HranaCondition.All(List<HranaCondition> conditions) -> conditions(json, "and", conditions);
            case HranaCondition.Any(List<HranaCondition> conditions) -> conditions(json, "or", conditions);
            case HranaCondition.IsAutocommit() -> start(json, "is_autocommit");
        }
        json.writeEndObject();
    }

    private static void conditions(JsonGenerator json, String type, List<HranaCondition> conditions)
            throws IOException {
        start(json, type);
        json.writeArrayFieldStart("conds");
        for (HranaCondition condition : conditions) {
            condition(json, condition);
        }
        json.writeEndArray();
    }
}
