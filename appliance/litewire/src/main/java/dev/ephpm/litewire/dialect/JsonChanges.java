package dev.ephpm.litewire.dialect;

import dev.ephpm.litewire.Warnings;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** JSON functions that answer a changed document. New values are arguments of JSON text. */
final class JsonChanges {
    private static final int PATH_NOT_ALLOWED = 4051;

    private JsonChanges() {}

    /** What happens at the end of a path. */
    private enum Kind {
        SET,
        INSERT,
        REPLACE,
        APPEND,
        INSERT_ITEM
    }

    static void add(SqlFunctions functions) {
        functions.addTakingNull("mysql_json_set", a -> change(a, "json_set", Kind.SET));
        functions.addTakingNull("mysql_json_insert", a -> change(a, "json_insert", Kind.INSERT));
        functions.addTakingNull("mysql_json_replace", a -> change(a, "json_replace", Kind.REPLACE));
        functions.addTakingNull("mysql_json_append", a -> change(a, "json_array_append", Kind.APPEND));
        functions.addTakingNull("mysql_json_insert_item", a -> change(a, "json_array_insert", Kind.INSERT_ITEM));
        functions.add("mysql_json_remove", JsonChanges::remove);
        functions.add("mysql_json_patch", JsonChanges::patch);
        functions.add("mysql_json_merge", JsonChanges::merge);
    }

    private static @Nullable String change(Arguments a, String function, Kind kind) {
        for (int i = 0; i < a.count(); i += i == 0 ? 1 : 2) {
            if (a.isNull(i)) {
                return null;
            }
        }
        Optional<Object> document = JsonBodies.document(a, 0, function);
        if (document.isEmpty()) {
            return null;
        }
        Object changed = document.get();
        for (int i = 1; i + 1 < a.count(); i += 2) {
            Object value = a.isNull(i + 1) ? new Json.Scalar("null", false) : Json.value(a.text(i + 1));
            changed = changed(changed, Json.steps(a.text(i)), kind, value);
        }
        return Json.write(changed);
    }

    @SuppressWarnings("unchecked") // Parsed documents are mutable maps and lists of objects.
    private static Object changed(Object node, List<String> steps, Kind kind, Object value) {
        boolean last = steps.size() == 1;
        if (steps.isEmpty()) {
            return atEnd(node, kind, value);
        }
        String step = steps.getFirst();
        List<String> rest = steps.subList(1, steps.size());
        if (!step.startsWith("[")) {
            if (node instanceof Map<?, ?> map) {
                Map<String, Object> members = (Map<String, Object>) map;
                String name = Json.member(step);
                Object member = members.get(name);
                if (member != null) {
                    members.put(name, changed(member, rest, kind, value));
                } else if (last && (kind == Kind.SET || kind == Kind.INSERT)) {
                    members.put(name, value);
                }
            }
            return node;
        }
        int index = Json.index(step);
        if (node instanceof List<?> list) {
            List<Object> items = (List<Object>) list;
            if (last && kind == Kind.INSERT_ITEM && index >= 0) {
                items.add(Math.min(index, items.size()), value);
            } else if (index >= 0 && index < items.size()) {
                items.set(index, changed(items.get(index), rest, kind, value));
            } else if (last && index >= 0 && (kind == Kind.SET || kind == Kind.INSERT)) {
                items.add(value);
            }
            return node;
        }
        if (index == 0) {
            return changed(node, rest, kind, value);
        }
        boolean wraps = last && index > 0 && (kind == Kind.SET || kind == Kind.INSERT);
        return wraps ? new ArrayList<>(List.of(node, value)) : node;
    }

    @SuppressWarnings("unchecked") // Lists of parsed documents hold objects.
    private static Object atEnd(Object node, Kind kind, Object value) {
        return switch (kind) {
            case SET, REPLACE -> value;
            case INSERT, INSERT_ITEM -> node;
            case APPEND -> {
                if (node instanceof List<?> list) {
                    ((List<Object>) list).add(value);
                    yield list;
                }
                yield new ArrayList<>(List.of(node, value));
            }
        };
    }

    private static @Nullable String remove(Arguments a) {
        Optional<Object> document = JsonBodies.document(a, 0, "json_remove");
        if (document.isEmpty()) {
            return null;
        }
        for (int i = 1; i < a.count(); i++) {
            List<String> steps = Json.steps(a.text(i));
            if (steps.isEmpty()) {
                RunningStatement.warn(
                        Warnings.Level.WARNING,
                        PATH_NOT_ALLOWED,
                        "Path expression '$' is not allowed in argument " + (i + 1) + " to function 'json_remove'.");
                return null;
            }
            remove(document.get(), steps);
        }
        return Json.write(document.get());
    }

    private static void remove(Object document, List<String> steps) {
        String last = steps.getLast();
        for (Object parent : Json.find(document, steps.subList(0, steps.size() - 1))) {
            if (parent instanceof Map<?, ?> members && !last.startsWith("[")) {
                members.remove(Json.member(last));
            } else if (parent instanceof List<?> items && last.startsWith("[")) {
                int index = Json.index(last);
                if (index >= 0 && index < items.size()) {
                    items.remove(index);
                }
            }
        }
    }

    private static @Nullable String patch(Arguments a) {
        Object patched = null;
        for (int i = 0; i < a.count(); i++) {
            Optional<Object> document = JsonBodies.beginning(a, i, "json_merge_patch");
            if (document.isEmpty()) {
                return null;
            }
            patched = i == 0 ? document.get() : patched(patched, document.get());
        }
        return Json.write(patched);
    }

    /** RFC 7396. */
    private static Object patched(@Nullable Object target, Object patch) {
        if (!(patch instanceof Map<?, ?> changes)) {
            return patch;
        }
        Map<Object, Object> members =
                target instanceof Map<?, ?> map ? new LinkedHashMap<>(map) : new LinkedHashMap<>();
        for (Map.Entry<?, ?> change : changes.entrySet()) {
            if (new Json.Scalar("null", false).equals(change.getValue())) {
                members.remove(change.getKey());
            } else {
                members.put(change.getKey(), patched(members.get(change.getKey()), change.getValue()));
            }
        }
        return members;
    }

    private static @Nullable String merge(Arguments a) {
        Object merged = null;
        for (int i = 0; i < a.count(); i++) {
            Optional<Object> document = JsonBodies.document(a, i, "json_merge_preserve");
            if (document.isEmpty()) {
                return null;
            }
            merged = merged == null ? document.get() : merged(merged, document.get());
        }
        return Json.write(merged);
    }

    private static Object merged(Object left, Object right) {
        if (left instanceof Map<?, ?> first && right instanceof Map<?, ?> second) {
            Map<Object, Object> all = new LinkedHashMap<>(first);
            second.forEach((k, v) -> all.merge(k, v, JsonChanges::merged));
            return all;
        }
        List<Object> items = new ArrayList<>(left instanceof List<?> list ? list : List.of(left));
        items.addAll(right instanceof List<?> list ? list : List.of(right));
        return items;
    }
}
