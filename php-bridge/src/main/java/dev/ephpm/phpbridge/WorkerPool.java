package dev.ephpm.phpbridge;

import dev.ephpm.config.PhpConfig;
import io.netty.channel.EventLoop;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.internal.VertxInternal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** Brings jobs and idle workers together. Callable from any thread. */
@SuppressWarnings("FutureReturnValueIgnored")
final class WorkerPool {
    private final VertxInternal vertx;
    private final Duration queueTimeout;
    private final Object lock = new Object();
    /** Guarded by lock, like everything down to closing. The one used last comes first: its caches are warm. */
    private final Deque<Worker> idle = new ArrayDeque<>();

    private final Set<Worker> workers = new HashSet<>();
    private final WaitingJobs waiting;
    private boolean watchingQueue;
    private final Promise<Void> firstWorker = Promise.promise();
    private @Nullable Promise<Void> drained;
    private boolean closing;
    private String version = "";

    private final AtomicLong requests = new AtomicLong();
    private final AtomicLong crashes = new AtomicLong();
    private final AtomicLong recycled = new AtomicLong();
    private final AtomicLong timeouts = new AtomicLong();
    private final AtomicLong shed = new AtomicLong();

    WorkerPool(Vertx vertx, PhpConfig config) {
        this.vertx = (VertxInternal) vertx;
        this.queueTimeout = config.queueTimeout();
        this.waiting = new WaitingJobs(config.queue(), config.queuePerSite());
    }

    /** Done when the first worker has greeted. */
    Future<Void> ready() {
        return firstWorker.future();
    }

    void failed(PhpException cause) {
        firstWorker.tryFail(cause);
    }

    Future<PhpResponse> execute(PhpRequest request) {
        ContextInternal context = vertx.getOrCreateContext();
        Exchange exchange = new Exchange(context, request, timeouts::incrementAndGet);
        requests.incrementAndGet();
        submit(exchange, context);
        return exchange.answer().future();
    }

    Future<Integer> invalidate(Path directory) {
        ContextInternal context = vertx.getOrCreateContext();
        Command command = Command.invalidate(context.promise(), directory);
        submit(command, context);
        return command.answer().map(WorkerFrame.Result::count);
    }

    Future<List<String>> compile(PhpTenant tenant, List<Path> files) {
        ContextInternal context = vertx.getOrCreateContext();
        Command command = Command.compile(context.promise(), tenant, files);
        submit(command, context);
        return command.answer().map(result -> result.report().lines().toList());
    }

    private void submit(Job job, ContextInternal context) {
        Worker worker;
        PhpException refusal = null;
        synchronized (lock) {
            worker = closing ? null : take(context.nettyEventLoop());
            if (worker == null) {
                refusal = admit(job);
            }
        }
        if (worker != null) {
            worker.run(job);
        } else if (refusal != null) {
            job.refused(refusal);
        } else {
            watchQueue(context.nettyEventLoop());
        }
    }

    private @Nullable PhpException admit(Job job) {
        if (closing) {
            return new PhpException(PhpException.Reason.UNAVAILABLE, "PHP is stopping; try another node");
        }
        if (!waiting.add(job, System.nanoTime())) {
            shed.incrementAndGet();
            return new PhpException(
                    PhpException.Reason.OVERLOADED,
                    "too many requests wait for PHP (php.queue, php.queue_per_site); site " + job.site());
        }
        return null;
    }

    /** An idle worker, preferably one whose socket is served by the caller's own event loop. */
    private @Nullable Worker take(EventLoop loop) {
        for (Worker worker : idle) {
            if (worker.loop().equals(loop)) {
                idle.remove(worker);
                return worker;
            }
        }
        return idle.poll();
    }

    /** One timer for the whole queue, set for its oldest job: a timer per job would keep finished requests in memory. */
    private void watchQueue(EventLoop loop) {
        long delay;
        synchronized (lock) {
            if (watchingQueue || waiting.count() == 0) {
                return;
            }
            watchingQueue = true;
            delay = waiting.oldest() + queueTimeout.toNanos() - System.nanoTime();
        }
        loop.schedule(() -> expire(loop), Math.max(0, delay), TimeUnit.NANOSECONDS);
    }

    private void expire(EventLoop loop) {
        List<Job> expired;
        synchronized (lock) {
            watchingQueue = false;
            expired = waiting.removeUntil(System.nanoTime() - queueTimeout.toNanos());
        }
        for (Job job : expired) {
            shed.incrementAndGet();
            job.refused(new PhpException(
                    PhpException.Reason.OVERLOADED,
                    "no PHP worker became free within " + queueTimeout + " (php.queue_timeout); site " + job.site()));
        }
        watchQueue(loop);
    }

    void joined(Worker worker) {
        synchronized (lock) {
            workers.add(worker);
            version = worker.hello().version();
        }
        idle(worker);
        firstWorker.tryComplete();
    }

    /** The worker can take the next job. Runs on its event loop. */
    void idle(Worker worker) {
        Job next;
        synchronized (lock) {
            next = waiting.poll();
            if (next == null && workers.contains(worker)) {
                idle.push(worker);
            }
            tellIfDrained();
        }
        if (next != null) {
            worker.run(next);
        }
    }

    void left(Worker worker) {
        synchronized (lock) {
            workers.remove(worker);
            idle.remove(worker);
            if (!closing) {
                (worker.leaving() ? recycled : crashes).incrementAndGet();
            }
            tellIfDrained();
        }
        worker.disconnected();
    }

    private void tellIfDrained() {
        if (drained != null && idle.size() == workers.size()) {
            drained.tryComplete();
        }
    }

    /** Takes no more jobs; done when no worker is busy or the time is over. */
    Future<Void> drain(Duration patience) {
        Future<Void> quiet = drain();
        Promise<Void> promise = Promise.promise();
        long timer = vertx.setTimer(Math.max(1, patience.toMillis()), id -> promise.tryComplete());
        quiet.onComplete(done -> {
            vertx.cancelTimer(timer);
            promise.tryComplete();
        });
        return promise.future();
    }

    private Future<Void> drain() {
        Promise<Void> promise = Promise.promise();
        List<Job> refused;
        synchronized (lock) {
            closing = true;
            drained = promise;
            refused = waiting.removeAll();
            tellIfDrained();
        }
        refused.forEach(job ->
                job.refused(new PhpException(PhpException.Reason.UNAVAILABLE, "PHP is stopping; try another node")));
        return promise.future();
    }

    /** Closes every connection. */
    void disconnect() {
        List<Worker> all;
        synchronized (lock) {
            all = List.copyOf(workers);
        }
        all.forEach(Worker::close);
    }

    PhpStatus status() {
        synchronized (lock) {
            return new PhpStatus(
                    !workers.isEmpty() && !closing,
                    version,
                    workers.size(),
                    workers.size() - idle.size(),
                    waiting.count(),
                    requests.get(),
                    crashes.get(),
                    recycled.get(),
                    timeouts.get(),
                    shed.get());
        }
    }
}
