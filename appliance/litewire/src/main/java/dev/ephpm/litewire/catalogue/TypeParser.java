package dev.ephpm.litewire.catalogue;

import dev.ephpm.litewire.SqlErrorCode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Reads a column's type with its attributes. */
final class TypeParser {
    private static final int LONGEST_DISPLAY_WIDTH = 255;
    private static final int MOST_DECIMAL_DIGITS = 65;
    private static final int MOST_DECIMAL_SCALE = 38;
    private static final int MOST_FRACTIONAL_DIGITS = 6;
    private static final int LONGEST_CHAR = 255;

    /** Digits after which FLOAT(n) is stored as a double. */
    private static final int FLOAT_BITS = 24;

    private final TokenReader reader;
    private final ColumnDraft column;

    private TypeParser(TokenReader reader, ColumnDraft column) {
        this.reader = reader;
        this.column = column;
    }

    static void parse(TokenReader reader, ColumnDraft column) {
        TypeParser parser = new TypeParser(reader, column);
        parser.base();
        parser.attributes();
    }

    private void base() {
        String word = reader.wordAhead();
        if (word.isEmpty()) {
            throw reader.unexpected();
        }
        reader.next();
        switch (word) {
            case "tinyint", "int1" -> integer("tinyint");
            case "smallint", "int2" -> integer("smallint");
            case "mediumint", "int3", "middleint" -> integer("mediumint");
            case "int", "integer", "int4" -> integer("int");
            case "bigint", "int8" -> integer("bigint");
            case "bool", "boolean" -> {
                column.base = "tinyint";
                column.length = 1;
            }
            case "serial" -> serial();
            case "bit" -> {
                column.base = "bit";
                column.length = lengthOr(1);
            }
            case "decimal", "dec", "numeric", "fixed", "number" -> decimal();
            case "float", "float4" -> floating("float");
            case "double", "float8", "real" -> {
                reader.accept("precision");
                floating("double");
            }
            case "date" -> column.base = "date";
            case "time", "datetime", "timestamp" -> temporal(word);
            case "year" -> {
                column.base = "year";
                column.length = lengthOr(4) == 2 ? 2 : 4;
            }
            case "enum", "set" -> members(word);
            case "json" -> {
                column.base = "longtext";
                column.json = true;
                column.charset = "utf8mb4";
                column.collation = "utf8mb4_bin";
            }
            default -> textOrBlob(word);
        }
    }

    private void textOrBlob(String word) {
        switch (word) {
            case "char", "character" -> character();
            case "nchar" -> {
                reader.accept("varchar");
                national();
            }
            case "national" -> national();
            case "varchar", "varchar2", "varcharacter", "nvarchar" -> varchar();
            case "binary" -> {
                column.base = "binary";
                column.length = lengthOr(1);
            }
            case "varbinary" -> {
                column.base = "varbinary";
                column.length = requiredLength();
            }
            case "tinytext", "mediumtext", "longtext", "tinyblob", "mediumblob", "longblob" -> column.base = word;
            case "text", "blob" -> sized(word);
            case "long" -> {
                boolean bytes = reader.accept("varbinary");
                reader.accept("varchar");
                column.base = bytes ? "mediumblob" : "mediumtext";
            }
            case "geometry",
                    "point",
                    "linestring",
                    "polygon",
                    "multipoint",
                    "multilinestring",
                    "multipolygon",
                    "geometrycollection",
                    "inet4",
                    "inet6",
                    "uuid" -> column.base = word;
            default -> throw SqlErrorCode.UNKNOWN_DATA_TYPE.with(word);
        }
    }

    private void character() {
        if (reader.acceptAny("varying")) {
            varchar();
            return;
        }
        column.base = "char";
        column.length = lengthOr(1);
        if (column.length > LONGEST_CHAR) {
            throw SqlErrorCode.COLUMN_TOO_LONG.with(column.name, LONGEST_CHAR);
        }
        if (reader.accept("byte")) {
            column.base = "binary";
        }
    }

    private void national() {
        if (reader.acceptAny("varchar", "varcharacter")) {
            varchar();
        } else {
            reader.acceptAny("char", "character");
            character();
        }
        column.charset = "utf8mb3";
    }

    private void varchar() {
        column.base = "varchar";
        column.length = requiredLength();
    }

    private void serial() {
        column.base = "bigint";
        column.unsigned = true;
        column.nullable = false;
        column.autoIncrement = true;
        column.unique = true;
    }

    private void integer(String base) {
        column.base = base;
        column.length = lengthOr(-1);
        if (column.length == 0) {
            column.length = -1;
        }
        if (column.length > LONGEST_DISPLAY_WIDTH) {
            throw SqlErrorCode.TOO_BIG_DISPLAY_WIDTH.with(column.name, LONGEST_DISPLAY_WIDTH);
        }
    }

    private void decimal() {
        column.base = "decimal";
        digitsAndScale();
        if (column.length > MOST_DECIMAL_DIGITS) {
            throw SqlErrorCode.TOO_BIG_PRECISION.with(column.name, MOST_DECIMAL_DIGITS);
        }
        if (column.scale > MOST_DECIMAL_SCALE) {
            throw SqlErrorCode.TOO_BIG_SCALE.with(column.name, MOST_DECIMAL_SCALE);
        }
        if (column.length <= 0) {
            column.length = 10;
        }
        requireScaleWithin();
    }

    private void floating(String base) {
        column.base = base;
        digitsAndScale();
        if (column.scaleGiven) {
            requireScaleWithin();
        } else {
            column.base = base.equals("float") && column.length > FLOAT_BITS ? "double" : base;
            column.length = -1;
        }
    }

    private void digitsAndScale() {
        if (reader.acceptSymbol("(")) {
            column.length = reader.smallNumber();
            if (reader.acceptSymbol(",")) {
                column.scale = reader.smallNumber();
                column.scaleGiven = true;
            }
            reader.expectSymbol(")");
        }
    }

    private void requireScaleWithin() {
        if (column.scale > column.length) {
            throw SqlErrorCode.SCALE_ABOVE_PRECISION.with(column.name);
        }
    }

    private void temporal(String base) {
        column.base = base;
        column.scale = Math.max(0, lengthOr(0));
        if (column.scale > MOST_FRACTIONAL_DIGITS) {
            throw SqlErrorCode.TOO_BIG_PRECISION.with(column.name, MOST_FRACTIONAL_DIGITS);
        }
    }

    private void members(String base) {
        column.base = base;
        List<String> members = new ArrayList<>();
        reader.expectSymbol("(");
        do {
            members.add(member().stripTrailing());
        } while (reader.acceptSymbol(","));
        reader.expectSymbol(")");
        for (int i = 0; i < members.size(); i++) {
            String value = members.get(i);
            if (members.subList(0, i).stream().anyMatch(value::equalsIgnoreCase)) {
                throw SqlErrorCode.DUPLICATED_VALUE.with(column.name, value, base.toUpperCase(Locale.ROOT));
            }
        }
        column.values = List.copyOf(members);
    }

    private String member() {
        if (reader.peek().kind() == Token.Kind.HEX) {
            return Hexadecimal.text(reader.next().text());
        }
        return reader.string();
    }

    /** TEXT(n) and BLOB(n) become the smallest type that holds n characters or bytes. */
    private void sized(String base) {
        int size = lengthOr(-1);
        long bytes = base.equals("text") ? size * 4L : size;
        if (size <= 0 || bytes < 1L << 16) {
            column.base = size > 0 && bytes < 1L << 8 ? "tiny" + base : base;
        } else {
            column.base = (bytes < 1L << 24 ? "medium" : "long") + base;
        }
    }

    private int lengthOr(int missing) {
        if (!reader.acceptSymbol("(")) {
            return missing;
        }
        int length = reader.smallNumber();
        reader.expectSymbol(")");
        return length;
    }

    private int requiredLength() {
        reader.expectSymbol("(");
        int length = reader.smallNumber();
        reader.expectSymbol(")");
        return length;
    }

    private void attributes() {
        while (true) {
            if (reader.accept("unsigned")) {
                column.unsigned = true;
            } else if (reader.accept("zerofill")) {
                column.zerofill = true;
                column.unsigned = true;
            } else if (reader.accept("binary")) {
                column.binary = true;
            } else if (reader.accept("ascii")) {
                column.charset = "latin1";
            } else if (reader.accept("unicode")) {
                column.charset = "ucs2";
            } else if (reader.accept("character", "set") || reader.acceptAny("charset")) {
                column.charset = Collations.charset(reader.nameOrString()).name();
            } else if (reader.accept("collate")) {
                column.collation = Collations.collation(reader.nameOrString()).name();
            } else if (!reader.acceptAny("signed")) {
                return;
            }
        }
    }
}
