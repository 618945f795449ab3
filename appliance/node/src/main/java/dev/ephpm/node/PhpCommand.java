package dev.ephpm.node;

import dev.ephpm.config.ApplianceConfig;
import dev.ephpm.phpbridge.PhpCommandLine;
import dev.ephpm.phpbridge.PhpException;
import dev.ephpm.phpbridge.PhpTenant;
import dev.ephpm.sites.Site;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "php",
        description = {
            "Runs PHP on the command line, under a site's settings and with its database.",
            "Arguments are those of the php command: SCRIPT arguments, -r CODE, -v ..."
        })
final class PhpCommand implements Callable<Integer> {
    @Mixin
    private ConfigFile file;

    @Option(names = "--help", usageHelp = true, description = "Show this help message and exit.")
    @SuppressWarnings("UnusedVariable") // for picocli
    private boolean help;

    @Option(names = "--site", paramLabel = "DOMAIN", description = "The site whose settings apply. Default: none.")
    private @Nullable String domain;

    @Parameters(paramLabel = "ARGUMENT", description = "For PHP.")
    private List<String> arguments = new ArrayList<>();

    @SuppressWarnings("NullAway.Init") // picocli sets the fields
    PhpCommand() {}

    @Override
    public Integer call() {
        ApplianceConfig config = file.load().appliance();
        Optional<PhpTenant> tenant = Optional.ofNullable(domain)
                .map(name -> SiteCommand.find(config, name))
                .map(site -> tenant(config, site));
        try {
            return new PhpCommandLine(config.php(), NativeDirectory.find()).run(tenant, arguments);
        } catch (PhpException e) {
            throw new OperatorException(String.valueOf(e.getMessage()), e);
        }
    }

    private static PhpTenant tenant(ApplianceConfig config, Site site) {
        site.fault().ifPresent(fault -> {
            throw new OperatorException("Cannot run PHP for " + site.name() + ": " + fault);
        });
        DataDirectory data = new DataDirectory(config.node().dataDir(), PhpAccount.of(config.php()));
        Optional<Tenants.Database> database =
                config.db().enabled() ? Optional.of(Databases.forPhp(config, data)) : Optional.empty();
        return new Tenants(config.php(), data, database).apply(site);
    }
}
