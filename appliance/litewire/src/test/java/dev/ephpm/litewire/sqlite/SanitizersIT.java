package dev.ephpm.litewire.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The functions in C under AddressSanitizer and UndefinedBehaviorSanitizer, with random arguments. */
final class SanitizersIT {
    private static final String SANITIZERS = "-g -fsanitize=address,undefined -fno-sanitize-recover=all";
    private static final int CALLS_OF_EACH = 20_000;

    @TempDir
    Path directory;

    @Test
    void noFunctionTouchesWhatItMustNot() throws Exception {
        assertThat(run("sh", "src/main/c/build.sh", directory.toString(), System.getProperty("java.home"), SANITIZERS))
                .isEmpty();
        String program = directory.resolve("randomcalls").toString();
        assertThat(run(("gcc -std=c11 -D_GNU_SOURCE -Wall -Wextra -Werror " + SANITIZERS + " -o " + program
                                + " src/test/c/randomcalls.c -lsqlite3")
                        .split(" ", -1)))
                .isEmpty();

        String library = directory.resolve("native/litewire-sqld.so").toString();

        assertThat(run(program, library, String.valueOf(CALLS_OF_EACH))).contains(" functions");
    }

    /** What the program prints; fails with it when its status is not 0. */
    private static String run(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
        assertThat(process.exitValue()).as(output).isZero();
        return output;
    }
}
