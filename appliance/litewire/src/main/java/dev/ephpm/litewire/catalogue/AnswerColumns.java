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

    /** @param collation of the connection, whose character set the client receives text in (bytes are made of it last) */
    static List<Column> of(String answer, String collation) {
        int id = collation.equals("binary")
                ? Column.CHARACTER_SET_UTF8MB4_UNICODE_CI
                : Integer.parseInt(Collations.collation(collation).id());
        return Objects.requireNonNull(BY_ANSWER.get(answer), answer).stream()
                .map(c -> c.characterSet() == Column.CHARACTER_SET_UTF8MB4_UNICODE_CI ? with(c, c.name(), id) : c)
                .toList();
    }

    /** The answer's columns with another name for the first one. */
    static List<Column> of(String answer, String collation, String firstName) {
        List<Column> columns = new ArrayList<>(of(answer, collation));
        columns.set(0, with(columns.getFirst(), firstName, columns.getFirst().characterSet()));
        return List.copyOf(columns);
    }

    private static Column with(Column c, String name, int characterSet) {
        return new Column(
                c.schema(),
                c.table(),
                c.originalTable(),
                name,
                c.originalName(),
                c.type(),
                c.length(),
                characterSet,
                c.flags(),
                c.decimals());
    }
}
