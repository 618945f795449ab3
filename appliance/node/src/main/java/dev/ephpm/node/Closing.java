package dev.ephpm.node;

import java.util.ArrayDeque;
import java.util.Deque;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What was started, closed in reverse; one failure neither hides another nor keeps the rest open. */
final class Closing implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Closing.class);

    private record Part(String name, AutoCloseable closeable) {}

    private final Deque<Part> parts = new ArrayDeque<>();

    /** @param name for the log, such as {@code the MySQL frontend} */
    void add(String name, AutoCloseable closeable) {
        parts.push(new Part(name, closeable));
    }

    @Override
    public void close() {
        OperatorException failures = new OperatorException("Stopping was not clean");
        while (!parts.isEmpty()) {
            Part part = parts.pop();
            try {
                part.closeable().close();
            } catch (Exception e) {
                LOG.error("Closing {} failed: {}", part.name(), e.toString());
                failures.addSuppressed(e);
            }
        }
        if (failures.getSuppressed().length > 0) {
            throw failures;
        }
    }
}
