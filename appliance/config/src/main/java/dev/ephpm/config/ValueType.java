package dev.ephpm.config;

/**
 * How values of one kind are written, read and shown.
 *
 * @param <T> what the value becomes
 */
interface ValueType<T> {
    /** For the documentation, such as {@code size} or {@code list of text}. */
    String name();

    /** Reads what the TOML parser made of a value: String, Long, Double, Boolean, TomlArray, TomlTable or a date. */
    T read(Object toml);

    /** Reads the text of a variable, a flag or a default. */
    T readText(String text);

    /** The value as TOML, masked where it is secret. */
    String show(T value);
}
