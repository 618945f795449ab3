package dev.ephpm.litewire.dialect;

import dev.ephpm.litewire.SqlMode;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;

/**
 * A shape as Druid gets to see it. Slots become numbers above a milliard or strings {@code 's<slot>'}, variables become
 * quoted identifiers, and every result column without a name of its own gets the alias {@code ~n}, so that the text MySQL
 * would name it after can be found again.
 */
final class ShapeText {
    static final int FIRST_SLOT = 1_000_000_000;
    static final String NAMELESS = "~";

    /** Reserved words that end an expression, so that an alias may follow. */
    private static final Set<String> VALUE_WORDS =
            Set.of("END", "NULL", "TRUE", "FALSE", "CURRENT_DATE", "CURRENT_TIME", "CURRENT_TIMESTAMP", "LOCALTIME");

    private final String source;
    private final List<Token> tokens;
    private final int firstParameter;
    private final boolean pipesAsConcat;
    private final StringBuilder text = new StringBuilder();
    private final List<Integer> offsets = new ArrayList<>();
    private final List<Name> names = new ArrayList<>();
    private final List<Marker> markers = new ArrayList<>();
    private final int[] slots;
    private final Deque<SelectList> lists = new ArrayDeque<>();
    private int depth;

    /** A select list being read: its depth and where its current item began. */
    private static final class SelectList {
        private final int depth;
        private int itemStart;
        private boolean open = true;

        SelectList(int depth, int itemStart) {
            this.depth = depth;
            this.itemStart = itemStart;
        }
    }

    private ShapeText(String source, List<Token> tokens, boolean pipesAsConcat) {
        this.source = source;
        this.tokens = tokens;
        this.pipesAsConcat = pipesAsConcat;
        this.slots = new int[tokens.size()];
        this.firstParameter = (int)
                tokens.stream().filter(t -> t.kind() == Token.Kind.LITERAL).count();
        numberSlots();
        write();
    }

    /** From a shape with its markers. */
    static ShapeText ofShape(String shape, SqlMode mode) {
        return new ShapeText(
                shape,
                TableValues.asSelects(withoutStars(joinMarkers(Lexer.tokens(shape, mode)))),
                mode.pipesAsConcat());
    }

    /** From a statement as received, to find the place of an error. */
    static ShapeText ofStatement(String sql, SqlMode mode) {
        return new ShapeText(sql, TableValues.asSelects(withoutStars(Lexer.tokens(sql, mode))), mode.pipesAsConcat());
    }

    String text() {
        return text.toString();
    }

    Name name(int index) {
        return names.get(index);
    }

    /** What each slot holds, literals first, then parameters. */
    List<Marker> markers() {
        return markers;
    }

    /** The place in the source of the token that ends at or after an offset of the text. */
    int sourcePosition(int offset) {
        int found = source.length();
        for (int i = 0; i < offsets.size(); i++) {
            if (offsets.get(i) < offset) {
                found = tokens.get(i).start();
            }
        }
        return found;
    }

    /** {@code DELETE t.* FROM t …} is an old way to write {@code DELETE t FROM t …}, which Druid does not know. */
    private static List<Token> withoutStars(List<Token> tokens) {
        if (!tokens.getFirst().isWord("DELETE")) {
            return tokens;
        }
        List<Token> kept = new ArrayList<>(tokens.size());
        boolean targets = true;
        for (int i = 0; i < tokens.size(); i++) {
            Token token = tokens.get(i);
            targets &= !token.isWord("WHERE") && !token.isWord("SELECT") && !token.isSymbol("(");
            if (targets && token.isSymbol(".") && tokens.get(i + 1).isSymbol("*")) {
                i++;
            } else {
                kept.add(token);
            }
        }
        return kept;
    }

    private static List<Token> joinMarkers(List<Token> raw) {
        List<Token> joined = new ArrayList<>(raw.size());
        for (int i = 0; i < raw.size(); i++) {
            Token token = raw.get(i);
            if (token.kind() == Token.Kind.PARAMETER) {
                Token word = raw.get(++i);
                boolean parameter = word.text().equals("p");
                joined.add(new Token(
                        parameter ? Token.Kind.PARAMETER : Token.Kind.LITERAL,
                        word.text(),
                        token.start(),
                        word.end(),
                        null));
            } else if (token.kind() == Token.Kind.LITERAL) {
                // Only literals that belong to the shape are still written out.
                joined.add(new Token(Token.Kind.WORD, token.text(), token.start(), token.end(), null));
            } else {
                joined.add(token);
            }
        }
        return joined;
    }

    private void numberSlots() {
        List<Marker> parameters = new ArrayList<>();
        for (int i = 0; i < tokens.size(); i++) {
            Token token = tokens.get(i);
            if (token.kind() == Token.Kind.LITERAL) {
                slots[i] = markers.size();
                markers.add(token.value() == null ? Marker.parse(token.text()) : Marker.of(token.value()));
            } else if (token.kind() == Token.Kind.PARAMETER) {
                slots[i] = firstParameter + parameters.size();
                parameters.add(Marker.PARAMETER);
            }
        }
        markers.addAll(parameters);
    }

    private void write() {
        for (int i = 0; i < tokens.size(); i++) {
            Token token = tokens.get(i);
            endItems(i, token);
            if (i > 0) {
                text.append(' ');
            }
            offsets.add(text.length());
            writeToken(i, token);
            if (token.isWord("SELECT")) {
                int first = i + 1;
                while (Keywords.isSelectOption(tokens.get(first).capitals())) {
                    first++;
                }
                lists.push(new SelectList(depth, first));
            }
            depth += token.isSymbol("(") ? 1 : 0;
        }
    }

    private void writeToken(int index, Token token) {
        switch (token.kind()) {
            case LITERAL -> {
                Marker marker = markers.get(slots[index]);
                boolean quoted = marker.isText() || marker.kind() == Marker.Kind.BINARY;
                text.append(quoted ? "'s" + slots[index] + "'" : Integer.toString(FIRST_SLOT + slots[index]));
            }
            case PARAMETER -> text.append(FIRST_SLOT + slots[index]);
            case QUOTED, USER_VARIABLE, SYSTEM_VARIABLE ->
                text.append('`').append(token.text().replace("`", "``")).append('`');
            // Druid has no mode in which || concatenates; ^ binds as tightly as MySQL's || then does.
            case SYMBOL -> text.append(pipesAsConcat && token.text().equals("||") ? "^" : token.text());
            case WORD -> text.append(token.text());
            case END -> {
                // Nothing to write.
            }
        }
    }

    /** Ends the items of select lists that the token at the index ends. */
    private void endItems(int index, Token token) {
        if (token.isSymbol(")")) {
            depth--;
        }
        while (!lists.isEmpty()) {
            SelectList list = lists.peek();
            boolean closes = token.kind() == Token.Kind.END || depth < list.depth;
            boolean atDepth = depth == list.depth;
            boolean ends = closes
                    || (atDepth && token.isSymbol(";"))
                    || (atDepth && token.kind() == Token.Kind.WORD && Keywords.endsSelectList(token.capitals()));
            boolean separates = atDepth && token.isSymbol(",");
            if (list.open && (ends || separates)) {
                nameItem(list.itemStart, index);
                list.itemStart = index + 1;
                list.open = !ends;
            }
            if (!closes) {
                return;
            }
            lists.pop();
        }
    }

    private void nameItem(int from, int to) {
        if (from >= to) {
            return;
        }
        if (isBareAlias(from, to)) {
            // Druid needs a library we do not have to read an alias without AS.
            text.insert(offsets.get(to - 1), "AS ");
            return;
        }
        if (hasName(from, to)) {
            return;
        }
        text.append(" AS `").append(NAMELESS).append(names.size()).append('`');
        names.add(nameOf(from, to));
    }

    private boolean hasName(int from, int to) {
        Token last = tokens.get(to - 1);
        if (last.isSymbol("*") || isPlainColumn(from, to)) {
            return true;
        }
        if (!last.isIdentifier() || to - from < 2) {
            return false;
        }
        return tokens.get(to - 2).isWord("AS");
    }

    private boolean isBareAlias(int from, int to) {
        Token last = tokens.get(to - 1);
        if (!last.isIdentifier() || to - from < 2 || isPlainColumn(from, to)) {
            return false;
        }
        Token before = tokens.get(to - 2);
        if (last.kind() == Token.Kind.WORD && Keywords.isReserved(last.capitals())) {
            return false;
        }
        if (Keywords.isTimeUnit(last.capitals()) && containsInterval(from, to)) {
            return false;
        }
        return switch (before.kind()) {
            case WORD ->
                !before.isWord("OVER")
                        && (VALUE_WORDS.contains(before.capitals()) || !Keywords.isReserved(before.capitals()));
            case QUOTED, LITERAL, PARAMETER, USER_VARIABLE, SYSTEM_VARIABLE -> true;
            case SYMBOL -> before.isSymbol(")");
            case END -> false;
        };
    }

    /** {@code a}, {@code t.a} or {@code d.t.a}. */
    private boolean isPlainColumn(int from, int to) {
        for (int i = from; i < to; i++) {
            Token token = tokens.get(i);
            boolean name = (i - from) % 2 == 0;
            if (name ? !token.isIdentifier() : !token.isSymbol(".")) {
                return false;
            }
        }
        Token first = tokens.get(from);
        boolean reserved = first.kind() == Token.Kind.WORD && Keywords.isReserved(first.capitals());
        return (to - from) % 2 == 1 && !reserved;
    }

    private boolean containsInterval(int from, int to) {
        return tokens.subList(from, to).stream().anyMatch(t -> t.isWord("INTERVAL"));
    }

    private Name nameOf(int from, int to) {
        Token only = tokens.get(from);
        if (to == from + 1 && (only.isWord("NULL") || only.isWord("TRUE") || only.isWord("FALSE"))) {
            return Name.of(only.capitals());
        }
        List<Object> parts = new ArrayList<>();
        int plainFrom = tokens.get(from).start();
        for (int i = from; i < to; i++) {
            Token token = tokens.get(i);
            if (token.kind() == Token.Kind.LITERAL || token.kind() == Token.Kind.PARAMETER) {
                parts.add(source.substring(plainFrom, token.start()));
                parts.add(token.kind() == Token.Kind.PARAMETER ? Integer.valueOf(-1) : Integer.valueOf(slots[i]));
                plainFrom = token.end();
            }
        }
        parts.add(source.substring(plainFrom, tokens.get(to - 1).end()));
        parts.removeIf(""::equals);
        return new Name(List.copyOf(parts));
    }
}
