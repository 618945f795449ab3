package dev.ephpm.config;

import java.util.Optional;

/**
 * One option: the same row serves loading, {@code config show}, the documentation and suggestions.
 *
 * @param <T> what its value becomes
 */
public final class ConfigKey<T> {
    private final String name;
    private final ValueType<T> type;
    private final Optional<String> defaultText;
    private final String description;
    private final boolean live;

    private ConfigKey(String name, ValueType<T> type, Optional<String> defaultText, String description, boolean live) {
        this.name = name;
        this.type = type;
        this.defaultText = defaultText;
        this.description = description;
        this.live = live;
    }

    static <T> ConfigKey<T> of(String name, ValueType<T> type, String defaultText, String description) {
        return new ConfigKey<>(name, type, Optional.of(defaultText), description, false);
    }

    /** A key that may stay unset; the description says what happens then. */
    static <T> ConfigKey<T> optional(String name, ValueType<T> type, String description) {
        return new ConfigKey<>(name, type, Optional.empty(), description, false);
    }

    /** The same key, which SIGHUP applies without a restart. */
    ConfigKey<T> live() {
        return new ConfigKey<>(name, type, defaultText, description, true);
    }

    /** The full dotted name, such as {@code server.request.max_body_size}. */
    public String name() {
        return name;
    }

    /** The kind of value in words. */
    public String typeName() {
        return type.name();
    }

    /** The default as TOML, or empty when the key may stay unset. */
    public Optional<String> defaultValue() {
        return defaultText.map(text -> type.show(type.readText(text)));
    }

    public String description() {
        return description;
    }

    /** Whether SIGHUP applies a changed value; otherwise it needs a restart. */
    public boolean isLive() {
        return live;
    }

    ValueType<T> type() {
        return type;
    }

    Optional<T> parsedDefault() {
        return defaultText.map(type::readText);
    }

    String show(Object value) {
        @SuppressWarnings("unchecked") // values are only ever stored under the key that read them
        T typed = (T) value;
        return type.show(typed);
    }

    @Override
    public String toString() {
        return name;
    }
}
