package dev.ephpm.litewire.dialect;

import dev.ephpm.litewire.SqlErrorCode;
import java.util.List;
import java.util.Optional;

/** Functions about the session: who, where, when, the last id, locks. */
final class SessionFunctions {
    private final Translation translation;

    SessionFunctions(Translation translation) {
        this.translation = translation;
    }

    Optional<Fragment> translate(String name, List<Fragment> arguments) {
        return switch (name) {
            case "DATABASE", "SCHEMA" -> value(SessionValue.DATABASE, Type.text(64));
            case "USER", "CURRENT_USER", "SESSION_USER", "SYSTEM_USER" -> value(SessionValue.USER, Type.text(384));
            case "VERSION" -> value(SessionValue.VERSION, Type.text(26).notNull());
            case "CONNECTION_ID" ->
                value(SessionValue.CONNECTION, Type.integer(10).asUnsigned().notNull());
            case "FOUND_ROWS" -> value(SessionValue.FOUND_ROWS, Type.integer(21).notNull());
            case "ROW_COUNT" -> value(SessionValue.ROW_COUNT, Type.integer(21).notNull());
            case "LAST_INSERT_ID" -> lastInsertId(arguments);
            case "GET_LOCK" -> call("mysql_get_lock", arguments, 2);
            case "RELEASE_LOCK" -> call("mysql_release_lock", arguments, 1);
            case "RELEASE_ALL_LOCKS" -> call("mysql_release_all_locks", arguments, 0);
            case "IS_FREE_LOCK" -> call("mysql_is_free_lock", arguments, 1);
            case "IS_USED_LOCK" -> call("mysql_is_used_lock", arguments, 1);
            case "SLEEP" -> call("mysql_sleep", arguments, 1);
            case "CHARSET" ->
                arguments.size() == 1
                        ? Optional.of(Fragment.of(
                                arguments.getFirst().type().isText() ? "'utf8mb4'" : "'binary'", Type.text(64)))
                        : Optional.empty();
            case "COLLATION" ->
                arguments.size() == 1
                        ? Optional.of(Fragment.of(Sql.text(collation(arguments.getFirst())), Type.text(64)))
                        : Optional.empty();
            case "COERCIBILITY" ->
                arguments.size() == 1
                        ? Optional.of(Fragment.of(
                                Integer.toString(coercibility(arguments.getFirst())),
                                Type.integer(10).notNull()))
                        : Optional.empty();
            case "BENCHMARK" -> arguments.size() == 2 ? Optional.of(benchmark(arguments)) : Optional.empty();
            case "LOAD_FILE" -> throw SqlErrorCode.COMMAND_DENIED.with("FILE");
            default -> Optional.empty();
        };
    }

    /** Nothing is repeated: the time it takes says nothing about MariaDB, and would be taken from other sites. */
    private Fragment benchmark(List<Fragment> arguments) {
        String times = "mysql_benchmark(" + translation.forms().integer(arguments.getFirst()) + ")";
        String sql = "(CASE WHEN " + times + " IS NULL THEN NULL ELSE 0 END)";
        return Fragment.of(sql, Type.integer(1).notNull());
    }

    private static int coercibility(Fragment value) {
        return switch (value.type().family()) {
            case NULL -> 6;
            case TEXT, JSON, BINARY, BIT, UNKNOWN -> value.origin() == null ? 4 : 2;
            default -> 5;
        };
    }

    private String collation(Fragment value) {
        if (!value.type().isText()) {
            return "binary";
        }
        return value.origin() != null
                ? value.origin().column().type().collation()
                : translation.compilation().context().collation();
    }

    private Optional<Fragment> value(SessionValue what, Type type) {
        return Optional.of(Fragment.of(translation.compilation().parameter(new Binding.OfSession(what, "")), type));
    }

    private Optional<Fragment> lastInsertId(List<Fragment> arguments) {
        Type type = Type.integer(21).asUnsigned().notNull();
        if (arguments.isEmpty()) {
            return translation.compilation().assignsId()
                    ? Optional.of(Fragment.of("mysql_assigned_id()", type))
                    : value(SessionValue.LAST_INSERT_ID, type);
        }
        translation.compilation().assignId();
        String id = translation.forms().integer(arguments.getFirst());
        return Optional.of(Fragment.of("mysql_last_insert_id(" + id + ")", type));
    }

    private Optional<Fragment> call(String function, List<Fragment> arguments, int count) {
        if (arguments.size() != count) {
            return Optional.empty();
        }
        List<String> values = arguments.stream().map(translation.forms()::text).toList();
        return Optional.of(Fragment.of(function + "(" + String.join(", ", values) + ")", Type.integer(1)));
    }
}
