package dev.ephpm.config;

import org.tomlj.Toml;
import org.tomlj.TomlArray;
import org.tomlj.TomlParseResult;
import org.tomlj.TomlTable;

/** Reading and writing single TOML values. */
final class TomlText {
    private static final int LONGEST_QUOTE = 120;

    private TomlText() {}

    /** Parses {@code text} as one TOML value. */
    static Object parseValue(String text) {
        TomlParseResult result = Toml.parse("value = " + text);
        if (result.hasErrors() || result.size() != 1) {
            throw new InvalidValueException("expected a TOML value such as [\"a\", \"b\"], found " + quote(text));
        }
        Object value = result.get("value");
        if (value == null) {
            throw new InvalidValueException("expected a TOML value such as [\"a\", \"b\"], found " + quote(text));
        }
        return value;
    }

    static String quote(String text) {
        String shown = text.length() <= LONGEST_QUOTE ? text : text.substring(0, LONGEST_QUOTE) + "…";
        return literal(shown);
    }

    static String literal(String text) {
        return '"' + Toml.tomlEscape(text).toString() + '"';
    }

    static String describe(Object toml) {
        return switch (toml) {
            case String text -> "the text " + quote(text);
            case Long number -> "the number " + number;
            case Double number -> "the number " + number;
            case Boolean truth -> truth.toString();
            case TomlArray array -> "a list of " + array.size();
            case TomlTable table -> "a table";
            default -> "a date or time";
        };
    }
}
