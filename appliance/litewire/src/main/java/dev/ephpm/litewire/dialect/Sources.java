package dev.ephpm.litewire.dialect;

import dev.ephpm.litewire.SqlErrorCode;
import dev.ephpm.litewire.catalogue.NumberTable;
import dev.ephpm.litewire.catalogue.Table;
import dev.ephpm.litewire.catalogue.TableColumn;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** FROM clauses into SQLite text; fills the scope with what they bring. */
final class Sources {
    private static final String INFORMATION_SCHEMA = "information_schema";

    private final Translation translation;

    /** Common table expressions in reach, by name. */
    private final Map<String, List<Queries.Output>> common = new HashMap<>();

    Sources(Translation translation) {
        this.translation = translation;
    }

    void define(String name, List<Queries.Output> outputs) {
        common.put(name.toLowerCase(Locale.ROOT), outputs);
    }

    String translate(Source source, Scope scope) {
        return switch (source) {
            case Source.Named named -> named(named, scope);
            case Source.Derived derived -> derived(derived, scope);
            case Source.Join join -> join(join, scope);
        };
    }

    private String named(Source.Named named, Scope scope) {
        List<Queries.Output> outputs = common.get(named.table().toLowerCase(Locale.ROOT));
        if (named.database() == null && outputs != null) {
            scope.add(relation(named.alias(), outputs));
            return Sql.name(named.table()) + " AS " + Sql.name(named.alias());
        }
        if (named.database() != null && named.database().equalsIgnoreCase(INFORMATION_SCHEMA)) {
            return informationSchema(named, scope);
        }
        NumberTable numbers = numbers(named);
        if (numbers != null) {
            scope.add(relation(named.alias(), numbers.table()));
            return "(" + numbers.query() + ") AS " + Sql.name(named.alias());
        }
        Table table = table(named);
        scope.add(relation(named.alias(), table));
        return Sql.name(table.name()) + " AS " + Sql.name(named.alias());
    }

    /** A table of numbers, unless a stored one has the name. */
    private @Nullable NumberTable numbers(Source.Named named) {
        Dialect.Context context = translation.compilation().context();
        boolean elsewhere = named.database() != null && !named.database().equals(context.databaseName());
        return elsewhere || context.schema().table(named.table()).isPresent()
                ? null
                : NumberTable.named(named.table()).orElse(null);
    }

    private Table table(Source.Named named) {
        return table("SELECT", named);
    }

    /** The stored table that a command reads or changes; 1146 when there is none, 1142 in another database. */
    Table table(String command, Source.Named named) {
        translation.compilation().readTable(named.table());
        Dialect.Context context = translation.compilation().context();
        String database = named.database() == null ? context.databaseName() : named.database();
        if (!database.equals(context.databaseName())) {
            throw context.denied(command, database, named.table());
        }
        return context.schema()
                .table(named.table())
                .orElseThrow(() -> SqlErrorCode.NO_SUCH_TABLE.with(database, named.table()));
    }

    private String informationSchema(Source.Named named, Scope scope) {
        Compilation compilation = translation.compilation();
        compilation.readTable(named.table());
        String expression = compilation
                .informationSchema()
                .expression(named.table(), compilation.context().databaseName())
                .orElseThrow(() -> SqlErrorCode.UNKNOWN_INFORMATION_TABLE.with(named.table(), INFORMATION_SCHEMA));
        Table table = compilation
                .informationSchema()
                .describe(named.table())
                .orElseThrow(() -> SqlErrorCode.UNKNOWN_INFORMATION_TABLE.with(named.table(), INFORMATION_SCHEMA));
        List<Scope.Field> fields = new ArrayList<>();
        for (TableColumn column : table.columns()) {
            Origin origin = new Origin(INFORMATION_SCHEMA, named.alias(), table, column);
            fields.add(field(named.alias(), column, origin));
        }
        scope.add(new Scope.Relation(named.alias(), fields, null));
        return expression + " AS " + Sql.name(named.alias());
    }

    private static Scope.Field field(String alias, TableColumn column, Origin origin) {
        String sql = Sql.name(alias) + "." + Sql.name(column.name());
        return new Scope.Field(Name.of(column.name()), new Fragment(sql, ColumnTypes.of(column), origin, -1));
    }

    Scope.Relation relation(String alias, Table table) {
        String database = translation.compilation().context().databaseName();
        boolean convertsTime = translation.compilation().context().convertsTime();
        List<Scope.Field> fields = new ArrayList<>();
        for (TableColumn column : table.columns()) {
            Scope.Field field = field(alias, column, new Origin(database, alias, table, column));
            fields.add(convertsTime && column.type().base().equals("timestamp") ? local(field) : field);
        }
        return new Scope.Relation(alias, fields, table);
    }

    private static Scope.Field local(Scope.Field field) {
        Fragment value = field.value();
        return new Scope.Field(
                field.name(),
                new Fragment("mysql_local_time(" + value.sql() + ")", value.type(), value.origin(), value.slot()));
    }

    private static Scope.Relation relation(String alias, List<Queries.Output> outputs) {
        List<Scope.Field> fields = new ArrayList<>();
        for (Queries.Output output : outputs) {
            String sql = Sql.name(alias) + "." + Sql.name(output.sqlName());
            fields.add(new Scope.Field(output.name(), Fragment.of(sql, output.type())));
        }
        return new Scope.Relation(alias, fields, null);
    }

    private String derived(Source.Derived derived, Scope scope) {
        Queries.Translated query = translation.queries().subquery(initialised(derived.query()), null);
        List<Queries.Output> outputs = Queries.renamed(query.outputs(), derived.columns());
        Set<String> names = new HashSet<>();
        for (Queries.Output output : outputs) {
            boolean repeated = output.name().fixed()
                    && !names.add(output.name().text(List.of()).toLowerCase(Locale.ROOT));
            if (repeated) {
                throw SqlErrorCode.DUPLICATE_COLUMN.with(output.name().text(List.of()));
            }
        }
        scope.add(relation(derived.alias(), outputs));
        return "(" + translation.queries().named(query, outputs) + ") AS " + Sql.name(derived.alias());
    }

    /** {@code (SELECT @n := 0)} is run first; what is left reads the variable. */
    private Query initialised(Query query) {
        boolean initialises =
                query instanceof Query.Select select && select.from() == null && Assignments.occur(select);
        if (!initialises) {
            return query;
        }
        translation
                .compilation()
                .runFirst(translation.queries().subquery(query, null).sql());
        return Assignments.reading((Query.Select) query);
    }

    private String join(Source.Join join, Scope scope) {
        int before = scope.relations().size();
        String left = translate(join.left(), scope);
        int middle = scope.relations().size();
        String right = translate(join.right(), scope);
        if (join.kind() == Source.Kind.LEFT) {
            scope.makeOptional(middle, scope.relations().size());
        } else if (join.kind() == Source.Kind.RIGHT) {
            scope.makeOptional(before, middle);
        }
        if (join.right() instanceof Source.Join) {
            right = "(" + right + ")";
        }
        List<Scope.Relation> leftRelations = List.copyOf(scope.relations().subList(before, middle));
        List<Scope.Relation> rightRelations =
                List.copyOf(scope.relations().subList(middle, scope.relations().size()));
        String on = scope.within(before, () -> condition(join, scope, leftRelations, rightRelations));
        // CROSS JOIN would pin SQLite's join order.
        Source.Kind kind = join.kind() == Source.Kind.CROSS ? Source.Kind.INNER : join.kind();
        return left + kind.text() + right + (on.isEmpty() ? "" : " ON " + on);
    }

    private String condition(Source.Join join, Scope scope, List<Scope.Relation> left, List<Scope.Relation> right) {
        if (join.on() != null) {
            return translation.expressions().joinCondition(join.on(), scope.in("ON", Scope.AliasRule.NEVER));
        }
        List<String> columns = join.natural() ? sharedColumns(left, right) : join.using();
        List<String> conditions = new ArrayList<>();
        for (String column : columns) {
            conditions.add(merge(join.kind(), column, scope, left, right));
        }
        return String.join(" AND ", conditions);
    }

    private static List<String> sharedColumns(List<Scope.Relation> left, List<Scope.Relation> right) {
        List<String> shared = new ArrayList<>();
        for (Scope.Relation relation : left) {
            for (Scope.Field field : relation.fields()) {
                String name = field.name().text(List.of());
                boolean both = right.stream().flatMap(r -> r.fields().stream()).anyMatch(f -> f.isNamed(name));
                if (both && shared.stream().noneMatch(name::equalsIgnoreCase)) {
                    shared.add(name);
                }
            }
        }
        return shared;
    }

    /** Two columns of one name become one: the right one hides, except in a RIGHT JOIN. */
    private String merge(
            Source.Kind kind, String column, Scope scope, List<Scope.Relation> left, List<Scope.Relation> right) {
        Scope.Relation first = owner(column, left, scope);
        Scope.Relation second = owner(column, right, scope);
        scope.hide(kind == Source.Kind.RIGHT ? first : second, column);
        return translation
                .comparisons()
                .compare("=", value(first, column), value(second, column))
                .sql();
    }

    private static Scope.Relation owner(String column, List<Scope.Relation> relations, Scope scope) {
        for (Scope.Relation relation : relations) {
            for (Scope.Field field : relation.fields()) {
                if (field.isNamed(column) && !scope.isHidden(relation, field)) {
                    return relation;
                }
            }
        }
        throw SqlErrorCode.UNKNOWN_COLUMN.with(column, "FROM");
    }

    private static Fragment value(Scope.Relation relation, String column) {
        return relation.fields().stream()
                .filter(f -> f.isNamed(column))
                .map(Scope.Field::value)
                .findFirst()
                .orElseThrow();
    }
}
