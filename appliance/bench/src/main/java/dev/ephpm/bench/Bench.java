package dev.ephpm.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Compares the distribution with nginx, php-fpm and MariaDB. Started by {@code appliance/bench/run} in the repository's root. */
final class Bench {
    private static final Path SOURCES = Path.of("appliance/bench/src/main").toAbsolutePath();
    private static final Path PAGE = Path.of("docs/benchmarks.md");

    private Bench() {}

    /** Exit status 0: measured; 1: could not; 2: misused. */
    public static void main(String... arguments) {
        if (List.of(arguments).contains("--help")) {
            System.out.println(Options.usage());
            return;
        }
        int status = 0;
        try (Cleanup cleanup = new Cleanup()) {
            run(Options.parse(arguments), cleanup, String.join(" ", arguments));
        } catch (BenchException | IOException failure) {
            System.err.println("bench: " + failure.getMessage());
            status = 1;
        }
        System.exit(status);
    }

    private static void run(Options options, Cleanup cleanup, String arguments) throws IOException {
        Workspace workspace = cleanup.add(new Workspace(options.keep()));
        Content content = new Content(Path.of("build/wordpress").toAbsolutePath(), SOURCES.resolve("site"));
        Ephpm ours = cleanup.add(new Ephpm(Path.of("build/ephpm").toAbsolutePath(), workspace.directory("ephpm")));
        NginxFpmMariadb peer = cleanup.add(new NginxFpmMariadb(SOURCES.resolve("peer"), workspace.directory("peer")));
        content.copyTo(ours.documentRoot());
        content.copyTo(peer.documentRoot());
        Comparison comparison = new Comparison(
                options,
                ours,
                peer,
                SOURCES.resolve("load"),
                workspace.directory("queries").resolve("front-page.json"));
        Report report = new Report(comparison.run(("appliance/bench/run " + arguments).strip()));
        System.out.println(report.markdown());
        if (options.isComplete()) {
            Files.writeString(PAGE, report.insertInto(Files.readString(PAGE)));
            System.err.println("bench: wrote " + PAGE);
        }
    }
}
