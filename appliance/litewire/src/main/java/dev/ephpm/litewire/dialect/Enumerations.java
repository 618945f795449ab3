package dev.ephpm.litewire.dialect;

import dev.ephpm.litewire.catalogue.MySqlType;
import java.util.ArrayList;
import java.util.List;

/** ENUM and SET columns as numbers: the position of the value, or one bit for each member. */
final class Enumerations {
    private Enumerations() {}

    static String number(String column, MySqlType type) {
        return type.base().equals("set") ? bits(column, type.values()) : position(column, type.values());
    }

    private static String position(String column, List<String> values) {
        StringBuilder sql = new StringBuilder("(CASE ").append(column);
        for (int i = 0; i < values.size(); i++) {
            sql.append(" WHEN ")
                    .append(Sql.text(values.get(i)))
                    .append(" THEN ")
                    .append(i + 1);
        }
        return sql.append(" WHEN '' THEN 0 END)").toString();
    }

    private static String bits(String column, List<String> values) {
        List<String> bits = new ArrayList<>();
        for (int i = 0; i < values.size(); i++) {
            String member = Sql.text("," + values.get(i) + ",");
            bits.add("(instr(',' || " + column + " || ',', " + member + ") > 0) * " + (1L << i));
        }
        return "(" + String.join(" + ", bits) + ")";
    }
}
