package dev.ephpm.litewire.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ephpm.litewire.Column;
import dev.ephpm.litewire.SqlError;
import dev.ephpm.litewire.Warnings;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Statements about the schema with MariaDB 10.11's answers; each paragraph begins with an empty database. */
class StatementsGoldenTest {
    /** Columns that describe InnoDB's storage. */
    private static final Set<String> MASKED = Set.of("Cardinality");

    @TestFactory
    Stream<DynamicContainer> answersAsMariaDbDoes() throws IOException {
        return Arrays.stream(golden().split("\n\n")).map(paragraph -> {
            List<String> blocks = Arrays.stream(paragraph.split("(?m)^## "))
                    .filter(b -> !b.isBlank())
                    .toList();
            return DynamicContainer.dynamicContainer(
                    blocks.getFirst().lines().findFirst().orElseThrow(), scenario(blocks));
        });
    }

    private static Stream<DynamicTest> scenario(List<String> blocks) {
        Statements statements;
        try {
            statements = new Statements();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        return blocks.stream().map(block -> {
            String statement = block.substring(0, block.indexOf('\n'));
            String expected = masked(block.substring(block.indexOf('\n') + 1).strip());
            return DynamicTest.dynamicTest(
                    statement,
                    () -> assertThat(masked(answer(statements, statement))).isEqualTo(expected));
        });
    }

    private static String golden() throws IOException {
        try (InputStream in = StatementsGoldenTest.class.getResourceAsStream("statements.golden")) {
            return new String(Objects.requireNonNull(in, "statements.golden").readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static String answer(Statements statements, String statement) throws SQLException {
        List<String> lines = new ArrayList<>();
        try {
            Statements.Answered answered = statements.run(statement);
            if (answered.columns.isEmpty()) {
                lines.add("OK " + answered.affected);
            } else {
                lines.add("-- " + answered.columns.stream().map(Column::name).collect(Collectors.joining("|")));
                answered.rows.forEach(row -> lines.add("> " + row.replace("\n", "\\n")));
            }
        } catch (SqlError e) {
            lines.add(String.format(
                    Locale.ROOT, "ERR %d %s %s", e.code().number(), e.code().sqlState(), e.getMessage()));
        }
        for (Warnings.Warning warning : statements.session.noted) {
            String level = warning.level().name();
            lines.add("W " + level.charAt(0) + level.substring(1).toLowerCase(Locale.ROOT) + " " + warning.number()
                    + " " + warning.message());
        }
        return String.join("\n", lines);
    }

    private static String masked(String answer) {
        List<String> lines = answer.lines().toList();
        if (lines.isEmpty() || !lines.getFirst().startsWith("-- ")) {
            return answer;
        }
        List<String> names = List.of(lines.getFirst().substring(3).split("\\|"));
        return lines.stream()
                .map(line -> line.startsWith("> ") ? maskedRow(names, line) : line)
                .collect(Collectors.joining("\n"));
    }

    private static String maskedRow(List<String> names, String line) {
        String[] cells = line.split("\\|", -1);
        for (int i = 0; i < cells.length && i < names.size(); i++) {
            if (MASKED.contains(names.get(i))) {
                cells[i] = "*";
            }
        }
        return String.join("|", cells);
    }
}
