package dev.ephpm.litewire.sqlite;

import dev.ephpm.litewire.LitewireException;
import java.nio.file.Path;
import java.sql.SQLException;
import org.slf4j.LoggerFactory;

/**
 * The way to SQLite: the extension written in C where it can be loaded, else sqlite-jdbc alone, which is slower and has no
 * authorizer. Both give the same answers. Thread-safe; one per process is enough.
 */
public sealed interface SqliteLibrary permits NativeLibrary, DriverLibrary {
    /** The best that this machine can load from the directory; warns when it is not the extension. */
    static SqliteLibrary load(Path nativeDirectory) {
        try {
            return new NativeLibrary(nativeDirectory);
        } catch (LitewireException e) {
            LoggerFactory.getLogger(SqliteLibrary.class)
                    .warn(
                            "{}. Databases work without it, but slower and with one wall less between sites"
                                    + " (docs/mysql-compatibility.md)",
                            e.getMessage());
            return new DriverLibrary();
        }
    }

    /** What reaches SQLite, for logs and reports. */
    String description();

    /** Opens the file and keeps the connection inside it. */
    FileConnection connect(DatabaseFile file) throws SQLException;
}
