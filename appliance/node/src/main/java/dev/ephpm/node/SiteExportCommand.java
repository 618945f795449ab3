package dev.ephpm.node;

import dev.ephpm.config.ApplianceConfig;
import dev.ephpm.litewire.dump.DumpException;
import dev.ephpm.litewire.dump.DumpExport;
import dev.ephpm.sites.Site;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.zip.GZIPOutputStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Writes a site's database as SQL text. */
@Command(
        name = "export",
        mixinStandardHelpOptions = true,
        description =
                "Writes a site's database as SQL that MariaDB, MySQL and `ephpm site import` load. All of it is of"
                        + " one moment. The node may run or not.")
final class SiteExportCommand implements Callable<Integer> {
    private static final String STANDARD_OUTPUT = "-";
    private static final int BUFFER_BYTES = 1 << 18;

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
            arity = "0..1",
            paramLabel = "FILE",
            defaultValue = STANDARD_OUTPUT,
            description = "Where to; packed with gzip when the name ends with .gz. Default: standard output.")
    private String target;

    @Option(names = "--table", paramLabel = "NAME", description = "Only this table; may be repeated.")
    private List<String> tables = new ArrayList<>();

    @Option(names = "--no-data", description = "Definitions without rows.")
    private boolean noData;

    @Option(names = "--json", description = "Say the result as JSON; needs FILE.")
    private boolean json;

    @SuppressWarnings("NullAway.Init") // picocli sets the fields
    SiteExportCommand() {}

    @Override
    public Integer call() {
        boolean toStandardOutput = target.equals(STANDARD_OUTPUT);
        if (json && toStandardOutput) {
            throw new ParameterException(
                    spec.commandLine(), "--json needs a FILE: standard output is taken by the dump");
        }
        ApplianceConfig config = file.load().appliance();
        Site site = SiteCommand.find(config, domain);
        Path database = Databases.file(config, site);
        if (!Files.isRegularFile(database)) {
            throw new OperatorException("Cannot export " + site.name() + ": it has no database yet (" + database + ")");
        }
        TransferProgress progress = new TransferProgress(
                spec.commandLine().getErr(), !json && Terminal.isAt(Terminal.ERRORS), TransferProgress.Measure.ROWS);
        DumpExport export = new DumpExport(
                new DumpExport.Settings(
                        database, SiteAccount.database(site), NativeDirectory.find(), List.copyOf(tables), !noData),
                (rows, total) -> {
                    if (!json) {
                        progress.at(rows, total, rows);
                    }
                });
        try {
            DumpExport.Result result = toStandardOutput ? toStandardOutput(export) : toFile(export, Path.of(target));
            progress.clear();
            print(site, result, toStandardOutput);
            return 0;
        } catch (DumpException e) {
            progress.clear();
            throw new OperatorException("Cannot export " + site.name() + ": " + e.getMessage(), e);
        } finally {
            FileOwner.give(database, config.node().dataDir());
        }
    }

    private static DumpExport.Result toStandardOutput(DumpExport export) {
        // Not closed: standard output belongs to the process.
        OutputStream out = new BufferedOutputStream(System.out, BUFFER_BYTES);
        try {
            DumpExport.Result result = export.run(out);
            out.flush();
            if (System.out.checkError()) {
                throw new DumpException(
                        "cannot write to standard output; whoever reads it has gone, or its disk is full");
            }
            return result;
        } catch (IOException e) {
            throw new DumpException("cannot write to standard output (" + e.getMessage() + ")", e);
        }
    }

    /** The file has its name only when it is whole. Nobody else can read it: it may hold passwords. */
    private static DumpExport.Result toFile(DumpExport export, Path file) {
        Path partial = file.resolveSibling(file.getFileName() + ".partial");
        try {
            Files.deleteIfExists(partial);
            Files.createFile(
                    partial, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            try {
                DumpExport.Result result;
                try (OutputStream out = open(partial, file.toString().endsWith(".gz"))) {
                    result = export.run(out);
                }
                Files.move(partial, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
                return result;
            } finally {
                Files.deleteIfExists(partial);
            }
        } catch (IOException e) {
            throw DataDirectory.refusal("write", file, e);
        }
    }

    private static OutputStream open(Path file, boolean packed) throws IOException {
        OutputStream plain = Files.newOutputStream(file, StandardOpenOption.WRITE);
        return packed
                ? new BufferedOutputStream(new GZIPOutputStream(plain, BUFFER_BYTES), BUFFER_BYTES)
                : new BufferedOutputStream(plain, BUFFER_BYTES);
    }

    private void print(Site site, DumpExport.Result result, boolean toStandardOutput) {
        if (json) {
            spec.commandLine().getOut().println(shown(site, result).encodePrettily());
            return;
        }
        PrintWriter where = toStandardOutput
                ? spec.commandLine().getErr()
                : spec.commandLine().getOut();
        where.println(String.format(
                Locale.ROOT,
                "Exported %,d rows in %d tables of %s, %,d bytes of SQL, in %.1f s.",
                result.rows(),
                result.tables().size(),
                site.name(),
                result.bytes(),
                result.duration().toMillis() / 1000.0));
    }

    private JsonObject shown(Site site, DumpExport.Result result) {
        return new JsonObject()
                .put("site", site.name())
                .put("file", target)
                .put("tables", new JsonArray(result.tables()))
                .put("rows", result.rows())
                .put("bytes", result.bytes())
                .put("seconds", result.duration().toMillis() / 1000.0);
    }
}
