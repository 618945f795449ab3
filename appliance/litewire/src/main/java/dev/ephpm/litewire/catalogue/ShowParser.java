package dev.ephpm.litewire.catalogue;

import dev.ephpm.litewire.Column;
import dev.ephpm.litewire.Plan;
import dev.ephpm.litewire.SqlErrorCode;
import dev.ephpm.litewire.dialect.Dialect;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Plans SHOW, DESCRIBE and EXPLAIN of a table. */
final class ShowParser {
    private final TokenReader reader;
    private final Dialect.Context context;

    ShowParser(TokenReader reader, Dialect.Context context) {
        this.reader = reader;
        this.context = context;
    }

    Plan parse() {
        reader.expect("show");
        reader.accept("extended");
        boolean full = reader.accept("full");
        boolean global = reader.accept("global");
        if (!global) {
            reader.acceptAny("session", "local");
        }
        int mark = reader.mark();
        String word = reader.wordAhead();
        reader.next();
        return switch (word) {
            case "tables" -> tables(full);
            case "columns", "fields" -> columns(full);
            case "index", "indexes", "keys" -> index();
            case "create" -> create();
            case "table" -> {
                reader.expect("status");
                yield tableStatus();
            }
            case "databases", "schemas" ->
                filtered(
                        Plan.Access.SESSION,
                        "databases",
                        "Database",
                        "",
                        execution -> List.of(Answer.row("information_schema"), Answer.row(context.databaseName())));
            case "variables" ->
                filtered(
                        Plan.Access.SESSION,
                        "variables",
                        "Variable_name",
                        null,
                        execution -> SessionAnswers.variables(execution, global));
            case "status" -> filtered(Plan.Access.SESSION, "status", "Variable_name", null, SessionAnswers::status);
            case "warnings" -> warnings(false);
            case "errors" -> warnings(true);
            case "count" -> warningCount();
            default -> rare(word, mark, full);
        };
    }

    private Plan rare(String word, int mark, boolean full) {
        return switch (word) {
            case "processlist" ->
                filtered(
                        Plan.Access.SESSION,
                        full ? "full-processlist" : "processlist",
                        "Id",
                        null,
                        execution -> SessionAnswers.connections(execution, full));
            case "engines" -> engines();
            case "storage" -> {
                reader.expect("engines");
                yield engines();
            }
            case "engine" -> engineStatus();
            case "collation" ->
                filtered(Plan.Access.SESSION, "collation", "Collation", null, execution -> ServerAnswers.collations());
            case "charset" -> characterSets();
            case "character" -> {
                reader.expect("set");
                yield characterSets();
            }
            case "grants" -> grants();
            case "privileges" -> plain("privileges", ServerAnswers.privileges());
            case "plugins" -> plain("plugins", List.of());
            case "profiles" -> plain("profiles", List.of());
            case "open" -> {
                reader.expect("tables");
                database();
                yield filtered(Plan.Access.SESSION, "open-tables", "Database", null, execution -> List.of());
            }
            default -> empty(word, mark);
        };
    }

    /** Things that do not exist here: the right columns and no rows. */
    private Plan empty(String word, int mark) {
        return switch (word) {
            case "triggers", "events" -> {
                database();
                yield filtered(Plan.Access.SESSION, word, "", null, execution -> List.of());
            }
            case "function", "procedure", "package" -> {
                reader.accept("body");
                reader.expect("status");
                yield filtered(Plan.Access.SESSION, "routines", "", null, execution -> List.of());
            }
            case "master", "binary", "binlog", "slave", "replica", "all" -> throw replication(word);
            default -> {
                reader.reset(mark);
                throw reader.unexpected();
            }
        };
    }

    /** Replication is the operator's. A site's account lacks the privileges, as one on a shared MariaDB does. */
    private RuntimeException replication(String word) {
        if (word.equals("all") && !reader.acceptAny("slaves", "replicas")) {
            return reader.unexpected();
        }
        String privilege = switch (reader.wordAhead()) {
            case "hosts" -> "REPLICATION MASTER ADMIN";
            case "events" -> "BINLOG MONITOR";
            case "logs" -> "SUPER, BINLOG MONITOR";
            case "status" ->
                word.equals("master") || word.equals("binlog") ? "SUPER, BINLOG MONITOR" : "SUPER, SLAVE MONITOR";
            default -> "";
        };
        return privilege.isEmpty() ? reader.unexpected() : SqlErrorCode.COMMAND_DENIED.with(privilege);
    }

    private Plan characterSets() {
        return filtered(Plan.Access.SESSION, "charset", "Charset", null, execution -> ServerAnswers.charsets());
    }

    private Plan engines() {
        return plain("engines", ServerAnswers.engines());
    }

    private Plan engineStatus() {
        reader.nameOrString();
        if (!reader.acceptAny("status", "mutex", "logs")) {
            throw reader.unexpected();
        }
        throw SqlErrorCode.COMMAND_DENIED.with("PROCESS");
    }

    private Plan plain(String answer, List<Rows.Row> rows) {
        reader.acceptSymbol(";");
        reader.expectEnd();
        return new AnswerPlan(Plan.Access.SESSION, AnswerColumns.of(answer, context.collation()), execution -> rows);
    }

    /**
     * @param first name of the first column, which LIKE is shown behind when {@code likeShown} is not null
     */
    private Plan filtered(
            Plan.Access access, String answer, String first, @Nullable String likeShown, AnswerPlan.Source source) {
        List<Column> columns = AnswerColumns.of(answer, context.collation());
        if (likeShown != null && reader.at("like") && reader.peek(1).kind() == Token.Kind.STRING) {
            columns = AnswerColumns.of(
                    answer, context.collation(), first + " (" + reader.peek(1).text() + ")");
        }
        RowFilter filter = RowFilter.parse(reader, columns, false);
        reader.acceptSymbol(";");
        reader.expectEnd();
        return new AnswerPlan(access, columns, execution -> filter.of(source.rows(execution)));
    }

    /** {@code FROM database} if it comes next. Throws 1044 for another than the site's own. */
    private String database() {
        if (!reader.acceptAny("from", "in")) {
            return context.databaseName();
        }
        String name = reader.name();
        if (!name.equals(context.databaseName()) && !name.equalsIgnoreCase("information_schema")) {
            throw context.denied(name);
        }
        return name;
    }

    private Plan tables(boolean full) {
        String database = database();
        String answer = full ? "full-tables" : "tables";
        String first = "Tables_in_" + database;
        List<Column> columns = AnswerColumns.of(answer, context.collation(), first);
        if (reader.at("like") && reader.peek(1).kind() == Token.Kind.STRING) {
            columns = AnswerColumns.of(
                    answer, context.collation(), first + " (" + reader.peek(1).text() + ")");
        }
        RowFilter filter = RowFilter.parse(reader, columns, true);
        reader.acceptSymbol(";");
        reader.expectEnd();
        List<Rows.Row> rows = database.equals(context.databaseName())
                ? TableAnswers.tables(context.schema(), full)
                : CatalogueInformationSchema.tableNames(full);
        return new AnswerPlan(Plan.Access.SESSION, columns, execution -> filter.of(rows));
    }

    private Plan columns(boolean full) {
        if (!reader.acceptAny("from", "in")) {
            throw reader.unexpected();
        }
        Table table = table();
        List<Column> columns = AnswerColumns.of(full ? "full-columns" : "columns", context.collation());
        RowFilter filter = RowFilter.parse(reader, columns, false);
        reader.acceptSymbol(";");
        reader.expectEnd();
        List<Rows.Row> rows = TableAnswers.columns(table, full);
        return new AnswerPlan(Plan.Access.SESSION, columns, execution -> filter.of(rows));
    }

    /** {@code table [FROM database]} or {@code database.table}. Throws 1146. */
    private Table table() {
        TokenReader.QualifiedName name = reader.qualifiedName();
        String database = name.database().isEmpty() ? context.databaseName() : name.database();
        if (reader.acceptAny("from", "in")) {
            database = reader.name();
        }
        return find("SELECT", database, name.name(), context);
    }

    private static Table find(String command, String database, String name, Dialect.Context context) {
        if (database.equalsIgnoreCase("information_schema")) {
            return new CatalogueInformationSchema()
                    .describe(name)
                    .orElseThrow(() -> SqlErrorCode.UNKNOWN_INFORMATION_TABLE.with(name, "information_schema"));
        }
        if (!database.equals(context.databaseName())) {
            throw context.denied(command, database, name);
        }
        return context.schema().table(name).orElseThrow(() -> SqlErrorCode.NO_SUCH_TABLE.with(database, name));
    }

    /** DESCRIBE and EXPLAIN of a table; null for EXPLAIN of a statement. */
    static @Nullable Plan describe(TokenReader reader, Dialect.Context context) {
        reader.next();
        String word = reader.wordAhead();
        boolean statement = switch (word) {
            case "select",
                    "insert",
                    "update",
                    "delete",
                    "replace",
                    "with",
                    "extended",
                    "partitions",
                    "format",
                    "for",
                    "analyze" -> true;
            default -> reader.atSymbol("(");
        };
        if (statement) {
            return null;
        }
        TokenReader.QualifiedName name = reader.qualifiedName();
        String database = name.database().isEmpty() ? context.databaseName() : name.database();
        Table table = find("SELECT", database, name.name(), context);
        List<Rows.Row> rows = TableAnswers.columns(table, false);
        if (!reader.atEnd()) {
            boolean pattern = reader.peek().kind() == Token.Kind.STRING;
            String wanted = reader.nameOrString();
            rows = rows.stream()
                    .filter(r -> pattern
                            ? LikePattern.of(wanted, false).matcher(r.text(0)).matches()
                            : r.text(0).equalsIgnoreCase(wanted))
                    .toList();
        }
        reader.acceptSymbol(";");
        reader.expectEnd();
        List<Rows.Row> answer = rows;
        return new AnswerPlan(
                Plan.Access.SESSION, AnswerColumns.of("columns", context.collation()), execution -> answer);
    }

    private Plan index() {
        if (!reader.acceptAny("from", "in")) {
            throw reader.unexpected();
        }
        Table table = table();
        List<Column> columns = AnswerColumns.of("index", context.collation());
        RowFilter filter = RowFilter.parse(reader, columns, false);
        reader.acceptSymbol(";");
        reader.expectEnd();
        return new AnswerPlan(
                Plan.Access.READ, columns, execution -> filter.of(TableAnswers.keys(execution.database(), table)));
    }

    private Plan create() {
        String word = reader.next().text().toLowerCase(Locale.ROOT);
        return switch (word) {
            case "table", "view" -> {
                TokenReader.QualifiedName name = reader.qualifiedName();
                String database = name.database().isEmpty() ? context.databaseName() : name.database();
                Table table = find("SHOW", database, name.name(), context);
                if (word.equals("view") && !table.view()) {
                    throw SqlErrorCode.WRONG_OBJECT.with(database, table.name(), "VIEW");
                }
                reader.acceptSymbol(";");
                reader.expectEnd();
                yield new AnswerPlan(
                        Plan.Access.READ,
                        AnswerColumns.of(table.view() ? "create-view" : "create-table", context.collation()),
                        execution -> List.of(TableAnswers.definition(
                                execution.database(), table, execution.session().user())));
            }
            case "database", "schema" -> createDatabase();
            case "procedure", "function" ->
                throw SqlErrorCode.NO_SUCH_ROUTINE.with(word.toUpperCase(Locale.ROOT), reader.name());
            case "trigger" -> throw SqlErrorCode.NO_SUCH_TRIGGER.with();
            case "event" -> throw SqlErrorCode.NO_SUCH_EVENT.with(reader.name());
            default -> throw reader.unexpected();
        };
    }

    private Plan createDatabase() {
        boolean ifNotExists = reader.accept("if", "not", "exists");
        String name = reader.name();
        if (!name.equals(context.databaseName())) {
            throw context.denied(name);
        }
        String text = "CREATE DATABASE " + (ifNotExists ? "/*!32312 IF NOT EXISTS*/ " : "") + Quoting.name(name)
                + " /*!40100 DEFAULT CHARACTER SET utf8mb4 COLLATE " + Catalogue.DEFAULT_COLLATION + " */";
        return plain("create-database", List.of(Answer.row(name, text)));
    }

    private Plan tableStatus() {
        String database = database();
        boolean own = database.equals(context.databaseName());
        List<Column> columns = AnswerColumns.of("table-status", context.collation());
        RowFilter filter = RowFilter.parse(reader, columns, true);
        reader.acceptSymbol(";");
        reader.expectEnd();
        return new AnswerPlan(
                Plan.Access.READ,
                columns,
                execution -> filter.of(own ? TableAnswers.status(execution.database(), context.schema()) : List.of()));
    }

    private Plan warnings(boolean errorsOnly) {
        long skip = 0;
        long most = Long.MAX_VALUE;
        if (reader.accept("limit")) {
            most = reader.number();
            if (reader.acceptSymbol(",")) {
                skip = most;
                most = reader.number();
            }
        }
        reader.acceptSymbol(";");
        reader.expectEnd();
        long from = skip;
        long limit = most;
        return new AnswerPlan(
                Plan.Access.SESSION,
                AnswerColumns.of("warnings", context.collation()),
                execution -> SessionAnswers.warnings(execution, errorsOnly).stream()
                        .skip(from)
                        .limit(limit)
                        .toList());
    }

    private Plan warningCount() {
        reader.expectSymbol("(");
        reader.expectSymbol("*");
        reader.expectSymbol(")");
        boolean errors = reader.accept("errors");
        if (!errors) {
            reader.expect("warnings");
        }
        return new AnswerPlan(
                Plan.Access.SESSION,
                AnswerColumns.of(errors ? "error-count" : "warning-count", context.collation()),
                execution -> List.of(Answer.row(
                        errors
                                ? (long)
                                        SessionAnswers.warnings(execution, true).size()
                                : (long) execution.session().warnings().count())));
    }

    private Plan grants() {
        String user = "";
        if (reader.accept("for") && !reader.acceptAny("current_user")) {
            user = reader.nameOrString();
        }
        return new GrantsPlan(user, context.collation());
    }
}
