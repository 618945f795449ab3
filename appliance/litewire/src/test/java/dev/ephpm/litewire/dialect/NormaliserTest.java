package dev.ephpm.litewire.dialect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ephpm.litewire.Literal;
import dev.ephpm.litewire.SqlMode;
import org.junit.jupiter.api.Test;

class NormaliserTest {
    private static final SqlMode LAX = new SqlMode(false, false, false, false, false, false, false, false, false);

    private static String shape(String sql) {
        return Normaliser.normalise(sql, LAX).shape();
    }

    @Test
    void literalsLeaveTheirKindBehind() {
        Dialect.Normalised statement =
                Normaliser.normalise("SELECT 'a', 'ä', 1, 1.25, 1e1, x'00', ? -- end\n FROM t", LAX);
        assertThat(statement.shape()).isEqualTo("SELECT ?t, ?u, ?i, ?d3_2, ?r, ?b, ?p FROM t");
        assertThat(statement.literals()).hasSize(6);
        assertThat(statement.parameters()).isEqualTo(1);
    }

    @Test
    void blanksAndCommentsCollapseButOnlyWhereThereWereAny() {
        assertThat(shape("select\n\t a /* x */ ,b  from`t`where c='x'and d=1"))
                .isEqualTo("select a ,b from`t`where c=?t and d=?i");
    }

    @Test
    void inListsOfSimilarLengthShareAShape() {
        assertThat(shape("a in (1,2,3)")).isEqualTo(shape("a in (1,2,3,4)")).isNotEqualTo(shape("a in (1,2)"));
        Dialect.Normalised padded = Normaliser.normalise("a in ('x','y','z') and b = 7", LAX);
        assertThat(padded.literals())
                .containsExactly(
                        new Literal.Text("x"),
                        new Literal.Text("y"),
                        new Literal.Text("z"),
                        new Literal.Text("z"),
                        new Literal.Whole(7));
        assertThat(shape("a in (1,b,3)")).isEqualTo("a in (?i,b,?i)");
        assertThat(shape("a in (1,2,(3))")).isEqualTo("a in (?i,?i,(?i))");
    }

    @Test
    void literalsThatArePartOfTheMeaningStay() {
        assertThat(shape("select 1 from t order by 1, 2 desc limit 5"))
                .isEqualTo("select ?i from t order by 1, 2 desc limit ?i");
        assertThat(shape("select field(a,1) from t order by field(a,1,2)"))
                .isEqualTo("select field(a,?i) from t order by field(a,?i,?i)");
        assertThat(shape("cast(a as decimal(10,2)), cast(b as char(5)), 3"))
                .isEqualTo("cast(a as decimal(10,2)), cast(b as char(5)), ?i");
        assertThat(shape("select a as 'b c', count(*) 'n'")).isEqualTo("select a as `b c`, count(*) `n`");
    }
}
