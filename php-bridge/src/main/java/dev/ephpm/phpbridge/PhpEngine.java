package dev.ephpm.phpbridge;

import io.vertx.core.Future;
import java.nio.file.Path;
import java.util.List;

/**
 * Runs PHP requests. Callable from any thread; futures and streams of one call complete on the Vert.x context the call was
 * made from.
 */
public interface PhpEngine {
    /** Succeeds when PHP can serve; fails with {@link PhpException} saying what to do when it cannot. */
    Future<Void> start();

    /**
     * Runs one request. The future succeeds with the response head, sent by PHP at its first flushed output or at the end
     * of the script; the body follows as a stream with back-pressure. It fails with a {@link PhpException} when no head
     * can be had: shed, timed out, worker gone, engine stopped. A non-idempotent request is never run twice.
     */
    Future<PhpResponse> execute(PhpRequest request);

    /** Forgets compiled scripts below a directory on all workers; gives the number of scripts forgotten. */
    Future<Integer> invalidate(Path documentRoot);

    /** Compiles scripts into OPcache, in order; scripts that fail to compile are reported, not thrown. */
    Future<List<String>> compile(PhpTenant tenant, List<Path> files);

    PhpStatus status();

    /** Waits for running requests until the deadline passed to the constructor, then ends all PHP processes. */
    Future<Void> close();
}
