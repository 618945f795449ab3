package dev.ephpm.config;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Reads configuration from all its sources; flag beats variable beats file beats default. */
public final class ConfigLoader {
    private ConfigLoader() {}

    /** Reads and checks {@code ephpm.toml}, the environment and the flags; throws {@link ConfigException} with all problems. */
    public static LoadedConfig load(ConfigSources sources) {
        OptionTable table = OptionTable.appliance();
        Values values = new Values();
        List<Problem> problems = new ArrayList<>();
        sources.file().ifPresent(file -> TomlSource.read(table, file, values, problems));
        EnvironmentSource.read(table, sources.environment(), values, problems);
        for (ConfigSources.Flag flag : sources.flags()) {
            ConfigKey<?> key = table.find(flag.key());
            if (key == null) {
                throw new IllegalArgumentException(
                        "the flag " + flag.name() + " sets " + flag.key() + ", which is no key");
            }
            values.readText(key, flag.value(), flag.name(), problems);
        }
        ApplianceConfig appliance = ApplianceBinder.bind(values);
        new ConsistencyChecks(appliance, values, problems).run();
        refuse(problems);
        return new LoadedConfig(appliance, values);
    }

    /** Reads and checks one {@code site.toml}; throws {@link ConfigException} with all problems. */
    public static SiteConfig loadSite(Path siteToml) {
        Values values = new Values();
        List<Problem> problems = new ArrayList<>();
        TomlSource.read(OptionTable.site(), siteToml, values, problems);
        SiteConfig site = bindSite(values);
        if (site.rateBurst().isPresent()
                && site.rateLimit().isPresent()
                && site.rateLimit().get() == 0) {
            problems.add(new Problem(
                    values.origin(SiteKeys.BURST),
                    SiteKeys.BURST.name(),
                    "a burst without a rate; set limits.rate too"));
        }
        refuse(problems);
        return site;
    }

    private static SiteConfig bindSite(Values values) {
        return new SiteConfig(
                values.find(SiteKeys.DOCUMENT_ROOT),
                values.find(SiteKeys.INDEX_FILES),
                values.find(SiteKeys.FALLBACK),
                values.find(SiteKeys.MEMORY_LIMIT),
                values.find(SiteKeys.MAX_EXECUTION_TIME),
                values.get(SiteKeys.INI_OVERRIDES),
                values.get(SiteKeys.ENV),
                values.find(SiteKeys.DATABASE_PATH),
                values.find(SiteKeys.DATABASE_NAME),
                values.find(SiteKeys.RATE),
                values.find(SiteKeys.BURST));
    }

    private static void refuse(List<Problem> problems) {
        if (!problems.isEmpty()) {
            throw new ConfigException(problems);
        }
    }
}
