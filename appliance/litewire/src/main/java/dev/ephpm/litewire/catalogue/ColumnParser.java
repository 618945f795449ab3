package dev.ephpm.litewire.catalogue;

import dev.ephpm.litewire.SqlErrorCode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads column definitions and key definitions, as CREATE TABLE and ALTER TABLE share them. */
final class ColumnParser {
    private static final Set<String> NOW = Set.of("current_timestamp", "now", "localtime", "localtimestamp");

    private final TokenReader reader;

    ColumnParser(TokenReader reader) {
        this.reader = reader;
    }

    /** {@code name type attributes}. */
    ColumnDraft column() {
        String name = reader.name();
        if (name.isEmpty() || name.endsWith(" ")) {
            throw SqlErrorCode.INCORRECT_COLUMN_NAME.with(name);
        }
        if (name.codePointCount(0, name.length()) > TableBuilder.LONGEST_NAME) {
            throw SqlErrorCode.IDENTIFIER_TOO_LONG.with(name);
        }
        ColumnDraft column = new ColumnDraft(name);
        TypeParser.parse(reader, column);
        while (attribute(column)) {
            // Each call reads one attribute.
        }
        return column;
    }

    private boolean attribute(ColumnDraft column) {
        if (reader.accept("not", "null")) {
            column.nullable = false;
        } else if (reader.accept("null")) {
            column.nullable = true;
        } else if (reader.accept("default")) {
            column.defaultClause = defaultClause();
        } else if (reader.accept("auto_increment")) {
            column.autoIncrement = true;
        } else if (reader.accept("on", "update")) {
            column.onUpdate = now();
        } else if (reader.accept("primary")) {
            reader.acceptAny("key");
            column.primary = true;
        } else if (reader.accept("unique")) {
            reader.acceptAny("key");
            column.unique = true;
        } else if (reader.accept("key")) {
            column.primary = true;
        } else if (reader.accept("comment")) {
            column.comment = reader.string();
        } else {
            return rareAttribute(column);
        }
        return true;
    }

    private boolean rareAttribute(ColumnDraft column) {
        if (reader.accept("collate")) {
            column.collation = Collations.collation(reader.nameOrString()).name();
        } else if (reader.accept("character", "set") || reader.accept("charset")) {
            column.charset = Collations.charset(reader.nameOrString()).name();
        } else if (reader.accept("generated", "always", "as") || reader.accept("as")) {
            reader.expectSymbol("(");
            column.generated = ExpressionParser.parse(reader);
            reader.expectSymbol(")");
        } else if (reader.acceptAny("virtual")) {
            column.stored = false;
        } else if (reader.acceptAny("stored", "persistent")) {
            column.stored = true;
        } else if (reader.accept("check")) {
            column.check = condition();
        } else if (reader.accept("references")) {
            column.references.add(references(null, null, List.of(column.name)));
        } else if (reader.accept("serial", "default", "value")) {
            column.nullable = false;
            column.autoIncrement = true;
            column.unique = true;
        } else if (reader.acceptAny("column_format", "storage", "compressed", "engine_attribute")) {
            reader.next();
        } else {
            return reader.acceptAny("invisible", "visible");
        }
        return true;
    }

    private Expression condition() {
        reader.expectSymbol("(");
        Expression condition = ExpressionParser.parse(reader);
        reader.expectSymbol(")");
        reader.accept("not", "enforced");
        reader.acceptAny("enforced");
        return condition;
    }

    /** What follows DEFAULT. */
    ColumnDraft.DefaultClause defaultClause() {
        if (reader.accept("null")) {
            return new ColumnDraft.DefaultClause.Null();
        }
        if (NOW.contains(reader.wordAhead())) {
            int mark = reader.mark();
            String now = now();
            if (reader.atSymbol("+") || reader.atSymbol("-")) {
                reader.reset(mark);
                return new ColumnDraft.DefaultClause.Computed(ExpressionParser.parse(reader));
            }
            return new ColumnDraft.DefaultClause.Now(fractionalDigits(now));
        }
        boolean signed = reader.atSymbol("-") || reader.atSymbol("+");
        Token value = reader.peek(signed ? 1 : 0);
        boolean literal = value.kind() == Token.Kind.NUMBER
                || value.kind() == Token.Kind.STRING
                || value.kind() == Token.Kind.HEX
                || value.kind() == Token.Kind.BITS;
        if (literal) {
            boolean negative = reader.acceptSymbol("-");
            reader.acceptSymbol("+");
            return new ColumnDraft.DefaultClause.Value(reader.next(), negative);
        }
        if (reader.at("true") || reader.at("false")) {
            Token word = reader.next();
            String digit = word.isWord("true") ? "1" : "0";
            return new ColumnDraft.DefaultClause.Value(
                    new Token(Token.Kind.NUMBER, digit, word.start(), word.end()), false);
        }
        if (reader.atSymbol("(") || reader.peek(1).isSymbol("(")) {
            return computed(reader.atSymbol("("));
        }
        throw reader.unexpected();
    }

    private ColumnDraft.DefaultClause computed(boolean parenthesised) {
        if (!parenthesised) {
            return new ColumnDraft.DefaultClause.Computed(ExpressionParser.parse(reader));
        }
        reader.expectSymbol("(");
        Token first = reader.peek();
        boolean literal = reader.peek(1).isSymbol(")")
                && (first.kind() == Token.Kind.NUMBER || first.kind() == Token.Kind.STRING);
        Expression expression = ExpressionParser.parse(reader);
        reader.expectSymbol(")");
        if (literal) {
            return new ColumnDraft.DefaultClause.Value(first, false);
        }
        return new ColumnDraft.DefaultClause.Computed(expression);
    }

    /** {@code current_timestamp} and its synonyms, with their digits if given, in MariaDB's printed form. */
    private String now() {
        if (!NOW.contains(reader.wordAhead())) {
            throw reader.unexpected();
        }
        reader.next();
        int digits = 0;
        if (reader.acceptSymbol("(")) {
            if (!reader.atSymbol(")")) {
                digits = reader.smallNumber();
            }
            reader.expectSymbol(")");
        }
        return nowText(digits);
    }

    static String nowText(int digits) {
        return digits == 0 ? "current_timestamp()" : "current_timestamp(" + digits + ")";
    }

    private static int fractionalDigits(String now) {
        String digits = now.replaceAll("\\D", "");
        return digits.isEmpty() ? 0 : Integer.parseInt(digits);
    }

    /** A key or constraint if one begins here: CONSTRAINT, PRIMARY, UNIQUE, KEY, INDEX, FULLTEXT, SPATIAL, FOREIGN, CHECK. */
    boolean atKey() {
        return switch (reader.wordAhead()) {
            case "constraint", "primary", "unique", "key", "index", "fulltext", "spatial", "foreign", "check" ->
                reader.peek().kind() == Token.Kind.WORD;
            default -> false;
        };
    }

    KeyDraft key() {
        String constraint = null;
        if (reader.accept("constraint")) {
            reader.accept("if", "not", "exists");
            if (!atKey()) {
                constraint = reader.name();
            }
        }
        if (reader.accept("check")) {
            return new KeyDraft.Checked(constraint, condition());
        }
        if (reader.accept("foreign", "key")) {
            return foreign(constraint);
        }
        if (reader.accept("primary")) {
            reader.expect("key");
            boolean ifNotExists = reader.accept("if", "not", "exists");
            indexType();
            String ignored = reader.atSymbol("(") ? constraint : reader.name();
            indexType();
            return index(ignored, Table.Key.Kind.PRIMARY, ifNotExists);
        }
        Table.Key.Kind kind = Table.Key.Kind.PLAIN;
        if (reader.accept("unique")) {
            kind = Table.Key.Kind.UNIQUE;
        } else if (reader.accept("fulltext")) {
            kind = Table.Key.Kind.FULLTEXT;
        } else {
            reader.accept("spatial");
        }
        boolean worded = reader.acceptAny("key", "index");
        if (kind == Table.Key.Kind.PLAIN && !worded) {
            throw reader.unexpected();
        }
        return namedIndex(constraint, kind);
    }

    private KeyDraft.Index namedIndex(@Nullable String constraint, Table.Key.Kind kind) {
        boolean ifNotExists = reader.accept("if", "not", "exists");
        String name = constraint;
        if (!reader.atSymbol("(") && !reader.at("using")) {
            name = reader.name();
            if (name.isEmpty() || name.equalsIgnoreCase("PRIMARY")) {
                throw SqlErrorCode.INCORRECT_INDEX_NAME.with(name);
            }
        }
        indexType();
        return index(name, kind, ifNotExists);
    }

    private void indexType() {
        if (reader.acceptAny("using", "type")) {
            if (!reader.acceptAny("btree", "hash", "rtree")) {
                throw reader.unexpected();
            }
        }
    }

    /** From the parenthesis on. */
    KeyDraft.Index index(@Nullable String name, Table.Key.Kind kind, boolean ifNotExists) {
        List<Table.Key.Part> parts = parts();
        String comment = "";
        while (true) {
            if (reader.accept("comment")) {
                comment = reader.string();
            } else if (reader.at("using")) {
                indexType();
            } else if (reader.accept("key_block_size")) {
                reader.acceptSymbol("=");
                reader.number();
            } else if (reader.accept("with", "parser")) {
                reader.name();
            } else if (!reader.acceptAny("visible", "invisible", "ignored") && !reader.accept("not", "ignored")) {
                return new KeyDraft.Index(name, kind, parts, comment, ifNotExists);
            }
        }
    }

    List<Table.Key.Part> parts() {
        List<Table.Key.Part> parts = new ArrayList<>();
        reader.expectSymbol("(");
        do {
            String column = reader.name();
            int prefix = 0;
            if (reader.acceptSymbol("(")) {
                prefix = reader.smallNumber();
                reader.expectSymbol(")");
                if (prefix == 0) {
                    throw SqlErrorCode.WRONG_SUB_KEY.with();
                }
            }
            boolean descending = reader.accept("desc");
            reader.accept("asc");
            parts.add(new Table.Key.Part(column, prefix, descending));
        } while (reader.acceptSymbol(","));
        reader.expectSymbol(")");
        return List.copyOf(parts);
    }

    private KeyDraft.Foreign foreign(@Nullable String constraint) {
        reader.accept("if", "not", "exists");
        String indexName = reader.atSymbol("(") ? null : reader.name();
        List<String> columns = names();
        reader.expect("references");
        return references(constraint, indexName, columns);
    }

    private List<String> names() {
        List<String> names = new ArrayList<>();
        reader.expectSymbol("(");
        do {
            names.add(reader.name());
        } while (reader.acceptSymbol(","));
        reader.expectSymbol(")");
        return List.copyOf(names);
    }

    private KeyDraft.Foreign references(@Nullable String constraint, @Nullable String indexName, List<String> columns) {
        TokenReader.QualifiedName referenced = reader.qualifiedName();
        List<String> referencedColumns = reader.atSymbol("(") ? names() : List.of();
        String onDelete = "RESTRICT";
        String onUpdate = "RESTRICT";
        while (true) {
            if (reader.accept("match")) {
                reader.next();
            } else if (reader.accept("on", "delete")) {
                onDelete = rule();
            } else if (reader.peek().isWord("on") && reader.peek(1).isWord("update") && atRule(2)) {
                reader.expect("on", "update");
                onUpdate = rule();
            } else {
                return new KeyDraft.Foreign(
                        constraint, indexName, columns, referenced, referencedColumns, onDelete, onUpdate);
            }
        }
    }

    private boolean atRule(int ahead) {
        return Set.of("restrict", "cascade", "set", "no")
                .contains(reader.peek(ahead).text().toLowerCase(Locale.ROOT));
    }

    private String rule() {
        if (reader.accept("cascade")) {
            return "CASCADE";
        }
        if (reader.accept("set", "null")) {
            return "SET NULL";
        }
        if (reader.accept("set", "default")) {
            return "SET DEFAULT";
        }
        if (reader.accept("no", "action")) {
            return "NO ACTION";
        }
        reader.expect("restrict");
        return "RESTRICT";
    }
}
