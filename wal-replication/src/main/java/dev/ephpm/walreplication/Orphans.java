package dev.ephpm.walreplication;

import static java.util.Objects.requireNonNull;

import dev.ephpm.config.SiteName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Databases of former homes that hold writes which no new home has. They are kept until someone deletes them. */
public final class Orphans {
    private static final Logger LOG = LoggerFactory.getLogger(Orphans.class);

    private final Path directory;
    private final DatabaseCopy copy;

    /** @param directory where they are kept, made when needed */
    public Orphans(Path directory, DatabaseCopy copy) {
        this.directory = requireNonNull(directory, "directory is null");
        this.copy = requireNonNull(copy, "copy is null");
    }

    /** Where the orphan of an epoch lies, whether there is one or not. */
    public Path path(SiteName site, long epoch) {
        return directory.resolve(site.value() + ".orphan-" + epoch);
    }

    /**
     * Keeps the database unless it is known that everything in it was carried over. One that was kept already for the same
     * epoch stays as it is.
     *
     * @param end where the former home's log ends, or empty if unknown
     * @param carriedOver up to where the new home has that log, or empty if unknown
     * @return where it was kept, or empty if nothing could be lost
     */
    Optional<Path> keep(
            SiteName site, long epoch, Path database, Optional<Position> end, Optional<Position> carriedOver) {
        boolean contained =
                end.isPresent() && carriedOver.isPresent() && carriedOver.get().reaches(end.get());
        if (contained || !Files.exists(database)) {
            return Optional.empty();
        }
        Path kept = path(site, epoch);
        if (!Files.exists(kept)) {
            write(database, kept);
            LOG.warn(
                    "{}: this node was its home in epoch {} and has writes up to {} of which the new home has those up to {};"
                            + " its database is kept as {}",
                    site,
                    epoch,
                    end.map(Position::toString).orElse("an unknown position"),
                    carriedOver.map(Position::toString).orElse("an unknown position"),
                    kept);
        }
        return Optional.of(kept);
    }

    private void write(Path database, Path kept) {
        try {
            Files.createDirectories(directory);
            Path incoming = kept.resolveSibling(kept.getFileName() + ".incoming");
            copy.copy(database, incoming);
            SiteDirectory.sync(incoming, StandardOpenOption.WRITE);
            Files.move(incoming, kept, StandardCopyOption.ATOMIC_MOVE);
            SiteDirectory.sync(directory, StandardOpenOption.READ);
        } catch (IOException e) {
            throw new ReplicationException(
                    ReplicationException.Code.FILES,
                    "cannot keep " + database + " as " + kept + ": " + e.getMessage(),
                    e);
        }
    }
}
