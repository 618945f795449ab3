package dev.ephpm.litewire.dialect;

import dev.ephpm.litewire.Literal;
import dev.ephpm.litewire.SqlErrorCode;
import dev.ephpm.litewire.SqlMode;
import dev.ephpm.litewire.catalogue.InformationSchema;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * {@code INSERT, REPLACE or DELETE … RETURNING items}: the statement is taken apart into the change and a SELECT of the items
 * for the rows that it touches.
 *
 * @param change the statement without the clause
 * @param items the clause without its word
 */
record Returning(Dialect.Normalised change, String items, Parts parts) {
    private static final Set<String> CHANGING = Set.of("INSERT", "REPLACE", "DELETE");

    /**
     * Which of the statement's literals belong to the change; the others are the clause's.
     *
     * @param literals number of all literals; parameters follow them
     * @param ofChange how many of them are the change's
     * @param parametersOfChange how many of the parameters are
     */
    record Parts(int literals, int ofChange, int parametersOfChange) {
        List<Literal> ofChange(List<Literal> all) {
            return joined(all.subList(0, ofChange), all.subList(literals, literals + parametersOfChange));
        }

        List<Literal> ofItems(List<Literal> all) {
            return joined(all.subList(ofChange, literals), all.subList(literals + parametersOfChange, all.size()));
        }

        private static List<Literal> joined(List<Literal> literals, List<Literal> parameters) {
            List<Literal> joined = new ArrayList<>(literals);
            joined.addAll(parameters);
            return joined;
        }
    }

    /** Empty when the statement has no such clause. */
    static Optional<Returning> of(Dialect.Normalised statement, SqlMode mode) {
        List<Token> tokens = Lexer.tokens(statement.shape(), mode);
        if (!CHANGING.contains(tokens.getFirst().capitals())) {
            return Optional.empty();
        }
        int literals = 0;
        int parameters = 0;
        int depth = 0;
        for (int i = 0; i < tokens.size(); i++) {
            Token token = tokens.get(i);
            depth += token.isSymbol("(") ? 1 : token.isSymbol(")") ? -1 : 0;
            if (token.kind() == Token.Kind.PARAMETER) {
                boolean parameter = tokens.get(i + 1).text().equals("p");
                literals += parameter ? 0 : 1;
                parameters += parameter ? 1 : 0;
            }
            if (depth == 0 && token.isWord("RETURNING")) {
                return Optional.of(cut(statement, token, literals, parameters));
            }
        }
        return Optional.empty();
    }

    private static Returning cut(Dialect.Normalised statement, Token word, int literals, int parameters) {
        String change = statement.shape().substring(0, word.start()).strip();
        String items = statement.shape().substring(word.end()).strip();
        if (items.isEmpty()) {
            throw SyntaxError.at(statement.original(), statement.original().length());
        }
        Parts parts = new Parts(statement.literals().size(), literals, parameters);
        List<Literal> all = statement.literals();
        return new Returning(
                new Dialect.Normalised(change, all.subList(0, literals), parameters, statement.original()),
                items,
                parts);
    }

    /** The items for rows of the table whose numbers are in the last parameter. */
    ReturnedRows rows(Source.Named table, Dialect.Context context, InformationSchema informationSchema) {
        String select = "SELECT " + items + " FROM "
                + (table.database() == null ? "" : quoted(table.database()) + ".")
                + quoted(table.table());
        ShapeParser.Parsed parsed =
                ShapeParser.parse(new Dialect.Normalised(select, List.of(), 0, change.original()), context.mode());
        boolean plain = parsed.statement() instanceof Statement.Read read
                && read.query() instanceof Query.Select query
                && query.where() == null
                && query.orderBy().isEmpty()
                && query.groupBy().isEmpty()
                && query.having() == null
                && query.limit() == null;
        if (!plain) {
            throw SyntaxError.at(change.original(), 0);
        }
        Query.Select query = (Query.Select) ((Statement.Read) parsed.statement()).query();
        if (Aggregation.isAggregated(query)) {
            throw SqlErrorCode.INVALID_GROUP_FUNCTION.with();
        }
        Translation translation = new Translation(context, informationSchema, parsed.markers());
        Queries.Translated translated = translation.queries().subquery(query, null);
        ResultShape shape = new ResultShape(
                translated.outputs(), ExactTypes.of(translation, query, translated.outputs()), context.collation());
        Compilation.Finished finished = translation.compilation().finish(translated.sql());
        List<Binding> bindings = new ArrayList<>(finished.bindings());
        bindings.add(new Binding.OfSlot(parsed.markers().size(), Conversion.EXACT));
        String sql = finished.sql() + " JOIN json_each(?" + bindings.size() + ") AS \"~r\" ON "
                + Sql.name(table.table()) + ".rowid = \"~r\".value ORDER BY \"~r\".key";
        return new ReturnedRows(new Compilation.Finished(sql, List.copyOf(bindings)), shape, parts);
    }

    private static String quoted(String name) {
        return "`" + name.replace("`", "``") + "`";
    }
}
