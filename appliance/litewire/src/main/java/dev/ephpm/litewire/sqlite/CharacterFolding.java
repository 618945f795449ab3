package dev.ephpm.litewire.sqlite;

import java.text.Normalizer;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.stream.IntStream;

/**
 * What each character is worth to a comparison without case and accents, from Java's Unicode data, as the extension's
 * table has it. Thread-safe.
 */
final class CharacterFolding {
    /** Characters above fold to themselves. */
    static final int LAST = 0x1FFFF;

    /** Weight of white space, which counts for nothing at the end of text. */
    static final int SPACE_WEIGHT = 0x06;

    /** A character that folds to more is cut: one Arabic phrase. */
    static final int LONGEST_EXPANSION = 15;

    /** Letters Unicode does not decompose, but whose primary weight in the collation tables is that of plain letters. */
    private static final Map<Integer, String> UNDECOMPOSED =
            Map.of((int) 'æ', "ae", (int) 'œ', "oe", (int) 'ø', "o", (int) 'ı', "i", (int) 'ſ', "s");

    /** Order of ASCII's punctuation and symbols in the Unicode collation tables: below digits and letters. */
    private static final String ASCII_ORDER = "\t\n\u000b\f\r _-,;:!?.'\"()[]{}@*/&#%\\`^+<=>|~$";

    private static final int[] ASCII_WEIGHTS = asciiWeights();
    private static final int PAGE = 256;
    private static final AtomicReferenceArray<int[][]> PAGES = new AtomicReferenceArray<>((LAST + 1) / PAGE);

    private CharacterFolding() {}

    /** 0 is ignored. Letters and digits keep their codes, so a key stays readable. */
    private static int[] asciiWeights() {
        int[] weights = new int[0x80];
        for (int c = 0; c < weights.length; c++) {
            weights[c] = Character.isLetterOrDigit(c) ? Character.toLowerCase(c) : ASCII_ORDER.indexOf(c) + 1;
        }
        return weights;
    }

    /** The weight of a character that was folded. */
    static int weight(int folded) {
        return folded < ASCII_WEIGHTS.length ? ASCII_WEIGHTS[folded] : folded;
    }

    /** The characters it compares as, in the extension's table and here: none, one or up to fifteen. */
    static int[] folded(int character) {
        if (character > LAST) {
            return new int[] {character};
        }
        int[][] page = PAGES.get(character / PAGE);
        if (page == null) {
            page = page(character / PAGE * PAGE);
            PAGES.set(character / PAGE, page);
        }
        return page[character % PAGE];
    }

    private static int[][] page(int first) {
        int[][] page = new int[PAGE][];
        for (int i = 0; i < PAGE; i++) {
            page[i] = fold(first + i);
        }
        return page;
    }

    private static int[] fold(int character) {
        boolean hangul = character >= 0xAC00 && character <= 0xD7A3;
        if (character < 0x80 || hangul || Character.getType(character) == Character.SURROGATE) {
            return new int[] {character};
        }
        String text = Character.toString(character);
        String cased = text.toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT);
        String plain = Normalizer.normalize(cased, Normalizer.Form.NFKD).toLowerCase(Locale.ROOT);
        return plain.codePoints()
                .filter(c -> !ignored(c))
                .flatMap(c -> UNDECOMPOSED.containsKey(c)
                        ? UNDECOMPOSED.get(c).codePoints()
                        : IntStream.of(c == 'ς' ? 'σ' : c))
                .limit(LONGEST_EXPANSION)
                .toArray();
    }

    private static boolean ignored(int character) {
        return switch (Character.getType(character)) {
            case Character.NON_SPACING_MARK, Character.ENCLOSING_MARK, Character.CONTROL, Character.FORMAT -> true;
            default -> false;
        };
    }
}
