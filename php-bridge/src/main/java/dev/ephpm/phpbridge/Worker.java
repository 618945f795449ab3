package dev.ephpm.phpbridge;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One greeted worker: what it knows, what it is doing. All methods run on its channel's event loop unless said otherwise. */
@SuppressWarnings({"FutureReturnValueIgnored", "ReferenceEquality"})
final class Worker {
    private static final Logger LOGGER = LoggerFactory.getLogger(Worker.class);

    private final Channel channel;
    private final WorkerFrame.Hello hello;
    private final WorkerControl control;
    private final Consumer<Worker> idle;
    private final @Nullable PhpTenant[] tenants = new PhpTenant[Frames.TENANT_SLOTS];
    private int nextTenant;
    private @Nullable Job job;
    private boolean leaving;
    private boolean condemned;

    Worker(Channel channel, WorkerFrame.Hello hello, WorkerControl control, Consumer<Worker> idle) {
        this.channel = channel;
        this.hello = hello;
        this.control = control;
        this.idle = idle;
    }

    EventLoop loop() {
        return channel.eventLoop();
    }

    WorkerFrame.Hello hello() {
        return hello;
    }

    /** True once it has announced its orderly end. */
    boolean leaving() {
        return leaving;
    }

    /** Starts a job on this idle worker; callable from any thread. */
    void run(Job next) {
        if (loop().inEventLoop()) {
            begin(next);
        } else {
            loop().execute(() -> begin(next));
        }
    }

    private void begin(Job next) {
        if (!channel.isActive()) {
            next.lost(gone());
            return;
        }
        job = next;
        try {
            next.begin(this);
        } catch (PhpException e) {
            job = null;
            next.refused(e);
            idle.accept(this);
        }
    }

    ByteBuf buffer() {
        return channel.alloc().buffer(4096);
    }

    void send(ByteBuf frames) {
        channel.writeAndFlush(frames, channel.voidPromise());
    }

    /** The tenant's number on this worker; writes its settings first if the worker does not have them. */
    int tenantSlot(PhpTenant tenant, ByteBuf out) {
        for (int i = 0; i < tenants.length; i++) {
            if (tenants[i] == tenant) {
                return i;
            }
        }
        int slot = nextTenant;
        TenantFrame.write(out, slot, tenant);
        tenants[slot] = tenant;
        nextTenant = (nextTenant + 1) % tenants.length;
        return slot;
    }

    void hold(boolean hold) {
        channel.config().setAutoRead(!hold);
    }

    void received(WorkerFrame frame) {
        if (frame instanceof WorkerFrame.Log(String message)) {
            LOGGER.warn("PHP: {}", message);
            return;
        }
        Job current = job;
        if (current == null) {
            LOGGER.warn("PHP worker {} sent {} although it had nothing to do; it is replaced", hello.slot(), frame);
            kill();
            return;
        }
        boolean done = isLast(frame);
        if (done) {
            job = null;
        }
        current.received(frame);
        if (done && condemned) {
            kill();
        } else if (done && !leaving) {
            idle.accept(this);
        }
    }

    private boolean isLast(WorkerFrame frame) {
        return switch (frame) {
            case WorkerFrame.End end -> {
                leaving |= (end.flags() & Frames.END_LEAVING) != 0;
                yield (end.flags() & Frames.END_IDLE) != 0;
            }
            case WorkerFrame.Idle end -> {
                leaving |= (end.flags() & Frames.END_LEAVING) != 0;
                yield true;
            }
            case WorkerFrame.Result result -> true;
            case WorkerFrame.Hello h -> false;
            case WorkerFrame.Pull p -> false;
            case WorkerFrame.Head h -> false;
            case WorkerFrame.Content c -> false;
            case WorkerFrame.Log l -> false;
        };
    }

    /** The connection has ended. */
    void disconnected() {
        Job current = job;
        job = null;
        if (current != null) {
            current.lost(gone());
        }
    }

    /** Tells the script its time is over. The signal may come late, so this worker takes no further job. */
    void interrupt() {
        condemned = true;
        control.interrupt(hello.slot(), hello.pid());
    }

    void kill() {
        control.kill(hello.slot(), hello.pid());
        channel.close();
    }

    /** Ends the connection only; callable from any thread. */
    void close() {
        channel.close();
    }

    private PhpException gone() {
        return new PhpException(
                PhpException.Reason.WORKER_DIED,
                "PHP worker " + hello.slot() + " (process " + hello.pid()
                        + ") ended while it ran a script; see the log for" + " the signal");
    }
}
