package dev.ephpm.node;

import dev.ephpm.config.ApplianceConfig;
import dev.ephpm.litewire.dump.DumpException;
import dev.ephpm.litewire.dump.DumpImport;
import dev.ephpm.litewire.dump.ImportListener;
import dev.ephpm.litewire.dump.Omission;
import dev.ephpm.sites.Site;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Takes a SQL dump into a site's database. */
@Command(
        name = "import",
        mixinStandardHelpOptions = true,
        description =
                "Takes a dump of mysqldump, mariadb-dump or phpMyAdmin into a site's database, whole or not at all."
                        + " The site is served with its old data until the end. An import that was interrupted goes on when the"
                        + " same command is run again. The node may run or not.")
final class SiteImportCommand implements Callable<Integer> {
    private static final String STANDARD_INPUT = "-";
    private static final int MOST_SHOWN = 20;

    @Mixin
    private ConfigFile file;

    @Spec
    private CommandSpec spec;

    @Parameters(
            index = "0",
            paramLabel = "DOMAIN",
            description = "The site; " + Site.FALLBACK + " is the fallback site.")
    private String domain;

    @Parameters(
            index = "1",
            paramLabel = "DUMP",
            description = "SQL text, also packed with gzip; - is standard input, which cannot be gone on with.")
    private String dump;

    @Option(names = "--yes", description = "Replace the site's tables without asking.")
    private boolean yes;

    @Option(
            names = "--database",
            paramLabel = "NAME",
            description = "The one to take when the dump holds several databases.")
    private @Nullable String database;

    @Option(
            names = "--strict",
            description = "Fail when the dump holds what sites cannot have, such as triggers, instead of listing it.")
    private boolean strict;

    @Option(names = "--dry-run", description = "Load the dump, but leave the site's database as it is.")
    private boolean dryRun;

    @Option(names = "--json", description = "Say the result as JSON.")
    private boolean json;

    @SuppressWarnings("NullAway.Init") // picocli sets the fields
    SiteImportCommand() {}

    @Override
    public Integer call() {
        ApplianceConfig config = file.load().appliance();
        if (!config.db().enabled()) {
            throw new OperatorException("Cannot import: db.enabled is false, so sites have no databases here");
        }
        Site site = SiteCommand.find(config, domain);
        Path siteDatabase = Databases.file(config, site);
        DumpImport.Settings settings = new DumpImport.Settings(
                siteDatabase,
                SiteAccount.database(site),
                config.db().synchronous(),
                NativeDirectory.find(),
                Optional.ofNullable(database),
                strict,
                dryRun);
        PrintWriter errors = spec.commandLine().getErr();
        TransferProgress progress =
                new TransferProgress(errors, !json && Terminal.isAt(Terminal.ERRORS), TransferProgress.Measure.BYTES);
        try (DumpImport running = DumpImport.open(settings, new Shown(progress, size(), json))) {
            requireConsent(site, running.existing());
            DumpImport.Result result = interruptible(progress, running);
            progress.clear();
            print(site, result);
            return 0;
        } catch (DumpException e) {
            progress.clear();
            throw new OperatorException("Cannot import into " + site.name() + ": " + e.getMessage(), e);
        } finally {
            FileOwner.give(siteDatabase, config.node().dataDir());
        }
    }

    private long size() {
        try {
            return dump.equals(STANDARD_INPUT) ? 0 : Files.size(Path.of(dump));
        } catch (IOException e) {
            // Opening it will say what is wrong.
            return 0;
        }
    }

    private DumpImport.Result interruptible(TransferProgress progress, DumpImport running) {
        Thread farewell = new Thread(() -> progress.say(
                "Interrupted. The site's data are as before; the same command goes on where this one stopped."));
        Runtime.getRuntime().addShutdownHook(farewell);
        try {
            return dump.equals(STANDARD_INPUT) ? running.run("standard input", System.in) : running.run(Path.of(dump));
        } finally {
            forget(farewell);
        }
    }

    private static void forget(Thread farewell) {
        try {
            Runtime.getRuntime().removeShutdownHook(farewell);
        } catch (IllegalStateException e) {
            // It is speaking already.
            return;
        }
    }

    private void requireConsent(Site site, List<String> tables) {
        if (tables.isEmpty() || yes || dryRun) {
            return;
        }
        String question = "The database of " + site.name() + " has " + tables.size()
                + " tables; those that are in the dump will be replaced.";
        boolean canAsk = Terminal.isAt(Terminal.INPUT) && Terminal.isAt(Terminal.ERRORS);
        if (!canAsk) {
            throw new OperatorException(question + " Say --yes if that is wanted");
        }
        PrintWriter errors = spec.commandLine().getErr();
        errors.print(question + " Go on? [y/N] ");
        errors.flush();
        if (!answer().toLowerCase(Locale.ROOT).startsWith("y")) {
            throw new OperatorException("Nothing was imported");
        }
    }

    private static String answer() {
        try {
            // Not closed: standard input belongs to the process.
            String line = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)).readLine();
            return line == null ? "" : line.strip();
        } catch (IOException e) {
            return "";
        }
    }

    /** What happens, said to a person. */
    private record Shown(TransferProgress progress, long totalBytes, boolean json) implements ImportListener {
        @Override
        public void begun(String message) {
            say(message);
        }

        @Override
        public void progress(long bytesRead, long rows) {
            if (!json) {
                progress.at(bytesRead, totalBytes, rows);
            }
        }

        @Override
        public void indexing(String table) {
            say("building the indexes of " + table);
        }

        @Override
        public void replacing(int tables) {
            say("replacing " + tables + " tables");
        }

        private void say(String message) {
            if (!json) {
                progress.say(message);
            }
        }
    }

    private void print(Site site, DumpImport.Result result) {
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(shown(site, result).encodePrettily());
            return;
        }
        out.println(String.format(
                Locale.ROOT,
                "%s %,d rows in %d tables %s %s, in %.1f s.",
                dryRun ? "Read" : "Imported",
                result.rows(),
                result.tables().size(),
                dryRun ? "for" : "into",
                site.name(),
                result.duration().toMillis() / 1000.0));
        if (!result.replaced().isEmpty()) {
            out.println("Replaced: " + String.join(", ", result.replaced()));
        }
        if (result.warnings() > 0) {
            out.println(result.warnings() + " values did not fit their columns and were changed, as MySQL does.");
        }
        if (!result.omissions().isEmpty()) {
            out.println("Not taken in:");
            result.omissions().stream().limit(MOST_SHOWN).forEach(omission -> out.println("  " + omission));
            if (result.omissions().size() > MOST_SHOWN) {
                out.println("  and " + (result.omissions().size() - MOST_SHOWN) + " more; --json shows all");
            }
        }
    }

    private JsonObject shown(Site site, DumpImport.Result result) {
        JsonArray omissions = new JsonArray();
        for (Omission omission : result.omissions()) {
            omissions.add(new JsonObject()
                    .put("kind", omission.kind())
                    .put("name", omission.name())
                    .put("line", omission.line())
                    .put("reason", omission.reason()));
        }
        return new JsonObject()
                .put("site", site.name())
                .put("dry_run", dryRun)
                .put("rows", result.rows())
                .put("tables", new JsonArray(result.tables()))
                .put("replaced", new JsonArray(result.replaced()))
                .put("omitted", omissions)
                .put("warnings", result.warnings())
                .put("seconds", result.duration().toMillis() / 1000.0);
    }
}
