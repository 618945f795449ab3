package dev.ephpm.walreplication;

import static java.util.Objects.requireNonNull;

import dev.ephpm.config.SiteName;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.zip.CRC32C;

/**
 * How far a change of a site's home has got, on the disk of the node that becomes the home. Replaced as a whole after each step,
 * so that a crash leaves either the old or the new entry.
 */
final class MoveJournal {
    private static final String SUFFIX = ".move";
    private static final String NONE = "-";
    private static final int FIELDS = 6;

    private final Path directory;

    MoveJournal(Path directory) {
        this.directory = requireNonNull(directory, "directory is null");
    }

    /**
     * @param from the former home
     * @param epoch its epoch
     * @param step the step to be done next
     * @param end where its log ended when its writes were blocked; empty before, or if it was empty, or if it is not known
     */
    record Entry(SiteName site, String from, long epoch, MoveStep step, Optional<Position> end) {
        Entry at(MoveStep next) {
            return new Entry(site, from, epoch, next, end);
        }

        Entry blockedAt(Optional<Position> blockedEnd) {
            return new Entry(site, from, epoch, step, blockedEnd);
        }
    }

    void write(Entry entry) {
        String body = String.join(
                "\n",
                entry.site.value(),
                entry.from,
                Long.toString(entry.epoch),
                entry.step.name(),
                entry.end.map(Position::toString).orElse(NONE));
        Path target = path(entry.site);
        Path incoming = target.resolveSibling(target.getFileName() + ".incoming");
        try {
            Files.createDirectories(directory);
            Files.writeString(incoming, body + "\n" + checksum(body) + "\n");
            SiteDirectory.sync(incoming, StandardOpenOption.WRITE);
            Files.move(incoming, target, StandardCopyOption.ATOMIC_MOVE);
            SiteDirectory.sync(directory, StandardOpenOption.READ);
        } catch (IOException e) {
            throw failure("write", target, e);
        }
    }

    Optional<Entry> read(SiteName site) {
        Path file = path(site);
        try {
            return Optional.of(parse(file, Files.readAllLines(file)));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw failure("read", file, e);
        }
    }

    /** The sites whose change of home was begun and is not finished. */
    List<SiteName> sites() {
        List<SiteName> sites = new ArrayList<>();
        try (var files = Files.newDirectoryStream(directory, "*" + SUFFIX)) {
            for (Path file : files) {
                String name = file.getFileName().toString();
                sites.add(new SiteName(name.substring(0, name.length() - SUFFIX.length())));
            }
        } catch (NoSuchFileException e) {
            return List.of();
        } catch (IOException e) {
            throw failure("list", directory, e);
        }
        return sites.stream().sorted().toList();
    }

    void remove(SiteName site) {
        Path file = path(site);
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw failure("remove", file, e);
        }
    }

    private static Entry parse(Path file, List<String> lines) throws IOException {
        if (lines.size() != FIELDS
                || !checksum(String.join("\n", lines.subList(0, FIELDS - 1))).equals(lines.getLast())) {
            throw new IOException(file + " is damaged");
        }
        return new Entry(
                new SiteName(lines.get(0)),
                lines.get(1),
                Long.parseLong(lines.get(2)),
                MoveStep.valueOf(lines.get(3)),
                lines.get(4).equals(NONE) ? Optional.empty() : Optional.of(position(lines.get(4))));
    }

    private static Position position(String text) {
        int colon = text.indexOf(':');
        return new Position(UUID.fromString(text.substring(0, colon)), Long.parseLong(text.substring(colon + 1)));
    }

    private static String checksum(String body) {
        CRC32C checksum = new CRC32C();
        checksum.update(body.getBytes(StandardCharsets.UTF_8));
        return HexFormat.of().toHexDigits((int) checksum.getValue());
    }

    private Path path(SiteName site) {
        return directory.resolve(site.value() + SUFFIX);
    }

    private static ReplicationException failure(String action, Path file, IOException e) {
        return new ReplicationException(
                ReplicationException.Code.FILES,
                "cannot " + action + " the journal " + file + ": " + e.getMessage(),
                e);
    }
}
