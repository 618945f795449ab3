package dev.ephpm.litewire.catalogue;

import dev.ephpm.litewire.Column;
import dev.ephpm.litewire.Plan;
import dev.ephpm.litewire.SqlErrorCode;
import dev.ephpm.litewire.dialect.Dialect;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** CREATE, ALTER and DROP VIEW. The stored view is the translated SELECT; the catalogue keeps MySQL's text. */
final class Views {
    private final Dialect dialect;

    Views(Dialect dialect) {
        this.dialect = dialect;
    }

    /** The reader stands behind {@code CREATE [OR REPLACE]}. */
    Plan create(TokenReader reader, boolean orReplace, Dialect.Context context) {
        skipOptions(reader);
        reader.expect("view");
        boolean ifNotExists = reader.accept("if", "not", "exists");
        TokenReader.QualifiedName name = reader.qualifiedName();
        List<String> columnNames = new ArrayList<>();
        if (reader.acceptSymbol("(")) {
            do {
                columnNames.add(reader.name());
            } while (reader.acceptSymbol(","));
            reader.expectSymbol(")");
        }
        reader.expect("as");
        if (!reader.at("select") && !reader.at("with") && !reader.at("values") && !reader.atSymbol("(")) {
            throw reader.unexpected();
        }
        String select = withoutCheckOption(withoutVersionComments(reader.rest()));
        return new SchemaPlan(reader.mode(), change -> {
            String own = change.own(name);
            Optional<Table> existing = change.inTheWay(own);
            if (existing.isPresent() && ifNotExists) {
                change.note(SqlErrorCode.TABLE_EXISTS, own);
                return 0;
            }
            if (existing.isPresent() && orReplace && existing.get().view()) {
                new StoredChange(change).drop(existing.get());
                change.refresh();
            }
            change.requireFree(own);
            store(change, own, columnNames, select, context);
            return 0;
        });
    }

    private static void skipOptions(TokenReader reader) {
        while (!reader.at("view") && !reader.atEnd()) {
            reader.next();
        }
    }

    /** Dumps put the parts of the statement into version comments, each of which ends inside of what is left here. */
    private static String withoutVersionComments(String rest) {
        String joined = rest.replaceAll("\\*/\\s*/\\*M?!\\d*", " ");
        int close = joined.lastIndexOf("*/");
        boolean ends = close >= 0 && joined.substring(close + 2).isBlank();
        boolean opened = ends && joined.lastIndexOf("/*", close - 1) > joined.lastIndexOf("*/", close - 1);
        return ends && !opened ? joined.substring(0, close).stripTrailing() : joined;
    }

    private static String withoutCheckOption(String select) {
        return select.replaceAll("(?is)\\s+with\\s+(cascaded\\s+|local\\s+)?check\\s+option\\s*;?\\s*$", "")
                .replaceAll(";\\s*$", "");
    }

    private void store(
            SchemaChange change, String name, List<String> columnNames, String select, Dialect.Context context)
            throws SQLException {
        Dialect.Context now = context.storing(change.schema());
        Plan plan = dialect.plan(dialect.normalise(select, context.mode()), now);
        String stored = dialect.storedSelect(select, now)
                .orElseThrow(() -> SqlErrorCode.NOT_SUPPORTED_YET.with("this SELECT in a view"));
        List<TableColumn> columns = new ArrayList<>();
        for (Column column : plan.columns()) {
            TableColumn described = SelectColumns.of(column, change.schema(), "utf8mb4", Catalogue.DEFAULT_COLLATION);
            columns.add(
                    columnNames.isEmpty()
                            ? described
                            : ColumnBuilder.named(described, columnNames.get(columns.size())));
        }
        String names = String.join(
                ", ", columns.stream().map(c -> Quoting.stored(c.name())).toList());
        change.update("CREATE VIEW " + Quoting.stored(name) + " (" + names + ") AS " + stored);
        Table view = new Table(name, columns, List.of(), List.of(), List.of(), TableOptionsText.defaults(), true);
        String shown = dialect.resolvedSelect(select, columnNames, now).orElse(select);
        CatalogueTables.save(change.database(), view, change.schema(), shown);
    }

    /** The reader stands behind {@code DROP VIEW}. */
    Plan drop(TokenReader reader) {
        boolean ifExists = reader.accept("if", "exists");
        List<TokenReader.QualifiedName> names = Definitions.names(reader);
        return new SchemaPlan(reader.mode(), change -> {
            for (TokenReader.QualifiedName name : names) {
                String own = change.own(name);
                Optional<Table> view = change.schema().table(own).filter(Table::view);
                String shown = change.databaseName() + "." + own;
                if (view.isPresent()) {
                    new StoredChange(change).drop(view.get());
                } else if (ifExists) {
                    change.note(SqlErrorCode.UNKNOWN_VIEW, shown);
                } else {
                    throw SqlErrorCode.UNKNOWN_VIEW.with(shown);
                }
            }
            return 0;
        });
    }
}
