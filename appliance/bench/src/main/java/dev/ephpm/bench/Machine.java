package dev.ephpm.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The machine the benchmark runs on, and the versions of what runs there. */
final class Machine {
    /** The PHP of both stacks: the version Debian 12 ships as php-fpm and as a library. */
    static final String PHP = "8.2";

    private static final Pattern VERSION = Pattern.compile("\\d+\\.\\d+\\.\\d+");

    private Machine() {}

    static boolean isRoot() {
        return "root".equals(System.getProperty("user.name"));
    }

    static int cores() {
        return Runtime.getRuntime().availableProcessors();
    }

    /** Facts for the report, in order. */
    static Map<String, String> describe() throws IOException {
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("processor", firstValue("/proc/cpuinfo", "model name") + ", " + cores() + " cores");
        facts.put(
                "memory",
                firstValue("/proc/meminfo", "MemTotal")
                        .replace(" kB", "")
                        .strip()
                        .transform(Machine::gigabytes));
        facts.put("kernel", System.getProperty("os.version"));
        facts.put("Java", Runtime.version().toString());
        facts.put("PHP", version("php-fpm" + PHP, "-v") + " (both stacks)");
        facts.put("nginx", version("nginx", "-v"));
        facts.put("MariaDB", version("mariadbd", "--version"));
        return facts;
    }

    /** Runnable tasks over the last minute: what the neighbours of the benchmark were doing. */
    static String loadAverage() throws IOException {
        return Files.readString(Path.of("/proc/loadavg")).split(" ")[0];
    }

    private static String gigabytes(String kibibytes) {
        return String.format(Locale.ROOT, "%.1f GB", Long.parseLong(kibibytes) / 1024.0 / 1024.0);
    }

    private static String firstValue(String file, String key) throws IOException {
        for (String line : Files.readAllLines(Path.of(file))) {
            String[] parts = line.split(":", 2);
            if (parts[0].strip().equals(key)) {
                return parts[1].strip();
            }
        }
        return "unknown";
    }

    private static String version(String... command) {
        Matcher matcher = VERSION.matcher(Command.run(command));
        return matcher.find() ? matcher.group() : "unknown";
    }
}
