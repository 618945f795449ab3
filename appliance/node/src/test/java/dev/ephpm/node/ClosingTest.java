package dev.ephpm.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ClosingTest {
    private final List<String> closed = new ArrayList<>();

    @Test
    void closesInReverse() {
        Closing closing = new Closing();
        closing.add("first", () -> closed.add("first"));
        closing.add("second", () -> closed.add("second"));

        closing.close();
        closing.close();

        assertThat(closed).containsExactly("second", "first");
    }

    @Test
    void oneFailureNeitherHidesAnotherNorKeepsTheRestOpen() {
        Closing closing = new Closing();
        closing.add("first", () -> closed.add("first"));
        closing.add("second", () -> {
            throw new IllegalStateException("second");
        });
        closing.add("third", () -> {
            throw new IllegalStateException("third");
        });

        assertThatThrownBy(closing::close)
                .satisfies(failure -> assertThat(failure.getSuppressed())
                        .extracting(Throwable::getMessage)
                        .containsExactly("third", "second"));
        assertThat(closed).containsExactly("first");
    }
}
