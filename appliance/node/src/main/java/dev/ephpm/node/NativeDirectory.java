package dev.ephpm.node;

import java.nio.file.Files;
import java.nio.file.Path;

/** Where the distribution keeps what is not Java: the PHP launcher and the SQLite extension. */
final class NativeDirectory {
    /** Set by {@code bin/ephpm}. */
    static final String PROPERTY = "ephpm.native";

    private NativeDirectory() {}

    static Path find() {
        String named = System.getProperty(PROPERTY);
        if (named == null || named.isEmpty()) {
            throw new OperatorException(
                    "The system property " + PROPERTY + " is not set: start ephpm through bin/ephpm");
        }
        Path directory = Path.of(named);
        if (!Files.isDirectory(directory)) {
            throw new OperatorException("The distribution is incomplete: " + directory
                    + " does not exist. Build it again with `make build`");
        }
        return directory;
    }
}
