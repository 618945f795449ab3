package dev.ephpm.litewire.catalogue;

import dev.ephpm.litewire.Column;
import dev.ephpm.litewire.ColumnType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Column definitions of SHOW answers as MariaDB 10.11 sends them. */
final class AnswerColumns {
    private static final Map<String, List<Column>> BY_ANSWER = read();

    private AnswerColumns() {}

    private static Map<String, List<Column>> read() {
        Map<String, List<Column>> answers = new LinkedHashMap<>();
        List<Column> current = new ArrayList<>();
        for (List<String> row : DataFile.rows("show.tsv")) {
            if (row.size() == 1) {
                current = new ArrayList<>();
                answers.put(row.getFirst().substring(1, row.getFirst().length() - 1), current);
            } else {
                current.add(column(row));
            }
        }
        return answers;
    }

    private static Column column(List<String> row) {
        return new Column(
                row.get(4),
                row.get(2),
                row.get(3),
                row.get(0),
                row.get(1),
                ColumnType.valueOf(row.get(5)),
                Long.parseLong(row.get(6)),
                Integer.parseInt(row.get(7)),
                Integer.parseInt(row.get(8)),
                Integer.parseInt(row.get(9)));
    }

    static List<Column> of(String answer) {
        return Objects.requireNonNull(BY_ANSWER.get(answer), answer);
    }

    /** The answer's columns with another name for the first one. */
    static List<Column> of(String answer, String firstName) {
        List<Column> columns = new ArrayList<>(of(answer));
        columns.set(0, renamed(columns.getFirst(), firstName));
        return List.copyOf(columns);
    }

    private static Column renamed(Column c, String name) {
        return new Column(
                c.schema(),
                c.table(),
                c.originalTable(),
                name,
                c.originalName(),
                c.type(),
                c.length(),
                c.characterSet(),
                c.flags(),
                c.decimals());
    }
}
