package dev.ephpm.config;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.tomlj.TomlTable;

/**
 * A table of freely named values of one type.
 *
 * @param names which names are allowed
 * @param allowed the same in words
 */
record MapType<T>(ValueType<T> element, Predicate<String> names, String allowed) implements ValueType<Map<String, T>> {
    @Override
    public String name() {
        return "table of " + element.name();
    }

    @Override
    public Map<String, T> read(Object toml) {
        if (!(toml instanceof TomlTable table)) {
            throw new InvalidValueException(
                    "expected a table such as { name = \"value\" }, found " + TomlText.describe(toml));
        }
        Map<String, T> values = new LinkedHashMap<>();
        for (Map.Entry<String, Object> entry : table.entrySet()) {
            values.put(checkName(entry.getKey()), readNamed(entry.getKey(), entry.getValue()));
        }
        return values;
    }

    private T readNamed(String name, @Nullable Object value) {
        if (value == null) {
            throw new InvalidValueException(name + " has no value");
        }
        try {
            return element.read(value);
        } catch (InvalidValueException e) {
            throw new InvalidValueException(name + ": " + e.getMessage());
        }
    }

    /** The name itself when it is allowed. */
    String checkName(String name) {
        if (!names.test(name)) {
            throw new InvalidValueException(TomlText.quote(name) + " is not " + allowed);
        }
        return name;
    }

    @Override
    public Map<String, T> readText(String text) {
        return read(TomlText.parseValue(text));
    }

    @Override
    public String show(Map<String, T> value) {
        return value.entrySet().stream()
                .map(entry -> TomlText.literal(entry.getKey()) + " = " + element.show(entry.getValue()))
                .collect(Collectors.joining(", ", "{ ", " }"))
                .replace("{  }", "{}");
    }
}
