package dev.ephpm.litewire.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ephpm.litewire.SqlError;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** CREATE TABLE statements with what MariaDB 10.11 answered to SHOW CREATE TABLE afterwards, or its error. */
class CreateTableGoldenTest {
    private static final Pattern NAME = Pattern.compile("table (?:if not exists )?(\\w+)");

    @TestFactory
    Stream<DynamicTest> printsTablesAsMariaDbDoes() throws IOException {
        return Arrays.stream(golden().split("(?m)^## "))
                .filter(block -> !block.isBlank())
                .map(block -> {
                    int end = block.indexOf('\n');
                    String statement = block.substring(0, end);
                    String expected = block.substring(end + 1).stripTrailing();
                    return DynamicTest.dynamicTest(
                            statement, () -> assertThat(answer(statement)).isEqualTo(expected));
                });
    }

    private static String golden() throws IOException {
        try (InputStream in = CreateTableGoldenTest.class.getResourceAsStream("create-table.golden")) {
            return new String(Objects.requireNonNull(in, "create-table.golden").readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static String answer(String statement) throws SQLException {
        Matcher name = NAME.matcher(statement);
        assertThat(name.find()).isTrue();
        try (Statements statements = new Statements()) {
            statements.run(statement);
            String first = statements.definition(name.group(1));
            String printed = TableText.create(
                    Catalogue.load(statements.database).table(name.group(1)).orElseThrow(), 0);
            assertThat(printed).as("read back from the file").isEqualTo(first);
            return first;
        } catch (SqlError e) {
            return String.format(
                    Locale.ROOT, "ERR %d %s %s", e.code().number(), e.code().sqlState(), e.getMessage());
        }
    }
}
