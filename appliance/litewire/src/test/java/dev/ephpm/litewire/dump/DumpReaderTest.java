package dev.ephpm.litewire.dump;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ephpm.litewire.Literal;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

final class DumpReaderTest {
    private static final int LARGEST = 16 << 20;

    private static DumpReader reader(InputStream stream) {
        return new DumpReader(new DumpWindow(DumpSource.of("test", stream), LARGEST));
    }

    private static DumpReader reader(String dump) {
        return reader(new ByteArrayInputStream(dump.getBytes(StandardCharsets.UTF_8)));
    }

    /** What the reader makes of a dump: statements as they are, rows each behind their head. */
    private static List<String> units(DumpReader reader) {
        List<String> units = new ArrayList<>();
        DumpReader.Unit unit = reader.next();
        while (unit != null) {
            switch (unit) {
                case DumpReader.Unit.Statement(byte[] text) -> units.add(new String(text, StandardCharsets.UTF_8));
                case DumpReader.Unit.Rows(byte[] head) -> {
                    units.add(new String(head, StandardCharsets.UTF_8));
                    while (reader.nextRow()) {
                        int start = reader.window().position();
                        int end = reader.rowEnd();
                        units.add(new String(reader.copy(start, end), StandardCharsets.UTF_8));
                        reader.window().advance(end);
                    }
                }
            }
            unit = reader.next();
        }
        return units;
    }

    static Stream<Arguments> texts() {
        return Stream.of(
                Arguments.of("", List.of()),
                Arguments.of("  \r\n-- x;\n# y;\n/* z; */ ;;", List.of()),
                Arguments.of("\ufeffSET a = 1;", List.of("SET a = 1")),
                Arguments.of("SELECT 1", List.of("SELECT 1")),
                Arguments.of("a;b ; c;", List.of("a", "b ", "c")),
                Arguments.of("SELECT ';', \";\", `;`;x;", List.of("SELECT ';', \";\", `;`", "x")),
                Arguments.of("SELECT 'it''s;', 'a\\';', '\\\\';x;", List.of("SELECT 'it''s;', 'a\\';', '\\\\'", "x")),
                Arguments.of("SELECT `a\\`;x;", List.of("SELECT `a\\`", "x")),
                Arguments.of("SELECT 1 -- ;\n, 2;x;", List.of("SELECT 1 -- ;\n, 2", "x")),
                Arguments.of("SELECT 1--;2;", List.of("SELECT 1--", "2")),
                Arguments.of("SELECT 1 /* ; ' */, 2;x;", List.of("SELECT 1 /* ; ' */, 2", "x")),
                Arguments.of("/*!40101 SET a = ';' */;x;", List.of("/*!40101 SET a = ';' */", "x")),
                Arguments.of("/*!999999\\- enable the sandbox mode */ \n-- MariaDB\nx;", List.of("x")),
                Arguments.of("/*M!100616 SET a=1 */;", List.of("/*M!100616 SET a=1 */")),
                Arguments.of("DELIMITER ;;\nBEGIN a; b; END ;;\ndelimiter ;\r\nx;", List.of("BEGIN a; b; END ", "x")),
                Arguments.of(
                        "DELIMITER $$\nCREATE TRIGGER t BEGIN a; END$$\nDELIMITER ;\n",
                        List.of("CREATE TRIGGER t BEGIN a; END")),
                Arguments.of("delimiters;", List.of("delimiters")),
                Arguments.of(
                        "INSERT INTO t VALUES (1,'a'),(2,');');x;",
                        List.of("INSERT INTO t VALUES", "(1,'a')", "(2,');')", "x")),
                Arguments.of(
                        "insert into `va lues` (`values`) values\n(1),\r\n(f(2)) ;",
                        List.of("insert into `va lues` (`values`) values", "(1)", "(f(2))")),
                Arguments.of("REPLACE t VALUE(1);", List.of("REPLACE t VALUE", "(1)")),
                Arguments.of("INSERT INTO t SELECT 1;", List.of("INSERT INTO t SELECT 1")),
                Arguments.of("INSERT INTO t SET a = 1;", List.of("INSERT INTO t SET a = 1")),
                Arguments.of(
                        "INSERT INTO t VALUES (1) ON DUPLICATE KEY UPDATE a = VALUES(a);x;",
                        List.of("INSERT INTO t VALUES (1) ON DUPLICATE KEY UPDATE a = VALUES(a)", "x")),
                Arguments.of("INSERT INTO t VALUES (1), -- one\n(2);", List.of("INSERT INTO t VALUES", "(1)", "(2)")));
    }

    @ParameterizedTest
    @MethodSource("texts")
    void cutsAsMySqlsShellDoes(String dump, List<String> expected) {
        assertThat(units(reader(dump))).isEqualTo(expected);
    }

    @ParameterizedTest
    @MethodSource("texts")
    void bytesThatComeOneByOneMakeNoDifference(String dump, List<String> expected) {
        InputStream slow = new ByteArrayInputStream(dump.getBytes(StandardCharsets.UTF_8)) {
            @Override
            public synchronized int read(byte[] target, int offset, int length) {
                return super.read(target, offset, Math.min(length, 1));
            }
        };

        assertThat(units(reader(slow))).isEqualTo(expected);
    }

    @Test
    void sqlModeDecidesAboutBackslashes() {
        DumpReader reader = reader("SELECT '\\';x;");
        reader.quoting(true, false);

        assertThat(units(reader)).containsExactly("SELECT '\\'", "x");
    }

    @ParameterizedTest
    @MethodSource("cutDumps")
    void aDumpThatIsCutIsNotTakenForWhole(String dump, String said) {
        assertThatThrownBy(() -> units(reader(dump)))
                .isInstanceOf(DumpException.class)
                .hasMessageContaining(said);
    }

    static Stream<Arguments> cutDumps() {
        return Stream.of(
                Arguments.of("INSERT INTO t VALUES (1),(2", "begun on line 1"),
                Arguments.of("x;\nINSERT INTO t VALUES (1),", "begun on line 2"),
                Arguments.of("INSERT INTO t VALUES (1)", "in the middle of a statement"),
                Arguments.of("SELECT 'abc", "in the middle of a statement"),
                Arguments.of("-- MariaDB dump 10.19\nSELECT 1;\n", "\"-- Dump completed\", is missing"));
    }

    @Test
    void aDumpWithItsLastLineIsWhole() {
        assertThat(units(reader("-- MySQL dump 10.13\nx;\n-- Dump completed on 2026-01-01\n")))
                .containsExactly("x");
    }

    @Test
    void countsLines() {
        DumpReader reader = reader("a;\n\n-- c\nb\nb;\nc;");
        List<Long> lines = new ArrayList<>();
        while (reader.next() != null) {
            lines.add(reader.statementLine());
        }

        assertThat(lines).containsExactly(1L, 4L, 6L);
    }

    @Test
    void aStatementLargerThanTheLimitIsRefusedAndManyRowsAreNot() {
        String row = "(1,'" + "x".repeat(1 << 20) + "')";
        String rows = "INSERT INTO t VALUES " + String.join(",", java.util.Collections.nCopies(24, row)) + ";";

        assertThat(units(reader(rows))).hasSize(25);
        assertThatThrownBy(() -> units(reader("SELECT '" + "x".repeat(LARGEST + 1) + "';")))
                .hasMessageContaining("more than 16 MiB");
    }

    static Stream<Arguments> rows() {
        return Stream.of(
                Arguments.of("(1,-2,NULL)", List.of(new Literal.Whole(1), new Literal.Whole(-2), new Literal.Null())),
                Arguments.of("( 1 , 'a' )", List.of(new Literal.Whole(1), new Literal.Text("a"))),
                Arguments.of(
                        "('it''s','\\n\\\\\\'\\%\\Z')",
                        List.of(new Literal.Text("it's"), new Literal.Text("\n\\'\\%\u001a"))),
                Arguments.of("('😀é')", List.of(new Literal.Text("😀é"))),
                Arguments.of("(1.50,.5)", List.of(decimal("1.50"), decimal("0.5"))),
                Arguments.of("(18446744073709551615)", List.of(decimal("18446744073709551615"))),
                Arguments.of(
                        "(9223372036854775807,-9223372036854775808)",
                        List.of(new Literal.Whole(Long.MAX_VALUE), new Literal.Whole(Long.MIN_VALUE))),
                Arguments.of("(1.5e-7,1E3)", List.of(new Literal.Real(1.5e-7), new Literal.Real(1000))),
                Arguments.of("(true,False)", List.of(new Literal.Whole(1), new Literal.Whole(0))));
    }

    private static Literal decimal(String text) {
        return new Literal.Decimal(new java.math.BigDecimal(text));
    }

    private static Optional<List<Literal>> row(String row) {
        DumpReader reader = reader("INSERT INTO t VALUES " + row + ";");
        assertThat(reader.next()).isInstanceOf(DumpReader.Unit.Rows.class);
        assertThat(reader.nextRow()).isTrue();
        return new RowReader(reader).read(4);
    }

    @ParameterizedTest
    @MethodSource("rows")
    void readsLiterals(String row, List<Literal> expected) {
        assertThat(row(row)).contains(expected);
    }

    @Test
    void readsBytes() {
        for (String row : List.of("(0xFF00)", "(x'ff00')", "(X'FF00')", "(b'1111111100000000')", "(_binary 0xff00)")) {
            assertThat(row(row))
                    .as(row)
                    .hasValueSatisfying(values -> assertThat(((Literal.Binary) values.getFirst()).bytes())
                            .containsExactly(0xff, 0));
        }
        assertThat(row("(_binary 'a\\0')"))
                .hasValueSatisfying(values ->
                        assertThat(((Literal.Binary) values.getFirst()).bytes()).containsExactly('a', 0));
    }

    @Test
    void leavesEverythingElseToTheDialect() {
        for (String row :
                List.of("(NOW())", "(DEFAULT)", "(1+1)", "('a' 'b')", "(-'1')", "(1,a)", "(+1)", "(NULLIF(1,1))")) {
            assertThat(row(row)).as(row).isEmpty();
        }
    }

    @Test
    void otherCharacterSetsBecomeUnicode() {
        byte[] bytes = {(byte) 0xe9, (byte) 0x80, 'x', (byte) 0x81};
        DumpEncoding latin1 = DumpEncoding.of("latin1").orElseThrow();

        assertThat(latin1.literal(bytes, 0, 4)).isEqualTo(new Literal.Text("é€x\u0081"));
        assertThat(DumpEncoding.of("gbk")).isEmpty();
    }
}
