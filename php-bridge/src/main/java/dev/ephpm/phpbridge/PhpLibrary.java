package dev.ephpm.phpbridge;

import com.sun.jna.Library;
import com.sun.jna.Native;
import com.sun.jna.NativeLibrary;
import com.sun.jna.Pointer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The native bridge in this process. All methods but {@link #interrupt} belong to the thread that runs PHP. */
final class PhpLibrary {
    private static final int RTLD_NOW = 0x2;
    private static final int RTLD_GLOBAL = 0x100;
    private static final int ERROR_SIZE = 512;

    private final Path nativeDirectory;
    private final Optional<Path> library;
    private volatile @Nullable Bridge bridge;

    /** As in embedded.c. */
    private interface Bridge extends Library {
        int ephpm_embedded_start(byte[] block, long length, byte[] error, long errorSize);

        int ephpm_embedded_serve();

        void ephpm_embedded_interrupt();
    }

    PhpLibrary(Path nativeDirectory, Optional<Path> library) {
        this.nativeDirectory = nativeDirectory;
        this.library = library;
    }

    /** Loads and starts PHP with a settings block; throws a {@link PhpException} that says what is missing. */
    void start(byte[] settings) {
        Bridge loaded = load();
        byte[] error = new byte[ERROR_SIZE];
        if (loaded.ephpm_embedded_start(settings, settings.length, error, error.length) != 0) {
            throw unavailable(Native.toString(error, "UTF-8"), null);
        }
        bridge = loaded;
    }

    /** PHP's extensions look for its symbols globally, so libphp comes first and with RTLD_GLOBAL. */
    private Bridge load() {
        try {
            Map<String, Object> global = Map.of(Library.OPTION_OPEN_FLAGS, RTLD_NOW | RTLD_GLOBAL);
            Pointer php = NativeLibrary.getInstance(libraryName(), global).getGlobalVariableAddress("sapi_module");
            if (Pointer.nativeValue(php) == 0) {
                throw unavailable(libraryName() + " is not PHP", null);
            }
            return Native.load(
                    nativeDirectory.resolve("libephpm_php.so").toString(),
                    Bridge.class,
                    Map.of(Library.OPTION_OPEN_FLAGS, RTLD_NOW));
        } catch (UnsatisfiedLinkError | IOException e) {
            throw unavailable(e.getMessage() + ". Install libphp8.2-embed, or set php.library", e);
        }
    }

    private String libraryName() throws IOException {
        if (library.isPresent()) {
            return library.get().toString();
        }
        return Files.readString(nativeDirectory.resolve("libphp.name"), StandardCharsets.UTF_8)
                .strip();
    }

    /** Blocks while the connection lasts; false when there is nobody to connect to. */
    boolean serve() {
        Bridge loaded = bridge;
        return loaded != null && loaded.ephpm_embedded_serve() == 0;
    }

    /** Ends the running script at its next safe point. Callable from any thread. */
    void interrupt() {
        Bridge loaded = bridge;
        if (loaded != null) {
            loaded.ephpm_embedded_interrupt();
        }
    }

    private static PhpException unavailable(@Nullable String reason, @Nullable Throwable cause) {
        String message = "cannot start PHP in this process: " + reason;
        return cause == null
                ? new PhpException(PhpException.Reason.UNAVAILABLE, message)
                : new PhpException(PhpException.Reason.UNAVAILABLE, message, cause);
    }
}
