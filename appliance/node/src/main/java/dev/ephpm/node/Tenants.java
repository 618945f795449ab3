package dev.ephpm.node;

import dev.ephpm.config.IniSetting;
import dev.ephpm.config.PhpConfig;
import dev.ephpm.phpbridge.PhpTenant;
import dev.ephpm.sites.Site;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/** What PHP must know of each site, made when a site is first used and kept as long as the site stays the same object. */
final class Tenants implements Function<Site, PhpTenant> {
    /** A name mysqlnd reads as "the default socket", the fastest way to the database. */
    private static final String THROUGH_THE_SOCKET = "localhost";

    private final DataDirectory data;
    private final Optional<Database> database;
    private final Map<String, Entry> entries = new ConcurrentHashMap<>();

    private volatile PhpConfig php;

    /**
     * @param database where MySQL clients connect to; empty when there are no databases
     */
    Tenants(PhpConfig php, DataDirectory data, Optional<Database> database) {
        this.php = php;
        this.data = data;
        this.database = database;
    }

    /**
     * The MySQL frontend as PHP sees it.
     *
     * @param host for clients that cannot use the socket
     */
    record Database(String host, int port, Path socket, Function<Site, SiteAccount> logins) {}

    private record Entry(Site site, PhpConfig php, PhpTenant tenant) {}

    /** Called on every request: identity decides, a site that has changed is another object. */
    @Override
    @SuppressWarnings("ReferenceEquality")
    public PhpTenant apply(Site site) {
        Entry entry = entries.get(site.name());
        PhpConfig current = php;
        if (entry == null || entry.site() != site || entry.php() != current) {
            entry = new Entry(site, current, tenant(site, current));
            entries.put(site.name(), entry);
        }
        return entry.tenant();
    }

    /** Applies to every request that starts from now on. */
    void configure(PhpConfig changed) {
        php = changed;
    }

    void forget(Site site) {
        entries.remove(site.name());
    }

    private PhpTenant tenant(Site site, PhpConfig config) {
        DataDirectory.SiteDirectories directories = data.prepareSite(site.name());
        return new PhpTenant(
                site.name(),
                site.directory(),
                site.documentRoot(),
                directories.temporary(),
                directories.sessions(),
                List.of(),
                site.config().memoryLimit().orElse(config.memoryLimit()),
                site.config().maxExecutionTime().orElse(config.maxExecutionTime()),
                ini(site, config),
                environment(site, config),
                config.errorLog().orElse(directories.log().resolve("php.log")));
    }

    private List<IniSetting> ini(Site site, PhpConfig config) {
        List<IniSetting> settings = new ArrayList<>();
        database.ifPresent(server -> {
            String socket = server.socket().toString();
            settings.add(new IniSetting("mysqli.default_socket", socket));
            settings.add(new IniSetting("pdo_mysql.default_socket", socket));
        });
        settings.addAll(config.iniOverrides());
        settings.addAll(site.config().iniOverrides());
        return List.copyOf(settings);
    }

    private Map<String, String> environment(Site site, PhpConfig config) {
        Map<String, String> environment = new LinkedHashMap<>();
        database.ifPresent(server -> {
            SiteAccount login = server.logins().apply(site);
            String password = login.password().value();
            environment.put("DB_CONNECTION", "mysql");
            environment.put("DB_HOST", THROUGH_THE_SOCKET);
            environment.put("DB_PORT", String.valueOf(server.port()));
            environment.put("DB_SOCKET", server.socket().toString());
            environment.put("DB_NAME", login.database());
            environment.put("DB_DATABASE", login.database());
            environment.put("DB_USER", login.user());
            environment.put("DB_USERNAME", login.user());
            environment.put("DB_PASSWORD", password);
            environment.put(
                    "DATABASE_URL",
                    "mysql://" + login.user() + ":" + password + "@" + server.host() + ":" + server.port() + "/"
                            + login.database());
        });
        environment.putAll(config.env());
        environment.putAll(site.config().env());
        return Map.copyOf(environment);
    }
}
