package dev.ephpm.litewire.sqlite;

import dev.ephpm.litewire.LitewireException;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Locale;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteOpenMode;

/**
 * Where a site's data lie and how its connections are set.
 *
 * @param path absolute; created with mode 0600 when absent
 * @param synchronous {@code off}, {@code normal} or {@code full}
 * @param cacheKibibytes memory for pages of each connection
 * @param readOnly another process writes it
 */
public record DatabaseFile(Path path, String synchronous, int cacheKibibytes, boolean readOnly) {
    private static final int CACHE_KIBIBYTES = 2000;
    private static final int LOADING_CACHE_KIBIBYTES = 65536;
    private static final int WAIT_FOR_OTHER_PROCESSES_MILLIS = 5000;
    private static final int WAL_KEPT_BYTES = 32 * 1024 * 1024;

    public DatabaseFile(Path path, String synchronous) {
        this(path, synchronous, CACHE_KIBIBYTES, false);
    }

    /** A file that is filled with many rows and can be filled anew: not safe from a power failure, and fast. */
    public static DatabaseFile loading(Path path) {
        return new DatabaseFile(path, "off", LOADING_CACHE_KIBIBYTES, false);
    }

    /** A file that sqld writes: whoever else does so destroys its replicas. */
    static DatabaseFile replica(Path path) {
        return new DatabaseFile(path, "off", CACHE_KIBIBYTES, true);
    }

    /** Makes an empty file nobody else can read. Throws {@link LitewireException} when the place is unusable. */
    void createIfAbsent() {
        if (Files.isRegularFile(path)) {
            return;
        }
        if (Files.exists(path)) {
            throw new LitewireException(
                    "cannot open the database " + path + ": it is not a file; set db.sqlite.path to a file", null);
        }
        try {
            Files.createFile(path, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        } catch (FileAlreadyExistsException e) {
            // Another session of the same site was quicker.
            return;
        } catch (IOException e) {
            throw new LitewireException(
                    "cannot create the database " + path + " (" + e.getMessage()
                            + "); make its directory exist and writable for this user, or set db.sqlite.path",
                    e);
        }
    }

    SQLiteConfig settings() {
        SQLiteConfig settings = new SQLiteConfig();
        settings.setBusyTimeout(WAIT_FOR_OTHER_PROCESSES_MILLIS);
        if (readOnly) {
            settings.setReadOnly(true);
        } else {
            settings.setJournalMode(SQLiteConfig.JournalMode.WAL);
            settings.setJournalSizeLimit(WAL_KEPT_BYTES);
        }
        settings.setSynchronous(SQLiteConfig.SynchronousMode.valueOf(synchronous.toUpperCase(Locale.ROOT)));
        settings.setCacheSize(-cacheKibibytes);
        settings.enforceForeignKeys(true);
        // Without it INSERT OR REPLACE would delete rows unseen by the triggers of full-text indexes.
        settings.enableRecursiveTriggers(true);
        // A connection is used by one thread at a time, so SQLite need not lock it.
        settings.setOpenMode(SQLiteOpenMode.NOMUTEX);
        // No mmap_size: a file shortened by somebody else would then kill the whole process with SIGBUS.
        return settings;
    }
}
