package dev.ephpm.litewire.dialect;

import dev.ephpm.litewire.Plan;
import dev.ephpm.litewire.SqlError;
import dev.ephpm.litewire.SqlErrorCode;
import dev.ephpm.litewire.SqlMode;
import dev.ephpm.litewire.catalogue.InformationSchema;
import dev.ephpm.litewire.catalogue.SchemaStatements;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * MySQL to SQLite. Statements about rows are parsed as shapes and their plans cached; statements about the session have a
 * small parser of their own; statements about the schema go to {@link SchemaStatements}; the rest is refused.
 */
public final class MySqlDialect implements Dialect {
    private static final Set<String> ROW_WORDS =
            Set.of("SELECT", "(", "WITH", "VALUES", "INSERT", "REPLACE", "UPDATE", "DELETE");
    private static final Set<String> SQLITE_WORDS = Set.of("ATTACH", "DETACH", "PRAGMA", "VACUUM", "REINDEX");
    private static final Set<String> ROUTINES =
            Set.of("PROCEDURE", "FUNCTION", "TRIGGER", "EVENT", "PACKAGE", "SEQUENCE");
    private static final Set<String> EXPLAINABLE =
            Set.of("SELECT", "(", "WITH", "INSERT", "REPLACE", "UPDATE", "DELETE");

    private final SchemaStatements schemaStatements;
    private final InformationSchema informationSchema;
    private final PlanCache cache = new PlanCache();

    public MySqlDialect(SchemaStatements schemaStatements, InformationSchema informationSchema) {
        this.schemaStatements = schemaStatements;
        this.informationSchema = informationSchema;
    }

    @Override
    public Normalised normalise(String sql, SqlMode mode) {
        return Normaliser.normalise(sql, mode);
    }

    @Override
    public List<String> split(String sql, SqlMode mode) {
        return Lexer.statements(sql, mode);
    }

    @Override
    public Optional<Scoped> scoped(String sql, SqlMode mode) {
        return SetStatementPrefix.read(sql, mode);
    }

    @Override
    public Plan plan(Normalised statement, Context context) {
        PlanCache.Key key = PlanCache.Key.of(statement, context);
        Plan cached = cache.get(key);
        if (cached != null) {
            return cached;
        }
        try {
            return make(key, statement, context);
        } catch (SqlError e) {
            throw e.code() == SqlErrorCode.PARSE_ERROR ? known(e, statement, context.mode()) : e;
        }
    }

    /** What is MariaDB's language, but not supported, is not a mistake of the client's. */
    private static SqlError known(SqlError error, Normalised statement, SqlMode mode) {
        return UnsupportedSyntax.find(Lexer.tokens(statement.original(), mode))
                .map(SqlErrorCode.NOT_SUPPORTED_YET::with)
                .orElse(error);
    }

    private Plan make(PlanCache.Key key, Normalised statement, Context context) {
        Lexer lexer = new Lexer(statement.original(), context.mode());
        lexer.advance();
        Token first = lexer.token();
        if (ROW_WORDS.contains(first.capitals())) {
            Plan plan = planRows(statement, context);
            cache.put(key, plan);
            return plan;
        }
        lexer.advance();
        return planOther(first, lexer.token(), statement, context);
    }

    private Plan planRows(Normalised statement, Context context) {
        OutsideFiles.refuse(statement, context.mode());
        Optional<IntoVariables> into = IntoVariables.of(statement, context.mode());
        if (into.isPresent()) {
            return into.get().plan(planRows(into.get().select(), context));
        }
        Optional<Returning> returning = Returning.of(statement, context.mode());
        return returning.isPresent()
                ? returning(returning.get(), context)
                : compile(ShapeParser.parse(statement, context.mode()), statement, context, false);
    }

    private Plan returning(Returning returning, Context context) {
        ShapeParser.Parsed parsed = ShapeParser.parse(returning.change(), context.mode());
        Source.Named table = switch (parsed.statement()) {
            case Statement.Insert insert -> insert.table();
            case Statement.Delete delete when delete.source() instanceof Source.Named named -> named;
            default -> throw SyntaxError.at(returning.change().original(), 0);
        };
        Plan change = compile(parsed, returning.change(), context, true);
        return new ReturningPlan(change, returning.rows(table, context, informationSchema));
    }

    /** @param returns whether the plan is to tell of the rows it touches */
    private Plan compile(ShapeParser.Parsed parsed, Normalised statement, Context context, boolean returns) {
        Translation translation = new Translation(context, informationSchema, parsed.markers());
        try {
            return switch (parsed.statement()) {
                case Statement.Read read -> new ReadCompiler(translation).compile(read);
                case Statement.Insert insert -> new InsertCompiler(translation, insert, returns).compile();
                case Statement.Update update -> new UpdateCompiler(translation, update).compile();
                case Statement.Delete delete -> new DeleteCompiler(translation, delete, returns).compile();
            };
        } catch (UnreadableShape e) {
            throw SyntaxError.at(statement.original(), 0);
        }
    }

    @Override
    public Optional<String> storedSelect(String select, Context context) {
        Normalised statement = normalise(select, context.mode());
        ShapeParser.Parsed parsed = ShapeParser.parse(statement, context.mode());
        if (!(parsed.statement() instanceof Statement.Read read)) {
            return Optional.empty();
        }
        // What is known of spellings today must not become part of the view.
        Context unaware = context.storing(context.schema().withoutSpellings());
        Translation translation = new Translation(unaware, informationSchema, parsed.markers());
        return StoredSelect.text(translation, read.query(), statement.literals());
    }

    @Override
    public Optional<String> resolvedSelect(String select, List<String> names, Context context) {
        Normalised statement = normalise(select, context.mode());
        ShapeParser.Parsed parsed = ShapeParser.parse(statement, context.mode());
        if (!(parsed.statement() instanceof Statement.Read read)) {
            return Optional.empty();
        }
        Translation translation = new Translation(context, informationSchema, parsed.markers());
        List<Queries.Output> outputs =
                translation.queries().subquery(read.query(), null).outputs();
        return ViewText.of(read.query(), outputs, names, context, statement.literals());
    }

    private Plan planOther(Token first, Token second, Normalised statement, Context context) {
        String word = first.capitals();
        if (first.kind() == Token.Kind.END) {
            throw SqlErrorCode.EMPTY_QUERY.with();
        }
        if (SQLITE_WORDS.contains(word)) {
            throw SyntaxError.at(statement.original(), first.start());
        }
        boolean explains = word.equals("EXPLAIN") || word.equals("DESCRIBE") || word.equals("DESC");
        if (explains && !second.isIdentifier() && !second.isSymbol("(")) {
            throw SyntaxError.at(statement.original(), second.start());
        }
        if (explains && (EXPLAINABLE.contains(second.capitals()) || ExplainPlan.isOption(second))) {
            return explain(statement, context);
        }
        if (explains && SQLITE_WORDS.contains(second.capitals()) && second.kind() == Token.Kind.WORD) {
            throw SyntaxError.at(statement.original(), second.start());
        }
        refuseRoutines(word, second, statement, context.mode());
        return SessionStatements.plan(this, statement, context)
                .or(() -> DeferredSchemaPlan.plan(schemaStatements, statement, context))
                .or(() -> Refusals.plan(word, second))
                .orElseThrow(() -> SyntaxError.at(statement.original(), first.start()));
    }

    private Plan explain(Normalised statement, Context context) {
        List<Token> tokens = Lexer.tokens(statement.original(), context.mode());
        for (Token token : tokens) {
            if (EXPLAINABLE.contains(token.capitals())) {
                String inner = statement.original().substring(token.start());
                return new ExplainPlan(plan(normalise(inner, context.mode()), context));
            }
        }
        throw SyntaxError.at(statement.original(), 0);
    }

    private static void refuseRoutines(String word, Token second, Normalised statement, SqlMode mode) {
        boolean defines = word.equals("CREATE") || word.equals("ALTER") || word.equals("DROP");
        if (!defines) {
            return;
        }
        List<Token> tokens = Lexer.tokens(statement.original(), mode);
        for (Token token : tokens.subList(1, Math.min(tokens.size(), 12))) {
            if (token.isSymbol("(") || token.isWord("TABLE") || token.isWord("VIEW") || token.isWord("INDEX")) {
                return;
            }
            if (token.kind() == Token.Kind.WORD && ROUTINES.contains(token.capitals())) {
                throw SqlErrorCode.NOT_SUPPORTED_YET.with(word + " " + token.capitals());
            }
        }
        if (second.isWord("USER") || second.isWord("ROLE")) {
            throw SqlErrorCode.COMMAND_DENIED.with("CREATE USER");
        }
    }
}
