package dev.ephpm.config;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Reads {@code EPHPM_SERVER__LISTEN} as {@code server.listen}. Lists and tables are written as TOML; one entry of a table may
 * have a variable of its own: {@code EPHPM_PHP__ENV__APP_ENV=production}.
 */
final class EnvironmentSource {
    private static final String PREFIX = "EPHPM_";

    private EnvironmentSource() {}

    static void read(OptionTable table, Map<String, String> environment, Values values, List<Problem> problems) {
        new TreeMap<>(environment).forEach((variable, text) -> {
            if (variable.startsWith(PREFIX)) {
                read(table, variable, text, values, problems);
            }
        });
    }

    private static void read(OptionTable table, String variable, String text, Values values, List<Problem> problems) {
        String written = variable.substring(PREFIX.length()).replace("__", ".");
        String name = written.toLowerCase(Locale.ROOT);
        ConfigKey<?> key = table.find(name);
        if (key != null) {
            values.readText(key, text, variable, problems);
            return;
        }
        Optional<ConfigKey<?>> parent = table.tableOf(name);
        if (parent.isPresent()) {
            String entry = written.substring(parent.get().name().length() + 1);
            values.readEntry(parent.get(), entry, text, variable, problems);
            return;
        }
        problems.add(new Problem(variable, name, table.explainUnknown(name)));
    }
}
