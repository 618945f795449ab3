package dev.ephpm.litewire.dialect;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A JSON document: a {@link Map}, a {@link List}, a {@link Scalar}. Numbers and words keep their text, so that nothing is
 * lost on the way through.
 */
final class Json {
    private static final int DEEPEST = 200;
    private static final Pattern BEGINNING =
            Pattern.compile("true|false|null|-?(0|[1-9]\\d*)(\\.\\d+)?([eE][+-]?\\d+)?");

    private final String text;
    private int position;

    /** Where objects and arrays begin and end, for who asks how they are written. */
    private @Nullable IdentityHashMap<Object, int[]> spans;

    private Json(String text) {
        this.text = text;
    }

    /** A string with {@code quoted}, else a number, true, false or null as written. */
    record Scalar(String text, boolean quoted) {
        /** As SQL sees it; true and false are numbers, null is NULL. */
        @Nullable
        String asValue() {
            if (quoted) {
                return text;
            }
            return switch (text) {
                case "true" -> "1";
                case "false" -> "0";
                case "null" -> null;
                default -> text;
            };
        }
    }

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

    /** The value text begins with: of an object or array all of it, of a number as many digits as there are. */
    static Optional<Object> parseBeginning(String text) {
        Json json = new Json(text);
        try {
            json.skipBlanks();
            boolean word = "{[\"".indexOf(text.charAt(json.position)) < 0;
            return Optional.of(word ? json.firstWord() : json.value(0));
        } catch (IllegalArgumentException | StringIndexOutOfBoundsException e) {
            return Optional.empty();
        }
    }

    /** JSON text as a value inside another document, whatever it is. */
    static Object value(String text) {
        return parse(text).orElse(new Scalar(text, false));
    }

    private Scalar firstWord() {
        Matcher matcher = BEGINNING.matcher(text).region(position, text.length());
        if (!matcher.lookingAt()) {
            throw new IllegalArgumentException(text);
        }
        return new Scalar(matcher.group(), false);
    }

    /** The first object or array that the path leads to, as it is written; empty also for text that is no JSON. */
    static Optional<String> written(String text, String path) {
        Json json = new Json(text);
        IdentityHashMap<Object, int[]> spans = new IdentityHashMap<>();
        json.spans = spans;
        try {
            for (Object found : find(json.value(0), path)) {
                int[] span = spans.get(found);
                if (span != null) {
                    return Optional.of(text.substring(span[0], span[1]));
                }
            }
        } catch (IllegalArgumentException | StringIndexOutOfBoundsException e) {
            return Optional.empty();
        }
        return Optional.empty();
    }

    /** What is wrong with text that is no JSON. */
    record Fault(int number, int position) {
        private static final int BAD_CHARACTER = 4036;
        private static final int UNEXPECTED_END = 4037;
        private static final int SYNTAX = 4038;

        String message(int argument, String function) {
            String place = " in argument " + argument + " to function '" + function + "'";
            return switch (number) {
                case UNEXPECTED_END -> "Unexpected end of JSON text" + place;
                case BAD_CHARACTER -> "Character disallowed in JSON" + place + " at position " + position;
                default -> "Syntax error in JSON text" + place + " at position " + position;
            };
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
            int at = Math.min(json.position, text.length() - 1);
            return new Fault(text.charAt(at) < ' ' ? Fault.BAD_CHARACTER : Fault.SYNTAX, at + 1);
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
        int from = position;
        return switch (text.charAt(position)) {
            case '{' -> noted(object(depth), from);
            case '[' -> noted(array(depth), from);
            case '"' -> new Scalar(string(), true);
            default -> word();
        };
    }

    private Object noted(Object value, int from) {
        if (spans != null) {
            spans.put(value, new int[] {from, position});
        }
        return value;
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
            Matcher beginning = BEGINNING.matcher(text).region(from, text.length());
            position = beginning.lookingAt() ? beginning.end() : from;
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
    static String write(@Nullable Object value) {
        return new JsonText(", ", ": ").write(value);
    }

    static String compact(Object value) {
        return new JsonText(",", ":").write(value);
    }

    static String detailed(Object value, int indent) {
        return JsonText.detailed(value, indent);
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
        return find(document, steps(path));
    }

    static List<Object> find(Object document, List<String> steps) {
        List<Object> found = List.of(document);
        for (String step : steps) {
            found = step(found, step);
        }
        return found;
    }

    /** {@code $.a[0]} is the steps {@code .a} and {@code [0]}. */
    static List<String> steps(String path) {
        List<String> steps = new ArrayList<>();
        int at = path.startsWith("$") ? 1 : 0;
        while (at < path.length()) {
            int end = stepEnd(path, at);
            steps.add(path.substring(at, end));
            at = end;
        }
        return steps;
    }

    /** The name in a step that leads to a member. */
    static String member(String step) {
        return step.substring(1).replaceAll("^\"|\"$", "");
    }

    /** The index in a step that leads to an item, −1 when it is none. */
    static int index(String step) {
        String index = step.substring(1, step.length() - 1).strip();
        return index.matches("\\d{1,9}") ? Integer.parseInt(index) : -1;
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
                items(value, step, found);
            } else {
                members(value, member(step), found);
            }
        }
        return found;
    }

    private static void items(Object value, String step, List<Object> found) {
        List<?> items = value instanceof List<?> list ? list : List.of(value);
        if (step.indexOf('*') >= 0) {
            items.forEach(i -> found.add(Objects.requireNonNull(i)));
            return;
        }
        int wanted = index(step);
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
