package dev.ephpm.sites;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ephpm.config.DataSize;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DirectorySitesTest {
    @TempDir
    private Path directory;

    private Path sitesDir;
    private Path dataDir;
    private final RecordingListener heard = new RecordingListener();

    @BeforeEach
    void createDirectories() throws IOException {
        sitesDir = Files.createDirectory(directory.resolve("sites"));
        dataDir = Files.createDirectory(directory.resolve("data"));
    }

    @Test
    void everyDirectoryWithAHostNameIsASite() throws IOException {
        Files.createDirectory(sitesDir.resolve("alice-blog.com"));
        Files.createDirectory(sitesDir.resolve("Upper.com"));
        Files.createDirectory(sitesDir.resolve(".git"));
        Files.createDirectory(sitesDir.resolve("_default"));
        Files.createDirectory(sitesDir.resolve("a..b"));
        Files.writeString(sitesDir.resolve("file.com"), "");

        SitesSnapshot snapshot = read().snapshot();

        assertThat(snapshot.byName()).containsOnlyKeys("alice-blog.com");
        assertThat(match(snapshot, "Alice-Blog.com.:8080"))
                .contains(snapshot.byName().get("alice-blog.com"));
        assertThat(match(snapshot, "unknown.com")).isEmpty();
    }

    @Test
    void unknownHostsGetTheFallbackSite() throws IOException {
        Path root = Files.createDirectory(directory.resolve("default"));
        SitesSnapshot snapshot = DirectorySites.read(Optional.of(sitesDir), Optional.of(root), dataDir)
                .snapshot();

        assertThat(match(snapshot, "unknown.com"))
                .hasValueSatisfying(site -> assertThat(site.name()).isEqualTo(Site.FALLBACK));
        assertThat(snapshot.find(Site.FALLBACK)).isPresent();
    }

    @Test
    void sitesThatComeAndGoAreToldToListeners() throws IOException {
        DirectorySites sites = read();

        Path site = Files.createDirectory(sitesDir.resolve("new.test"));
        sites.look();
        sites.look();
        Files.delete(site);
        sites.look();

        assertThat(heard.events).containsExactly("added new.test", "removed new.test");
        assertThat(sites.snapshot().byName()).isEmpty();
    }

    @Test
    void aDirectoryMadeAnewIsAnotherSite() throws IOException {
        Path path = Files.createDirectory(sitesDir.resolve("a.test"));
        DirectorySites sites = read();
        Site before = site(sites, "a.test");

        Files.move(path, directory.resolve("kept"));
        Files.createDirectory(path);
        sites.look();

        assertThat(heard.events).containsExactly("changed a.test");
        assertThat(site(sites, "a.test")).isNotSameAs(before);
    }

    @Test
    void anUnchangedSiteStaysTheSameObject() throws IOException {
        Path path = Files.createDirectory(sitesDir.resolve("a.test"));
        Files.writeString(path.resolve("site.toml"), "document_root = \"public\"\n");
        Files.createDirectory(path.resolve("public"));
        DirectorySites sites = read();
        Site before = site(sites, "a.test");

        Files.writeString(path.resolve("index.php"), "<?php");
        Files.createDirectory(sitesDir.resolve("b.test"));
        sites.look();

        assertThat(site(sites, "a.test")).isSameAs(before);
    }

    @Test
    void siteTomlAppliesWhenItChanges() throws IOException {
        Path path = Files.createDirectory(sitesDir.resolve("a.test"));
        DirectorySites sites = read();

        Files.writeString(path.resolve("site.toml"), "[php]\nmemory_limit = \"64M\"\n");
        sites.look();
        assertThat(site(sites, "a.test").config().memoryLimit()).contains(DataSize.ofMebibytes(64));

        Files.delete(path.resolve("site.toml"));
        sites.look();
        assertThat(site(sites, "a.test").config().memoryLimit()).isEmpty();
        assertThat(heard.events).containsExactly("changed a.test", "changed a.test");
    }

    @Test
    void aFlippedReleaseMovesTheDocumentRoot() throws IOException {
        Path path = Files.createDirectory(sitesDir.resolve("a.test"));
        Files.createDirectories(path.resolve("releases/1/public"));
        Files.createDirectories(path.resolve("releases/2/public"));
        Files.createSymbolicLink(path.resolve("current"), Path.of("releases/1"));
        Files.writeString(path.resolve("site.toml"), "document_root = \"current/public\"\n");
        DirectorySites sites = read();
        assertThat(site(sites, "a.test").documentRoot())
                .isEqualTo(path.toRealPath().resolve("releases/1/public"));

        Files.createSymbolicLink(path.resolve("next"), Path.of("releases/2"));
        Files.move(path.resolve("next"), path.resolve("current"), StandardCopyOption.ATOMIC_MOVE);
        sites.look();

        assertThat(site(sites, "a.test").documentRoot())
                .isEqualTo(path.toRealPath().resolve("releases/2/public"));
    }

    @Test
    void aFlippedSiteDirectoryIsFollowed() throws IOException {
        Path first = Files.createDirectory(directory.resolve("first"));
        Path second = Files.createDirectory(directory.resolve("second"));
        Files.createSymbolicLink(sitesDir.resolve("a.test"), first);
        DirectorySites sites = read();

        Files.createSymbolicLink(directory.resolve("next"), second);
        Files.move(directory.resolve("next"), sitesDir.resolve("a.test"), StandardCopyOption.ATOMIC_MOVE);
        sites.look();

        assertThat(site(sites, "a.test").documentRoot()).isEqualTo(second.toRealPath());
    }

    @Test
    void aLinkToASiblingIsItsOtherName() throws IOException {
        Files.createDirectory(sitesDir.resolve("a.test"));
        DirectorySites sites = read();
        Files.createSymbolicLink(sitesDir.resolve("www.a.test"), Path.of("a.test"));
        sites.look();

        assertThat(site(sites, "www.a.test")).isSameAs(site(sites, "a.test"));
        assertThat(sites.snapshot().sites()).hasSize(1);
        assertThat(heard.events).isEmpty();

        Files.delete(sitesDir.resolve("www.a.test"));
        sites.look();
        assertThat(sites.snapshot().byName()).containsOnlyKeys("a.test");
    }

    @Test
    void aThousandSitesAreReadInUnderTwoSeconds() throws IOException {
        for (int number = 0; number < 1000; number++) {
            Files.createDirectory(sitesDir.resolve("site-" + number + ".test"));
        }
        long start = System.nanoTime();

        DirectorySites sites = read();

        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(2));
        assertThat(sites.snapshot().byName()).hasSize(1000);
    }

    @Test
    void theWatcherNoticesWithinTwoSeconds() throws Exception {
        CountDownLatch added = new CountDownLatch(1);
        try (DirectorySites sites = DirectorySites.open(Optional.of(sitesDir), Optional.empty(), dataDir)) {
            sites.addListener(new RecordingListener() {
                @Override
                public void added(Site site) {
                    added.countDown();
                }
            });
            Files.createDirectory(sitesDir.resolve("a.test"));

            assertThat(added.await(2, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Nested
    class Faults {
        @Test
        void aBrokenSiteTomlFaultsThatSiteOnly() throws IOException {
            Path broken = Files.createDirectory(sitesDir.resolve("broken.test"));
            Files.createDirectory(sitesDir.resolve("fine.test"));
            Files.writeString(broken.resolve("site.toml"), "[php]\nmemory_limt = \"1M\"\n");

            DirectorySites sites = read();

            assertThat(site(sites, "broken.test").fault())
                    .hasValueSatisfying(fault -> assertThat(fault)
                            .endsWith("site.toml:2:1: php.memory_limt: unknown key; did you mean php.memory_limit?"));
            assertThat(site(sites, "fine.test").fault()).isEmpty();
        }

        @Test
        void aFaultGoesWhenItsCauseGoes() throws IOException {
            Path path = Files.createDirectory(sitesDir.resolve("a.test"));
            Files.writeString(path.resolve("site.toml"), "document_root = \"public\"\n");
            DirectorySites sites = read();
            assertThat(site(sites, "a.test").fault())
                    .hasValueSatisfying(fault -> assertThat(fault).contains("\"public\" does not exist"));

            Files.createDirectory(path.resolve("public"));
            sites.look();

            assertThat(site(sites, "a.test").fault()).isEmpty();
            assertThat(site(sites, "a.test").documentRoot()).endsWithRaw(Path.of("public"));
        }

        @Test
        void aDocumentRootThatIsAFileIsAFault() throws IOException {
            Path path = Files.createDirectory(sitesDir.resolve("a.test"));
            Files.writeString(path.resolve("site.toml"), "document_root = \"public\"\n");
            Files.writeString(path.resolve("public"), "");

            assertThat(site(read(), "a.test").fault())
                    .contains("document_root \"public\" is not a directory; replace it by one");
        }

        @Test
        void aDocumentRootOutsideTheSiteIsAFault() throws IOException {
            Path path = Files.createDirectory(sitesDir.resolve("a.test"));
            Files.createSymbolicLink(path.resolve("public"), directory.resolve("data"));
            Files.writeString(path.resolve("site.toml"), "document_root = \"public\"\n");
            assertThat(site(read(), "a.test").fault())
                    .hasValueSatisfying(fault -> assertThat(fault).contains("leads out of the site directory"));

            Files.writeString(path.resolve("site.toml"), "document_root = \"../b.test\"\n");
            Files.createDirectory(sitesDir.resolve("b.test"));
            assertThat(site(read(), "a.test").fault())
                    .hasValueSatisfying(fault -> assertThat(fault).contains("leads out of the site directory"));
        }

        @Test
        void aSiteCannotOpenTheDatabaseOfAnother() throws IOException {
            Files.createDirectory(sitesDir.resolve("victim.test"));
            Path path = Files.createDirectory(sitesDir.resolve("attacker.test"));
            Files.writeString(path.resolve("site.toml"), "[db.sqlite]\npath = \"../victim.test/ephpm.db\"\n");

            assertThat(site(read(), "attacker.test").fault())
                    .hasValueSatisfying(fault -> assertThat(fault).contains("belongs to another site"));

            Files.writeString(path.resolve("site.toml"), "[db.sqlite]\npath = \"" + dataDir + "/default.db\"\n");
            assertThat(site(read(), "attacker.test").fault())
                    .hasValueSatisfying(fault -> assertThat(fault).contains("node.data_dir"));
        }

        @Test
        void twoSitesCannotShareADatabaseFile() throws IOException {
            Path databases = Files.createDirectory(directory.resolve("databases"));
            for (String name : List.of("a.test", "b.test")) {
                Path path = Files.createDirectory(sitesDir.resolve(name));
                Files.writeString(path.resolve("site.toml"), "[db.sqlite]\npath = \"" + databases + "/x.db\"\n");
            }

            DirectorySites sites = read();

            assertThat(site(sites, "a.test").config().databasePath())
                    .contains(databases.toRealPath().resolve("x.db"));
            assertThat(site(sites, "b.test").fault())
                    .hasValueSatisfying(fault -> assertThat(fault).contains("already that of the site a.test"));
        }

        @Test
        void aSitesDirectoryThatVanishesKeepsItsSites() throws IOException {
            Files.createDirectory(sitesDir.resolve("a.test"));
            DirectorySites sites = read();

            Files.move(sitesDir, directory.resolve("elsewhere"));
            sites.look();
            assertThat(sites.snapshot().byName()).containsOnlyKeys("a.test");

            Files.move(directory.resolve("elsewhere"), sitesDir);
            sites.look();
            assertThat(site(sites, "a.test").fault()).isEmpty();
        }
    }

    private DirectorySites read() {
        DirectorySites sites = DirectorySites.read(Optional.of(sitesDir), Optional.empty(), dataDir);
        sites.addListener(heard);
        return sites;
    }

    private static Site site(Sites sites, String name) {
        return sites.snapshot().find(name).orElseThrow();
    }

    private static Optional<Site> match(SitesSnapshot snapshot, String host) {
        return snapshot.match(HostName.parse(host).orElseThrow());
    }

    private static class RecordingListener implements SitesListener {
        final List<String> events = new ArrayList<>();

        @Override
        public void added(Site site) {
            events.add("added " + site.name());
        }

        @Override
        public void changed(Site before, Site after) {
            events.add("changed " + after.name());
        }

        @Override
        public void removed(Site site) {
            events.add("removed " + site.name());
        }
    }
}
