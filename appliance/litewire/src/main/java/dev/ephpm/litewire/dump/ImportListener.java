package dev.ephpm.litewire.dump;

/** Told how an import goes. Called often, from the importing thread. */
public interface ImportListener {
    /**
     * A load has begun.
     *
     * @param message whether it goes on from an earlier one, in words
     */
    void begun(String message);

    /**
     * @param bytesRead of the file as it lies on the disk, packed or not
     * @param rows loaded so far, by earlier runs too
     */
    void progress(long bytesRead, long rows);

    /** The indexes of a table are being built. */
    void indexing(String table);

    /** The site's tables are being replaced. */
    void replacing(int tables);
}
