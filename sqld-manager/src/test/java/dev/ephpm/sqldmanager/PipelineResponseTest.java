package dev.ephpm.sqldmanager;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PipelineResponseTest {
    private static final String BATCH = """
            {"baton":"b","base_url":null,"results":[{"type":"ok","response":{"type":"batch","result":{"step_results":[
            {"cols":[{"name":"a","decltype":"TEXT"}],"rows":[[{"type":"text","value":"x"}]],"affected_row_count":1,
            "last_insert_rowid":"7","replication_index":null,"rows_read":1,"query_duration_ms":0.1},null,null],
            "step_errors":[null,{"message":"no such table","code":"SQLITE_ERROR"},null],"replication_index":"12"}}}]}
            """;

    private static PipelineResponse read(String text) throws IOException {
        return PipelineResponse.read(text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void aBatchHasAnOutcomeForEachStepAndItsFrameAtTheLastDone() throws IOException {
        PipelineResponse response = read(BATCH);
        assertThat(response.baton()).isEqualTo("b");
        assertThat(response.first())
                .isEqualTo(new PipelineResponse.BatchDone(List.of(
                        new StepOutcome.Done(new HranaResult(
                                List.of("a"),
                                List.of(List.of(new HranaValue.Text("x"))),
                                1,
                                OptionalLong.of(7),
                                OptionalLong.of(12))),
                        new StepOutcome.Refused(new HranaError("no such table", "SQLITE_ERROR")),
                        new StepOutcome.Skipped())));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "{}",
                "{\"results\":[]}",
                "{\"results\":[{}]}",
                "{\"results\":[{\"response\":{\"result\":{\"rows\":[[{\"type\":\"integer\",\"value\":\"x\"}]]}}}]}",
                "{\"results\":[{\"response\":{\"result\":{\"rows\":[[{\"type\":\"float\",\"value\":null}]]}}}]}",
                "{\"results\":[{\"response\":{\"result\":{\"rows\":[[{\"type\":\"date\",\"value\":\"x\"}]]}}}]}",
                "{\"results\":[{\"response\":{\"result\":{\"rows\":[[{\"type\":\"blob\",\"base64\":\"*\"}]]}}}]}",
                "{\"results\":[{\"response\":{\"result\":{\"step_results\":[null],\"step_errors\":[]}}}]}"
            })
    void anythingElseIsRefused(String text) {
        assertThatThrownBy(() -> read(text)).isInstanceOfAny(IOException.class, IllegalArgumentException.class);
    }

    /** Answers that are cut or garbled are refused or understood, never anything worse. */
    @Test
    void damageIsNoticedOrHarmless() {
        byte[] whole = BATCH.getBytes(StandardCharsets.UTF_8);
        Random random = new Random(4);
        int refused = 0;
        for (int run = 0; run < 20_000; run++) {
            byte[] damaged = Arrays.copyOf(whole, random.nextInt(whole.length) + 1);
            damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
            try {
                PipelineResponse.read(damaged);
            } catch (IOException | IllegalArgumentException e) {
                refused++;
            }
        }
        assertThat(refused).isGreaterThan(19_000);
    }

    @Test
    void infinityIsRefusedBeforeItIsSent() {
        HranaStatement statement = HranaStatement.of("SELECT ?1", new HranaValue.Real(Double.POSITIVE_INFINITY));
        assertThatThrownBy(() -> PipelineRequest.execute(null, statement, true))
                .isInstanceOfSatisfying(
                        SqldException.class, e -> assertThat(e.reason()).isEqualTo(SqldException.Reason.INVALID));
    }
}
