package dev.ephpm.config;

import java.util.function.BiFunction;
import java.util.function.Function;
import org.tomlj.TomlArray;

/** A name and a value, written {@code ["name", "value"]}. */
record PairType<T>(String name, BiFunction<String, String, T> make, Function<T, String> left, Function<T, String> right)
        implements ValueType<T> {

    @Override
    public T read(Object toml) {
        if (!(toml instanceof TomlArray pair)
                || pair.size() != 2
                || !(pair.get(0) instanceof String first)
                || !(pair.get(1) instanceof String second)) {
            throw new InvalidValueException(
                    "expected a pair of texts [\"name\", \"value\"], found " + TomlText.describe(toml));
        }
        try {
            return make.apply(first, second);
        } catch (IllegalArgumentException e) {
            throw new InvalidValueException(String.valueOf(e.getMessage()));
        }
    }

    @Override
    public T readText(String text) {
        return read(TomlText.parseValue(text));
    }

    @Override
    public String show(T value) {
        return "[" + TomlText.literal(left.apply(value)) + ", " + TomlText.literal(right.apply(value)) + "]";
    }
}
