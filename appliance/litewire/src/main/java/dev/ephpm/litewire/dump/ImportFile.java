package dev.ephpm.litewire.dump;

import dev.ephpm.litewire.LitewireException;
import dev.ephpm.litewire.OfflineDatabase;
import dev.ephpm.litewire.sqlite.DatabaseFile;
import dev.ephpm.litewire.sqlite.SqliteCursor;
import dev.ephpm.litewire.sqlite.SqliteHandle;
import dev.ephpm.litewire.sqlite.SqliteLibrary;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The database a dump is loaded into, beside the site's own. It also holds how far the load has got, written in the same
 * transactions as the rows, so that a load that was interrupted can go on. One process at a time, one thread.
 */
final class ImportFile implements AutoCloseable {
    private static final Path BOOT_ID = Path.of("/proc/sys/kernel/random/boot_id");
    private static final String PROGRESS = "__lw_import";
    private static final String INDEXES = "__lw_import_index";
    private static final String FILLED = "__lw_import_filled";

    private final Path path;
    private final SqliteLibrary library;
    private final FileChannel lockChannel;
    private final String choice;
    private @Nullable OfflineDatabase database;

    private ImportFile(Path path, SqliteLibrary library, FileChannel lockChannel, String choice) {
        this.choice = choice;
        this.path = path;
        this.library = library;
        this.lockChannel = lockChannel;
    }

    /**
     * How far a load has got.
     *
     * @param offset behind the last statement or row that is in the file
     * @param checksum of the dump up to there
     * @param schemaVersion when the last statement changes the schema: the version before it; 0 otherwise
     */
    record Progress(long offset, long checksum, long schemaVersion, long rows) {}

    /** The file's place: beside the site's database, where the disk has room for it or for neither. */
    static Path beside(Path siteDatabase) {
        return siteDatabase.resolveSibling(siteDatabase.getFileName() + "-import");
    }

    /**
     * Takes the place of the import of this site; throws {@link DumpException} when another process has it.
     *
     * @param choice what the user chose to take of the dump: an import with another choice does not go on
     */
    static ImportFile claim(Path siteDatabase, SqliteLibrary library, String choice) {
        Path path = beside(siteDatabase);
        Path lockPath = path.resolveSibling(path.getFileName() + "-lock");
        FileChannel channel = null;
        try {
            channel = FileChannel.open(lockPath, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            FileLock lock = channel.tryLock();
            if (lock == null) {
                throw new OverlappingFileLockException();
            }
            return new ImportFile(path, library, channel, choice);
        } catch (OverlappingFileLockException e) {
            closeQuietly(channel);
            throw new DumpException("another import of this site is running; wait for its end, or stop it", e);
        } catch (IOException e) {
            closeQuietly(channel);
            throw new DumpException(
                    "cannot write " + lockPath + " (" + DumpSource.reason(e)
                            + "); run the command as the user the node runs as",
                    e);
        }
    }

    private static void closeQuietly(@Nullable FileChannel channel) {
        try {
            if (channel != null) {
                channel.close();
            }
        } catch (IOException e) {
            throw new DumpException("cannot close the lock of the import", e);
        }
    }

    Path path() {
        return path;
    }

    /** What an interrupted load has left, when it can be gone on with. */
    Optional<Progress> left() {
        if (!Files.isRegularFile(path)) {
            return Optional.empty();
        }
        try {
            return readProgress(open());
        } catch (RuntimeException e) {
            // Whatever is wrong with the file, a new one will do.
            return Optional.empty();
        }
    }

    private Optional<Progress> readProgress(OfflineDatabase database) {
        List<Progress> found = new ArrayList<>(1);
        database.write((_, file) -> {
            prepare(file);
            try (SqliteCursor cursor = file.query(
                    "SELECT position, checksum, schema_version, row_count FROM " + PROGRESS
                            + " WHERE boot_id = ?1 AND choice = ?2",
                    List.of(bootId(), choice))) {
                if (cursor.next()) {
                    found.add(new Progress(number(cursor, 0), number(cursor, 1), number(cursor, 2), number(cursor, 3)));
                }
            }
        });
        database.commit();
        return found.stream().findFirst();
    }

    private static long number(SqliteCursor cursor, int index) throws SQLException {
        return cursor.value(index) instanceof Long number ? number : 0;
    }

    private static void prepare(SqliteHandle file) throws SQLException {
        file.update(
                "CREATE TABLE IF NOT EXISTS " + PROGRESS
                        + " (id INTEGER PRIMARY KEY, position INTEGER, checksum INTEGER,"
                        + " schema_version INTEGER, row_count INTEGER, boot_id TEXT, choice TEXT)",
                List.of());
        file.update(
                "CREATE TABLE IF NOT EXISTS " + INDEXES + " (name TEXT PRIMARY KEY, table_name TEXT, sql TEXT)",
                List.of());
        file.update("CREATE TABLE IF NOT EXISTS " + FILLED + " (name TEXT PRIMARY KEY)", List.of());
    }

    /**
     * The file is written without waiting for the disk. That is safe while this machine runs, whatever happens to the process;
     * after a restart of the machine it may be damaged, so it is not used any more.
     */
    private static String bootId() {
        try {
            return Files.readString(BOOT_ID).strip();
        } catch (IOException e) {
            return "unknown";
        }
    }

    /** Begins with an empty file. */
    OfflineDatabase createAnew() {
        delete();
        OfflineDatabase created = open();
        var _ = readProgress(created);
        return created;
    }

    /** The file as it is. */
    OfflineDatabase open() {
        if (database == null) {
            try {
                database = new OfflineDatabase(DatabaseFile.loading(path), "import", library);
            } catch (LitewireException e) {
                throw new DumpException(String.valueOf(e.getMessage()), e);
            }
        }
        return database;
    }

    /** Writes how far the load has got, to be committed with its rows. */
    void save(SqliteHandle file, Progress progress) throws SQLException {
        file.update(
                "INSERT OR REPLACE INTO " + PROGRESS + " VALUES (1, ?1, ?2, ?3, ?4, ?5, ?6)",
                List.of(
                        progress.offset(),
                        progress.checksum(),
                        progress.schemaVersion(),
                        progress.rows(),
                        bootId(),
                        choice));
    }

    static long schemaVersion(SqliteHandle file) throws SQLException {
        try (SqliteCursor cursor = file.query("PRAGMA schema_version", List.of())) {
            return cursor.next() ? number(cursor, 0) : 0;
        }
    }

    // Indexes are built when the rows are there, which is many times faster than row by row.

    /** Takes the indexes off a table that has just been created. */
    static void setIndexesAside(SqliteHandle file, String table) throws SQLException {
        file.update(
                "INSERT INTO " + INDEXES + " SELECT name, tbl_name, sql FROM sqlite_master"
                        + " WHERE type = 'index' AND tbl_name = ?1 AND sql IS NOT NULL",
                List.of(table));
        for (List<String> index : indexes(file, "WHERE table_name = ?1", List.of(table))) {
            file.update("DROP INDEX IF EXISTS \"" + index.getFirst().replace("\"", "\"\"") + "\"", List.of());
        }
    }

    /** Tables whose indexes are set aside. */
    static List<String> tablesWithoutIndexes(SqliteHandle file) throws SQLException {
        List<String> tables = new ArrayList<>();
        try (SqliteCursor cursor = file.query("SELECT DISTINCT table_name FROM " + INDEXES, List.of())) {
            while (cursor.next()) {
                tables.add(String.valueOf(cursor.value(0)));
            }
        }
        return tables;
    }

    /** Builds the indexes of a table. Throws what SQLite says when rows violate a unique key. */
    static void buildIndexes(SqliteHandle file, String table) throws SQLException {
        for (List<String> index : indexes(file, "WHERE table_name = ?1", List.of(table))) {
            file.update(index.getLast(), List.of());
            file.update("DELETE FROM " + INDEXES + " WHERE name = ?1", List.of(index.getFirst()));
        }
    }

    /** To be called when a table is dropped or made anew. */
    static void forgetIndexes(SqliteHandle file, String table) throws SQLException {
        file.update("DELETE FROM " + INDEXES + " WHERE table_name = ?1", List.of(table));
    }

    private static List<List<String>> indexes(SqliteHandle file, String condition, List<@Nullable Object> parameters)
            throws SQLException {
        List<List<String>> found = new ArrayList<>();
        try (SqliteCursor cursor = file.query("SELECT name, sql FROM " + INDEXES + " " + condition, parameters)) {
            while (cursor.next()) {
                found.add(List.of(String.valueOf(cursor.value(0)), String.valueOf(cursor.value(1))));
            }
        }
        return found;
    }

    /** Remembers that the dump only fills this table, which the site has. */
    static void noteFilled(SqliteHandle file, String table) throws SQLException {
        file.update("INSERT OR IGNORE INTO " + FILLED + " VALUES (?1)", List.of(table));
    }

    /** Tables of the site that only get rows. */
    static List<String> filled(SqliteHandle file) throws SQLException {
        List<String> tables = new ArrayList<>();
        try (SqliteCursor cursor = file.query("SELECT name FROM " + FILLED, List.of())) {
            while (cursor.next()) {
                tables.add(String.valueOf(cursor.value(0)));
            }
        }
        return tables;
    }

    /** Removes the file; the next import begins anew. */
    void delete() {
        closeDatabase();
        try {
            for (String suffix : List.of("", "-wal", "-shm", "-journal")) {
                Files.deleteIfExists(path.resolveSibling(path.getFileName() + suffix));
            }
        } catch (IOException e) {
            throw new DumpException("cannot remove " + path + " (" + DumpSource.reason(e) + "); remove it by hand", e);
        }
    }

    /** Closes the file but keeps the place. */
    void closeDatabase() {
        if (database != null) {
            database.close();
            database = null;
        }
    }

    @Override
    public void close() {
        closeDatabase();
        try {
            // While it is locked nobody else can have it open.
            Files.deleteIfExists(path.resolveSibling(path.getFileName() + "-lock"));
        } catch (IOException e) {
            throw new DumpException("cannot remove the lock of the import (" + DumpSource.reason(e) + ")", e);
        } finally {
            closeQuietly(lockChannel);
        }
    }
}
