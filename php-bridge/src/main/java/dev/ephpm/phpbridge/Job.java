package dev.ephpm.phpbridge;

/** Something a worker does for us, one at a time. All methods but {@link #refused} run on the worker's event loop. */
interface Job {
    /** Whose turn it takes in the queue. */
    String site();

    /** Writes the frames that start it. May throw {@link PhpException} before anything is written. */
    void begin(Worker worker);

    void received(WorkerFrame frame);

    /** The worker is gone, or given up on, before the job was done. */
    void lost(PhpException cause);

    /** No worker was ever found; runs on any thread. */
    void refused(PhpException reason);
}
