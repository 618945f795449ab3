package dev.ephpm.litewire.dialect;

import dev.ephpm.litewire.Plan;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Makes plans of SELECTs. */
final class ReadCompiler {
    private final Translation translation;

    ReadCompiler(Translation translation) {
        this.translation = translation;
    }

    Plan compile(Statement.Read read) {
        Compilation compilation = translation.compilation();
        if (Assignments.occur(read.query())) {
            compilation.assignVariables();
        }
        Queries.Translated query = translation.queries().subquery(read.query(), null);
        ResultShape shape = new ResultShape(
                query.outputs(),
                ExactTypes.of(translation, read.query(), query.outputs()),
                compilation.context().collation());
        Compilation.Finished finished = compilation.finish(query.sql());
        Plan direct = sessionPlan(read.query(), finished, shape);
        if (direct != null) {
            return direct;
        }
        Set<String> tables = compilation.tables();
        Plan.Access reads = tables.isEmpty() ? Plan.Access.COMPUTATION : Plan.Access.READ;
        Plan.Access access = read.locks() ? Plan.Access.WRITE : reads;
        Plan plan = new SelectPlan(access, tables, finished, shape, counting(read.query(), query));
        List<Compilation.Finished> first = compilation.first();
        return first.isEmpty() ? plan : new InitialisingPlan(first, plan);
    }

    private SelectPlan.@Nullable Counting counting(Query query, Queries.Translated translated) {
        boolean counts = query instanceof Query.Select select && select.countsRows();
        Queries.Limited limited = translated.limited();
        if (!counts || limited == null) {
            return null;
        }
        Compilation compilation = translation.compilation();
        Compilation.Finished count = compilation.finish("SELECT count(*) FROM (" + limited.unlimitedSql() + ")");
        Binding offset = limited.offset().isEmpty()
                ? null
                : compilation.finish(limited.offset()).bindings().getFirst();
        return new SelectPlan.Counting(
                count, compilation.finish(limited.count()).bindings().getFirst(), offset);
    }

    /** When every column is one parameter there is nothing to compute. */
    private static @Nullable Plan sessionPlan(Query query, Compilation.Finished finished, ResultShape shape) {
        boolean bare = query instanceof Query.Select select
                && select.from() == null
                && select.where() == null
                && select.having() == null
                && select.groupBy().isEmpty()
                && select.limit() == null;
        if (!bare) {
            return null;
        }
        List<Binding> values = new ArrayList<>();
        for (Query.Item item : ((Query.Select) query).items()) {
            boolean direct = item.value() instanceof Expression.Slot
                    || item.value() instanceof Expression.SystemVariable
                    || item.value() instanceof Expression.UserVariable
                    || isSessionCall(item.value());
            if (!direct) {
                return null;
            }
        }
        // Equal columns share a parameter; the text tells which one each column shows.
        String text = finished.sql();
        for (int at = text.indexOf('?'); at >= 0; at = text.indexOf('?', at + 1)) {
            int end = at + 1;
            while (end < text.length() && Characters.isDigit(text.charAt(end))) {
                end++;
            }
            if (end > at + 1 && text.startsWith(" AS ", end)) {
                Binding binding = finished.bindings().get(Integer.parseInt(text.substring(at + 1, end)) - 1);
                values.add(
                        binding instanceof Binding.OfSlot(int slot, Conversion _)
                                ? new Binding.OfSlot(slot, Conversion.EXACT)
                                : binding);
            }
        }
        return values.size() == shape.width() ? new SessionSelectPlan(List.copyOf(values), shape) : null;
    }

    private static boolean isSessionCall(Expression expression) {
        return expression instanceof Expression.Call call
                && call.arguments().isEmpty()
                && switch (call.name()) {
                    case "DATABASE",
                            "SCHEMA",
                            "USER",
                            "CURRENT_USER",
                            "SESSION_USER",
                            "SYSTEM_USER",
                            "VERSION",
                            "CONNECTION_ID",
                            "FOUND_ROWS",
                            "ROW_COUNT",
                            "LAST_INSERT_ID" -> true;
                    default -> false;
                };
    }
}
