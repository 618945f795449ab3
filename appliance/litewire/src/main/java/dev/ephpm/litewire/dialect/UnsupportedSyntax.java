package dev.ephpm.litewire.dialect;

import java.util.List;
import java.util.Optional;

/**
 * Tells what is MariaDB's language but not ours from what is nobody's. Looked at only when a statement could not be read, so
 * that words may be searched wherever they stand.
 */
final class UnsupportedSyntax {
    /** Words and symbols one after the other, and how the error names them. */
    private record Feature(String name, List<String> tokens) {
        static Feature of(String name, String tokens) {
            return new Feature(name, List.of(tokens.split(" ")));
        }
    }

    /** Decided by the words the statement begins with. */
    private static final List<Feature> BEGINNINGS = List.of(
            Feature.of("ANALYZE of a statement", "ANALYZE FORMAT"),
            Feature.of("ANALYZE of a statement", "ANALYZE SELECT"),
            Feature.of("ANALYZE of a statement", "ANALYZE INSERT"),
            Feature.of("ANALYZE of a statement", "ANALYZE REPLACE"),
            Feature.of("ANALYZE of a statement", "ANALYZE UPDATE"),
            Feature.of("ANALYZE of a statement", "ANALYZE DELETE"),
            Feature.of("ANALYZE of a statement", "ANALYZE VALUES"),
            Feature.of("ANALYZE of a statement", "ANALYZE WITH"),
            Feature.of("ANALYZE of a statement", "ANALYZE ("),
            Feature.of("compound statements", "BEGIN NOT ATOMIC"),
            Feature.of("compound statements", "DECLARE"),
            Feature.of("compound statements", "FOR"),
            Feature.of("compound statements", "IF"),
            Feature.of("compound statements", "CASE"),
            Feature.of("compound statements", "LOOP"),
            Feature.of("compound statements", "REPEAT"),
            Feature.of("compound statements", "WHILE"),
            Feature.of("EXECUTE IMMEDIATE", "EXECUTE IMMEDIATE"),
            Feature.of("SHOW PROFILE", "SHOW PROFILE"),
            Feature.of("SHOW PROCEDURE CODE", "SHOW PROCEDURE CODE"),
            Feature.of("SHOW FUNCTION CODE", "SHOW FUNCTION CODE"),
            Feature.of("SHOW CREATE USER", "SHOW CREATE USER"),
            Feature.of("SHOW EXPLAIN", "SHOW EXPLAIN"),
            Feature.of("SHOW ANALYZE", "SHOW ANALYZE"),
            Feature.of("SHOW RELAYLOG", "SHOW RELAYLOG"),
            Feature.of("roles", "SET ROLE"),
            Feature.of("roles", "SET DEFAULT ROLE"),
            Feature.of("KILL of a user", "KILL USER"),
            Feature.of("KILL of a user", "KILL QUERY USER"),
            Feature.of("KILL of a query", "KILL QUERY ID"),
            Feature.of("KILL HARD and SOFT", "KILL HARD"),
            Feature.of("KILL HARD and SOFT", "KILL SOFT"),
            Feature.of("users", "RENAME USER"),
            Feature.of("CHECK VIEW", "CHECK VIEW"),
            Feature.of("ALTER IGNORE", "ALTER IGNORE"),
            Feature.of("ALTER ONLINE", "ALTER ONLINE"),
            Feature.of("key caches", "LOAD INDEX"),
            Feature.of("nested table value constructors", "( VALUES"),
            Feature.of("nested table value constructors", "( ( VALUES"),
            Feature.of("nested table value constructors", "( ( ( VALUES"));

    private static final List<Feature> ANYWHERE = List.of(
            Feature.of("dynamic columns", "COLUMN_CREATE ("),
            Feature.of("dynamic columns", "COLUMN_ADD ("),
            Feature.of("dynamic columns", "COLUMN_GET ("),
            Feature.of("dynamic columns", "COLUMN_DELETE ("),
            Feature.of("LIMIT ROWS EXAMINED", "ROWS EXAMINED"),
            Feature.of("ordered-set functions", "WITHIN GROUP"),
            Feature.of("periods", "FOR PORTION OF"),
            Feature.of("periods", "PERIOD FOR"),
            Feature.of("periods", "WITHOUT OVERLAPS"),
            Feature.of("system versioning", "FOR SYSTEM_TIME"),
            Feature.of("system versioning", "SYSTEM VERSIONING"),
            Feature.of("PROCEDURE ANALYSE", "PROCEDURE ANALYSE"),
            Feature.of("FETCH FIRST", "FETCH FIRST"),
            Feature.of("FETCH FIRST", "FETCH NEXT"),
            Feature.of("INTERSECT ALL", "INTERSECT ALL"),
            Feature.of("EXCEPT ALL", "EXCEPT ALL"),
            Feature.of("nested table value constructors", "( VALUES ("),
            Feature.of("nested table value constructors", "( ( VALUES"),
            Feature.of("nested table value constructors", "UNION VALUES"),
            Feature.of("nested table value constructors", "ALL VALUES"),
            Feature.of("nested table value constructors", "EXCEPT VALUES"),
            Feature.of("nested table value constructors", "INTERSECT VALUES"),
            Feature.of("sequences", "NEXT VALUE FOR"),
            Feature.of("sequences", "PREVIOUS VALUE FOR"),
            Feature.of("partitions", "PARTITION BY LIST"),
            Feature.of("partitions", "REORGANIZE PARTITION"),
            Feature.of("partitions", "EXCHANGE PARTITION"),
            Feature.of("partitions", "CONVERT PARTITION"),
            Feature.of("partitions", "CONVERT TABLE"),
            Feature.of("partitions", "TRUNCATE PARTITION"),
            Feature.of("partitions", "REBUILD PARTITION"),
            Feature.of("partitions", "COALESCE PARTITION"),
            Feature.of("partitions", "OPTIMIZE PARTITION"),
            Feature.of("partitions", "ANALYZE PARTITION"),
            Feature.of("partitions", "CHECK PARTITION"),
            Feature.of("partitions", "REPAIR PARTITION"),
            Feature.of("partitions", "DROP PARTITION"),
            Feature.of("partitions", "ADD PARTITION"),
            Feature.of("partitions", "REMOVE PARTITIONING"),
            Feature.of("JSON_TABLE", "JSON_TABLE ("),
            Feature.of("spatial types", "REF_SYSTEM_ID ="));

    private UnsupportedSyntax() {}

    /** What of the statement we know and do not support; empty when there is no such thing in it. */
    static Optional<String> find(List<Token> tokens) {
        for (Feature feature : BEGINNINGS) {
            if (matches(feature, tokens, 0)) {
                return Optional.of(feature.name());
            }
        }
        for (int i = 0; i < tokens.size(); i++) {
            for (Feature feature : ANYWHERE) {
                if (matches(feature, tokens, i)) {
                    return Optional.of(feature.name());
                }
            }
        }
        return Optional.empty();
    }

    private static boolean matches(Feature feature, List<Token> tokens, int from) {
        List<String> wanted = feature.tokens();
        if (from + wanted.size() > tokens.size()) {
            return false;
        }
        for (int i = 0; i < wanted.size(); i++) {
            Token token = tokens.get(from + i);
            String word = wanted.get(i);
            boolean same = Character.isLetter(word.charAt(0)) ? token.isWord(word) : token.isSymbol(word);
            if (!same) {
                return false;
            }
        }
        return true;
    }
}
