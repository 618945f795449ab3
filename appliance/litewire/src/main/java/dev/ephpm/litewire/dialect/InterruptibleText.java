package dev.ephpm.litewire.dialect;

/** A text that ends the matching of a regular expression when the statement is to end: some patterns take for ever. */
final class InterruptibleText implements CharSequence {
    /** A power of two. */
    private static final int LOOK_EVERY = 1 << 16;

    private final String text;
    private int reads;

    InterruptibleText(String text) {
        this.text = text;
    }

    @Override
    public char charAt(int index) {
        reads++;
        if ((reads & (LOOK_EVERY - 1)) == 0) {
            RunningStatement.check();
        }
        return text.charAt(index);
    }

    @Override
    public int length() {
        return text.length();
    }

    @Override
    public CharSequence subSequence(int start, int end) {
        return text.substring(start, end);
    }

    @Override
    public String toString() {
        return text;
    }
}
