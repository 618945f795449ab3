package dev.ephpm.litewire.sqlite;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.zip.GZIPInputStream;

/**
 * What each character weighs in one collation, as MariaDB's WEIGHT_STRING gave it. The file {@code weights.gz} is text: a line
 * {@code collation NAME pad|nopad [base NAME]} begins each table, the lines behind it say of a range of characters that they
 * weigh their own code ({@code =}), two weights computed from it ({@code *base}), or the listed weights.
 */
final class WeightTable {
    static final String RESOURCE = "weights.gz";

    private static final int PAGES = 0x1100;
    private static final int PAGE = 256;
    private static final int[] UNLISTED_PAGE = unlistedPage();
    private static final int REPLACEMENT = 0xFFFD;
    private static final int[] NOTHING = {};

    /** Entries of a page: one weight, or these bits. */
    private static final int IMPLICIT = 0x4000_0000;

    private static final int EXPANSION = 0x8000_0000;

    private final boolean padded;

    /** Pages of 256 entries, shared between tables until one differs. */
    private final int[][] pages;

    /** Weights of the characters that have none or several, by the rest of their entry. */
    private final List<int[]> expansions;

    private WeightTable(boolean padded) {
        this.padded = padded;
        this.pages = new int[PAGES][];
        this.expansions = new ArrayList<>();
        Arrays.fill(pages, UNLISTED_PAGE);
    }

    private WeightTable(boolean padded, WeightTable base) {
        this.padded = padded;
        this.pages = base.pages.clone();
        this.expansions = base.expansions;
    }

    /** All tables by the collation's name, in the order of the file. */
    static Map<String, WeightTable> readAll() {
        try (InputStream resource = Objects.requireNonNull(
                        WeightTable.class.getResourceAsStream(RESOURCE), "weights.gz is part of the program");
                BufferedReader reader = new BufferedReader(
                        new InputStreamReader(new GZIPInputStream(resource), StandardCharsets.US_ASCII))) {
            return read(reader);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the collations: " + RESOURCE + " is damaged; reinstall", e);
        }
    }

    private static Map<String, WeightTable> read(BufferedReader reader) throws IOException {
        Map<String, WeightTable> tables = new LinkedHashMap<>();
        WeightTable table = null;
        for (String line = reader.readLine(); line != null; line = reader.readLine()) {
            String[] words = line.split(" ", -1);
            if (words[0].equals("collation")) {
                boolean padded = words[2].equals("pad");
                table = words.length > 4
                        ? new WeightTable(padded, Objects.requireNonNull(tables.get(words[4]), "a base comes first"))
                        : new WeightTable(padded);
                tables.put(words[1], table);
            } else if (table != null) {
                table.define(words[0], words[1]);
            }
        }
        return tables;
    }

    private void define(String range, String what) {
        int dash = range.indexOf('-');
        int first = Integer.parseInt(dash < 0 ? range : range.substring(0, dash), 16);
        String[] listed = what.split(";", -1);
        int last = dash < 0 ? first + listed.length - 1 : Integer.parseInt(range.substring(dash + 1), 16);
        Set<Integer> own = new HashSet<>();
        for (int character = first; character <= last; character++) {
            int page = character >> 8;
            if (own.add(page)) {
                pages[page] = pages[page].clone();
            }
            String one = dash < 0 ? listed[character - first] : what;
            pages[page][character & 0xFF] = entry(one, character);
        }
    }

    private int entry(String one, int character) {
        return switch (one.isEmpty() ? ' ' : one.charAt(0)) {
            case '=' -> character;
            case '*' -> IMPLICIT | Integer.parseInt(one.substring(1), 16);
            default -> {
                int[] weights = one.isEmpty()
                        ? NOTHING
                        : Arrays.stream(one.split("\\."))
                                .mapToInt(w -> Integer.parseInt(w, 16))
                                .toArray();
                if (weights.length != 1) {
                    expansions.add(weights);
                }
                yield weights.length == 1 ? weights[0] : EXPANSION | (expansions.size() - 1);
            }
        };
    }

    /** The two weights of a character that no table lists, from its code. */
    static int[] implicit(int base, int character) {
        return new int[] {base + (character >> 15), (character & 0x7FFF) | 0x8000};
    }

    private static int[] unlistedPage() {
        int[] page = new int[PAGE];
        Arrays.fill(page, IMPLICIT | 0xFBC0);
        return page;
    }

    /** Whether trailing spaces do not count. */
    boolean padded() {
        return padded;
    }

    /** The weights of a character; none for one that is ignored. */
    int[] weights(int character) {
        int entry = pages[character >> 8][character & 0xFF];
        if ((entry & EXPANSION) != 0) {
            return expansions.get(entry & ~EXPANSION);
        }
        return (entry & IMPLICIT) != 0 ? implicit(entry & ~IMPLICIT, character) : new int[] {entry};
    }

    /** Whether the character weighs what all unknown ones do. */
    boolean isReplaced(int character) {
        int[] weights = weights(character);
        return weights.length == 1 && weights[0] == REPLACEMENT;
    }

    /** Whether ASCII text is equal exactly when it is in lower case, as SQLite's NOCASE has it; not so in Turkish. */
    boolean isPlain() {
        Set<Integer> seen = new HashSet<>();
        for (int c = '\t'; c <= '~'; c++) {
            if (c > '\r' && c < ' ') {
                continue;
            }
            int[] weights = weights(c);
            boolean capital = c >= 'A' && c <= 'Z';
            if (weights.length != 1
                    || (capital && !Arrays.equals(weights, weights(c + ('a' - 'A'))))
                    || (!capital && !seen.add(weights[0]))) {
                return false;
            }
        }
        return true;
    }
}
