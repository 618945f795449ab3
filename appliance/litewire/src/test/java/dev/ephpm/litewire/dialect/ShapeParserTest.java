package dev.ephpm.litewire.dialect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ephpm.litewire.SqlError;
import dev.ephpm.litewire.SqlMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ShapeParserTest {
    private static final SqlMode LAX = new SqlMode(false, false, false, false, false, false, false, false, false);
    private static final Set<String> DATA_WORDS =
            Set.of("SELECT", "(", "INSERT", "REPLACE", "UPDATE", "DELETE", "WITH");

    private static ShapeParser.Parsed parse(String sql) {
        return ShapeParser.parse(Normaliser.normalise(sql, LAX), LAX);
    }

    private static Query.Select select(String sql) {
        return (Query.Select) ((Statement.Read) parse(sql).statement()).query();
    }

    @ParameterizedTest
    @ValueSource(strings = {"wordpress", "orm"})
    void everyRecordedStatementIsUnderstood(String application) {
        List<String> refused = new ArrayList<>();
        int read = 0;
        for (String text : Corpus.statements(application)) {
            for (String sql : Lexer.statements(text, LAX)) {
                if (!DATA_WORDS.contains(Lexer.tokens(sql, LAX).getFirst().capitals())) {
                    continue;
                }
                read++;
                try {
                    parse(sql);
                } catch (SqlError e) {
                    refused.add(e.getMessage() + " in: " + sql);
                }
            }
        }
        assertThat(refused).isEmpty();
        assertThat(read).isGreaterThan(50);
    }

    @Test
    void resultColumnsWithoutAliasKeepTheTextOfTheStatement() {
        Dialect.Normalised sql = Normaliser.normalise(
                "SELECT COUNT( * ), concat(a,'x',?), 'abc', 1+1, t.b, c AS `d`, COUNT(*) total, a IS NULL, NOW() -"
                        + " INTERVAL 3 DAY FROM t",
                LAX);
        Query.Select select =
                (Query.Select) ((Statement.Read) ShapeParser.parse(sql, LAX).statement()).query();
        List<String> names = select.items().stream()
                .map(i -> java.util.Objects.requireNonNull(i.name()).text(sql.literals()))
                .toList();
        assertThat(names)
                .containsExactly(
                        "COUNT( * )",
                        "concat(a,'x',?)",
                        "abc",
                        "1+1",
                        "b",
                        "d",
                        "total",
                        "a IS NULL",
                        "NOW() - INTERVAL 3 DAY");
    }

    @Test
    void slotsCountLiteralsThenParameters() {
        Query.Select select = select("SELECT 'a', ?, -5, b FROM t WHERE c IN (1,2,3) LIMIT ?");
        assertThat(select.items().get(0).value()).isEqualTo(new Expression.Slot(0));
        assertThat(select.items().get(1).value()).isEqualTo(new Expression.Slot(6));
        assertThat(select.items().get(2).value()).isEqualTo(new Expression.Unary("-", new Expression.Slot(1)));
        assertThat(select.where())
                .isInstanceOfSatisfying(
                        Expression.InList.class, in -> assertThat(in.items()).hasSize(4));
    }

    @Test
    void positionsInOrderByStayInTheShape() {
        Query.Select select = select("SELECT a, b FROM t GROUP BY 1, a ORDER BY 2 DESC, field(a,1) LIMIT 3");
        assertThat(select.orderBy().getFirst()).isEqualTo(new Query.Order(new Expression.Inline(2), true));
        assertThat(select.groupBy().getFirst()).isEqualTo(new Query.Order(new Expression.Inline(1), false));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "selec 1|selec 1",
                "select 1 from|",
                "select * from t where|",
                "select 1 from t where a=1 foo bar|foo bar",
                "update t set where a=1|where a=1",
                "select * from t where a in (1,2,3) order a|a",
                "select a b c from t|c from t",
            })
    void brokenStatementsAreAnsweredWithTheirRest(String statementAndRest) {
        String sql = statementAndRest.substring(0, statementAndRest.indexOf('|'));
        String rest = statementAndRest.substring(statementAndRest.indexOf('|') + 1);
        assertThatThrownBy(() -> parse(sql))
                .isInstanceOf(SqlError.class)
                .hasMessageStartingWith("You have an error in your SQL syntax;")
                .hasMessageEndingWith("near '" + rest + "' at line 1");
    }
}
