package dev.ephpm.config;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Writes the reference page and the example file from the option table. */
final class Documents {
    private static final int WIDTH = 110;

    private Documents() {}

    static String reference() {
        StringBuilder page = new StringBuilder();
        page.append("""
                # Configuration

                <!-- Written by ConfigurationDocumentTest from the option table: change the table, then run the test with
                     -Dephpm.write-documents=true. -->

                `ephpm.toml` is looked for in the current directory, or named with `-c`. Every key can also be given as a
                variable, `EPHPM_` and the key in capitals with `__` for the dot: `EPHPM_SERVER__LISTEN=0.0.0.0:80`. Lists and
                tables in variables are TOML: `EPHPM_SERVER__INDEX_FILES='["index.php"]'`; one entry of a table may have a
                variable of its own: `EPHPM_PHP__ENV__APP_ENV=production`. A flag beats a variable, a variable beats the file,
                the file beats the default.

                Sizes are `"64MB"` or bytes (`KB`, `MB`, `GB` are powers of 1024; PHP's `128M` means the same). Durations are
                `"500ms"`, `"30s"`, `"5m"`, `"2h"`, `"7d"`, or seconds. Relative paths start at the working directory.

                `ephpm config check` names everything that is wrong, with file, line and a suggestion. `ephpm config show`
                prints what is in force and where it comes from. SIGHUP applies the keys marked *live*; the others need a
                restart, and the log says so.

                ## ephpm.toml

                """);
        table(page, OptionTable.appliance());
        page.append("""

                ## site.toml

                In a site's directory; everything is optional, and changes take effect within two seconds. A mistake makes that
                one site answer 503. A `db.sqlite.path` outside the site's directory counts only when, with the appliance
                running as root, `site.toml` belongs to root and nobody else can write it.

                """);
        table(page, OptionTable.site());
        return page.toString();
    }

    private static void table(StringBuilder page, OptionTable options) {
        sections(options).forEach((section, keys) -> {
            if (!section.isEmpty()) {
                page.append("### [").append(section).append("]\n\n");
            }
            page.append("| key | type | default | |\n|---|---|---|---|\n");
            for (ConfigKey<?> key : keys) {
                page.append("| `")
                        .append(shortName(key))
                        .append("` | ")
                        .append(key.typeName())
                        .append(" | ")
                        .append(key.defaultValue()
                                .map(value -> "`" + value + "`")
                                .orElse(""))
                        .append(" | ")
                        .append(key.description())
                        .append(key.isLive() ? " *live*" : "")
                        .append(" |\n");
            }
            page.append('\n');
        });
        page.setLength(page.length() - 1);
    }

    static String example() {
        StringBuilder file = new StringBuilder("""
                # Every key of ephpm.toml with its default. Remove the # before a line to change it.
                # `ephpm config check -c <this file>` says what is wrong with it.
                """);
        sections(OptionTable.appliance()).forEach((section, keys) -> {
            file.append("\n[").append(section).append("]\n");
            for (ConfigKey<?> key : keys) {
                wrap(file, key.description());
                file.append("#")
                        .append(shortName(key))
                        .append(" = ")
                        .append(key.defaultValue().orElse("# unset"))
                        .append("\n");
            }
        });
        return file.toString();
    }

    private static void wrap(StringBuilder file, String text) {
        StringBuilder line = new StringBuilder("#");
        for (String word : text.replace("`", "").split(" ", -1)) {
            if (line.length() + word.length() + 1 > WIDTH) {
                file.append(line).append('\n');
                line = new StringBuilder("#");
            }
            line.append(' ').append(word);
        }
        file.append(line).append('\n');
    }

    private static Map<String, List<ConfigKey<?>>> sections(OptionTable options) {
        Map<String, List<ConfigKey<?>>> sections = new LinkedHashMap<>();
        for (ConfigKey<?> key : options.keys()) {
            sections.computeIfAbsent(section(key), name -> new ArrayList<>()).add(key);
        }
        return sections;
    }

    private static String section(ConfigKey<?> key) {
        int dot = key.name().lastIndexOf('.');
        return dot < 0 ? "" : key.name().substring(0, dot);
    }

    private static String shortName(ConfigKey<?> key) {
        return key.name().substring(key.name().lastIndexOf('.') + 1);
    }
}
