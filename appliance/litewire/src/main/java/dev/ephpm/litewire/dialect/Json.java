package dev.ephpm.litewire.dialect;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A JSON document: a {@link Map}, a {@link List}, a {@link Scalar}. Numbers and words keep their text, so that nothing is
 * lost on the way through.
 */
final class Json {
    private static final int DEEPEST = 200;

    private final String text;
    private int position;

    private Json(String text) {
        this.text = text;
    }

    /** A string with {@code quoted}, else a number, true, false or null as written. */
    record Scalar(String text, boolean quoted) {}

    /** Empty for text that is no JSON. */
    static Optional<Object> parse(String text) {
        Json json = new Json(text);
        try {
            Object value = json.value(0);
            json.skipBlanks();
            return json.position == text.length() ? Optional.of(value) : Optional.empty();
        } catch (IllegalArgumentException | StringIndexOutOfBoundsException e) {
            return Optional.empty();
        }
    }

    /** What is wrong with text that is no JSON. */
    record Fault(int number, int position) {
        private static final int UNEXPECTED_END = 4037;
        private static final int SYNTAX = 4038;

        String message(int argument, String function) {
            return number == UNEXPECTED_END
                    ? "Unexpected end of JSON text in argument " + argument + " to function '" + function + "'"
                    : "Syntax error in JSON text in argument " + argument + " to function '" + function
                            + "' at position " + position;
        }
    }

    static Fault fault(String text) {
        Json json = new Json(text);
        try {
            json.value(0);
            json.skipBlanks();
            return new Fault(Fault.SYNTAX, json.position + 1);
        } catch (StringIndexOutOfBoundsException e) {
            return new Fault(Fault.UNEXPECTED_END, text.length());
        } catch (IllegalArgumentException e) {
            return new Fault(Fault.SYNTAX, Math.min(json.position + 1, text.length()));
        }
    }

    private void skipBlanks() {
        while (position < text.length() && " \t\r\n".indexOf(text.charAt(position)) >= 0) {
            position++;
        }
    }

    private boolean take(char c) {
        skipBlanks();
        boolean found = position < text.length() && text.charAt(position) == c;
        position += found ? 1 : 0;
        return found;
    }

    private void expect(char c) {
        if (!take(c)) {
            throw new IllegalArgumentException("expected " + c);
        }
    }

    private Object value(int depth) {
        if (depth > DEEPEST) {
            throw new IllegalArgumentException("too deep");
        }
        skipBlanks();
        return switch (text.charAt(position)) {
            case '{' -> object(depth);
            case '[' -> array(depth);
            case '"' -> new Scalar(string(), true);
            default -> word();
        };
    }

    private Object object(int depth) {
        expect('{');
        Map<String, Object> members = new LinkedHashMap<>();
        if (take('}')) {
            return members;
        }
        do {
            skipBlanks();
            String name = string();
            expect(':');
            members.put(name, value(depth + 1));
        } while (take(','));
        expect('}');
        return members;
    }

    private Object array(int depth) {
        expect('[');
        List<Object> items = new ArrayList<>();
        if (take(']')) {
            return items;
        }
        do {
            items.add(value(depth + 1));
        } while (take(','));
        expect(']');
        return items;
    }

    private Scalar word() {
        int from = position;
        while (position < text.length() && ",]} \t\r\n:".indexOf(text.charAt(position)) < 0) {
            position++;
        }
        String word = text.substring(from, position);
        boolean known = word.equals("true")
                || word.equals("false")
                || word.equals("null")
                || word.matches("-?(0|[1-9]\\d*)(\\.\\d+)?([eE][+-]?\\d+)?");
        if (!known) {
            throw new IllegalArgumentException(word);
        }
        return new Scalar(word, false);
    }

    private String string() {
        expect('"');
        StringBuilder value = new StringBuilder();
        for (char c = text.charAt(position++); c != '"'; c = text.charAt(position++)) {
            if (c != '\\') {
                value.append(c);
                continue;
            }
            char escaped = text.charAt(position++);
            switch (escaped) {
                case 'b' -> value.append('\b');
                case 'f' -> value.append('\f');
                case 'n' -> value.append('\n');
                case 'r' -> value.append('\r');
                case 't' -> value.append('\t');
                case 'u' -> {
                    value.append((char) Integer.parseInt(text.substring(position, position + 4), 16));
                    position += 4;
                }
                default -> value.append(escaped);
            }
        }
        return value.toString();
    }

    /** MariaDB's form: a blank after each comma and colon. */
    static String write(Object value) {
        StringBuilder text = new StringBuilder();
        write(value, text);
        return text.toString();
    }

    private static void write(@Nullable Object value, StringBuilder text) {
        switch (value) {
            case Map<?, ?> members -> {
                String separator = "{";
                for (Map.Entry<?, ?> member : members.entrySet()) {
                    text.append(separator)
                            .append(quoted(String.valueOf(member.getKey())))
                            .append(": ");
                    write(member.getValue(), text);
                    separator = ", ";
                }
                text.append(members.isEmpty() ? "{}" : "}");
            }
            case List<?> items -> {
                String separator = "[";
                for (Object item : items) {
                    text.append(separator);
                    write(item, text);
                    separator = ", ";
                }
                text.append(items.isEmpty() ? "[]" : "]");
            }
            case Scalar scalar -> text.append(scalar.quoted() ? quoted(scalar.text()) : scalar.text());
            case null, default -> text.append("null");
        }
    }

    static String quoted(String value) {
        StringBuilder text = new StringBuilder("\"");
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            switch (c) {
                case '"' -> text.append("\\\"");
                case '\\' -> text.append("\\\\");
                case '\n' -> text.append("\\n");
                case '\r' -> text.append("\\r");
                case '\t' -> text.append("\\t");
                case '\b' -> text.append("\\b");
                case '\f' -> text.append("\\f");
                default -> text.append(c < ' ' ? String.format(java.util.Locale.ROOT, "\\u%04x", (int) c) : c);
            }
        }
        return text.append('"').toString();
    }

    /** The values a path such as {@code $.a[0].*} leads to. */
    static List<Object> find(Object document, String path) {
        List<Object> found = List.of(document);
        int at = path.startsWith("$") ? 1 : 0;
        while (at < path.length()) {
            int end = stepEnd(path, at);
            found = step(found, path.substring(at, end));
            at = end;
        }
        return found;
    }

    private static int stepEnd(String path, int from) {
        if (path.charAt(from) == '[') {
            int close = path.indexOf(']', from);
            return close < 0 ? path.length() : close + 1;
        }
        if (from + 1 < path.length() && path.charAt(from + 1) == '"') {
            int close = path.indexOf('"', from + 2);
            return close < 0 ? path.length() : close + 1;
        }
        int end = from + 1;
        while (end < path.length() && path.charAt(end) != '.' && path.charAt(end) != '[') {
            end++;
        }
        return end;
    }

    private static List<Object> step(List<Object> values, String step) {
        List<Object> found = new ArrayList<>();
        for (Object value : values) {
            if (step.startsWith("[")) {
                items(value, step.substring(1, step.length() - 1).strip(), found);
            } else {
                String name = step.substring(1).replaceAll("^\"|\"$", "");
                members(value, name, found);
            }
        }
        return found;
    }

    private static void items(Object value, String index, List<Object> found) {
        List<?> items = value instanceof List<?> list ? list : List.of(value);
        if (index.equals("*")) {
            items.forEach(i -> found.add(Objects.requireNonNull(i)));
            return;
        }
        int wanted = index.matches("\\d{1,9}") ? Integer.parseInt(index) : -1;
        if (wanted >= 0 && wanted < items.size()) {
            found.add(Objects.requireNonNull(items.get(wanted)));
        }
    }

    private static void members(Object value, String name, List<Object> found) {
        if (!(value instanceof Map<?, ?> map)) {
            return;
        }
        if (name.equals("*")) {
            map.values().forEach(m -> found.add(Objects.requireNonNull(m)));
        } else if (map.get(name) != null) {
            found.add(Objects.requireNonNull(map.get(name)));
        }
    }
}
