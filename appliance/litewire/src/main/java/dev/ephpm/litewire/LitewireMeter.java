package dev.ephpm.litewire;

import dev.ephpm.litewire.statistics.SiteStatistics;

/** Told what happens, for metrics. Called from connection threads; must not block. */
public interface LitewireMeter {
    void connectionOpened();

    void connectionClosed();

    void loginRefused();

    /** A statement ended, whether well or not. */
    void statement(long nanos);

    /** A site's database is used for the first time; these are its numbers from now on. */
    default void siteOpened(SiteStatistics statistics) {}

    /** A site is gone. */
    default void siteClosed(SiteStatistics statistics) {}

    /** A statement was answered with this error. */
    void error(SqlErrorCode code);

    /** Counts nothing. */
    static LitewireMeter none() {
        return new LitewireMeter() {
            @Override
            public void connectionOpened() {
                // Nobody wants to know.
            }

            @Override
            public void connectionClosed() {
                // Nobody wants to know.
            }

            @Override
            public void loginRefused() {
                // Nobody wants to know.
            }

            @Override
            public void statement(long nanos) {
                // Nobody wants to know.
            }

            @Override
            public void error(SqlErrorCode code) {
                // Nobody wants to know.
            }
        };
    }
}
