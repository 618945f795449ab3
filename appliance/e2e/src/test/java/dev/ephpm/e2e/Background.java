package dev.ephpm.e2e;

import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/** Runs client work at the same time as the test: a thread each, however few cores the machine has. */
final class Background {
    private Background() {}

    static <T> CompletableFuture<T> start(Supplier<T> work) {
        return CompletableFuture.supplyAsync(
                work, task -> Thread.ofPlatform().daemon().name("client").start(task));
    }
}
