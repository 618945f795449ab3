package dev.ephpm.litewire.dialect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ephpm.litewire.Column;
import dev.ephpm.litewire.SqlError;
import dev.ephpm.litewire.Warnings;
import dev.ephpm.litewire.sqlite.TestLibrary;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Statements one after the other against what MariaDB answered to them, see {@code answers.txt}. */
@ParameterizedClass
@EnumSource(TestLibrary.class)
class AnswersTest {
    private final TestLibrary way;

    @TempDir
    Path directory;

    AnswersTest(TestLibrary way) {
        this.way = way;
    }

    @Test
    void everyAnswerIsMariaDbs() throws IOException, SQLException {
        List<String> differences = new ArrayList<>();
        int statements = 0;
        try (TestSite site = new TestSite(directory, way)) {
            for (String recorded : recordings()) {
                int end = recorded.indexOf('\n');
                String sql = recorded.substring(0, end);
                String expected = recorded.substring(end + 1).strip();
                String actual = answer(site, sql, expected.startsWith("names"));
                statements++;
                if (!actual.equals(expected)) {
                    differences.add(sql + "\nMariaDB: " + expected + "\nus:      " + actual);
                }
            }
        }
        assertThat(String.join("\n\n", differences)).isEmpty();
        assertThat(statements).isGreaterThan(150);
    }

    private static List<String> recordings() throws IOException {
        try (InputStream file =
                Objects.requireNonNull(AnswersTest.class.getResourceAsStream("/dialect/answers.txt"), "answers.txt")) {
            String text = new String(file.readAllBytes(), StandardCharsets.UTF_8);
            return List.of(text.split("(?m)^> ")).stream().skip(1).toList();
        }
    }

    private static String answer(TestSite site, String sql, boolean namesOnly) throws SQLException {
        TestSite.Answer answer;
        try {
            answer = site.run(sql);
        } catch (SqlError e) {
            return "error " + e.code().number() + " " + e.code().sqlState() + " " + e.getMessage();
        }
        if (answer.columns != null) {
            List<String> lines = new ArrayList<>();
            lines.add(answer.columns.stream()
                    .map(c -> namesOnly ? c.name() : described(c))
                    .collect(Collectors.joining("\t", namesOnly ? "names " : "columns ", "")));
            answer.rows.forEach(row -> lines.add("row " + String.join("\t", row)));
            return String.join("\n", lines).strip();
        }
        StringBuilder text =
                new StringBuilder(("ok " + answer.affected + " " + answer.insertId + " " + answer.info).strip());
        for (Warnings.Warning warning : site.session().warnings().list()) {
            String level = warning.level() == Warnings.Level.NOTE ? "Note" : "Warning";
            text.append("\nwarning ")
                    .append(level)
                    .append(' ')
                    .append(warning.number())
                    .append(' ')
                    .append(warning.message());
        }
        return text.toString();
    }

    private static String described(Column column) {
        return column.name() + " " + column.type().code() + " " + column.length() + " " + column.flags() + " "
                + column.decimals();
    }
}
