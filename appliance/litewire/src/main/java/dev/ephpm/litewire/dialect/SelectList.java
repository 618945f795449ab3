package dev.ephpm.litewire.dialect;

import dev.ephpm.litewire.SqlErrorCode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A select list in SQLite text, every {@code *} written out, every column with a name of its own. */
final class SelectList {
    private final Translation translation;
    private final Scope scope;
    private final boolean distinct;
    private final List<String> texts = new ArrayList<>();
    private final List<Queries.Output> outputs = new ArrayList<>();
    private final List<Scope.Alias> aliases = new ArrayList<>();
    private final Set<String> sqlNames = new HashSet<>();

    SelectList(Translation translation, List<Query.Item> items, boolean distinct, Scope scope) {
        this.translation = translation;
        this.distinct = distinct;
        this.scope = scope;
        for (Query.Item item : items) {
            if (item.value() instanceof Expression.AllColumns(String table)) {
                addAll(table);
            } else if (item.name() != null) {
                add(item, item.name());
            }
        }
    }

    List<String> texts() {
        return texts;
    }

    List<Queries.Output> outputs() {
        return outputs;
    }

    /** Names that later clauses may use. */
    List<Scope.Alias> aliases() {
        return aliases;
    }

    private void addAll(@Nullable String table) {
        if (scope.relations().isEmpty()) {
            throw SqlErrorCode.NO_TABLES_USED.with();
        }
        List<Scope.Relation> relations = table == null ? scope.relations() : List.of(scope.relation(table));
        for (Scope.Relation relation : relations) {
            for (Scope.Field field : relation.fields()) {
                if (table != null || !scope.isHidden(relation, field)) {
                    add(field.name(), field.value());
                }
            }
        }
    }

    private void add(Query.Item item, Name name) {
        Fragment value = translation.expressions().translate(item.value(), scope);
        add(name, value);
        if (item.aliased()) {
            aliases.add(new Scope.Alias(name.text(List.of()), value));
        }
    }

    private void add(Name name, Fragment value) {
        String sqlName = sqlName(name);
        // DISTINCT compares the columns it shows.
        String text = distinct ? value.sql() + translation.collating().text(value) : value.sql();
        texts.add(text + " AS " + Sql.name(sqlName));
        outputs.add(new Queries.Output(name, sqlName, value.type(), value.origin(), value.slot()));
    }

    /** Derived tables are asked by name, so names must differ; MySQL forbids equal ones there. */
    private String sqlName(Name name) {
        String wanted = name.fixed() ? name.text(List.of()) : "~" + outputs.size();
        String unique = wanted;
        for (int i = 1; !sqlNames.add(unique.toLowerCase(Locale.ROOT)); i++) {
            unique = wanted + "~" + i;
        }
        return unique;
    }
}
