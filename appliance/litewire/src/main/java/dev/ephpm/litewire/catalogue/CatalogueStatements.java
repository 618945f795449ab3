package dev.ephpm.litewire.catalogue;

import dev.ephpm.litewire.Plan;
import dev.ephpm.litewire.SqlErrorCode;
import dev.ephpm.litewire.dialect.Dialect;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Plans the statements about the schema that MySQL clients send. Thread-safe. */
public final class CatalogueStatements implements SchemaStatements {
    private static final Set<String> FIRST_WORDS = Set.of(
            "show",
            "describe",
            "desc",
            "explain",
            "create",
            "alter",
            "drop",
            "rename",
            "truncate",
            "analyze",
            "optimize",
            "check",
            "repair",
            "checksum",
            "flush",
            "lock",
            "unlock",
            "grant",
            "revoke");

    /** Things a site's database does not have; creating, altering or dropping them is refused. */
    private static final Set<String> ROUTINES =
            Set.of("trigger", "procedure", "function", "event", "package", "aggregate");

    private static final Set<String> SERVER_THINGS =
            Set.of("user", "role", "server", "tablespace", "logfile", "resource", "spatial");

    private final Definitions definitions;

    /** @param dialect translates the SELECT of views and of CREATE TABLE … AS SELECT */
    public CatalogueStatements(Dialect dialect) {
        definitions = new Definitions(dialect);
    }

    @Override
    public Optional<Plan> plan(String statement, Dialect.Context context) {
        if (!FIRST_WORDS.contains(firstWord(statement))) {
            return Optional.empty();
        }
        TokenReader reader = new TokenReader(statement, context.mode());
        String first = reader.wordAhead();
        if (!FIRST_WORDS.contains(first)) {
            return Optional.empty();
        }
        return switch (first) {
            case "show" -> Optional.of(new ShowParser(reader, context).parse());
            case "describe", "desc", "explain" -> Optional.ofNullable(ShowParser.describe(reader, context));
            case "create" -> Optional.of(create(reader, context));
            case "alter" -> Optional.of(alter(reader, context));
            case "drop" -> Optional.of(drop(reader));
            case "rename" -> Optional.of(definitions.renameTables(reader));
            case "truncate" -> Optional.of(definitions.truncate(reader));
            case "analyze", "optimize", "check", "repair", "checksum" ->
                Optional.of(Maintenance.parse(reader, context));
            case "flush", "lock", "unlock" -> Optional.of(Maintenance.withoutEffect(reader, context));
            default -> throw SqlErrorCode.COMMAND_DENIED.with("GRANT OPTION");
        };
    }

    /** The first word if the statement begins with one; comments make it necessary to look closer. */
    private static String firstWord(String statement) {
        int start = 0;
        while (start < statement.length() && statement.charAt(start) <= ' ') {
            start++;
        }
        int end = start;
        while (end < statement.length() && Character.isLetter(statement.charAt(end))) {
            end++;
        }
        if (end == start && end < statement.length() && "/-#(".indexOf(statement.charAt(end)) >= 0) {
            return statement.charAt(end) == '(' ? "" : "show";
        }
        return statement.substring(start, end).toLowerCase(Locale.ROOT);
    }

    private Plan create(TokenReader reader, Dialect.Context context) {
        reader.expect("create");
        boolean orReplace = reader.accept("or", "replace");
        boolean temporary = reader.accept("temporary");
        if (reader.accept("table")) {
            return definitions.createTable(CreateTableParser.parse(reader, orReplace, temporary), context);
        }
        if (reader.acceptAny("database", "schema")) {
            return definitions.createDatabase(reader, orReplace);
        }
        if (reader.at("unique") || reader.at("fulltext") || reader.at("index") || isSpatialIndex(reader)) {
            return definitions.createIndex(reader);
        }
        if (isView(reader)) {
            return definitions.views().create(reader, orReplace, context);
        }
        throw refused(reader, "CREATE");
    }

    private static boolean isSpatialIndex(TokenReader reader) {
        return reader.at("spatial") && reader.peek(1).isWord("index");
    }

    /** A view's options stand before the word VIEW; so do those of routines. */
    private static boolean isView(TokenReader reader) {
        for (int i = 0; reader.peek(i).kind() != Token.Kind.END; i++) {
            if (reader.peek(i).isWord("view")) {
                return true;
            }
            if (ROUTINES.contains(reader.peek(i).text().toLowerCase(Locale.ROOT))) {
                return false;
            }
        }
        return false;
    }

    private RuntimeException refused(TokenReader reader, String verb) {
        for (int i = 0; reader.peek(i).kind() != Token.Kind.END; i++) {
            String word = reader.peek(i).text().toLowerCase(Locale.ROOT);
            if (ROUTINES.contains(word)) {
                return SqlErrorCode.NOT_SUPPORTED_YET.with(verb + " " + word.toUpperCase(Locale.ROOT));
            }
            if (SERVER_THINGS.contains(word)) {
                return SqlErrorCode.COMMAND_DENIED.with("CREATE USER");
            }
        }
        return reader.unexpected();
    }

    private Plan alter(TokenReader reader, Dialect.Context context) {
        reader.expect("alter");
        reader.accept("online");
        reader.accept("ignore");
        if (reader.accept("table")) {
            boolean ifExists = reader.accept("if", "exists");
            return definitions.alterTable(reader, ifExists);
        }
        if (reader.acceptAny("database", "schema")) {
            return definitions.alterDatabase(reader);
        }
        if (isView(reader)) {
            return definitions.views().create(reader, true, context);
        }
        throw refused(reader, "ALTER");
    }

    private Plan drop(TokenReader reader) {
        reader.expect("drop");
        boolean temporary = reader.accept("temporary");
        if (reader.acceptAny("table", "tables")) {
            return definitions.dropTables(reader, temporary);
        }
        if (reader.accept("view")) {
            return definitions.views().drop(reader);
        }
        if (reader.accept("index")) {
            return definitions.dropIndex(reader);
        }
        if (reader.acceptAny("database", "schema")) {
            return definitions.dropDatabase(reader);
        }
        boolean exists = reader.peek(1).isWord("if") && reader.peek(2).isWord("exists");
        if (exists && ROUTINES.contains(reader.wordAhead())) {
            // There is none of them, so there is nothing to drop.
            return Maintenance.done();
        }
        throw refused(reader, "DROP");
    }
}
