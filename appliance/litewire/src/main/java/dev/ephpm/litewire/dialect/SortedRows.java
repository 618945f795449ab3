package dev.ephpm.litewire.dialect;

import java.util.ArrayList;
import java.util.List;

/**
 * A FROM clause with its rows sorted before anything is computed of them: {@code SELECT @n := @n + 1 … ORDER BY x} numbers
 * sorted rows, while SQLite computes the select list first.
 */
final class SortedRows {
    private static final String NAME = "\"~sorted\"";

    private SortedRows() {}

    /**
     * The text to put before SELECT.
     *
     * @param rows {@code FROM … WHERE … ORDER BY … LIMIT …} in terms of the scope; afterwards the scope stands for the result
     */
    static String with(Scope scope, String rows) {
        List<String> columns = new ArrayList<>();
        scope.replaceFields(value -> {
            String name = "\"~" + columns.size() + "\"";
            columns.add(value.sql() + " AS " + name);
            return new Fragment(NAME + "." + name, value.type(), value.origin(), -1);
        });
        return "WITH " + NAME + " AS MATERIALIZED (SELECT " + String.join(", ", columns) + rows + ") ";
    }

    static String from() {
        return " FROM " + NAME;
    }
}
