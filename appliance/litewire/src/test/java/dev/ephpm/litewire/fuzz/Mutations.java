package dev.ephpm.litewire.fuzz;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Makes new inputs of known ones: bytes changed, cut out, doubled, two inputs joined, and words that mean something put in. */
public final class Mutations {
    private static final int MOST_AT_ONCE = 3;
    private static final int LONGEST = 4096;

    private final Random random;
    private final List<byte[]> known;
    private final List<byte[]> words;

    public Mutations(long seed, List<byte[]> known, List<String> words) {
        this.random = new Random(seed);
        this.known = List.copyOf(known);
        this.words = words.stream()
                .map(word -> word.getBytes(StandardCharsets.UTF_8))
                .toList();
    }

    public byte[] next() {
        byte[] input = pick(known);
        int count = random.nextInt(MOST_AT_ONCE + 1);
        for (int i = 0; i < count; i++) {
            input = mutate(input);
        }
        return input.length <= LONGEST ? input : Arrays.copyOf(input, LONGEST);
    }

    private byte[] pick(List<byte[]> from) {
        return from.get(random.nextInt(from.size()));
    }

    private byte[] mutate(byte[] input) {
        int at = random.nextInt(input.length + 1);
        int end = Math.min(input.length, at + random.nextInt(24));
        return switch (random.nextInt(7)) {
            case 0 -> changed(input, at);
            case 1 -> joined(input, at, new byte[0], input, end);
            case 2 -> joined(input, end, Arrays.copyOfRange(input, at, end), input, end);
            case 3 -> {
                byte[] other = pick(known);
                yield joined(input, at, new byte[0], other, random.nextInt(other.length + 1));
            }
            case 4 -> Arrays.copyOf(input, at);
            default -> joined(input, at, pick(words), input, random.nextBoolean() ? at : end);
        };
    }

    private byte[] changed(byte[] input, int at) {
        byte[] changed = input.clone();
        if (at < changed.length) {
            changed[at] = (byte) (random.nextBoolean() ? random.nextInt(256) : changed[at] ^ (1 << random.nextInt(8)));
        }
        return changed;
    }

    /** The beginning of one, something, and the rest of another. */
    private static byte[] joined(byte[] head, int headEnd, byte[] middle, byte[] tail, int tailStart) {
        byte[] joined = new byte[headEnd + middle.length + tail.length - tailStart];
        System.arraycopy(head, 0, joined, 0, headEnd);
        System.arraycopy(middle, 0, joined, headEnd, middle.length);
        System.arraycopy(tail, tailStart, joined, headEnd + middle.length, tail.length - tailStart);
        return joined;
    }
}
