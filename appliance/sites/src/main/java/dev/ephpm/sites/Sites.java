package dev.ephpm.sites;

/** The sites of this node, following the disk. All methods are thread-safe and never touch the disk. */
public interface Sites extends AutoCloseable {
    /** The current snapshot; reading it costs one volatile read. */
    SitesSnapshot snapshot();

    /**
     * Calls the listener after every change, on the watcher's thread, one change at a time. The snapshot already
     * contains the change when the listener hears of it.
     */
    void addListener(SitesListener listener);

    @Override
    void close();
}
