package dev.ephpm.litewire;

import dev.ephpm.litewire.protocol.PasswordVerifier;
import java.nio.file.Path;

/**
 * The account of one site.
 *
 * @param user name the client logs in with
 * @param site the site's domain
 * @param databaseFile absolute path of its SQLite file, created at the first login
 * @param databaseName the database's name as clients see it
 */
public record SiteLogin(String user, String site, Path databaseFile, String databaseName, PasswordVerifier password) {}
