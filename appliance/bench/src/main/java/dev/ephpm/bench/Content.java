package dev.ephpm.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The files of the site: WordPress, and beside it {@code /bench/} with the small scripts and the static files. */
final class Content {
    static final int INCLUDES = 300;

    private final Path wordpress;
    private final Path templates;

    Content(Path wordpress, Path templates) {
        this.wordpress = wordpress;
        this.templates = templates;
        if (!Files.exists(wordpress.resolve("wp-load.php"))) {
            throw new BenchException("WordPress is missing in " + wordpress + ": run '.ci/setup bench' first");
        }
    }

    void copyTo(Path documentRoot) throws IOException {
        Workspace.copy(wordpress, documentRoot);
        Files.copy(templates.resolve("wp-config.php"), documentRoot.resolve("wp-config.php"));
        Workspace.copy(templates.resolve("mu-plugins"), documentRoot.resolve("wp-content/mu-plugins"));
        Path bench = Files.createDirectories(documentRoot.resolve("bench"));
        for (String script : List.of(
                "hello.php",
                "includes.php",
                "settings.php",
                "seed.php",
                "comments.php",
                "account.php",
                "queries.php")) {
            Files.copy(templates.resolve(script), bench.resolve(script));
        }
        Path includes = Files.createDirectories(bench.resolve("includes"));
        for (int number = 1; number <= INCLUDES; number++) {
            Files.writeString(includes.resolve("Part" + number + ".php"), part(number));
        }
        Files.writeString(bench.resolve("1k.txt"), text(1024));
        Files.writeString(bench.resolve("100k.txt"), text(100 * 1024));
        Workspace.give(documentRoot, "www-data");
    }

    /** Predictable text of exactly so many bytes. */
    static String text(int bytes) {
        return "The quick brown fox jumps over the lazy dog.\n"
                .repeat(bytes / 45 + 1)
                .substring(0, bytes);
    }

    private static String part(int number) {
        return """
                <?php
                namespace Bench;

                final class Part%1$d
                {
                    private array $settings = ['name' => 'part %1$d', 'enabled' => true, 'weights' => [1, 2, 3]];

                    public function number(): int
                    {
                        return $this->settings['enabled'] ? %1$d : 0;
                    }

                    public function title(string $prefix = ''): string
                    {
                        return trim($prefix . ' ' . ucfirst($this->settings['name']));
                    }
                }
                """.formatted(number);
    }
}
