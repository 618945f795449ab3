package dev.ephpm.litewire;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** Tables and rows that chance makes, within what MariaDB takes. */
final class GeneratedSchema {
    private static final List<String> TYPES = List.of(
            "TINYINT",
            "SMALLINT UNSIGNED",
            "INT",
            "BIGINT",
            "BIGINT UNSIGNED",
            "DECIMAL(20,4)",
            "DECIMAL(40,12)",
            "FLOAT",
            "DOUBLE",
            "BIT(7)",
            "DATE",
            "DATETIME",
            "DATETIME(6)",
            "TIME",
            "TIMESTAMP NULL",
            "YEAR",
            "CHAR(8)",
            "VARCHAR(40)",
            "TEXT",
            "MEDIUMTEXT",
            "VARCHAR(30) CHARACTER SET latin1",
            "VARCHAR(30) COLLATE utf8mb4_bin",
            "BINARY(3)",
            "VARBINARY(30)",
            "BLOB",
            "JSON",
            "ENUM('a','b b','c''c')",
            "SET('x','y','z')");
    private static final String[] PIECES = {
        "a", "Z", " ", "'", "\"", "\\", "\n", "\r", "\t", ";", "--", "/*", "*/", "`", "%", "é", "ß", "漢", "😀", "(",
        ")", ",", "\u0000", "\u001a"
    };

    private final Random random;

    GeneratedSchema(Random random) {
        this.random = random;
    }

    String statements() {
        StringBuilder sql = new StringBuilder();
        for (int i = 0; i < 5; i++) {
            table(sql, "t" + i);
        }
        return sql.toString();
    }

    private void table(StringBuilder sql, String name) {
        List<String> types = new ArrayList<>();
        int count = 1 + random.nextInt(9);
        sql.append("CREATE TABLE ").append(name).append(" (id INT NOT NULL AUTO_INCREMENT PRIMARY KEY");
        for (int i = 0; i < count; i++) {
            String type = TYPES.get(random.nextInt(TYPES.size()));
            types.add(type);
            sql.append(", c").append(i).append(' ').append(type);
            boolean text = type.endsWith("TEXT") || type.equals("BLOB") || type.equals("JSON");
            if (random.nextInt(3) == 0) {
                sql.append(", KEY (c").append(i).append(text ? "(9))" : ")");
            }
        }
        sql.append(");\n");
        int rows = random.nextInt(60);
        for (int row = 0; row < rows; row++) {
            sql.append("INSERT INTO ").append(name).append(" VALUES (").append(row * 3 + 1);
            for (String type : types) {
                sql.append(", ").append(random.nextInt(6) == 0 ? "NULL" : value(type));
            }
            sql.append(");\n");
        }
    }

    private String value(String type) {
        String word = type.replaceAll("[ (].*", "");
        return switch (word) {
            case "TINYINT" -> String.valueOf(random.nextInt(256) - 128);
            case "SMALLINT" -> String.valueOf(random.nextInt(65536));
            case "INT" -> String.valueOf(random.nextInt());
            case "BIGINT" ->
                type.endsWith("D") ? Long.toUnsignedString(random.nextLong()) : String.valueOf(random.nextLong());
            case "DECIMAL" ->
                type.contains("40")
                        ? random.nextLong() + "" + random.nextInt(1_000_000) + "." + random.nextInt(Integer.MAX_VALUE)
                        : random.nextInt() + "." + (1000 + random.nextInt(9000));
            case "FLOAT" -> String.valueOf(random.nextFloat() * random.nextInt(100000));
            case "DOUBLE" -> String.valueOf(random.nextGaussian() * Math.pow(10, random.nextInt(60) - 30));
            case "BIT" -> String.valueOf(random.nextInt(128));
            case "DATE" ->
                "'" + (1000 + random.nextInt(9000)) + "-0" + (1 + random.nextInt(9)) + "-1" + random.nextInt(10) + "'";
            case "DATETIME", "TIMESTAMP" ->
                "'20" + (10 + random.nextInt(20)) + "-0" + (1 + random.nextInt(9)) + "-1" + random.nextInt(10) + " 1"
                        + random.nextInt(10) + ":00:5" + random.nextInt(10) + "." + random.nextInt(1000000) + "'";
            case "TIME" -> "'" + (random.nextInt(1600) - 800) + ":10:0" + random.nextInt(10) + "'";
            case "YEAR" -> String.valueOf(1901 + random.nextInt(250));
            case "BINARY" -> "x'" + "%06X".formatted(random.nextInt(1 << 24)) + "'";
            case "VARBINARY", "BLOB" -> "x'" + "%08X%08X".formatted(random.nextInt(), random.nextInt()) + "'";
            case "JSON" -> "'{\"k\": [" + random.nextInt() + ", \"é\"]}'";
            case "ENUM" -> List.of("'a'", "'b b'", "'c''c'").get(random.nextInt(3));
            case "SET" -> List.of("''", "'x'", "'x,z'").get(random.nextInt(3));
            default -> text(type.contains("latin1") ? "é" : null, word.equals("CHAR") ? 4 : 20);
        };
    }

    private String text(@Nullable String only, int most) {
        StringBuilder text = new StringBuilder("'");
        int length = random.nextInt(most);
        for (int i = 0; i < length; i++) {
            String piece = only == null ? PIECES[random.nextInt(PIECES.length)] : only;
            text.append(
                    switch (piece) {
                        case "'" -> "\\'";
                        case "\\" -> "\\\\";
                        case "\u0000" -> "\\0";
                        case "\u001a" -> "\\Z";
                        case "\n" -> "\\n";
                        default -> piece;
                    });
        }
        return text.append("'").toString();
    }
}
