package dev.ephpm.litewire.replay;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Every expression of {@code matrix/expressions.txt} with every value it is asked of, one SELECT each. */
final class ExpressionMatrix {
    private final Map<String, List<String>> sections;
    private final List<String> statements = new ArrayList<>();

    private ExpressionMatrix(Map<String, List<String>> sections) {
        this.sections = sections;
        for (Map.Entry<String, List<String>> section : sections.entrySet()) {
            for (String expression : section.getValue()) {
                add(section.getKey(), expression);
            }
        }
    }

    static ExpressionMatrix read() throws IOException {
        Map<String, List<String>> sections = new LinkedHashMap<>();
        List<String> lines = new ArrayList<>();
        for (String line :
                Files.readAllLines(Path.of("src/test/resources/matrix/expressions.txt"), StandardCharsets.UTF_8)) {
            if (line.startsWith("[")) {
                lines = new ArrayList<>();
                sections.put(line.substring(1, line.length() - 1), lines);
            } else if (!line.isEmpty() && !line.startsWith("#")) {
                lines.add(line);
            }
        }
        return new ExpressionMatrix(sections);
    }

    /** Statements that make the table the columns are of. */
    List<String> setup() {
        return values("setup");
    }

    List<String> statements() {
        return List.copyOf(statements);
    }

    private List<String> values(String section) {
        List<String> values = sections.get(section);
        if (values == null) {
            throw new IllegalStateException("expressions.txt has no section [" + section + "]");
        }
        return values;
    }

    private void add(String section, String expression) {
        switch (section.split(":", 2)[0]) {
            case "literals and columns" -> {
                values("values literals").forEach(v -> statements.add("SELECT " + expression.replace("{}", v)));
                values("values columns").forEach(v -> addForColumn(expression, v, " ORDER BY id"));
            }
            case "pairs" -> addPairs(values("values pairs"), expression, "");
            case "column pairs" -> addPairs(values("values column pairs"), expression, " FROM m ORDER BY id");
            case "columns aggregated" -> values("values columns").forEach(v -> addForColumn(expression, v, ""));
            case "columns over windows" ->
                values("values columns").forEach(v -> addForColumn(expression, v, " ORDER BY id"));
            case "once" -> statements.add("SELECT " + expression);
            default -> {
                if (!section.equals("setup") && !section.startsWith("values ")) {
                    throw new IllegalStateException("expressions.txt: unknown section [" + section + "]");
                }
            }
        }
    }

    private void addForColumn(String expression, String column, String rest) {
        statements.add("SELECT " + expression.replace("{}", column) + " FROM m" + rest);
    }

    private void addPairs(List<String> values, String expression, String rest) {
        for (String left : values) {
            for (String right : values) {
                statements.add("SELECT " + expression.replace("{}", left).replace("{2}", right) + rest);
            }
        }
    }
}
