package dev.ephpm.sqldmanager;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A request to {@code /v3-protobuf/pipeline}: what is asked of one stream in one round trip. Field numbers are those of
 * Hrana 3's {@code hrana.proto} and {@code http.proto}.
 */
final class PipelineRequest {
    private static final int CLOSE = 1;
    private static final int EXECUTE = 2;
    private static final int BATCH = 3;
    private static final int GET_AUTOCOMMIT = 8;

    private PipelineRequest() {}

    /** @param andClose ends the stream in the same round trip */
    static byte[] execute(@Nullable String baton, HranaStatement statement, boolean andClose) {
        ProtobufWriter writer = start(andClose);
        int request = writer.mark();
        int execute = writer.mark();
        int body = writer.mark();
        statement(writer, statement);
        writer.message(1, body);
        writer.message(EXECUTE, execute);
        return finish(writer, request, baton);
    }

    static byte[] batch(@Nullable String baton, HranaBatch batch) {
        ProtobufWriter writer = start(false);
        int request = writer.mark();
        int field = writer.mark();
        int body = writer.mark();
        for (HranaBatch.Step step : batch.steps().reversed()) {
            int message = writer.mark();
            int statement = writer.mark();
            statement(writer, step.statement());
            writer.message(2, statement);
            HranaCondition condition = step.condition();
            if (condition != null) {
                nested(writer, 1, condition);
            }
            writer.message(1, message);
        }
        writer.message(1, body);
        writer.message(BATCH, field);
        return finish(writer, request, baton);
    }

    static byte[] autocommit(@Nullable String baton) {
        ProtobufWriter writer = start(false);
        int request = writer.mark();
        writer.message(GET_AUTOCOMMIT, writer.mark());
        return finish(writer, request, baton);
    }

    static byte[] close(String baton) {
        ProtobufWriter writer = start(true);
        writer.text(1, baton);
        return writer.toBytes();
    }

    private static ProtobufWriter start(boolean andClose) {
        ProtobufWriter writer = new ProtobufWriter();
        if (andClose) {
            int request = writer.mark();
            writer.message(CLOSE, writer.mark());
            writer.message(2, request);
        }
        return writer;
    }

    private static byte[] finish(ProtobufWriter writer, int request, @Nullable String baton) {
        writer.message(2, request);
        if (baton != null) {
            writer.text(1, baton);
        }
        return writer.toBytes();
    }

    private static void statement(ProtobufWriter writer, HranaStatement statement) {
        List<HranaValue> arguments = statement.arguments();
        for (int index = arguments.size() - 1; index >= 0; index--) {
            int mark = writer.mark();
            value(writer, arguments.get(index));
            writer.message(3, mark);
        }
        writer.text(1, statement.sql());
    }

    private static void value(ProtobufWriter writer, HranaValue value) {
        switch (value) {
            case HranaValue.Null _ -> writer.message(1, writer.mark());
            case HranaValue.Int64(long number) -> writer.signed(2, number);
            case HranaValue.Real(double number) -> writer.real(3, number);
            case HranaValue.Text(String text) -> writer.text(4, text);
            case HranaValue.Blob(byte[] bytes) -> writer.bytes(5, bytes);
        }
    }

    private static void nested(ProtobufWriter writer, int field, HranaCondition condition) {
        int mark = writer.mark();
        condition(writer, condition);
        writer.message(field, mark);
    }

    private static void condition(ProtobufWriter writer, HranaCondition condition) {
        switch (condition) {
            case HranaCondition.Succeeded(int step) -> writer.unsigned(1, step);
            case HranaCondition.Failed(int step) -> writer.unsigned(2, step);
            case HranaCondition.Not(HranaCondition negated) -> nested(writer, 3, negated);
            case HranaCondition.All(List<HranaCondition> conditions) -> list(writer, 4, conditions);
            case HranaCondition.Any(List<HranaCondition> conditions) -> list(writer, 5, conditions);
            case HranaCondition.IsAutocommit() -> writer.message(6, writer.mark());
        }
    }

    private static void list(ProtobufWriter writer, int field, List<HranaCondition> conditions) {
        int mark = writer.mark();
        for (HranaCondition condition : conditions.reversed()) {
            nested(writer, 1, condition);
        }
        writer.message(field, mark);
    }
}
