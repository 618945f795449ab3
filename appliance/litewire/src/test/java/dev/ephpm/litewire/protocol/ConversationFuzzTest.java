package dev.ephpm.litewire.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ephpm.litewire.fuzz.Mutations;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** A short run of {@link ConversationFuzz} with the same input every time; {@code make fuzz} is the long one. */
final class ConversationFuzzTest {
    private static final long TIME = TimeUnit.SECONDS.toNanos(6);
    private static final int LEAST = 5000;

    /** Lengths at their bounds, types of parameters, names of plugins, ends of texts. */
    private static final List<String> WORDS = List.of(
            "\0",
            "\u0001",
            "\0\0\0",
            "\u00fb",
            "\u00fc",
            "\u00fd",
            "\u00fe",
            "\u00ff",
            "mysql_native_password\0",
            "caching_sha2_password\0",
            "a\0",
            "wp\0",
            "?",
            "??????????",
            "SELECT",
            "\u0003",
            "\u0016",
            "\u0017",
            "\u0018",
            "\u0019",
            "\u001a",
            "\u001c",
            "\u001f");

    @Test
    void whateverAClientSendsIsAnsweredInStep() {
        Mutations mutations = new Mutations(20_261_120, ConversationSeeds.known(), WORDS);
        long end = System.nanoTime() + TIME;
        int inputs = 0;
        while (System.nanoTime() < end) {
            ConversationFuzz.fuzzerTestOneInput(mutations.next());
            inputs++;
        }
        assertThat(inputs).isGreaterThan(LEAST);
    }
}
