package dev.ephpm.litewire.dialect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ephpm.litewire.Literal;
import dev.ephpm.litewire.SqlError;
import dev.ephpm.litewire.SqlErrorCode;
import dev.ephpm.litewire.SqlMode;
import dev.ephpm.litewire.sqlite.RawText;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class LexerTest {
    private static final SqlMode LAX = new SqlMode(false, false, false, false, false, false, false, false, false);
    private static final SqlMode ANSI_QUOTES =
            new SqlMode(true, false, false, false, false, false, false, false, false);
    private static final SqlMode NO_BACKSLASH =
            new SqlMode(false, false, true, false, false, false, false, false, false);

    private static String texts(String sql) {
        return Lexer.tokens(sql, LAX).stream()
                .filter(t -> t.kind() != Token.Kind.END)
                .map(Token::text)
                .collect(Collectors.joining("|"));
    }

    private static String text(String sql, SqlMode mode) {
        Token token = Lexer.tokens(sql, mode).getFirst();
        return ((Literal.Text) token.literal()).text();
    }

    private static Literal literal(String sql) {
        return Lexer.tokens(sql, LAX).getFirst().literal();
    }

    @Test
    void backslashEscapesAreResolvedExceptBeforeLikeWildcards() {
        assertThat(text("'a\\'b\\\\c\\n\\0\\Z\\q'", LAX)).isEqualTo("a'b\\c\n\0\u001aq");
        assertThat(text("'50\\%\\_x'", LAX)).isEqualTo("50\\%\\_x");
        assertThat(text("'it''s \"so\"'", LAX)).isEqualTo("it's \"so\"");
        assertThat(text("\"it's \"\"so\"\"\"", LAX)).isEqualTo("it's \"so\"");
    }

    @Test
    void sqlModeDecidesAboutQuotesAndBackslashes() {
        assertThat(Lexer.tokens("\"a\"\"b\"", ANSI_QUOTES).getFirst())
                .satisfies(t -> assertThat(t.kind()).isEqualTo(Token.Kind.QUOTED))
                .satisfies(t -> assertThat(t.text()).isEqualTo("a\"b"));
        assertThat(text("'a\\'", NO_BACKSLASH)).isEqualTo("a\\");
    }

    @Test
    void adjacentStringsAreOneLiteral() {
        assertThat(text("'a' 'b'\n\"c\"", LAX)).isEqualTo("abc");
    }

    @Test
    void numbersHaveTheirKind() {
        assertThat(literal("12")).isEqualTo(new Literal.Whole(12));
        assertThat(literal("9223372036854775807")).isEqualTo(new Literal.Whole(Long.MAX_VALUE));
        assertThat(literal("18446744073709551615").value()).isEqualTo("18446744073709551615");
        assertThat(literal("1.50").value()).isEqualTo("1.50");
        assertThat(literal(".5").value()).isEqualTo("0.5");
        assertThat(literal("1e3")).isEqualTo(new Literal.Real(1000));
        assertThat((byte[]) literal("0x4142").value()).containsExactly(0x41, 0x42);
        assertThat((byte[]) literal("x'00ff'").value()).containsExactly(0, -1);
        assertThat((byte[]) literal("b'101'").value()).containsExactly(5);
    }

    @Test
    void namesMayBeginWithDigits() {
        assertThat(texts("select 1a, t.2b, t.1e5 from 3c")).isEqualTo("select|1a|,|t|.|2b|,|t|.|1e5|from|3c");
        assertThat(texts("1.5.2")).isEqualTo("1.5|.2");
    }

    @Test
    void introducersChooseTheCharacterSet() {
        assertThat(literal("_utf8mb4 'ä'")).isEqualTo(new Literal.Text("ä"));
        assertThat(literal("_latin1 x'e4'")).isEqualTo(new Literal.Text("ä"));
        assertThat((byte[]) literal("_binary'ä'").value()).containsExactly(0xc3, 0xa4);
        assertThat(literal("N'x'")).isEqualTo(new Literal.Text("x"));
        assertThat(texts("_utf8mb4 + _nothing 'x'")).isEqualTo("_utf8mb4|+|_nothing|'x'");
    }

    @Test
    void bytesThatAreNotUtf8MakeABinaryLiteral() {
        byte[] packet = "select '\u00e4\u0000X'".getBytes(StandardCharsets.UTF_8);
        packet[packet.length - 2] = (byte) 0xff;
        String sql = RawText.decode(packet, 0, packet.length);
        Literal value = Lexer.tokens(sql, LAX).get(1).literal();
        assertThat((byte[]) value.value()).containsExactly(0xc3, 0xa4, 0, 0xff);
        assertThat(RawText.decode("ä😀".getBytes(StandardCharsets.UTF_8), 0, 6)).isEqualTo("ä😀");
    }

    @Test
    void commentsVanishAndVersionCommentsOpen() {
        assertThat(texts("a -- x\nb # y\nc /* z */ d --e")).isEqualTo("a|b|c|d|-|-|e");
        assertThat(texts("a /*!40101 b */ c")).isEqualTo("a|b|c");
        assertThat(texts("a /*!50701 b */ c /*M!100100 d*/ /*!999999 e */ /*! f*/"))
                .isEqualTo("a|c|d|f");
        assertThat(texts("'/* no */' `--` \"#\"")).isEqualTo("'/* no */'|--|\"#\"");
    }

    @Test
    void variablesOperatorsAndMarkers() {
        assertThat(texts("@a := @@SESSION.sql_mode <=> ? ->> 'x' || @`b c` != u@h"))
                .isEqualTo("@a|:=|@@SESSION.sql_mode|<=>|?|->>|'x'||||@b c|!=|u|@h");
    }

    @Test
    void identifiersKeepTheirDoubledQuote() {
        assertThat(texts("`a``b`.`c`")).isEqualTo("a`b|.|c");
    }

    @Test
    void brokenTextIsASyntaxErrorAtItsPlace() {
        assertThatThrownBy(() -> Lexer.tokens("select\n 'abc", LAX))
                .isInstanceOfSatisfying(
                        SqlError.class, e -> assertThat(e.code()).isEqualTo(SqlErrorCode.PARSE_ERROR))
                .hasMessageEndingWith("near ''abc' at line 2");
        assertThatThrownBy(() -> Lexer.tokens("a /* b", LAX)).hasMessageContaining("near '/* b'");
        assertThatThrownBy(() -> Lexer.tokens("`a", LAX)).hasMessageContaining("near '`a'");
    }

    @Test
    void statementsAreSplitOutsideQuotesAndComments() {
        List<String> statements = Lexer.statements("a ';' ; /* ; */ b -- ;\n c;; ", LAX);
        assertThat(statements).hasSize(2);
        assertThat(statements.getFirst()).isEqualTo("a ';' ");
        assertThat(statements.getLast()).contains("b").endsWith("c");
    }

    @Test
    void twoPointsBeforeADigitAreNoNumber() {
        assertThat(Lexer.tokens("..4", LAX)).extracting(Token::text).containsExactly(".", ".", "4", "");
    }
}
