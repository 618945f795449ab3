package dev.ephpm.litewire.dialect;

import java.text.Normalizer;
import java.util.Arrays;

/** Letters without case and accents, as MySQL's {@code _ci} collations see them. */
final class Folding {
    private static final int CACHED = 0x3000;
    private static final int UNKNOWN = -1;

    /** Folded code points, filled as they are met; racing threads write the same values. */
    private static final int[] FOLDED = new int[CACHED];

    static {
        Arrays.fill(FOLDED, UNKNOWN);
    }

    private Folding() {}

    static int fold(int codePoint) {
        if (codePoint < 0x80) {
            return codePoint >= 'A' && codePoint <= 'Z' ? codePoint + ('a' - 'A') : codePoint;
        }
        if (codePoint >= CACHED) {
            return compute(codePoint);
        }
        int known = FOLDED[codePoint];
        if (known == UNKNOWN) {
            known = compute(codePoint);
            FOLDED[codePoint] = known;
        }
        return known;
    }

    private static int compute(int codePoint) {
        int base = Normalizer.normalize(Character.toString(codePoint), Normalizer.Form.NFD)
                .codePointAt(0);
        return Character.toLowerCase(Character.toUpperCase(base));
    }

    /** Code points, folded unless bytes are to be compared. */
    static int[] fold(String text, boolean binary) {
        int[] folded = text.codePoints().toArray();
        if (!binary) {
            for (int i = 0; i < folded.length; i++) {
                folded[i] = fold(folded[i]);
            }
        }
        return folded;
    }
}
