package dev.ephpm.litewire.dump;

import dev.ephpm.litewire.LitewireException;
import dev.ephpm.litewire.OfflineDatabase;
import dev.ephpm.litewire.SqlError;
import dev.ephpm.litewire.sqlite.DatabaseFile;
import dev.ephpm.litewire.sqlite.SqliteLibrary;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Takes a dump into a site's database, all or nothing. It is loaded into a file of its own first; sessions of a running node go
 * on with the old data until everything is replaced in one moment. An interrupted import of a file goes on where it stopped.
 * One thread.
 */
public final class DumpImport implements AutoCloseable {
    /** One statement or row may take a sixth of the memory, for it is held in a few forms at once. */
    private static final int SHARE_OF_MEMORY = 6;

    private static final long LARGEST_STATEMENT = 64L << 20;

    /** So much of a dump is loaded again at most after an interruption. */
    private static final int BATCH_BYTES = 32 << 20;

    private final Settings settings;
    private final SqliteLibrary library;
    private final ImportListener listener;
    private final ImportFile file;
    private final int batchBytes;

    /**
     * What to import into.
     *
     * @param synchronous of the site's database: off, normal or full
     * @param wanted the one to take when the dump holds several databases
     * @param strict whether something that a site cannot have is an error
     * @param dryRun whether the site stays as it is
     */
    public record Settings(
            Path siteDatabase,
            String databaseName,
            String synchronous,
            Path nativeDirectory,
            Optional<String> wanted,
            boolean strict,
            boolean dryRun) {}

    /**
     * What an import has done.
     *
     * @param tables of the dump
     * @param replaced the site's tables that were replaced or dropped
     * @param omissions what was in the dump and is not in the site
     * @param warnings of values that had to be changed
     */
    public record Result(
            List<String> tables,
            long rows,
            List<String> replaced,
            List<Omission> omissions,
            long warnings,
            Duration duration) {}

    private DumpImport(
            Settings settings, SqliteLibrary library, ImportListener listener, ImportFile file, int batchBytes) {
        this.batchBytes = batchBytes;
        this.settings = settings;
        this.library = library;
        this.listener = listener;
        this.file = file;
    }

    /** Throws {@link DumpException} when another import of the site is running. */
    public static DumpImport open(Settings settings, ImportListener listener) {
        return open(settings, listener, BATCH_BYTES);
    }

    static DumpImport open(Settings settings, ImportListener listener, int batchBytes) {
        try {
            SqliteLibrary library = SqliteLibrary.load(settings.nativeDirectory());
            ImportFile file = ImportFile.claim(
                    settings.siteDatabase(), library, settings.wanted().orElse(""));
            return new DumpImport(settings, library, listener, file, batchBytes);
        } catch (LitewireException e) {
            throw new DumpException(String.valueOf(e.getMessage()), e);
        }
    }

    /** The tables and views the site has now. */
    public List<String> existing() {
        try (OfflineDatabase site = site()) {
            return site.schema().tables().keySet().stream().sorted().toList();
        }
    }

    private DatabaseFile siteFile() {
        return new DatabaseFile(settings.siteDatabase(), settings.synchronous());
    }

    private OfflineDatabase site() {
        try {
            return new OfflineDatabase(siteFile(), settings.databaseName(), library);
        } catch (LitewireException | SqlError e) {
            throw new DumpException(String.valueOf(e.getMessage()), e);
        }
    }

    /** Imports a file. Throws {@link DumpException}. */
    public Result run(Path dump) {
        Optional<ImportFile.Progress> left = file.left();
        if (left.isPresent() && left.get().offset() > 0) {
            listener.begun("going on with the import that was interrupted after "
                    + left.get().rows() + " rows");
            try {
                return run(() -> DumpSource.open(dump), file.open(), left.get());
            } catch (Load.AnotherDump e) {
                listener.begun("starting anew: the dump is not the one that was interrupted");
            }
        } else {
            listener.begun("importing " + dump);
        }
        return run(() -> DumpSource.open(dump), file.createAnew(), new ImportFile.Progress(0, 0, 0, 0));
    }

    /** Imports a stream, always from its beginning. Throws {@link DumpException}. */
    public Result run(String name, InputStream stream) {
        listener.begun("importing " + name);
        return run(() -> DumpSource.of(name, stream), file.createAnew(), new ImportFile.Progress(0, 0, 0, 0));
    }

    private Result run(Supplier<DumpSource> dump, OfflineDatabase target, ImportFile.Progress before) {
        long start = System.nanoTime();
        try (DumpSource source = dump.get()) {
            long largest = Math.min(LARGEST_STATEMENT, Runtime.getRuntime().maxMemory() / SHARE_OF_MEMORY);
            DumpReader reader = new DumpReader(new DumpWindow(source, (int) largest));
            Load load = new Load(
                    reader,
                    file,
                    target,
                    new DatabaseChoice(settings.wanted()),
                    new SiteTables(),
                    before,
                    batchBytes,
                    listener);
            load.run();
            return finish(load, target, start);
        } catch (SqlError e) {
            throw new DumpException(String.valueOf(e.getMessage()), e);
        } finally {
            if (settings.dryRun()) {
                file.delete();
            }
        }
    }

    /** The site's tables as they are now. */
    private final class SiteTables implements Load.StructureSource {
        @Override
        public Optional<String> createTable(String table) {
            try (OfflineDatabase site = site()) {
                if (site.schema().table(table).isEmpty()) {
                    return Optional.empty();
                }
                List<String> found = new ArrayList<>(1);
                site.query("SHOW CREATE TABLE " + quoted(table), new RowSink(row -> found.add(String.valueOf(row[1]))));
                return found.stream().findFirst();
            }
        }

        @Override
        public void requireEmpty(String table) {
            try (OfflineDatabase site = site()) {
                List<Object> rows = new ArrayList<>(1);
                site.query("SELECT 1 FROM " + quoted(table) + " LIMIT 1", new RowSink(rows::add));
                if (!rows.isEmpty()) {
                    throw Replacement.notEmpty(table);
                }
            }
        }

        private static String quoted(String table) {
            return "`" + table.replace("`", "``") + "`";
        }
    }

    private Result finish(Load load, OfflineDatabase target, long start) {
        if (settings.strict() && !load.omissions().isEmpty()) {
            throw new DumpException("the dump holds what a site cannot have:\n  "
                    + String.join(
                            "\n  ",
                            load.omissions().stream().map(Omission::toString).toList()));
        }
        List<String> tables =
                target.schema().tables().keySet().stream().sorted().toList();
        if (tables.isEmpty() && load.dropped().isEmpty() && !load.dropsEverything()) {
            throw new DumpException("there is no table in the dump; is it a dump of the right database?");
        }
        List<String> filled = new ArrayList<>();
        target.write((_, connection) -> filled.addAll(ImportFile.filled(connection)));
        target.commit();
        List<String> replaced = List.of();
        if (!settings.dryRun()) {
            try (OfflineDatabase site = site()) {
                // Opening it makes it ready, should it be new.
                site.commit();
            }
            file.closeDatabase();
            listener.replacing(tables.size());
            replaced = Replacement.perform(siteFile(), file.path(), load, filled);
            file.delete();
        }
        return new Result(
                tables,
                load.rows(),
                replaced.stream().sorted().toList(),
                load.omissions(),
                load.warnings(),
                Duration.ofNanos(System.nanoTime() - start));
    }

    @Override
    public void close() {
        file.close();
    }
}
