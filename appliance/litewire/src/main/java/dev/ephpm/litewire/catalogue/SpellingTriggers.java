package dev.ephpm.litewire.catalogue;

import java.util.ArrayList;
import java.util.List;

/**
 * The triggers that note how text in keys is spelled. They use nothing but SQLite's own functions, so rows that other tools
 * write are noted, too; the folded form stays empty until litewire's next write or start.
 */
final class SpellingTriggers {
    private SpellingTriggers() {}

    /** CREATE TRIGGER statements; none for a table without text in its keys. */
    static List<String> create(Table table) {
        List<Spellings.Part> parts = Spellings.parts(table);
        if (parts.isEmpty()) {
            return List.of();
        }
        List<String> conditions = new ArrayList<>();
        StringBuilder body = new StringBuilder();
        for (Spellings.Part part : parts) {
            String value = part.value("new.");
            conditions.add(Spellings.isOtherText(value));
            String same = "table_name = " + Quoting.storedString(table.name()) + " AND part = "
                    + Quoting.storedString(part.label()) + " AND spelling = " + value;
            body.append("\n  INSERT INTO ").append(Spellings.TABLE).append(" (table_name, part, spelling) SELECT ");
            body.append(Quoting.storedString(table.name())).append(", ");
            body.append(Quoting.storedString(part.label()))
                    .append(", ")
                    .append(value)
                    .append(" WHERE ");
            body.append(Spellings.isOtherText(value))
                    .append(" AND NOT EXISTS (SELECT 1 FROM ")
                    .append(Spellings.TABLE);
            body.append(" WHERE ").append(same).append(");");
        }
        String when = " ON " + Quoting.stored(table.name()) + " WHEN " + String.join(" OR ", conditions) + " BEGIN"
                + body + "\nEND";
        String columns = String.join(
                ", ",
                parts.stream().map(p -> Quoting.stored(p.column())).distinct().toList());
        return List.of(
                "CREATE TRIGGER " + Quoting.stored(insertName(table.name())) + " AFTER INSERT" + when,
                "CREATE TRIGGER " + Quoting.stored(updateName(table.name())) + " AFTER UPDATE OF " + columns + when);
    }

    static List<String> drop(String table) {
        return List.of(
                "DROP TRIGGER IF EXISTS " + Quoting.stored(insertName(table)),
                "DROP TRIGGER IF EXISTS " + Quoting.stored(updateName(table)));
    }

    private static String insertName(String table) {
        return table + "__spelling_insert";
    }

    private static String updateName(String table) {
        return table + "__spelling_update";
    }
}
