package dev.ephpm.litewire.dialect;

import dev.ephpm.litewire.Execution;
import dev.ephpm.litewire.Literal;
import dev.ephpm.litewire.Plan;
import dev.ephpm.litewire.Session;
import dev.ephpm.litewire.SqlErrorCode;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** SET: names, variables of the session and of the user, isolation levels. */
final class SetStatements {
    private static final String DEFAULT_SQL_MODE =
            "STRICT_TRANS_TABLES,ERROR_FOR_DIVISION_BY_ZERO,NO_AUTO_CREATE_USER,NO_ENGINE_SUBSTITUTION";

    private final Dialect dialect;
    private final Dialect.Context context;
    private final TokenReader tokens;
    private final List<Assignment> assignments = new ArrayList<>();
    private boolean nextTransactionOnly;

    SetStatements(Dialect dialect, Dialect.Context context, TokenReader tokens) {
        this.dialect = dialect;
        this.context = context;
        this.tokens = tokens;
    }

    /** A variable and the text of its value; constant when the text is one literal or word. */
    private record Assignment(
            boolean user,
            String name,
            String expression,
            @Nullable Constant constant) {}

    private record Constant(@Nullable Object value) {}

    Plan plan() {
        do {
            item();
        } while (tokens.acceptSymbol(","));
        tokens.end();
        List<Assignment> all = List.copyOf(assignments);
        if (all.stream().allMatch(a -> a.constant() != null)) {
            return new ConstantsPlan(all, nextTransactionOnly);
        }
        String expressions = all.stream().map(SetStatements::selectable).collect(Collectors.joining(", "));
        return new EvaluatePlan(dialect, context, expressions, (execution, values) -> {
            for (int i = 0; i < values.size(); i++) {
                assign(execution.session(), all.get(i), values.get(i));
            }
        });
    }

    private static String selectable(Assignment assignment) {
        Constant constant = assignment.constant();
        return constant != null && constant.value() instanceof String word
                ? Sql.text(word.replace("\\", "\\\\"))
                : assignment.expression();
    }

    private void item() {
        if (tokens.accept("NAMES")) {
            names();
        } else if (tokens.accept("CHARSET")) {
            charset();
        } else if (tokens.peek().isWord("CHARACTER")) {
            tokens.expect("CHARACTER");
            tokens.expect("SET");
            charset();
        } else if (tokens.peek().isWord("PASSWORD")) {
            throw SqlErrorCode.COMMAND_DENIED.with("SUPER");
        } else {
            variable();
        }
    }

    private String word() {
        Token token = tokens.next();
        if (token.value() instanceof Literal.Text text) {
            return text.text();
        }
        if (!token.isIdentifier()) {
            throw tokens.error();
        }
        return token.text();
    }

    private void names() {
        String charset = word().toLowerCase(Locale.ROOT);
        charset = charset.equals("default") ? "utf8mb4" : charset;
        boolean collated = tokens.accept("COLLATE");
        charsetVariables(charset);
        if (collated) {
            String collation = word().toLowerCase(Locale.ROOT);
            system("character_set_results", charset + " COLLATE " + collation);
            system("collation_connection", collation);
        }
    }

    private void charset() {
        String charset = word().toLowerCase(Locale.ROOT);
        charsetVariables(charset.equals("default") ? "utf8mb4" : charset);
    }

    private void charsetVariables(String charset) {
        if (!Charsets.isKnown(charset)) {
            throw SqlErrorCode.UNKNOWN_CHARACTER_SET.with(charset);
        }
        system("character_set_client", charset);
        system("character_set_connection", charset);
        system("character_set_results", charset);
        system("collation_connection", Charsets.defaultCollation(charset));
    }

    private void system(String name, String value) {
        assignments.add(new Assignment(false, name, "", new Constant(value)));
    }

    private void variable() {
        boolean global = tokens.peek().isWord("GLOBAL");
        boolean scoped =
                global || tokens.peek().isWord("SESSION") || tokens.peek().isWord("LOCAL");
        if (scoped) {
            tokens.next();
        }
        if (tokens.accept("TRANSACTION")) {
            nextTransactionOnly = !scoped;
            transaction();
            return;
        }
        Token target = tokens.next();
        if (!tokens.acceptSymbol("=") && !tokens.acceptSymbol(":=")) {
            throw tokens.error();
        }
        boolean user = target.kind() == Token.Kind.USER_VARIABLE;
        String name = name(target, global);
        Token first = tokens.peek();
        String expression = tokens.expression();
        boolean single = expression.length() == first.end() - first.start();
        Constant constant = single ? constant(first, user, name) : negative(expression);
        assignments.add(new Assignment(user, name, expression, constant));
    }

    private String name(Token target, boolean global) {
        String name = target.text().toLowerCase(Locale.ROOT);
        return switch (target.kind()) {
            case USER_VARIABLE -> name.substring(1);
            case SYSTEM_VARIABLE -> {
                if (name.startsWith("@@global.")) {
                    throw denied();
                }
                yield name.replaceFirst("^@@(session\\.|local\\.)?", "");
            }
            case WORD, QUOTED -> {
                if (global) {
                    throw denied();
                }
                yield name;
            }
            default -> throw tokens.error();
        };
    }

    private static RuntimeException denied() {
        return SqlErrorCode.COMMAND_DENIED.with("SUPER, SYSTEM_VARIABLES_ADMIN");
    }

    private static @Nullable Constant constant(Token token, boolean user, String name) {
        return switch (token.kind()) {
            case LITERAL -> new Constant((user ? Conversion.EXACT : Conversion.RAW).apply(token.literal()));
            case WORD ->
                user && !token.isWord("NULL") && !token.isWord("TRUE") && !token.isWord("FALSE")
                        ? null
                        : new Constant(ofWord(token, name));
            default -> null;
        };
    }

    private static @Nullable Object ofWord(Token token, String name) {
        return switch (token.capitals()) {
            case "NULL" -> null;
            case "TRUE" -> 1L;
            case "FALSE" -> 0L;
            case "DEFAULT" ->
                switch (name) {
                    case "sql_mode" -> DEFAULT_SQL_MODE;
                    case "time_zone" -> "SYSTEM";
                    case "autocommit", "foreign_key_checks", "unique_checks" -> 1L;
                    default -> "";
                };
            default -> token.text();
        };
    }

    private static @Nullable Constant negative(String expression) {
        return NumberText.isWhole(expression) && expression.startsWith("-")
                ? new Constant(NumberText.parse(expression))
                : null;
    }

    private void transaction() {
        while (!tokens.atEnd()) {
            if (tokens.accept("ISOLATION")) {
                tokens.expect("LEVEL");
                system("tx_isolation", level());
            } else {
                tokens.expect("READ");
                boolean only = tokens.accept("ONLY");
                if (!only) {
                    tokens.expect("WRITE");
                }
                assignments.add(new Assignment(false, "tx_read_only", "", new Constant(only ? 1L : 0L)));
            }
            if (!tokens.acceptSymbol(",")) {
                return;
            }
        }
    }

    private String level() {
        if (tokens.accept("SERIALIZABLE")) {
            return "SERIALIZABLE";
        }
        if (tokens.accept("REPEATABLE")) {
            tokens.expect("READ");
            return "REPEATABLE-READ";
        }
        tokens.expect("READ");
        if (tokens.accept("COMMITTED")) {
            return "READ-COMMITTED";
        }
        tokens.expect("UNCOMMITTED");
        return "READ-UNCOMMITTED";
    }

    private static void assign(Session session, Assignment assignment, @Nullable Object value) {
        if (assignment.user()) {
            session.setUserVariable(assignment.name(), value);
            return;
        }
        if (session.variables().get(assignment.name()).isEmpty()) {
            throw SqlErrorCode.UNKNOWN_SYSTEM_VARIABLE.with(assignment.name());
        }
        // mysqldump restores variables from user variables that it may not have set.
        if (value != null) {
            session.variables().set(assignment.name(), String.valueOf(value));
        }
    }

    /** SET of known values. */
    private static final class ConstantsPlan implements Plan {
        private final List<Assignment> assignments;
        private final boolean nextTransactionOnly;

        ConstantsPlan(List<Assignment> assignments, boolean nextTransactionOnly) {
            this.assignments = assignments;
            this.nextTransactionOnly = nextTransactionOnly;
        }

        private static boolean isAutocommit(Assignment assignment) {
            return !assignment.user() && assignment.name().equals("autocommit");
        }

        @Override
        public Access access() {
            return assignments.stream().anyMatch(ConstantsPlan::isAutocommit) ? Access.TRANSACTION : Access.SESSION;
        }

        @Override
        public void run(Execution execution) throws SQLException {
            if (nextTransactionOnly && execution.session().transactions().active()) {
                throw SqlErrorCode.TRANSACTION_IN_PROGRESS.with();
            }
            for (Assignment assignment : assignments) {
                Object value = assignment.constant() == null
                        ? null
                        : assignment.constant().value();
                if (isAutocommit(assignment)) {
                    String text = String.valueOf(value).toUpperCase(Locale.ROOT);
                    execution.session().transactions().setAutocommit(text.equals("1") || text.equals("ON"));
                } else {
                    assign(execution.session(), assignment, value);
                }
            }
            execution.sink().done(0, 0, "");
        }
    }
}
