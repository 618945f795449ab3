package dev.ephpm.litewire.statistics;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The digests of one site, a bounded number. What has not been seen for longest makes room for what is new and is counted under
 * {@value #OTHER} from then on. Finding a known shape takes no lock.
 */
final class DigestTable {
    static final String OTHER = "(others)";

    /** Several shapes, such as lists of several lengths, have one digest. */
    private static final int SHAPES_PER_DIGEST = 4;

    /** Longer shapes are bulk inserts of ever other lengths: their digest is looked up by its text. */
    private static final int LONGEST_SHAPE = 2048;

    private static final int EVICTED_AT_ONCE = 8;

    private final int most;
    private final Map<String, DigestCounters> byShape = new ConcurrentHashMap<>();
    private final Map<String, DigestCounters> byText = new ConcurrentHashMap<>();
    private final DigestCounters others = new DigestCounters(OTHER);
    private final Map<StatementKind, Long> evicted = new EnumMap<>(StatementKind.class);

    /** @param most digests kept, without the one for all others */
    DigestTable(int most) {
        this.most = most;
    }

    DigestCounters of(String shape) {
        DigestCounters known = byShape.get(shape);
        return known == null ? find(shape) : known;
    }

    private DigestCounters find(String shape) {
        String text = DigestText.of(shape);
        DigestCounters known = byText.get(text);
        if (known != null && shape.length() > LONGEST_SHAPE) {
            return known;
        }
        return add(shape, text);
    }

    private synchronized DigestCounters add(String shape, String text) {
        DigestCounters counters = byText.get(text);
        if (counters == null) {
            if (byText.size() >= most) {
                shrinkTo(Math.max(0, most - Math.max(1, most / EVICTED_AT_ONCE)));
            }
            counters = new DigestCounters(text);
            byText.put(text, counters);
        }
        if (shape.length() <= LONGEST_SHAPE) {
            if (byShape.size() >= SHAPES_PER_DIGEST * most) {
                byShape.clear();
            }
            byShape.put(shape, counters);
        }
        return counters;
    }

    /** Keeps the digests seen last. A run that is being counted meanwhile may get lost. */
    synchronized void shrinkTo(int count) {
        List<DigestCounters> oldestFirst = new ArrayList<>(byText.values());
        long now = System.nanoTime();
        oldestFirst.sort(Comparator.comparingLong(counters -> counters.lastNanos() - now));
        int gone = Math.max(0, oldestFirst.size() - count);
        Set<DigestCounters> leaving = new HashSet<>(oldestFirst.subList(0, gone));
        for (DigestCounters counters : leaving) {
            byText.remove(counters.text());
            evicted.merge(counters.kind(), counters.count(), Long::sum);
            others.add(counters);
        }
        byShape.values().removeIf(leaving::contains);
    }

    int size() {
        return byText.size();
    }

    int shapes() {
        return byShape.size();
    }

    /** All that is kept, the one for the others among them if it has counted anything. */
    List<DigestCounters> all() {
        List<DigestCounters> all = new ArrayList<>(byText.values());
        if (others.count() > 0) {
            all.add(others);
        }
        return all;
    }

    /** How many statements of each kind there have been. */
    synchronized Map<StatementKind, Long> kinds() {
        Map<StatementKind, Long> kinds = new EnumMap<>(evicted);
        byText.values().forEach(counters -> kinds.merge(counters.kind(), counters.count(), Long::sum));
        return kinds;
    }
}
