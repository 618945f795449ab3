package dev.ephpm.phpbridge;

/** Power over a worker's process or thread. Callable from any thread; never blocks. */
interface WorkerControl {
    /** Makes PHP raise "Maximum execution time exceeded" in the script that is running. */
    void interrupt(int slot, int pid);

    /** Ends the worker whatever it is doing; whoever keeps the workers replaces it. */
    void kill(int slot, int pid);
}
