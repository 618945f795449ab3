package dev.ephpm.litewire.dialect;

import dev.ephpm.litewire.SqlErrorCode;
import dev.ephpm.litewire.catalogue.FullTextIndex;
import dev.ephpm.litewire.catalogue.Table;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** MATCH … AGAINST by the FTS5 tables of FULLTEXT keys. */
final class FullText {
    private final Translation translation;

    FullText(Translation translation) {
        this.translation = translation;
    }

    /** Where the words are and what is looked for. */
    private record Search(String index, String rowid, String query) {}

    /** The rank as a number above 0, or 0. */
    Fragment rank(Expression.Match match, Scope scope) {
        Search search = search(match, scope);
        String sql = "coalesce((SELECT -rank FROM " + search.index() + " WHERE " + search.index() + " MATCH "
                + search.query() + " AND rowid = " + search.rowid() + "), 0.0)";
        return Fragment.of(sql, Type.real());
    }

    /** As a condition, which the index can answer for all rows at once. */
    String condition(Expression.Match match, Scope scope) {
        Search search = search(match, scope);
        return "(" + search.rowid() + " IN (SELECT rowid FROM " + search.index() + " WHERE " + search.index()
                + " MATCH " + search.query() + "))";
    }

    private Search search(Expression.Match match, Scope scope) {
        List<Fragment> columns = translation.expressions().translateAll(match.columns(), scope);
        Origin origin = columns.getFirst().origin();
        Set<String> names = new HashSet<>();
        for (Fragment column : columns) {
            Origin other = column.origin();
            if (origin == null || other == null || !other.tableAlias().equals(origin.tableAlias())) {
                throw SqlErrorCode.NO_FULLTEXT_KEY.with();
            }
            names.add(other.column().name().toLowerCase(Locale.ROOT));
        }
        if (origin == null) {
            throw SqlErrorCode.NO_FULLTEXT_KEY.with();
        }
        Table.Key key = origin.table().keys().stream()
                .filter(k -> k.kind() == Table.Key.Kind.FULLTEXT && names.equals(columns(k)))
                .findFirst()
                .orElseThrow(SqlErrorCode.NO_FULLTEXT_KEY::with);
        String text = translation.forms().text(translation.expressions().translate(match.against(), scope));
        return new Search(
                Sql.name(FullTextIndex.name(origin.table(), key)),
                Sql.name(origin.tableAlias()) + ".rowid",
                "mysql_search(" + text + ", " + (match.booleanMode() ? 1 : 0) + ")");
    }

    private static Set<String> columns(Table.Key key) {
        Set<String> names = new HashSet<>();
        key.parts().forEach(p -> names.add(p.column().toLowerCase(Locale.ROOT)));
        return names;
    }
}
