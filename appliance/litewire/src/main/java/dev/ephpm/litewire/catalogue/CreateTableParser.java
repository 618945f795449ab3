package dev.ephpm.litewire.catalogue;

import dev.ephpm.litewire.SqlMode;
import java.util.ArrayList;
import java.util.List;

/** Reads CREATE TABLE after its first words. */
final class CreateTableParser {
    private final TokenReader reader;
    private final ColumnParser columnParser;
    private final List<ColumnDraft> columns = new ArrayList<>();
    private final List<KeyDraft> keys = new ArrayList<>();
    private final TableOptionsDraft options = new TableOptionsDraft();

    private CreateTableParser(TokenReader reader) {
        this.reader = reader;
        this.columnParser = new ColumnParser(reader);
    }

    /** The reader stands behind {@code CREATE [OR REPLACE] [TEMPORARY] TABLE}. */
    static CreateTable parse(TokenReader reader, boolean orReplace, boolean temporary) {
        return new CreateTableParser(reader).table(orReplace, temporary);
    }

    /** Reads a stored definition, the text of SHOW CREATE TABLE. */
    static CreateTable parseDefinition(String definition, SqlMode mode) {
        TokenReader reader = new TokenReader(definition, mode);
        reader.expect("create", "table");
        return parse(reader, false, false);
    }

    private CreateTable table(boolean orReplace, boolean temporary) {
        boolean ifNotExists = reader.accept("if", "not", "exists");
        TokenReader.QualifiedName name = reader.qualifiedName();
        TokenReader.QualifiedName like = null;
        String select = "";
        if (reader.accept("like")) {
            like = reader.qualifiedName();
        } else if (reader.atSymbol("(") && reader.peek(1).isWord("like")) {
            reader.expectSymbol("(");
            reader.expect("like");
            like = reader.qualifiedName();
            reader.expectSymbol(")");
        } else {
            if (reader.atSymbol("(") && !atSelect(1)) {
                body();
            }
            options();
            if (reader.at("partition")) {
                skipPartitions();
            }
            select = select();
        }
        reader.acceptSymbol(";");
        reader.expectEnd();
        return new CreateTable(
                name,
                ifNotExists,
                orReplace,
                temporary,
                List.copyOf(columns),
                List.copyOf(keys),
                options,
                like,
                select);
    }

    private boolean atSelect(int ahead) {
        return reader.peek(ahead).isWord("select")
                || reader.peek(ahead).isWord("with")
                || reader.peek(ahead).isWord("values");
    }

    private void body() {
        reader.expectSymbol("(");
        do {
            if (columnParser.atKey()) {
                keys.add(columnParser.key());
            } else {
                columns.add(columnParser.column());
            }
        } while (reader.acceptSymbol(","));
        reader.expectSymbol(")");
    }

    private void options() {
        while (TableOptionsText.read(reader, options)) {
            reader.acceptSymbol(",");
        }
    }

    private void skipPartitions() {
        // One file has no partitions; the rows go into the one table.
        while (!reader.atEnd() && !atSelect(0)) {
            reader.next();
        }
    }

    private String select() {
        reader.acceptAny("ignore", "replace");
        reader.accept("as");
        if (!atSelect(0) && !(reader.atSymbol("(") && atSelect(1))) {
            return "";
        }
        String text = reader.rest();
        while (!reader.atEnd()) {
            reader.next();
        }
        return text;
    }
}
