package dev.ephpm.litewire.dialect;

import dev.ephpm.litewire.SqlErrorCode;
import dev.ephpm.litewire.catalogue.Table;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** The names an expression may use: columns of the FROM clause, aliases of the select list, then the outer query's. */
final class Scope {
    private final @Nullable Scope outer;
    private final List<Relation> relations = new ArrayList<>();
    private final Set<String> hidden = new HashSet<>();
    private List<Alias> aliases = List.of();
    private AliasRule aliasRule = AliasRule.NEVER;
    private Set<String> groups = Set.of();
    private String clause = "SELECT";

    /** Where the relations begin that unqualified and qualified names may mean. */
    private int firstVisible;

    Scope(@Nullable Scope outer) {
        this.outer = outer;
    }

    /** Something to select from; the table when it is a stored one. */
    record Relation(
            String alias, List<Field> fields, @Nullable Table table) {}

    /** A column of a relation. */
    record Field(Name name, Fragment value) {
        boolean isNamed(String column) {
            return name.fixed() && name.text(List.of()).equalsIgnoreCase(column);
        }
    }

    /** A name of the select list. */
    record Alias(String name, Fragment value) {}

    /** When aliases count: GROUP BY looks at columns first, ORDER BY at aliases, HAVING at what is grouped by, then at aliases. */
    enum AliasRule {
        NEVER,
        AFTER_COLUMNS,
        BEFORE_COLUMNS,
        BEFORE_COLUMNS_BUT_GROUPS
    }

    void add(Relation relation) {
        if (relations.stream().anyMatch(r -> r.alias().equalsIgnoreCase(relation.alias()))) {
            throw SqlErrorCode.NOT_UNIQUE_TABLE.with(relation.alias());
        }
        relations.add(relation);
    }

    List<Relation> relations() {
        return relations;
    }

    /** In an ON clause names mean only what is joined there: the relations from this one on. */
    <T> T within(int first, Supplier<T> work) {
        int before = firstVisible;
        firstVisible = first;
        try {
            return work.get();
        } finally {
            firstVisible = before;
        }
    }

    /** Hides a column from unqualified names and {@code *}, because USING merged it with another. */
    void hide(Relation relation, String column) {
        hidden.add(key(relation, column));
    }

    boolean isHidden(Relation relation, Field field) {
        return field.name().fixed()
                && hidden.contains(key(relation, field.name().text(List.of())));
    }

    private static String key(Relation relation, String column) {
        return (relation.alias() + "." + column).toLowerCase(Locale.ROOT);
    }

    /** Names are now looked up for this clause; errors name it. */
    Scope in(String newClause, AliasRule rule) {
        clause = newClause;
        aliasRule = rule;
        return this;
    }

    String clause() {
        return clause;
    }

    AliasRule aliasRule() {
        return aliasRule;
    }

    /** Columns that GROUP BY names, in lower case. */
    void groups(Set<String> columns) {
        groups = columns;
    }

    void aliases(List<Alias> selectList) {
        aliases = selectList;
    }

    /** Throws 1054 or 1052. */
    Fragment resolve(Expression.ColumnName name) {
        for (Scope scope = this; scope != null; scope = scope.outer) {
            Optional<Fragment> found = scope.find(name);
            if (found.isPresent()) {
                return found.get();
            }
        }
        throw SqlErrorCode.UNKNOWN_COLUMN.with(name.written(), clause);
    }

    private Optional<Fragment> find(Expression.ColumnName name) {
        boolean aliasFirst = aliasRule == AliasRule.BEFORE_COLUMNS
                || (aliasRule == AliasRule.BEFORE_COLUMNS_BUT_GROUPS
                        && !groups.contains(name.column().toLowerCase(Locale.ROOT)));
        if (name.table() == null && aliasFirst) {
            Optional<Fragment> alias = alias(name.column());
            if (alias.isPresent()) {
                return alias;
            }
        }
        Fragment found = null;
        for (Relation relation : relations.subList(firstVisible, relations.size())) {
            if (name.table() != null && !relation.alias().equalsIgnoreCase(name.table())) {
                continue;
            }
            for (Field field : relation.fields()) {
                boolean counts = field.isNamed(name.column()) && (name.table() != null || !isHidden(relation, field));
                if (counts && found != null) {
                    throw SqlErrorCode.AMBIGUOUS_COLUMN.with(name.written(), clause);
                }
                found = counts ? field.value() : found;
            }
        }
        boolean aliasLast = aliasRule == AliasRule.AFTER_COLUMNS || aliasRule == AliasRule.BEFORE_COLUMNS_BUT_GROUPS;
        if (found == null && name.table() == null && aliasLast) {
            return alias(name.column());
        }
        return Optional.ofNullable(found);
    }

    private Optional<Fragment> alias(String name) {
        return aliases.stream()
                .filter(a -> a.name().equalsIgnoreCase(name))
                .map(Alias::value)
                .findFirst();
    }

    /** Rows of these relations may be missing: their columns may be NULL, whatever they say. */
    void makeOptional(int from, int to) {
        for (int i = from; i < to; i++) {
            Relation relation = relations.get(i);
            List<Field> fields = relation.fields().stream()
                    .map(f -> new Field(f.name(), f.value().asOptional()))
                    .toList();
            relations.set(i, new Relation(relation.alias(), fields, relation.table()));
        }
    }

    /** From now on every field stands for another value. */
    void replaceFields(UnaryOperator<Fragment> replacement) {
        relations.replaceAll(relation -> new Relation(
                relation.alias(),
                relation.fields().stream()
                        .map(f -> new Field(f.name(), replacement.apply(f.value())))
                        .toList(),
                relation.table()));
    }

    /** From now on the column stands for its new value. */
    void assign(String column, Fragment stored, String newValue) {
        for (int i = 0; i < relations.size(); i++) {
            Relation relation = relations.get(i);
            List<Field> fields = new ArrayList<>();
            for (Field field : relation.fields()) {
                boolean assigned = field.isNamed(column) && field.value().equals(stored);
                Fragment value = field.value();
                fields.add(
                        assigned
                                ? new Field(field.name(), new Fragment(newValue, value.type(), value.origin(), -1))
                                : field);
            }
            relations.set(i, new Relation(relation.alias(), fields, relation.table()));
        }
    }

    Relation relation(String alias) {
        return relations.stream()
                .filter(r -> r.alias().equalsIgnoreCase(alias))
                .findFirst()
                .orElseThrow(() -> SqlErrorCode.UNKNOWN_TABLE.with(alias));
    }
}
