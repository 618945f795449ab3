package dev.ephpm.litewire.dump;

import dev.ephpm.litewire.SqlError;
import dev.ephpm.litewire.SqlMode;
import dev.ephpm.litewire.dialect.Lexer;
import dev.ephpm.litewire.dialect.Token;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** What a statement of a dump is to an import. */
sealed interface DumpStatement {
    /** SET: changes the session. */
    record Setting() implements DumpStatement {}

    /** USE, or CREATE DATABASE, which say whose tables follow. */
    record Database(String name) implements DumpStatement {}

    /** DROP DATABASE: no table stays. */
    record DropDatabase(String name) implements DumpStatement {}

    /** DROP TABLE or DROP VIEW. */
    record Drop(List<String> tables) implements DumpStatement {}

    /** CREATE TABLE. */
    record CreateTable(String table) implements DumpStatement {}

    /** CREATE VIEW. */
    record CreateView(String view) implements DumpStatement {}

    /** TRUNCATE: the rows that follow take the place of those that are there. */
    record Truncate(String table) implements DumpStatement {}

    /** Another change of the schema. */
    record Schema() implements DumpStatement {}

    /** Reads or changes rows; not INSERT … VALUES. */
    record OnRows() implements DumpStatement {}

    /** Something sites do not have: a trigger, a routine, an event, a user. */
    record Foreign(String kind, String name) implements DumpStatement {}

    /** Makes no difference here: LOCK TABLES, transactions, maintenance. */
    record Without() implements DumpStatement {}

    /** ROLLBACK would take back what the import has taken in. */
    record Rollback() implements DumpStatement {}

    int TOKENS = 400;
    Set<String> WITHOUT_EFFECT = Set.of(
            "LOCK",
            "UNLOCK",
            "BEGIN",
            "START",
            "STOP",
            "COMMIT",
            "SAVEPOINT",
            "RELEASE",
            "FLUSH",
            "RESET",
            "ANALYZE",
            "OPTIMIZE",
            "CHECK",
            "CHECKSUM",
            "REPAIR",
            "SHOW",
            "DESCRIBE",
            "DESC",
            "EXPLAIN",
            "HELP",
            "CHANGE");
    Set<String> ON_ROWS = Set.of("INSERT", "REPLACE", "UPDATE", "DELETE", "SELECT", "WITH", "(", "DO", "VALUES");
    Set<String> ADMINISTRATION = Set.of("GRANT", "REVOKE", "CALL", "INSTALL", "UNINSTALL", "KILL", "PURGE", "SHUTDOWN");
    Set<String> FOREIGN_KINDS = Set.of(
            "TRIGGER",
            "PROCEDURE",
            "FUNCTION",
            "EVENT",
            "PACKAGE",
            "SEQUENCE",
            "USER",
            "ROLE",
            "SERVER",
            "TABLESPACE",
            "LOGFILE");
    Set<String> OWN_KINDS = Set.of("TABLE", "VIEW", "INDEX", "KEY");

    /** Looks at a statement's first words. Throws {@link SqlError} for text that is none. */
    static DumpStatement of(String sql, SqlMode mode) {
        List<Token> tokens = beginning(sql, mode);
        if (tokens.isEmpty()) {
            return new Without();
        }
        String first = tokens.getFirst().capitals();
        return switch (first) {
            case "SET" -> new Setting();
            case "USE" -> new Database(name(tokens, 1));
            case "CREATE", "DROP", "ALTER" -> definition(first, tokens);
            case "RENAME" -> new Schema();
            case "TRUNCATE" ->
                new Truncate(name(tokens, tokens.size() > 1 && tokens.get(1).isWord("TABLE") ? 2 : 1));
            case "ROLLBACK" -> new Rollback();
            default -> other(first, tokens);
        };
    }

    private static DumpStatement other(String first, List<Token> tokens) {
        if (WITHOUT_EFFECT.contains(first)) {
            return new Without();
        }
        if (ADMINISTRATION.contains(first)) {
            return new Foreign(first, tokens.size() > 1 ? tokens.get(1).text() : "");
        }
        return ON_ROWS.contains(first) ? new OnRows() : new Schema();
    }

    private static List<Token> beginning(String sql, SqlMode mode) {
        Lexer lexer = new Lexer(sql, mode);
        List<Token> tokens = new ArrayList<>();
        while (tokens.size() < TOKENS && lexer.advance() != Token.Kind.END) {
            tokens.add(lexer.token());
        }
        return tokens;
    }

    private static DumpStatement definition(String first, List<Token> tokens) {
        for (int i = 1; i < tokens.size(); i++) {
            Token token = tokens.get(i);
            String word = token.kind() == Token.Kind.WORD ? token.capitals() : "";
            if (FOREIGN_KINDS.contains(word)) {
                return first.equals("CREATE")
                        ? new Foreign(word.toLowerCase(Locale.ROOT), name(tokens, i + 1))
                        : new Without();
            }
            if (word.equals("DATABASE") || word.equals("SCHEMA")) {
                return database(first, name(tokens, i + 1));
            }
            if (OWN_KINDS.contains(word)) {
                return own(first, word, tokens, i + 1);
            }
        }
        return new Schema();
    }

    private static DumpStatement database(String first, String name) {
        return switch (first) {
            case "CREATE" -> new Database(name);
            case "DROP" -> new DropDatabase(name);
            default -> new Without();
        };
    }

    private static DumpStatement own(String first, String kind, List<Token> tokens, int at) {
        boolean table = kind.equals("TABLE");
        boolean tableOrView = table || kind.equals("VIEW");
        if (first.equals("DROP") && tableOrView) {
            return new Drop(names(tokens, at));
        }
        if (first.equals("CREATE") && tableOrView) {
            return table ? new CreateTable(name(tokens, at)) : new CreateView(name(tokens, at));
        }
        boolean keysOnly = first.equals("ALTER")
                && table
                && tokens.size() > 3
                && tokens.getLast().isWord("KEYS")
                && tokens.stream().anyMatch(t -> t.isWord("DISABLE") || t.isWord("ENABLE"));
        return keysOnly ? new Without() : new Schema();
    }

    /** The name at an index, behind IF [NOT] EXISTS and a database's name. */
    private static String name(List<Token> tokens, int from) {
        List<String> names = names(tokens, from);
        return names.isEmpty() ? "" : names.getFirst();
    }

    private static List<String> names(List<Token> tokens, int from) {
        int i = from;
        while (i < tokens.size()
                && (tokens.get(i).isWord("IF")
                        || tokens.get(i).isWord("NOT")
                        || tokens.get(i).isWord("EXISTS"))) {
            i++;
        }
        List<String> names = new ArrayList<>();
        while (i < tokens.size() && tokens.get(i).isIdentifier()) {
            String name = tokens.get(i++).text();
            if (i + 1 < tokens.size() && tokens.get(i).isSymbol(".")) {
                name = tokens.get(i + 1).text();
                i += 2;
            }
            names.add(name);
            if (i >= tokens.size() || !tokens.get(i).isSymbol(",")) {
                return names;
            }
            i++;
        }
        return names;
    }
}
