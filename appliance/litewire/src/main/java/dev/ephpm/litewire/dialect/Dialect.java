package dev.ephpm.litewire.dialect;

import dev.ephpm.litewire.Literal;
import dev.ephpm.litewire.Plan;
import dev.ephpm.litewire.SqlError;
import dev.ephpm.litewire.SqlErrorCode;
import dev.ephpm.litewire.SqlMode;
import dev.ephpm.litewire.catalogue.Schema;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Turns MySQL statements into plans. Thread-safe; plans are cached by shape. One instance per site. */
public interface Dialect {
    /** Cuts the literals out of a statement: cheap, no parsing. Throws 1064 for text that cannot be tokenised. */
    Normalised normalise(String sql, SqlMode mode);

    /** The plan of a shape, from the cache or made now. Throws {@link dev.ephpm.litewire.SqlError}: 1064, 1146, 1054 … */
    Plan plan(Normalised statement, Context context);

    /** Splits text into its statements, for multi-statement queries. */
    List<String> split(String sql, SqlMode mode);

    /** {@code SET STATEMENT … FOR …}; empty for any other statement. Throws 1064. */
    default Optional<Scoped> scoped(String sql, SqlMode mode) {
        return Optional.empty();
    }

    /**
     * The SQLite text of a SELECT with its literals in it, made of SQLite's own functions only, for CREATE VIEW. Empty when
     * it cannot be said that way.
     */
    default Optional<String> storedSelect(String select, Context context) {
        return Optional.empty();
    }

    /**
     * The SELECT of a view as SHOW CREATE VIEW shows it, with every name resolved; empty when it is shown as written.
     *
     * @param names what the view calls its columns; empty for the SELECT's own names
     */
    default Optional<String> resolvedSelect(String select, List<String> names, Context context) {
        return Optional.empty();
    }

    /**
     * A statement without its literals.
     *
     * @param shape the text with literals replaced, comments dropped and white space collapsed: the key of the plan cache
     * @param literals in textual order
     * @param parameters number of {@code ?} markers; their values follow the literals in {@link dev.ephpm.litewire.Execution}
     * @param original the text as received, for error messages ({@code near '…'})
     */
    record Normalised(String shape, List<Literal> literals, int parameters, String original) {}

    /**
     * A statement with system variables that hold for it alone.
     *
     * @param variables by name in lower case; an empty value is the default
     */
    record Scoped(Map<String, String> variables, String statement) {}

    /**
     * What a plan depends on besides the shape.
     *
     * @param convertsTime whether TIMESTAMP columns, which are stored in UTC, are seen in another zone
     * @param account user and host, as CURRENT_USER() shows them
     * @param userVariables the values of user variables by their name in lower case
     */
    record Context(
            Schema schema,
            SqlMode mode,
            String databaseName,
            boolean countsFoundRows,
            String collation,
            boolean convertsTime,
            String account,
            Function<String, @Nullable Object> userVariables) {
        /** The same session after the schema has changed, with TIMESTAMP columns as they are stored. */
        public Context storing(Schema newSchema) {
            return new Context(
                    newSchema, mode, databaseName, countsFoundRows, collation, false, account, userVariables);
        }

        /** A site's account has privileges on one database: 1044 for any other, whether it exists or not. */
        public SqlError denied(String database) {
            return SqlErrorCode.DATABASE_ACCESS_DENIED.with(user(), host(), database);
        }

        /** 1142 for a table of another database. */
        public SqlError denied(String command, String database, String table) {
            return SqlErrorCode.TABLE_ACCESS_DENIED.with(command, user(), host(), database, table);
        }

        private String user() {
            return account.substring(0, account.lastIndexOf('@'));
        }

        private String host() {
            return account.substring(account.lastIndexOf('@') + 1);
        }
    }
}
