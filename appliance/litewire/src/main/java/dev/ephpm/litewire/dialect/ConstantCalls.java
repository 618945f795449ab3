package dev.ephpm.litewire.dialect;

import dev.ephpm.litewire.sqlite.RemoteStep;
import dev.ephpm.litewire.sqlite.SqliteConnection;
import dev.ephpm.litewire.sqlite.SqliteCursor;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Calls of functions that the server lacks are computed here and sent as parameters, when their value is the same for all
 * rows. Generated SQL quotes all names of columns, so that an expression without quotes has none.
 */
final class ConstantCalls {
    private static final Pattern CALL = Pattern.compile("\\b(mysql_\\w+)\\(");

    /** What else could name a row, outside of text. */
    private static final Pattern OF_ROWS =
            Pattern.compile("\"|\\b(SELECT|rowid|value|key)\\b", Pattern.CASE_INSENSITIVE);

    private static final Pattern TEXT = Pattern.compile("'(?:[^']++|'')*+'");

    private final Set<String> present;
    private final Set<String> changing;
    private final SqliteConnection.Local here;

    /**
     * @param present functions that the server has
     * @param changing functions that may give another value for each row though their arguments are the same
     * @param here gives a connection that has all functions
     */
    ConstantCalls(Set<String> present, Set<String> changing, SqliteConnection.Local here) {
        this.present = present;
        this.changing = changing;
        this.here = here;
    }

    RemoteStep computed(RemoteStep step) throws SQLException {
        String sql = step.sql();
        List<@Nullable Object> parameters = new ArrayList<>(step.parameters());
        StringBuilder text = new StringBuilder();
        Matcher call = CALL.matcher(sql);
        int from = 0;
        int at = 0;
        while (call.find(at)) {
            at = call.end();
            int end = present.contains(call.group(1)) || isInText(sql, call.start()) ? -1 : end(sql, call.end());
            String expression = end < 0 ? "" : sql.substring(call.start(), end);
            if (end >= 0 && isConstant(sql, expression)) {
                parameters.add(value(expression, step.parameters()));
                text.append(sql, from, call.start()).append('?').append(parameters.size());
                from = end;
                at = end;
            }
        }
        return from == 0
                ? step
                : new RemoteStep(text.append(sql, from, sql.length()).toString(), parameters);
    }

    private static boolean isInText(String sql, int position) {
        Matcher text = TEXT.matcher(sql);
        while (text.find() && text.start() < position) {
            if (position < text.end()) {
                return true;
            }
        }
        return false;
    }

    /** Behind the bracket that closes the one before {@code from}; −1 when there is none. */
    private static int end(String sql, int from) {
        int depth = 1;
        char quote = 0;
        for (int i = from; i < sql.length(); i++) {
            char c = sql.charAt(i);
            if (quote != 0) {
                quote = c == quote ? 0 : quote;
            } else if (c == '\'' || c == '"') {
                quote = c;
            } else if (c == '(') {
                depth++;
            } else if (c == ')' && --depth == 0) {
                return i + 1;
            }
        }
        return -1;
    }

    private boolean isConstant(String sql, String expression) {
        boolean ofOneRow = sql.startsWith("INSERT") && !sql.contains(" SELECT ");
        Matcher call = CALL.matcher(expression);
        while (!ofOneRow && call.find()) {
            if (changing.contains(call.group(1))) {
                return false;
            }
        }
        return !OF_ROWS.matcher(TEXT.matcher(expression).replaceAll("''")).find();
    }

    private @Nullable Object value(String expression, List<@Nullable Object> parameters) throws SQLException {
        try (SqliteCursor cursor = here.open().query("SELECT " + expression, parameters)) {
            return cursor.next() ? cursor.value(0) : null;
        }
    }
}
