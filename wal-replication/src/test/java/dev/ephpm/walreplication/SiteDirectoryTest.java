package dev.ephpm.walreplication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ephpm.config.SiteName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is put where sqld looks, what is kept of former homes, and what a journal survives. */
class SiteDirectoryTest {
    private static final SiteName SITE = new SiteName("site.test");
    private static final Position POSITION = new Position(UUID.fromString("08a1a40f-5f1e-42c7-b031-7d2513acb47c"), 9);

    @TempDir
    private Path directory;

    private Path place;

    @BeforeEach
    void choosePlace() {
        place = directory.resolve("place");
    }

    private Path database(String name, int pageSize) throws SQLException {
        Path file = directory.resolve(name);
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement statement = connection.createStatement()) {
            statement.execute("PRAGMA page_size = " + pageSize);
            statement.execute("CREATE TABLE t (x)");
            statement.execute("INSERT INTO t VALUES ('" + name + "')");
        }
        return file;
    }

    private List<String> names(Path root) throws IOException {
        try (Stream<Path> found = Files.list(root)) {
            return found.map(path -> path.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void aPlacedDatabaseIsAllThereIs() throws Exception {
        Files.createDirectories(place.resolve("snapshots"));
        Files.writeString(place.resolve("snapshots/old.snap"), "");
        Files.writeString(place.resolve("wallog"), "of an earlier role");
        Files.writeString(place.resolve("data-wal"), "of an earlier database");

        new SiteDirectory(place).place(database("new", 4096), new SqliteCopy());

        assertThat(names(place)).containsExactly("data");
        assertThat(SqliteCopy.read(place.resolve("data"), "SELECT x FROM t")).isEqualTo("new");
    }

    /** sqld would end, with all its sites. */
    @Test
    void otherSizesOfPagesAreRefused() throws Exception {
        SiteDirectory target = new SiteDirectory(place);
        Path strange = database("strange", 8192);
        Path text = Files.writeString(directory.resolve("text"), "no database");

        assertThatThrownBy(() -> target.place(strange, new SqliteCopy()))
                .isInstanceOfSatisfying(
                        ReplicationException.class,
                        e -> assertThat(e.code()).isEqualTo(ReplicationException.Code.FILES))
                .hasMessageContaining("pages of 4096 bytes");
        assertThatThrownBy(() -> target.place(text, SiteDirectoryTest::link))
                .hasMessageContaining("pages of 4096 bytes");
        assertThat(place.resolve("data")).doesNotExist();
    }

    private static void link(Path from, Path to) {
        try {
            Files.createLink(to, from);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void aWipeKeepsTheDatabase() throws Exception {
        Files.createDirectories(place.resolve("to_compact"));
        Files.createDirectories(place.resolve("tmp"));
        for (String name : List.of("data", "data-wal", "wallog", "client_wal_index", "to_compact/1")) {
            Files.writeString(place.resolve(name), "");
        }

        new SiteDirectory(place).wipeLogState();
        new SiteDirectory(directory.resolve("absent")).wipeLogState();

        assertThat(names(place)).containsExactly("data", "data-wal");
    }

    @Test
    void anOrphanIsKeptUnlessNothingCanBeLost() throws Exception {
        Orphans orphans = new Orphans(directory.resolve("orphans"), new SqliteCopy());
        Path database = database("former", 4096);
        Position further = new Position(POSITION.log(), 10);
        Position foreign = new Position(new UUID(1, 1), 10);

        assertThat(orphans.keep(SITE, 3, database, Optional.of(POSITION), Optional.of(POSITION)))
                .isEmpty();
        assertThat(orphans.keep(SITE, 3, database, Optional.of(POSITION), Optional.of(further)))
                .isEmpty();
        assertThat(orphans.keep(SITE, 3, directory.resolve("absent"), Optional.empty(), Optional.empty()))
                .isEmpty();
        assertThat(orphans.path(SITE, 3)).doesNotExist();

        assertThat(orphans.keep(SITE, 3, database, Optional.of(further), Optional.of(POSITION)))
                .contains(orphans.path(SITE, 3));
        assertThat(orphans.keep(SITE, 4, database, Optional.of(POSITION), Optional.of(foreign)))
                .contains(orphans.path(SITE, 4));
        assertThat(orphans.keep(SITE, 5, database, Optional.empty(), Optional.of(POSITION)))
                .contains(orphans.path(SITE, 5));
        assertThat(orphans.keep(SITE, 6, database, Optional.of(POSITION), Optional.empty()))
                .contains(orphans.path(SITE, 6));
        assertThat(SqliteCopy.read(orphans.path(SITE, 3), "SELECT x FROM t")).isEqualTo("former");
    }

    @Test
    void anOrphanIsNotOverwritten() throws Exception {
        Orphans orphans = new Orphans(directory.resolve("orphans"), new SqliteCopy());
        orphans.keep(SITE, 3, database("first", 4096), Optional.empty(), Optional.empty());

        orphans.keep(SITE, 3, database("second", 4096), Optional.empty(), Optional.empty());

        assertThat(SqliteCopy.read(orphans.path(SITE, 3), "SELECT x FROM t")).isEqualTo("first");
    }

    @Test
    void aJournalIsWhatWasWrittenLast() {
        MoveJournal journal = new MoveJournal(directory.resolve("journal"));
        assertThat(journal.sites()).isEmpty();
        assertThat(journal.read(SITE)).isEmpty();
        MoveJournal.Entry entry = new MoveJournal.Entry(SITE, "first", 7, MoveStep.BLOCK, Optional.empty());
        journal.write(entry);
        assertThat(journal.read(SITE)).contains(entry);

        MoveJournal.Entry later = entry.at(MoveStep.SWITCH).blockedAt(Optional.of(POSITION));
        journal.write(later);

        assertThat(journal.read(SITE)).contains(later);
        assertThat(journal.sites()).containsExactly(SITE);
        journal.remove(SITE);
        journal.remove(SITE);
        assertThat(journal.read(SITE)).isEmpty();
    }

    @Test
    void aDamagedJournalIsSaidToBeDamaged() throws Exception {
        MoveJournal journal = new MoveJournal(directory.resolve("journal"));
        journal.write(new MoveJournal.Entry(SITE, "first", 7, MoveStep.BLOCK, Optional.of(POSITION)));
        Path file = directory.resolve("journal/site.test.move");
        String whole = Files.readString(file);

        for (String damaged : List.of("", whole.replace("first", "other"), whole.substring(0, whole.length() - 10))) {
            Files.writeString(file, damaged);
            assertThatThrownBy(() -> journal.read(SITE))
                    .isInstanceOfSatisfying(
                            ReplicationException.class,
                            e -> assertThat(e.code()).isEqualTo(ReplicationException.Code.FILES))
                    .hasMessageContaining("is damaged");
        }
    }
}
