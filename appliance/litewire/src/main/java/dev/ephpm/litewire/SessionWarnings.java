package dev.ephpm.litewire;

import java.util.ArrayList;
import java.util.List;

/** Warnings of one session. */
final class SessionWarnings implements Warnings {
    private static final int MOST_KEPT = 64;

    private final List<Warning> kept = new ArrayList<>();
    private int count;

    @Override
    public void add(Level level, int number, String message) {
        count++;
        if (kept.size() < MOST_KEPT) {
            kept.add(new Warning(level, number, message));
        }
    }

    @Override
    public int count() {
        return count;
    }

    @Override
    public List<Warning> list() {
        return List.copyOf(kept);
    }

    @Override
    public void clear() {
        kept.clear();
        count = 0;
    }
}
