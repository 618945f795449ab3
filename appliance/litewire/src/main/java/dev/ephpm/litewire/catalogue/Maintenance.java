package dev.ephpm.litewire.catalogue;

import dev.ephpm.litewire.Plan;
import dev.ephpm.litewire.SqlErrorCode;
import dev.ephpm.litewire.dialect.Dialect;
import dev.ephpm.litewire.sqlite.SqliteHandle;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** ANALYZE, OPTIMIZE, CHECK, REPAIR and CHECKSUM TABLE, FLUSH, LOCK and UNLOCK TABLES. */
final class Maintenance {
    private static final Set<String> FLUSHED = Set.of(
            "table",
            "tables",
            "privileges",
            "status",
            "hosts",
            "logs",
            "error",
            "engine",
            "general",
            "slow",
            "binary",
            "relay",
            "query",
            "user_resources",
            "des_key_file",
            "local",
            "no_write_to_binlog",
            "user_variables",
            "index_statistics",
            "user_statistics",
            "table_statistics",
            "client_statistics");

    private Maintenance() {}

    static Plan done() {
        return new EmptyPlan();
    }

    /** FLUSH, LOCK TABLES and UNLOCK TABLES; the named tables must exist. */
    static Plan withoutEffect(TokenReader reader, Dialect.Context context) {
        boolean flush = reader.at("flush");
        boolean lock = reader.at("lock");
        reader.next();
        if (flush) {
            if (!FLUSHED.contains(reader.wordAhead())) {
                throw reader.unexpected();
            }
            return done();
        }
        if (!reader.acceptAny("tables", "table")) {
            throw reader.unexpected();
        }
        if (lock) {
            lockedTables(reader, context);
        }
        return done();
    }

    private static void lockedTables(TokenReader reader, Dialect.Context context) {
        do {
            TokenReader.QualifiedName name = reader.qualifiedName();
            if (!reader.at("read") && !reader.at("write") && !reader.at("low_priority")) {
                reader.accept("as");
                reader.name();
            }
            reader.accept("low_priority");
            if (!reader.acceptAny("read", "write")) {
                throw reader.unexpected();
            }
            reader.acceptAny("local", "concurrent");
            if (context.schema().table(name.name()).isEmpty()) {
                throw SqlErrorCode.NO_SUCH_TABLE.with(context.databaseName(), name.name());
            }
        } while (reader.acceptSymbol(","));
        reader.acceptAny("wait", "nowait");
    }

    static Plan parse(TokenReader reader, Dialect.Context context) {
        String verb = reader.next().text().toLowerCase(Locale.ROOT);
        reader.acceptAny("local", "no_write_to_binlog");
        if (!reader.acceptAny("table", "tables")) {
            throw reader.unexpected();
        }
        List<TokenReader.QualifiedName> names = Definitions.names(reader);
        if (verb.equals("checksum")) {
            return new AnswerPlan(
                    Plan.Access.READ,
                    AnswerColumns.of("checksum", context.collation()),
                    execution -> checksums(names, context));
        }
        boolean check = verb.equals("check");
        Plan.Access access = check || verb.equals("analyze") ? Plan.Access.READ : Plan.Access.WRITE;
        return new AnswerPlan(access, AnswerColumns.of("maintenance", context.collation()), execution -> {
            boolean sound = !check || isSound(execution.database());
            if (access == Plan.Access.WRITE) {
                tidySpellings(names, context, execution.database());
            }
            return maintained(verb, names, context, sound);
        });
    }

    /** OPTIMIZE and REPAIR: what is noted of the text in keys becomes what the rows have. */
    private static void tidySpellings(
            List<TokenReader.QualifiedName> names, Dialect.Context context, SqliteHandle database) throws SQLException {
        SpellingBook book = new SpellingBook(database);
        for (TokenReader.QualifiedName name : names) {
            Optional<Table> table = context.schema().table(name.name()).filter(t -> !t.view());
            if (table.isPresent()) {
                book.forget(table.get().name());
                book.watch(table.get());
                FullTextIndex.drop(database, table.get());
                FullTextIndex.create(database, table.get());
            }
        }
        CatalogueTables.changeVersion(database);
    }

    private static boolean isSound(SqliteHandle database) throws SQLException {
        return Rows.all(database, "PRAGMA quick_check(1)").getFirst().text(0).equals("ok");
    }

    private static List<Rows.Row> maintained(
            String verb, List<TokenReader.QualifiedName> names, Dialect.Context context, boolean sound) {
        List<Rows.Row> rows = new ArrayList<>();
        for (TokenReader.QualifiedName name : names) {
            String shown = context.databaseName() + "." + name.name();
            boolean exists = context.schema().table(name.name()).isPresent();
            if (!exists) {
                rows.add(Answer.row(shown, verb, "Error", "Table '" + shown + "' doesn't exist"));
                rows.add(Answer.row(shown, verb, "status", "Operation failed"));
                continue;
            }
            switch (verb) {
                case "optimize" -> {
                    rows.add(Answer.row(
                            shown, verb, "note", "Table does not support optimize, doing recreate + analyze instead"));
                    rows.add(Answer.row(shown, verb, "status", "OK"));
                }
                case "repair" ->
                    rows.add(
                            Answer.row(shown, verb, "note", "The storage engine for the table doesn't support repair"));
                default ->
                    rows.add(
                            sound
                                    ? Answer.row(shown, verb, "status", "OK")
                                    : Answer.row(shown, verb, "error", "Corrupt"));
            }
        }
        return rows;
    }

    /** No table keeps a live checksum. */
    private static List<Rows.Row> checksums(List<TokenReader.QualifiedName> names, Dialect.Context context) {
        return names.stream()
                .map(n -> Answer.row(context.databaseName() + "." + n.name(), null))
                .toList();
    }
}
