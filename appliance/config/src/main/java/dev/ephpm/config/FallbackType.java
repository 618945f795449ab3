package dev.ephpm.config;

import java.util.List;

/** A fallback chain: each entry is checked, then the chain as a whole. */
final class FallbackType implements ValueType<List<String>> {
    static final FallbackType INSTANCE = new FallbackType();

    private final ValueType<List<String>> entries =
            ValueTypes.list(ValueTypes.text("fallback entry", Checks::fallback));

    private FallbackType() {}

    @Override
    public String name() {
        return "fallback chain";
    }

    @Override
    public List<String> read(Object toml) {
        List<String> chain = entries.read(toml);
        try {
            Checks.fallbackChain(chain);
        } catch (IllegalArgumentException e) {
            throw new InvalidValueException(String.valueOf(e.getMessage()));
        }
        return chain;
    }

    @Override
    public List<String> readText(String text) {
        return read(TomlText.parseValue(text));
    }

    @Override
    public String show(List<String> value) {
        return entries.show(value);
    }
}
