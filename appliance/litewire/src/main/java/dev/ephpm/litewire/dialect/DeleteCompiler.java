package dev.ephpm.litewire.dialect;

import dev.ephpm.litewire.Plan;
import dev.ephpm.litewire.SqlErrorCode;
import dev.ephpm.litewire.catalogue.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Makes plans of DELETE. */
final class DeleteCompiler {
    private final Translation translation;
    private final Statement.Delete delete;
    private final boolean returns;

    /** @param returns whether the plan tells of the rows before it deletes them */
    DeleteCompiler(Translation translation, Statement.Delete delete, boolean returns) {
        this.translation = translation;
        this.delete = delete;
        this.returns = returns;
    }

    Plan compile() {
        return delete.source() instanceof Source.Named named && delete.targets().size() == 1
                ? ofTable(named)
                : ofJoin();
    }

    private Plan ofTable(Source.Named named) {
        if (!delete.targets().getFirst().equalsIgnoreCase(named.alias())) {
            throw SqlErrorCode.UNKNOWN_INFORMATION_TABLE.with(delete.targets().getFirst(), "MULTI DELETE");
        }
        Table table = translation.sources().table("DELETE", named);
        Scope scope = new Scope(null);
        String from = translation.sources().translate(named, scope);
        String rows = RowSelection.text(
                translation, from, named.alias(), delete.where(), delete.orderBy(), delete.limit(), scope);
        Compilation compilation = translation.compilation();
        if (returns) {
            Compilation.Finished find = compilation.finish("SELECT " + rows);
            return new DeletePlan(compilation.context(), List.of(new DeletePlan.Target(table, find)), true);
        }
        String sql = RowSelection.isLimited(delete.orderBy(), delete.limit())
                ? "DELETE FROM " + from + " WHERE rowid IN (SELECT " + rows + ")"
                : "DELETE " + rows.substring(rows.indexOf("FROM " + from));
        return new DeletePlan(
                compilation.context(), List.of(new DeletePlan.Target(table, compilation.finish(sql))), false);
    }

    /** The rows of all targets are found before the first of them is deleted. */
    private Plan ofJoin() {
        Scope scope = new Scope(null);
        String from = translation.sources().translate(delete.source(), scope);
        String where = delete.where() == null
                ? ""
                : " WHERE "
                        + translation
                                .expressions()
                                .joinCondition(delete.where(), scope.in("WHERE", Scope.AliasRule.NEVER));
        Compilation compilation = translation.compilation();
        List<DeletePlan.Target> targets = new ArrayList<>();
        for (String target : delete.targets()) {
            Scope.Relation relation = scope.relations().stream()
                    .filter(r -> r.alias().equalsIgnoreCase(target) && r.table() != null)
                    .findFirst()
                    .orElseThrow(() -> SqlErrorCode.UNKNOWN_INFORMATION_TABLE.with(target, "MULTI DELETE"));
            String rowid = Sql.name(relation.alias()) + ".rowid";
            String sql = "SELECT DISTINCT " + rowid + " FROM " + from + where;
            targets.add(new DeletePlan.Target(
                    Objects.requireNonNull(relation.table(), "stored table"), compilation.finish(sql)));
        }
        return new DeletePlan(compilation.context(), List.copyOf(targets), true);
    }
}
