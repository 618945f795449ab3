package dev.ephpm.config;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What was read, by key; the last writer of a key wins, so read the weakest source first. */
final class Values {
    private record Entry(Object value, String origin) {}

    private final Map<ConfigKey<?>, Entry> entries = new HashMap<>();

    /** Stores what a TOML file says, or notes why it is not allowed. */
    void read(ConfigKey<?> key, Object toml, String origin, List<Problem> problems) {
        store(key, origin, problems, () -> key.type().read(toml));
    }

    /** Stores the text of a variable or a flag, or notes why it is not allowed. */
    void readText(ConfigKey<?> key, String text, String origin, List<Problem> problems) {
        store(key, origin, problems, () -> key.type().readText(text));
    }

    /** Stores one entry of a table option on top of the entries it has. */
    void readEntry(ConfigKey<?> key, String name, String text, String origin, List<Problem> problems) {
        store(key, origin, problems, () -> {
            MapType<?> type = (MapType<?>) key.type();
            Map<Object, Object> table = new LinkedHashMap<>();
            if (raw(key) instanceof Map<?, ?> present) {
                table.putAll(present);
            }
            table.put(type.checkName(name), type.element().readText(text));
            return table;
        });
    }

    private void store(ConfigKey<?> key, String origin, List<Problem> problems, Supplier<Object> value) {
        try {
            entries.put(key, new Entry(value.get(), origin));
        } catch (InvalidValueException e) {
            problems.add(new Problem(origin, key.name(), String.valueOf(e.getMessage())));
        }
    }

    /** The value of a key that has a default. */
    <T> T get(ConfigKey<T> key) {
        return find(key).orElseThrow(() -> new IllegalStateException(key + " has no default"));
    }

    <T> Optional<T> find(ConfigKey<T> key) {
        Entry entry = entries.get(key);
        if (entry == null) {
            return key.parsedDefault();
        }
        @SuppressWarnings("unchecked") // put() stores what the key's own type has read
        T value = (T) entry.value();
        return Optional.of(value);
    }

    @Nullable
    Object raw(ConfigKey<?> key) {
        Entry entry = entries.get(key);
        return entry != null ? entry.value() : key.parsedDefault().orElse(null);
    }

    String origin(ConfigKey<?> key) {
        Entry entry = entries.get(key);
        return entry == null ? Setting.DEFAULT : entry.origin();
    }

    List<Setting> settings(OptionTable table) {
        List<Setting> settings = new ArrayList<>();
        for (ConfigKey<?> key : table.keys()) {
            Object value = raw(key);
            settings.add(new Setting(key, value == null ? "" : key.show(value), origin(key)));
        }
        return List.copyOf(settings);
    }
}
