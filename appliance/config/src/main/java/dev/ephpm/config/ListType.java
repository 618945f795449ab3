package dev.ephpm.config;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.tomlj.TomlArray;

/** A list of values of one type, bounded in length. */
record ListType<T>(ValueType<T> element) implements ValueType<List<T>> {
    private static final int LONGEST = 4096;

    @Override
    public String name() {
        return "list of " + element.name();
    }

    @Override
    public List<T> read(Object toml) {
        if (!(toml instanceof TomlArray array)) {
            throw new InvalidValueException(
                    "expected a list such as [\"a\", \"b\"], found " + TomlText.describe(toml) + "; put it in [ ]");
        }
        if (array.size() > LONGEST) {
            throw new InvalidValueException("a list has at most " + LONGEST + " entries, this one " + array.size());
        }
        List<T> values = new ArrayList<>(array.size());
        for (int index = 0; index < array.size(); index++) {
            try {
                values.add(element.read(array.get(index)));
            } catch (InvalidValueException e) {
                throw new InvalidValueException("entry " + (index + 1) + ": " + e.getMessage());
            }
        }
        return List.copyOf(values);
    }

    @Override
    public List<T> readText(String text) {
        return read(TomlText.parseValue(text));
    }

    @Override
    public String show(List<T> value) {
        return value.stream().map(element::show).collect(Collectors.joining(", ", "[", "]"));
    }
}
