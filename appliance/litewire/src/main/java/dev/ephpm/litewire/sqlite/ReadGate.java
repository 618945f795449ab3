package dev.ephpm.litewire.sqlite;

import java.sql.SQLException;

/** Whether a file that another process replicates may be read now. Thread-safe. */
public interface ReadGate {
    /** For files of this node alone. */
    ReadGate OPEN = new ReadGate() {
        @Override
        public long pass() {
            return 0;
        }

        @Override
        public void wrote(long frame) {
            // The file shows it already.
        }
    };

    /**
     * Waits, for a bounded time, until the file shows what was written through this node. Gives a number that changes when
     * handles opened before must not be used any more, because the file is another one. Throws when it cannot be read now.
     */
    long pass() throws SQLException;

    /** A commit through this node's writer is in this frame of the log. */
    void wrote(long frame);
}
