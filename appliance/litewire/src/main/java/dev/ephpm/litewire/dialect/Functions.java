package dev.ephpm.litewire.dialect;

import dev.ephpm.litewire.ColumnType;
import dev.ephpm.litewire.SqlErrorCode;
import dev.ephpm.litewire.sqlite.CollationNames;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Set;

/** Function calls: first those with rules of their own, then the table of plain ones. */
final class Functions {
    /** Functions with rules of their own, which want arguments. */
    private static final Set<String> KNOWN = Set.of(
            "CONCAT",
            "CONCAT_WS",
            "COALESCE",
            "GREATEST",
            "LEAST",
            "JSON_QUOTE",
            "JSON_SET",
            "JSON_INSERT",
            "JSON_REPLACE",
            "JSON_ARRAY_APPEND",
            "JSON_ARRAY_INSERT");

    private final Translation translation;
    private final Casts casts;
    private final DateFunctions dates;
    private final SessionFunctions sessions;
    private final ChoiceFunctions choices;
    private final JsonFunctions json;

    Functions(Translation translation) {
        this.translation = translation;
        casts = new Casts(translation);
        dates = new DateFunctions(translation);
        sessions = new SessionFunctions(translation);
        choices = new ChoiceFunctions(translation);
        json = new JsonFunctions(translation);
    }

    Casts casts() {
        return casts;
    }

    JsonFunctions json() {
        return json;
    }

    DateFunctions dates() {
        return dates;
    }

    Fragment translate(Expression.Call call, Scope scope) {
        if (call.arguments().stream().anyMatch(Expression.Interval.class::isInstance)) {
            return dates.withInterval(call, scope);
        }
        if (call.name().equals("VALUES") || call.name().equals("DEFAULT")) {
            return ofInsertedColumn(call, scope);
        }
        List<Expression> expressions = call.arguments();
        boolean unitFirst = call.name().equals("TIMESTAMPDIFF") || call.name().equals("TIMESTAMPADD");
        if (unitFirst) {
            return dates.withUnit(call, scope);
        }
        List<Fragment> arguments = translation.expressions().translateAll(expressions, scope);
        return ruled(call, arguments).orElseThrow(() -> unknown(call));
    }

    /** Rules take the arguments they need; one that is not there is the client's mistake. */
    private Optional<Fragment> ruled(Expression.Call call, List<Fragment> arguments) {
        try {
            return sessions.translate(call.name(), arguments)
                    .or(() -> choices.translate(call.name(), arguments))
                    .or(() -> dates.translate(call.name(), arguments))
                    .or(() -> json.translate(call.name(), arguments))
                    .or(() -> tabled(call.name(), arguments));
        } catch (IndexOutOfBoundsException | NoSuchElementException e) {
            throw SqlErrorCode.WRONG_PARAMETER_COUNT.with(call.written());
        }
    }

    private RuntimeException unknown(Expression.Call call) {
        if (FunctionTable.exists(call.name()) || KNOWN.contains(call.name())) {
            return SqlErrorCode.WRONG_PARAMETER_COUNT.with(call.written());
        }
        return SqlErrorCode.NO_SUCH_FUNCTION.with(
                translation.compilation().context().databaseName(), call.written());
    }

    /** {@code VALUES(column)} of ON DUPLICATE KEY UPDATE is the row that was to be inserted. */
    private Fragment ofInsertedColumn(Expression.Call call, Scope scope) {
        if (call.arguments().size() == 1 && call.arguments().getFirst() instanceof Expression.ColumnName column) {
            Fragment stored = scope.resolve(column);
            if (stored.origin() != null) {
                String name = stored.origin().column().name();
                String text = translation.compilation().insertedText(name).orElse("NULL");
                return Fragment.of(text, stored.type());
            }
        }
        throw new UnreadableShape(call);
    }

    private Optional<Fragment> tabled(String name, List<Fragment> arguments) {
        return FunctionTable.rule(name, arguments).map(rule -> apply(rule, arguments));
    }

    private Fragment apply(FunctionTable.Rule rule, List<Fragment> arguments) {
        Type type = rule.type().apply(arguments);
        boolean nullable = type.nullable()
                && (rule.mayBeNull()
                        || arguments.stream().anyMatch(a -> a.type().nullable()));
        return Fragment.of(text(rule.template(), arguments), type.withNullable(nullable));
    }

    /** Of bytes single characters are made for functions that count them. */
    private String text(String template, List<Fragment> arguments) {
        boolean counts = template.contains("{c");
        if (counts && arguments.stream().anyMatch(a -> a.type().isBytes())) {
            return "mysql_bytes_of_text(" + filled(template.replace("{c", "{s"), arguments) + ")";
        }
        return filled(template, arguments);
    }

    private String filled(String template, List<Fragment> arguments) {
        StringBuilder sql = new StringBuilder();
        int from = 0;
        for (int open = template.indexOf('{'); open >= 0; open = template.indexOf('{', from)) {
            int close = template.indexOf('}', open);
            sql.append(template, from, open).append(argument(template.substring(open + 1, close), arguments));
            from = close + 1;
        }
        return sql.append(template, from, template.length()).toString();
    }

    private String argument(String form, List<Fragment> arguments) {
        if (form.charAt(0) == 'k') {
            String collation = translation.collating().agreed("=", arguments);
            return CollationNames.isBinary(collation) ? "1" : "0";
        }
        if (form.charAt(1) == '*') {
            List<String> all = new ArrayList<>();
            for (Fragment argument : arguments) {
                all.add(form(form.charAt(0), argument));
            }
            return String.join(", ", all);
        }
        int index = form.charAt(1) - '1';
        return index < arguments.size() ? form(form.charAt(0), arguments.get(index)) : "NULL";
    }

    private String form(char letter, Fragment argument) {
        Forms forms = translation.forms();
        return switch (letter) {
            case 't', 'c' -> forms.text(argument);
            case 's' -> forms.singleBytes(argument);
            case 'h' -> hexadecimal(argument);
            case 'n' -> forms.number(argument);
            case 'i' -> forms.integer(argument);
            case 'v' ->
                argument.type().family() == Type.Family.BIT
                        ? "CAST(" + forms.number(argument) + " AS TEXT)"
                        : forms.text(argument);
            case 'x' -> forms.real(argument);
            case 'o' -> forms.bits64(argument);
            case 'b' -> forms.bytes(argument);
            default -> argument.sql();
        };
    }

    private String hexadecimal(Fragment value) {
        Forms forms = translation.forms();
        boolean exact =
                value.type().family() == Type.Family.DECIMAL || (value.type().isNumber() && Forms.isWide(value));
        if (value.type().family() == Type.Family.DECIMAL && Forms.isWide(value) && !value.isSlot()) {
            return forms.real(value);
        }
        return exact
                ? forms.bits64(value)
                : value.type().wire() == ColumnType.FLOAT ? forms.number(value) : value.sql();
    }

    /** A value as it must look where the common type is the given one: numbers among text become text. */
    String as(Fragment value, Type type) {
        if (type.family() == Type.Family.BINARY && value.type().isNumber() && !value.isSlot()) {
            return translation.forms().bytes(value);
        }
        boolean mixed = type.isText() && !value.type().isText() && value.type().family() != Type.Family.NULL;
        if (mixed || (type.isText() && value.isSlot())) {
            return translation.forms().text(value);
        }
        boolean single = type.family() == Type.Family.DOUBLE
                && type.wire() == null
                && value.type().wire() == ColumnType.FLOAT;
        if (type.isNumber() && (value.isSlot() || !value.type().isNumber() || single)) {
            return value.type().family() == Type.Family.NULL
                    ? value.sql()
                    : translation.forms().number(value);
        }
        if (type.family() == Type.Family.DOUBLE && Forms.isWide(value)) {
            return translation.forms().real(value);
        }
        if (type.family() != Type.Family.DATETIME || value.isSlot()) {
            return value.sql();
        }
        return switch (value.type().family()) {
            case DATE -> "(" + value.sql() + " || ' 00:00:00')";
            case TIME -> translation.forms().today(value.sql());
            default -> value.sql();
        };
    }
}
