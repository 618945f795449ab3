package dev.ephpm.litewire.statistics;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class DigestTextTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            SELECT * FROM t WHERE a = ?i AND b = ?d5_2      | SELECT * FROM t WHERE a = ? AND b = ?
            SELECT a FROM t WHERE a IN (?i, ?i,?i,?i)       | SELECT a FROM t WHERE a IN (?)
            SELECT a FROM t WHERE a in(?t,?u) AND b = f(?i, ?i) | SELECT a FROM t WHERE a in(?) AND b = f(?, ?)
            SELECT a FROM t WHERE a IN (?i, ?i + b)         | SELECT a FROM t WHERE a IN (?, ? + b)
            SELECT min(?i, ?i)                              | SELECT min(?, ?)
            INSERT INTO t VALUES (?i, ?t), (?i, ?u),(?i,?b) | INSERT INTO t VALUES (?, ?),(?,?)
            INSERT INTO t (a, b) VALUES (?i,?i),(?i,?i)     | INSERT INTO t (a, b) VALUES (?,?)
            SELECT `a?i`, "b?t" FROM t                      | SELECT `a?i`, "b?t" FROM t
            SELECT (a), (a) FROM t                          | SELECT (a) FROM t
            SELECT `unclosed                                | SELECT `unclosed
            """)
    void valuesBecomeQuestionMarksAndListsOneValue(String shape, String text) {
        assertThat(DigestText.of(shape)).isEqualTo(text);
    }

    @Test
    void rowsOfEveryNumberAreOneDigest() {
        String one = "INSERT INTO t VALUES (?i, ?t)";
        assertThat(DigestText.of(one + ", (?i, ?t)".repeat(100_000))).isEqualTo(DigestText.of(one));
    }

    @Test
    void whatIsTooLongIsCut() {
        assertThat(DigestText.of("SELECT " + "a, ".repeat(100_000))).hasSize(DigestText.LONGEST + 1);
        assertThat(DigestText.of("`" + "a".repeat(100_000))).hasSize(DigestText.LONGEST + 1);
        assertThat(DigestText.of("")).isEqualTo(DigestText.UNREADABLE);
    }

    @Test
    void aHashDependsOnTheTextAlone() {
        assertThat(DigestText.hash("SELECT ?")).hasSize(16).isEqualTo(DigestText.hash("SELECT ?"));
        assertThat(DigestText.hash("SELECT ?")).isNotEqualTo(DigestText.hash("SELECT a"));
    }
}
