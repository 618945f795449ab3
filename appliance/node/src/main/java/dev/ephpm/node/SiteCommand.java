package dev.ephpm.node;

import dev.ephpm.config.ApplianceConfig;
import dev.ephpm.sites.DirectorySites;
import dev.ephpm.sites.Site;
import dev.ephpm.sites.SitesSnapshot;
import io.vertx.core.json.JsonObject;
import java.io.PrintWriter;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "site",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "(list | show | import | export)",
        description =
                "Lists sites, shows one with its database credentials, takes in or writes out a database. The node need not run.",
        subcommands = {SiteImportCommand.class, SiteExportCommand.class})
final class SiteCommand {
    @SuppressWarnings("NullAway.Init") // picocli sets the fields
    SiteCommand() {}

    @Spec
    private CommandSpec spec;

    @Command(name = "list", mixinStandardHelpOptions = true, description = "Lists the sites of this node.")
    int list(@Mixin ConfigFile file, @Option(names = "--json", description = "As JSON.") boolean json) {
        SitesSnapshot snapshot = snapshot(file.load().appliance());
        List<Site> sites = snapshot.sites().stream()
                .sorted(Comparator.comparing(Site::name))
                .toList();
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(Shown.sites(sites).encodePrettily());
            return 0;
        }
        int width = sites.stream().mapToInt(site -> site.name().length()).max().orElse(1);
        for (Site site : sites) {
            String rest = site.fault()
                    .map(fault -> "cannot be served: " + fault)
                    .orElse(site.documentRoot().toString());
            out.println(String.format(Locale.ROOT, "%-" + width + "s  %s", site.name(), rest));
        }
        return 0;
    }

    @Command(
            name = "show",
            mixinStandardHelpOptions = true,
            description = "Shows one site: directory, document root, and how MySQL clients log in.")
    int show(
            @Mixin ConfigFile file,
            @Parameters(paramLabel = "DOMAIN", description = "The site; " + Site.FALLBACK + " is the fallback site.")
                    String domain,
            @Option(names = "--json", description = "As JSON.") boolean json) {
        ApplianceConfig config = file.load().appliance();
        JsonObject shown = show(config, find(config, domain));
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(shown.encodePrettily());
        } else {
            print(out, "", shown);
        }
        return 0;
    }

    /** The site of that name, or a sentence that says which ones there are. */
    static Site find(ApplianceConfig config, String domain) {
        SitesSnapshot snapshot = snapshot(config);
        return snapshot.find(domain.toLowerCase(Locale.ROOT))
                .orElseThrow(() -> new OperatorException("There is no site " + domain
                        + config.server()
                                .sitesDir()
                                .map(directory -> " in " + directory)
                                .orElse(", because server.sites_dir is not set")
                        + "; `ephpm site list` shows those there are"));
    }

    private static SitesSnapshot snapshot(ApplianceConfig config) {
        return DirectorySites.read(
                        config.server().sitesDir(),
                        config.server().documentRoot(),
                        config.node().dataDir())
                .snapshot();
    }

    private static JsonObject show(ApplianceConfig config, Site site) {
        JsonObject shown = Shown.site(site);
        if (config.db().enabled()) {
            DataDirectory data = new DataDirectory(config.node().dataDir(), Optional.empty());
            NodeSecret secret = NodeSecret.load(data.secretFile());
            Databases.Endpoint endpoint = Databases.endpoint(config, data);
            shown.put(
                    "database",
                    Shown.database(Databases.login(config, data, secret, site), endpoint.address(), endpoint.socket()));
        }
        return shown;
    }

    private static void print(PrintWriter out, String indent, JsonObject shown) {
        shown.forEach(entry -> {
            if (entry.getValue() instanceof JsonObject section) {
                out.println(indent + entry.getKey() + ":");
                print(out, indent + "  ", section);
            } else {
                out.println(String.format(Locale.ROOT, "%s%-14s %s", indent, entry.getKey(), entry.getValue()));
            }
        });
    }
}
