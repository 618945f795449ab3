package dev.ephpm.litewire.dump;

import dev.ephpm.litewire.SqlMode;
import dev.ephpm.litewire.catalogue.MySqlType;
import dev.ephpm.litewire.catalogue.Table;
import dev.ephpm.litewire.catalogue.TableColumn;
import dev.ephpm.litewire.dialect.Lexer;
import dev.ephpm.litewire.dialect.Token;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;
import java.util.Set;

/** {@code INSERT INTO t (a, b) VALUES}: what rows of a dump begin with. */
final class InsertHead {
    private static final Set<String> MODIFIERS =
            Set.of("INSERT", "REPLACE", "LOW_PRIORITY", "DELAYED", "HIGH_PRIORITY", "IGNORE", "INTO");

    private final String text;
    private final String table;
    private final boolean minds;
    private final List<String> columns;

    InsertHead(String text, SqlMode mode) {
        this.text = text;
        List<Token> tokens = Lexer.tokens(text, mode);
        int i = 0;
        boolean conflicts = tokens.getFirst().isWord("REPLACE");
        while (tokens.get(i).kind() == Token.Kind.WORD
                && MODIFIERS.contains(tokens.get(i).capitals())) {
            conflicts |= tokens.get(i).isWord("IGNORE");
            i++;
        }
        boolean qualified = tokens.get(i + 1).isSymbol(".");
        this.table = tokens.get(qualified ? i + 2 : i).text();
        this.minds = conflicts;
        this.columns = tokens.subList(qualified ? i + 3 : i + 1, tokens.size()).stream()
                .takeWhile(token -> !token.isSymbol(")"))
                .filter(token -> token.isIdentifier() && !token.isWord("VALUES") && !token.isWord("VALUE"))
                .map(Token::text)
                .toList();
    }

    /** Positions of those columns of the rows that take bytes. */
    BitSet binary(Table described) {
        List<String> names = columns.isEmpty()
                ? described.columns().stream().map(TableColumn::name).toList()
                : columns;
        BitSet binary = new BitSet();
        for (int i = 0; i < names.size(); i++) {
            binary.set(
                    i,
                    described
                            .column(names.get(i))
                            .map(TableColumn::type)
                            .filter(MySqlType::isBinary)
                            .isPresent());
        }
        return binary;
    }

    String text() {
        return text;
    }

    String table() {
        return table;
    }

    /** Whether rows that are there already matter, so that the keys must be there, too. */
    boolean minds() {
        return minds;
    }

    /** The statement for one row of that many values. */
    String withParameters(int count) {
        return text + " (" + String.join(", ", Collections.nCopies(count, "?")) + ")";
    }
}
