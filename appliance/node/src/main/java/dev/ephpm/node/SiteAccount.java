package dev.ephpm.node;

import dev.ephpm.config.Secret;
import dev.ephpm.sites.Site;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * How one site's MySQL clients log in. Derived from the node secret and the site alone, so the command line knows it while the
 * node is stopped.
 *
 * @param user the site's name; names over MySQL's 80 characters are shortened with a hash
 * @param database the database name clients see
 * @param file where the data is
 */
record SiteAccount(String user, Secret password, String database, Path file) {
    static final int LONGEST_USER = 80;
    private static final int LONGEST_DATABASE = 64;
    private static final int HASH_LENGTH = 16;
    /** {@code default} would be a reserved word. */
    private static final String FALLBACK_DATABASE = "ephpm";

    static SiteAccount of(Site site, NodeSecret secret, Path fallbackDatabase) {
        return new SiteAccount(
                shorten(site.name(), LONGEST_USER),
                new Secret(secret.password("mysql", site.name())),
                database(site),
                file(site, fallbackDatabase));
    }

    /** The database name clients see. */
    static String database(Site site) {
        return site.config().databaseName().orElseGet(() -> databaseName(site));
    }

    /** Where the data is. */
    static Path file(Site site, Path fallbackDatabase) {
        return site.config().databasePath().orElseGet(() -> databaseFile(site, fallbackDatabase));
    }

    private static String databaseName(Site site) {
        return site.name().equals(Site.FALLBACK)
                ? FALLBACK_DATABASE
                : shorten(site.name().replace('.', '_').replace('-', '_'), LONGEST_DATABASE);
    }

    private static Path databaseFile(Site site, Path fallbackDatabase) {
        return site.name().equals(Site.FALLBACK)
                ? fallbackDatabase
                : site.directory().resolve("ephpm.db");
    }

    private static String shorten(String name, int longest) {
        if (name.length() <= longest) {
            return name;
        }
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(name.getBytes(StandardCharsets.UTF_8));
            String suffix = HexFormat.of().formatHex(hash).substring(0, HASH_LENGTH);
            return name.substring(0, longest - HASH_LENGTH - 1) + "_" + suffix;
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("This Java runtime has no SHA-256", e);
        }
    }
}
