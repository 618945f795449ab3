package dev.ephpm.config;

import java.util.function.Function;

/**
 * A value type with one textual form.
 *
 * @param expected what to write, for messages: {@code text in quotes}, {@code a whole number from 1 to 9}
 * @param parse from text; throws {@link InvalidValueException} or {@link IllegalArgumentException} with the reason
 * @param format back to TOML
 * @param kind which TOML values are taken besides a string
 */
record Scalar<T>(String name, String expected, Kind kind, Function<String, T> parse, Function<T, String> format)
        implements ValueType<T> {

    /** The TOML values a scalar takes. */
    enum Kind {
        STRING,
        INTEGER,
        BOOLEAN,
        STRING_OR_INTEGER
    }

    @Override
    public T read(Object toml) {
        boolean fits = switch (kind) {
            case STRING -> toml instanceof String;
            case INTEGER -> toml instanceof Long;
            case BOOLEAN -> toml instanceof Boolean;
            case STRING_OR_INTEGER -> toml instanceof String || toml instanceof Long;
        };
        if (!fits) {
            throw new InvalidValueException("expected " + expected + ", found " + TomlText.describe(toml));
        }
        return readText(toml.toString());
    }

    @Override
    public T readText(String text) {
        try {
            return parse.apply(text);
        } catch (IllegalArgumentException e) {
            throw new InvalidValueException("expected " + expected + ", found " + TomlText.quote(text)
                    + (e.getMessage() == null ? "" : " (" + e.getMessage() + ")"));
        }
    }

    @Override
    public String show(T value) {
        return format.apply(value);
    }
}
