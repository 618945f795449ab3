package dev.ephpm.sqldmanager;

import dev.ephpm.config.SiteName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The data directory of one sqld, with what lies beside it: the lock file, which the running sqld holds, and the mark of a clean
 * stop. Blocking.
 */
final class SqldDirectory {
    private static final Logger LOGGER = LoggerFactory.getLogger(SqldDirectory.class);
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final List<String> SYNCED = List.of("data", "data-wal", "wallog");

    private final Path directory;
    private final Path lock;
    private final Path cleanMark;

    SqldDirectory(Path parent, String name) {
        directory = parent.resolve(name);
        lock = parent.resolve(name + ".lock");
        cleanMark = parent.resolve(name + ".clean");
    }

    Path path() {
        return directory;
    }

    Path lock() {
        return lock;
    }

    /** Where sqld keeps a site. */
    Path site(SiteName site) {
        return directory.resolve("dbs").resolve(site.value());
    }

    /** The site's SQLite file. */
    Path database(SiteName site) {
        return site(site).resolve("data");
    }

    /** The sites sqld has files of. It keeps no list that it would show. */
    List<SiteName> sites() throws IOException {
        Path databases = directory.resolve("dbs");
        if (!Files.isDirectory(databases)) {
            return List.of();
        }
        try (Stream<Path> found = Files.list(databases)) {
            return found.map(path -> path.getFileName().toString())
                    .filter(SiteName::isValid)
                    .map(SiteName::new)
                    .sorted()
                    .toList();
        }
    }

    /** Ends an sqld of an appliance that is no more; refuses if its appliance still runs. */
    void endEarlierLife() {
        Optional<LockRecord> record = LockRecord.read(lock);
        if (record.isEmpty() || !record.get().holder().isAlive()) {
            return;
        }
        LockRecord found = record.get();
        if (!found.bootId().equals(ProcessIdentity.bootId())) {
            return;
        }
        if (found.owner().isAlive()) {
            throw new SqldException(
                    SqldException.Reason.UNAVAILABLE,
                    directory + " is in use by process " + found.holder().pid()
                            + " of the appliance with process number "
                            + found.owner().pid() + "; stop that one, or use another node.data_dir");
        }
        LOGGER.warn(
                "ending process {}, which an earlier life of this appliance left in {}",
                found.holder().pid(),
                directory);
        ProcessHandle.of(found.holder().pid()).ifPresent(SqldDirectory::end);
    }

    private static void end(ProcessHandle orphan) {
        orphan.destroy();
        if (!ended(orphan)) {
            orphan.destroyForcibly();
            ended(orphan);
        }
    }

    private static boolean ended(ProcessHandle orphan) {
        try {
            orphan.onExit().get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException | ExecutionException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /**
     * Whether the replication logs may be taken as they are, so that replicas need not fetch everything anew. A process that
     * crashes loses nothing of them; a machine may, unless they were synced after a clean stop. Asked once before each start:
     * the mark of a clean stop is gone afterwards.
     */
    boolean trustsLog() {
        boolean sameBoot = LockRecord.read(lock)
                .filter(record -> record.bootId().equals(ProcessIdentity.bootId()))
                .isPresent();
        try {
            return Files.deleteIfExists(cleanMark) || sameBoot;
        } catch (IOException e) {
            throw new SqldException(
                    SqldException.Reason.UNAVAILABLE, "cannot remove " + cleanMark + ": " + e.getMessage(), e);
        }
    }

    /** sqld stopped cleanly: brings its files onto the disk, then says so. */
    void markClean() {
        try {
            for (Path file : filesToSync()) {
                PrivateFiles.sync(file);
            }
            Files.write(cleanMark, new byte[0]);
            PrivateFiles.sync(cleanMark);
        } catch (IOException e) {
            LOGGER.warn(
                    "cannot sync {}: {}; replicas will fetch everything if the machine fails now",
                    directory,
                    e.getMessage());
        }
    }

    private List<Path> filesToSync() throws IOException {
        List<Path> files = new ArrayList<>();
        for (SiteName site : sites()) {
            for (String name : SYNCED) {
                Path file = site(site).resolve(name);
                if (Files.isRegularFile(file)) {
                    files.add(file);
                }
            }
        }
        return files;
    }
}
