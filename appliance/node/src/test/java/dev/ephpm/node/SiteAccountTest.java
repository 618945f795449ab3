package dev.ephpm.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ephpm.config.SiteConfig;
import dev.ephpm.sites.Site;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SiteAccountTest {
    private static final Path FALLBACK_DATABASE = Path.of("/data/default.db");

    @TempDir
    private Path directory;

    @Test
    void followsFromTheSiteAndTheNodeSecretAlone() throws IOException {
        NodeSecret first = NodeSecret.loadOrCreate(directory.resolve("secret"));
        NodeSecret again = NodeSecret.loadOrCreate(directory.resolve("secret"));
        NodeSecret other = NodeSecret.loadOrCreate(directory.resolve("other"));

        SiteAccount account = SiteAccount.of(site("alice-blog.com"), first, FALLBACK_DATABASE);

        assertThat(account).isEqualTo(SiteAccount.of(site("alice-blog.com"), again, FALLBACK_DATABASE));
        assertThat(account.password())
                .isNotEqualTo(SiteAccount.of(site("alice-blog.com"), other, FALLBACK_DATABASE)
                        .password())
                .isNotEqualTo(SiteAccount.of(site("bob.com"), first, FALLBACK_DATABASE)
                        .password());
        assertThat(account.password().value()).matches("[0-9a-f]{40}");
        assertThat(account.user()).isEqualTo("alice-blog.com");
        assertThat(account.database()).isEqualTo("alice_blog_com");
        assertThat(account.file()).isEqualTo(Path.of("/sites/alice-blog.com/ephpm.db"));
    }

    @Test
    void siteTomlNamesAnotherDatabase() {
        SiteConfig inherited = SiteConfig.INHERITED;
        SiteConfig config = new SiteConfig(
                inherited.documentRoot(),
                inherited.indexFiles(),
                inherited.fallback(),
                inherited.memoryLimit(),
                inherited.maxExecutionTime(),
                inherited.iniOverrides(),
                inherited.env(),
                Optional.of(Path.of("/mnt/a.db")),
                Optional.of("wordpress"),
                inherited.rateLimit(),
                inherited.rateBurst());
        Site site = new Site("a.test", Path.of("/s"), Path.of("/s"), config, Optional.empty());

        SiteAccount account =
                SiteAccount.of(site, NodeSecret.loadOrCreate(directory.resolve("secret")), FALLBACK_DATABASE);

        assertThat(account.database()).isEqualTo("wordpress");
        assertThat(account.file()).isEqualTo(Path.of("/mnt/a.db"));
    }

    @Test
    void theFallbackSiteHasItsOwn() {
        SiteAccount account = SiteAccount.of(
                site(Site.FALLBACK), NodeSecret.loadOrCreate(directory.resolve("secret")), FALLBACK_DATABASE);

        assertThat(account.database()).isEqualTo("ephpm");
        assertThat(account.file()).isEqualTo(FALLBACK_DATABASE);
    }

    @Test
    void longNamesStayInsideMySqlsLimitsAndStayDifferent() {
        NodeSecret secret = NodeSecret.loadOrCreate(directory.resolve("secret"));
        String longName = "a".repeat(60) + "." + "b".repeat(60);
        SiteAccount one = SiteAccount.of(site(longName + ".com"), secret, FALLBACK_DATABASE);
        SiteAccount two = SiteAccount.of(site(longName + ".org"), secret, FALLBACK_DATABASE);

        assertThat(one.user()).hasSize(80).isNotEqualTo(two.user());
        assertThat(one.database()).hasSize(64).isNotEqualTo(two.database());
    }

    @Test
    void theSecretIsReadableByItsOwnerOnly() throws IOException {
        Path file = directory.resolve("secret");
        NodeSecret.loadOrCreate(file);

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        try (var files = Files.list(directory)) {
            assertThat(files).containsExactly(file);
        }
    }

    @Test
    void aDamagedSecretIsRefusedWithTheWayOut() throws IOException {
        Path file = Files.writeString(directory.resolve("secret"), "short");

        assertThatThrownBy(() -> NodeSecret.loadOrCreate(file))
                .isInstanceOf(OperatorException.class)
                .hasMessageContaining("must hold 32 bytes and holds 5; restore it from a backup");
        assertThatThrownBy(() -> NodeSecret.load(directory.resolve("none")))
                .isInstanceOf(OperatorException.class)
                .hasMessageContaining("Start `ephpm serve` once");
    }

    private static Site site(String name) {
        Path path = Path.of("/sites", name);
        return new Site(name, path, path, SiteConfig.INHERITED, Optional.empty());
    }
}
