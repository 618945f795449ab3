package dev.ephpm.litewire.dialect;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** JSON functions whose answers differ from SQLite's. */
final class JsonBodies {
    private static final int ONE_OR_ALL = 4046;
    private static final int DETAILED_INDENT = 4;

    private JsonBodies() {}

    static void add(SqlFunctions functions) {
        functions.add("mysql_json_extract", JsonBodies::extract);
        functions.add("mysql_json_unquote", JsonBodies::unquoted);
        functions.add(
                "mysql_json_pretty", a -> Json.parse(a.text(0)).map(Json::write).orElse(a.text(0)));
        functions.add("mysql_json_length", JsonBodies::length);
        functions.add("mysql_json_valid", JsonBodies::valid);
        functions.add(
                "mysql_json_quote",
                a -> a.value(0) instanceof String text ? Json.write(new Json.Scalar(text, true)) : null);
        functions.add(
                "mysql_json_depth",
                a -> document(a, 0, "json_depth").map(JsonBodies::depth).orElse(null));
        functions.add(
                "mysql_json_type",
                a -> document(a, 0, "json_type").map(JsonBodies::type).orElse(null));
        functions.add("mysql_json_keys", a -> at(a, "json_keys", JsonBodies::keys));
        functions.add("mysql_json_contains", JsonBodies::contains);
        functions.add("mysql_json_search", a -> search(a.text(0), a.text(1), a.text(2)));
        functions.add("mysql_json_contains_path", JsonBodies::containsPath);
        functions.add(
                "mysql_json_exists",
                a -> beginning(a, 0, "json_exists")
                        .map(d -> TextBodies.flag(!Json.find(d, a.text(1)).isEmpty()))
                        .orElse(null));
        functions.add("mysql_json_value", JsonBodies::scalar);
        functions.add(
                "mysql_json_query", a -> Json.written(a.text(0), a.text(1)).orElse(null));
        functions.add("mysql_json_string", a -> Json.quoted(a.text(0)));
        functions.add(
                "mysql_json_compact",
                a -> document(a, 0, "json_compact").map(Json::compact).orElse(null));
        functions.add(
                "mysql_json_detailed",
                a -> document(a, 0, "json_detailed")
                        .map(d -> Json.detailed(d, a.count() > 1 ? (int) a.whole(1) : DETAILED_INDENT))
                        .orElse(null));
    }

    /** A document; text that is none leaves a warning. */
    static Optional<Object> document(Arguments a, int index, String function) {
        return warned(Json.parse(a.text(index)), a, index, function);
    }

    /** The same where MariaDB does not look what follows the first value. */
    static Optional<Object> beginning(Arguments a, int index, String function) {
        return warned(Json.parseBeginning(a.text(index)), a, index, function);
    }

    private static Optional<Object> warned(Optional<Object> parsed, Arguments a, int index, String function) {
        if (parsed.isEmpty()) {
            Json.Fault fault = Json.fault(a.text(index));
            Truncation.warn(fault.number(), fault.message(index + 1, function));
        }
        return parsed;
    }

    private static long valid(Arguments a) {
        String text = a.text(0);
        if (Json.parse(text).isPresent()) {
            return 1;
        }
        Json.Fault fault = Json.fault(text);
        Truncation.note(fault.number(), fault.message(1, "json_valid"));
        return 0;
    }

    private static <T> @Nullable T at(Arguments a, String name, Function<Object, @Nullable T> function) {
        return at(a, 0, a.count() - 1, name, function);
    }

    private static <T> @Nullable T at(
            Arguments a, int document, int path, String name, Function<Object, @Nullable T> function) {
        return found(a, document, path, name).map(function).orElse(null);
    }

    private static Optional<Object> found(Arguments a, int document, int path, String name) {
        return beginning(a, document, name)
                .flatMap(d -> Json.find(d, a.text(path)).stream().findFirst());
    }

    /** The first scalar the path leads to; a document that is none leaves no warning. */
    private static @Nullable String scalar(Arguments a) {
        Optional<Object> document = Json.parse(a.text(0));
        if (document.isEmpty()) {
            return null;
        }
        for (Object found : Json.find(document.get(), a.text(1))) {
            if (found instanceof Json.Scalar scalar) {
                return scalar.asValue();
            }
        }
        return null;
    }

    private static @Nullable Long containsPath(Arguments a) {
        boolean all = a.text(1).equalsIgnoreCase("all");
        if (!all && !a.text(1).equalsIgnoreCase("one")) {
            Truncation.warn(ONE_OR_ALL, "Argument 2 to function 'json_contains_path' must be \"one\" or \"all\".");
            return null;
        }
        Optional<Object> document = document(a, 0, "json_contains_path");
        if (document.isEmpty()) {
            return null;
        }
        int hits = 0;
        for (int i = 2; i < a.count(); i++) {
            hits += Json.find(document.get(), a.text(i)).isEmpty() ? 0 : 1;
        }
        return TextBodies.flag(all ? hits == a.count() - 2 : hits > 0);
    }

    /** One plain path gives its value, several or wildcards an array of what they find. */
    private static @Nullable String extract(Arguments a) {
        Optional<Object> document = document(a, 0, "json_extract");
        if (document.isEmpty()) {
            return null;
        }
        List<Object> found = new ArrayList<>();
        boolean many = a.count() > 2;
        for (int i = 1; i < a.count(); i++) {
            found.addAll(Json.find(document.get(), a.text(i)));
            many |= a.text(i).indexOf('*') >= 0;
        }
        if (found.isEmpty()) {
            return null;
        }
        return Json.write(many ? found : found.getFirst());
    }

    /** Text that begins as a string and is none stays, with a warning. */
    private static String unquoted(Arguments a) {
        String text = a.text(0);
        if (text.length() < 2 || text.charAt(0) != '"') {
            return text;
        }
        return document(a, 0, "json_unquote").orElse(text) instanceof Json.Scalar scalar ? scalar.text() : text;
    }

    /** Behind a number MariaDB does not look, behind an object or array it does. */
    private static @Nullable Long length(Arguments a) {
        boolean whole = a.text(1).equals("$")
                && Json.parseBeginning(a.text(0))
                        .filter(d -> !(d instanceof Json.Scalar))
                        .isPresent();
        if (whole && document(a, 0, "json_length").isEmpty()) {
            return null;
        }
        return found(a, 0, 1, "json_length").map(JsonBodies::length).orElse(null);
    }

    private static Long length(Object value) {
        return switch (value) {
            case Map<?, ?> members -> (long) members.size();
            case List<?> items -> (long) items.size();
            default -> 1L;
        };
    }

    private static Long depth(Object value) {
        return switch (value) {
            case Map<?, ?> members -> 1 + deepest(members.values());
            case List<?> items -> 1 + deepest(items);
            default -> 1L;
        };
    }

    private static long deepest(Iterable<?> values) {
        long deepest = 0;
        for (Object value : values) {
            deepest = Math.max(deepest, depth(Objects.requireNonNull(value)));
        }
        return deepest;
    }

    private static String type(Object value) {
        return switch (value) {
            case Map<?, ?> _ -> "OBJECT";
            case List<?> _ -> "ARRAY";
            case Json.Scalar scalar when scalar.quoted() -> "STRING";
            case Json.Scalar scalar when scalar.text().equals("null") -> "NULL";
            case Json.Scalar scalar when Character.isLetter(scalar.text().charAt(0)) -> "BOOLEAN";
            case Json.Scalar scalar when scalar.text().matches("-?\\d+") -> "INTEGER";
            default -> "DOUBLE";
        };
    }

    private static @Nullable String keys(Object value) {
        if (!(value instanceof Map<?, ?> members)) {
            return null;
        }
        List<Object> names = new ArrayList<>();
        members.keySet().forEach(k -> names.add(new Json.Scalar(String.valueOf(k), true)));
        return Json.write(names);
    }

    private static @Nullable Long contains(Arguments a) {
        Optional<Object> candidate = beginning(a, 1, "json_contains");
        if (candidate.isEmpty()) {
            return null;
        }
        return at(a, 0, 2, "json_contains", target -> TextBodies.flag(contains(target, candidate.get())));
    }

    private static boolean contains(@Nullable Object target, @Nullable Object candidate) {
        if (target instanceof List<?> items) {
            return candidate instanceof List<?> wanted
                    ? wanted.stream().allMatch(w -> items.stream().anyMatch(i -> contains(i, w)))
                    : items.stream().anyMatch(i -> contains(i, candidate));
        }
        if (target instanceof Map<?, ?> members && candidate instanceof Map<?, ?> wanted) {
            return wanted.entrySet().stream()
                    .allMatch(w -> members.containsKey(w.getKey()) && contains(members.get(w.getKey()), w.getValue()));
        }
        if (target instanceof Json.Scalar left && candidate instanceof Json.Scalar right) {
            return left.equals(right) || sameNumber(left, right);
        }
        return false;
    }

    private static boolean sameNumber(Json.Scalar left, Json.Scalar right) {
        boolean numbers = !left.quoted()
                && !right.quoted()
                && NumberText.isWhole(left.text())
                && NumberText.isWhole(right.text());
        return numbers && NumberText.exact(left.text()).compareTo(NumberText.exact(right.text())) == 0;
    }

    private static @Nullable String search(String document, String oneOrAll, String wanted) {
        Optional<Object> parsed = Json.parse(document);
        if (parsed.isEmpty()) {
            return null;
        }
        List<Object> paths = new ArrayList<>();
        search(parsed.get(), "$", wanted, paths);
        if (paths.isEmpty()) {
            return null;
        }
        boolean all = oneOrAll.equalsIgnoreCase("all") && paths.size() > 1;
        return Json.write(all ? paths : paths.getFirst());
    }

    private static void search(@Nullable Object value, String path, String wanted, List<Object> paths) {
        switch (value) {
            case Map<?, ?> members -> members.forEach((k, v) -> search(v, path + "." + k, wanted, paths));
            case List<?> items -> {
                for (int i = 0; i < items.size(); i++) {
                    search(items.get(i), path + "[" + i + "]", wanted, paths);
                }
            }
            case Json.Scalar scalar
            when scalar.quoted() && LikePattern.matches(scalar.text(), wanted, "\\", true) ->
                paths.add(new Json.Scalar(path, true));
            case null, default -> {
                // No string, no hit.
            }
        }
    }
}
