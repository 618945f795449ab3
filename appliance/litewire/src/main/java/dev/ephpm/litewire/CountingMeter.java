package dev.ephpm.litewire;

import dev.ephpm.litewire.statistics.SiteStatistics;
import java.util.concurrent.atomic.AtomicLong;

/** Counts statements for COM_STATISTICS and passes everything on. */
final class CountingMeter implements LitewireMeter {
    private final LitewireMeter next;
    private final AtomicLong statements = new AtomicLong();

    CountingMeter(LitewireMeter next) {
        this.next = next;
    }

    long statements() {
        return statements.get();
    }

    @Override
    public void connectionOpened() {
        next.connectionOpened();
    }

    @Override
    public void connectionClosed() {
        next.connectionClosed();
    }

    @Override
    public void loginRefused() {
        next.loginRefused();
    }

    @Override
    public void statement(long nanos) {
        statements.incrementAndGet();
        next.statement(nanos);
    }

    @Override
    public void siteOpened(SiteStatistics statistics) {
        next.siteOpened(statistics);
    }

    @Override
    public void siteClosed(SiteStatistics statistics) {
        next.siteClosed(statistics);
    }

    @Override
    public void error(SqlErrorCode code) {
        next.error(code);
    }
}
