package dev.ephpm.sqldmanager;

import java.util.ArrayList;
import java.util.Collections;
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

    private static final int CLOSE = 1;
    private static final int EXECUTE = 2;
    private static final int BATCH = 3;
    private static final int GET_AUTOCOMMIT = 8;

    /** @param steps of the batch, if it was one */
    static PipelineResponse read(byte[] body, int steps) {
        ProtobufReader reader = new ProtobufReader(body);
        String baton = null;
        Result first = null;
        for (int field = reader.next(); field != 0; field = reader.next()) {
            switch (field) {
                case 1 -> baton = reader.text();
                case 3 -> {
                    Result result = result(reader.message(), steps);
                    first = first == null ? result : first;
                }
                default -> reader.skip();
            }
        }
        if (first == null) {
            throw new IllegalArgumentException("a pipeline answer without a result");
        }
        return new PipelineResponse(baton, first);
    }

    private static Result result(ProtobufReader reader, int steps) {
        return switch (reader.next()) {
            case 1 -> response(reader.message(), steps);
            case 2 -> new Refused(error(reader.message()));
            default -> throw new IllegalArgumentException("a result that is neither ok nor an error");
        };
    }

    private static Result response(ProtobufReader reader, int steps) {
        int kind = reader.next();
        ProtobufReader body = reader.message();
        return switch (kind) {
            case CLOSE -> new Closed();
            case EXECUTE -> new Executed(statementResult(only(body)));
            case BATCH -> new BatchDone(outcomes(only(body), steps));
            case GET_AUTOCOMMIT -> new Autocommit(body.next() == 1 && body.unsigned() != 0);
            default -> throw new IllegalArgumentException("an answer of kind " + kind);
        };
    }

    /** The message in field 1. */
    private static ProtobufReader only(ProtobufReader reader) {
        if (reader.next() != 1) {
            throw new IllegalArgumentException("an answer without a result");
        }
        return reader.message();
    }

    private static HranaError error(ProtobufReader reader) {
        String message = "";
        String code = "";
        for (int field = reader.next(); field != 0; field = reader.next()) {
            switch (field) {
                case 1 -> message = reader.text();
                case 2 -> code = reader.text();
                default -> reader.skip();
            }
        }
        return new HranaError(message, code);
    }

    private static HranaResult statementResult(ProtobufReader reader) {
        List<String> columns = new ArrayList<>();
        List<List<HranaValue>> rows = new ArrayList<>();
        long affected = 0;
        OptionalLong lastInsertId = OptionalLong.empty();
        OptionalLong replicationIndex = OptionalLong.empty();
        for (int field = reader.next(); field != 0; field = reader.next()) {
            switch (field) {
                case 1 -> columns.add(column(reader.message()));
                case 2 -> rows.add(row(reader.message(), columns.size()));
                case 3 -> affected = reader.unsigned();
                case 4 -> lastInsertId = OptionalLong.of(reader.signed());
                case 5 -> replicationIndex = OptionalLong.of(reader.unsigned());
                default -> reader.skip();
            }
        }
        return new HranaResult(List.copyOf(columns), rows, affected, lastInsertId, replicationIndex);
    }

    private static String column(ProtobufReader reader) {
        String name = "";
        for (int field = reader.next(); field != 0; field = reader.next()) {
            if (field == 1) {
                name = reader.text();
            } else {
                reader.skip();
            }
        }
        return name;
    }

    private static List<HranaValue> row(ProtobufReader reader, int columns) {
        List<HranaValue> values = new ArrayList<>(columns);
        for (int field = reader.next(); field != 0; field = reader.next()) {
            if (field == 1) {
                values.add(value(reader.message()));
            } else {
                reader.skip();
            }
        }
        return values;
    }

    private static HranaValue value(ProtobufReader reader) {
        return switch (reader.next()) {
            case 1 -> HranaValue.Null.VALUE;
            case 2 -> new HranaValue.Int64(reader.signed());
            case 3 -> new HranaValue.Real(reader.real());
            case 4 -> new HranaValue.Text(reader.text());
            case 5 -> new HranaValue.Blob(reader.bytes());
            default -> throw new IllegalArgumentException("a value of an unknown type");
        };
    }

    /** Two maps from the step's index; a step in neither was skipped. */
    private static List<StepOutcome> outcomes(ProtobufReader reader, int steps) {
        List<StepOutcome> outcomes = new ArrayList<>(Collections.nCopies(steps, new StepOutcome.Skipped()));
        for (int field = reader.next(); field != 0; field = reader.next()) {
            if (field == 1 || field == 2) {
                outcome(reader.message(), field == 1, outcomes);
            } else {
                reader.skip();
            }
        }
        return outcomes;
    }

    private static void outcome(ProtobufReader entry, boolean done, List<StepOutcome> outcomes) {
        int step = 0;
        for (int field = entry.next(); field != 0; field = entry.next()) {
            switch (field) {
                case 1 -> step = Math.toIntExact(entry.unsigned());
                case 2 -> {
                    ProtobufReader body = entry.message();
                    outcomes.set(
                            step,
                            done ? new StepOutcome.Done(statementResult(body)) : new StepOutcome.Refused(error(body)));
                }
                default -> entry.skip();
            }
        }
    }
}
