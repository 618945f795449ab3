package dev.ephpm.phpbridge;

import java.security.SecureRandom;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The one thread PHP runs on when it lives in this process. */
final class PhpThread implements WorkerControl {
    private static final Logger LOGGER = LoggerFactory.getLogger(PhpThread.class);
    /** As much as a forked worker has; committed when touched. */
    private static final long STACK = 256L * 1024 * 1024;

    private static final long RETRY_MILLIS = 50;

    private final PhpLibrary library;
    private final WorkerSettings settings;
    private final Consumer<byte[]> tokens;
    private final Consumer<PhpException> failed;
    private final Thread thread;
    private volatile boolean closing;

    PhpThread(PhpLibrary library, WorkerSettings settings, Consumer<byte[]> tokens, Consumer<PhpException> failed) {
        this.library = library;
        this.settings = settings;
        this.tokens = tokens;
        this.failed = failed;
        this.thread = Thread.ofPlatform().name("php").daemon().stackSize(STACK).unstarted(this::run);
    }

    void start() {
        thread.start();
    }

    private void run() {
        try {
            byte[] token = new byte[Frames.TOKEN];
            new SecureRandom().nextBytes(token);
            tokens.accept(token);
            library.start(settings.encode(token));
            while (!closing) {
                if (!library.serve() && !closing) {
                    LOGGER.warn("PHP's own thread could not connect to {}; trying again", settings.socket());
                    TimeUnit.MILLISECONDS.sleep(RETRY_MILLIS);
                }
            }
        } catch (PhpException e) {
            failed.accept(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void interrupt(int slot, int pid) {
        library.interrupt();
    }

    /** Nothing can end the thread: its connection is closed, and it connects anew when the script lets go of it. */
    @Override
    public void kill(int slot, int pid) {
        LOGGER.warn("gave up on a script whose time is over; PHP serves again once that script has ended");
        library.interrupt();
    }

    /** No further connection is made once the present one ends. */
    void close() {
        closing = true;
    }

    void join(Duration patience) {
        try {
            if (!thread.join(patience)) {
                LOGGER.warn("PHP's thread is still in a script; it ends with the process");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
