package dev.ephpm.litewire.sqlite;

import java.sql.Connection;
import java.sql.SQLException;
import org.sqlite.Collation;
import org.sqlite.Function;

/** MySQL's comparison rules in Java, twins of collations.c. */
final class Collations {
    private static final int DETERMINISTIC_AND_INNOCUOUS = Function.FLAG_DETERMINISTIC | 0x20_0000;

    private Collations() {}

    static void register(Connection connection) throws SQLException {
        Collation.create(connection, "utf8mb4_ci", new Folded());
        Collation.create(connection, "utf8mb4_bin", new Binary());
        Function.create(connection, "utf8mb4_ci_key", new Key(), 1, DETERMINISTIC_AND_INNOCUOUS);
    }

    /** The weights of a text above 0, one after the other. */
    private static final class Weights {
        private final String text;
        private int at;
        private int[] expansion = {};
        private int inExpansion;

        Weights(String text) {
            this.text = text;
        }

        /** 0 at the end. */
        int next() {
            while (true) {
                if (inExpansion < expansion.length) {
                    int weight = CharacterFolding.weight(expansion[inExpansion++]);
                    if (weight != 0) {
                        return weight;
                    }
                } else if (at < text.length()) {
                    int character = text.codePointAt(at);
                    at += Character.charCount(character);
                    if (character < 0x80) {
                        int weight = CharacterFolding.weight(character);
                        if (weight != 0) {
                            return weight;
                        }
                    } else {
                        expansion = CharacterFolding.folded(character);
                        inExpansion = 0;
                    }
                } else {
                    return 0;
                }
            }
        }
    }

    private static final class Folded extends Collation {
        @Override
        protected int xCompare(String left, String right) {
            Weights one = new Weights(left);
            Weights other = new Weights(right);
            while (true) {
                int x = one.next();
                int y = other.next();
                if (x == 0) {
                    return -againstSpaces(y, other);
                }
                if (y == 0) {
                    return againstSpaces(x, one);
                }
                if (x != y) {
                    return Integer.compare(x, y);
                }
            }
        }

        /** Compares what is left of the longer text with endless spaces. */
        private static int againstSpaces(int first, Weights rest) {
            int weight = first;
            while (weight == CharacterFolding.SPACE_WEIGHT) {
                weight = rest.next();
            }
            return weight == 0 ? 0 : Integer.compare(weight, CharacterFolding.SPACE_WEIGHT);
        }
    }

    private static final class Binary extends Collation {
        @Override
        protected int xCompare(String left, String right) {
            int x = 0;
            int y = 0;
            while (x < left.length() && y < right.length()) {
                int a = left.codePointAt(x);
                int b = right.codePointAt(y);
                if (a != b) {
                    return Integer.compare(a, b);
                }
                x += Character.charCount(a);
                y += Character.charCount(b);
            }
            return x < left.length() ? againstSpaces(left, x) : -againstSpaces(right, y);
        }

        private static int againstSpaces(String text, int from) {
            for (int i = from; i < text.length(); i++) {
                if (text.charAt(i) != ' ') {
                    return text.charAt(i) > ' ' ? 1 : -1;
                }
            }
            return 0;
        }
    }

    private static final class Key extends Function {
        private static final int NULL = 5;

        @Override
        protected void xFunc() throws SQLException {
            if (value_type(0) == NULL) {
                result();
                return;
            }
            Weights weights = new Weights(value_text(0));
            StringBuilder key = new StringBuilder();
            int kept = 0;
            for (int weight = weights.next(); weight != 0; weight = weights.next()) {
                key.appendCodePoint(weight);
                kept = weight == CharacterFolding.SPACE_WEIGHT ? kept : key.length();
            }
            result(key.substring(0, kept));
        }
    }
}
