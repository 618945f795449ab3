package dev.ephpm.node;

import dev.ephpm.litewire.SiteLogin;
import dev.ephpm.litewire.SiteLogins;
import dev.ephpm.litewire.protocol.PasswordVerifier;
import dev.ephpm.sites.Site;
import dev.ephpm.sites.Sites;
import dev.ephpm.sites.SitesListener;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The MySQL accounts of all sites. A login names its site, so nobody can reach another site's file; a site that is gone or
 * faulty has no account, because a broken site.toml might have named another database.
 */
final class Accounts implements SiteLogins, SitesListener {
    private final Sites sites;
    private final Function<Site, SiteAccount> accounts;
    private final Consumer<Path> closeDatabase;
    private final Map<String, Entry> entries = new ConcurrentHashMap<>();

    /** @param closeDatabase disconnects whoever uses a file that is no longer a site's */
    Accounts(Sites sites, Function<Site, SiteAccount> accounts, Consumer<Path> closeDatabase) {
        this.sites = sites;
        this.accounts = accounts;
        this.closeDatabase = closeDatabase;
    }

    /** @param place tells the site's directory from another one at the same path */
    private record Entry(Site site, SiteLogin login, String place) {}

    /** Called at every connection: identity decides, a site that has changed is another object. */
    @Override
    @SuppressWarnings("ReferenceEquality")
    public Optional<SiteLogin> find(String user) {
        Site site = site(user);
        if (site == null || site.fault().isPresent()) {
            return Optional.empty();
        }
        Entry entry = entries.get(site.name());
        if (entry == null || entry.site() != site) {
            entry = entry(site);
            entries.put(site.name(), entry);
        }
        return entry.login().user().equals(user) ? Optional.of(entry.login()) : Optional.empty();
    }

    private @Nullable Site site(String user) {
        Optional<Site> named = sites.snapshot().find(user);
        if (named.isPresent() || user.length() != SiteAccount.LONGEST_USER) {
            return named.orElse(null);
        }
        return sites.snapshot().sites().stream()
                .filter(site -> accounts.apply(site).user().equals(user))
                .findFirst()
                .orElse(null);
    }

    private Entry entry(Site site) {
        SiteAccount account = accounts.apply(site);
        SiteLogin login = new SiteLogin(
                account.user(),
                site.name(),
                account.file(),
                account.database(),
                PasswordVerifier.of(account.password().value()));
        return new Entry(site, login, place(site));
    }

    private static String place(Site site) {
        try {
            BasicFileAttributes attributes = Files.readAttributes(site.directory(), BasicFileAttributes.class);
            return attributes.fileKey() + " " + attributes.creationTime();
        } catch (IOException e) {
            return "";
        }
    }

    @Override
    public void added(Site site) {
        entries.remove(site.name());
    }

    /** New settings or a new release keep the connections; another file, or another directory of that name, does not. */
    @Override
    public void changed(Site before, Site after) {
        Entry entry = entries.remove(before.name());
        if (entry != null
                && (!entry.login().databaseFile().equals(accounts.apply(after).file())
                        || !entry.place().equals(place(after)))) {
            closeDatabase.accept(entry.login().databaseFile());
        }
    }

    @Override
    public void removed(Site site) {
        Entry entry = entries.remove(site.name());
        if (entry != null) {
            closeDatabase.accept(entry.login().databaseFile());
        }
    }
}
