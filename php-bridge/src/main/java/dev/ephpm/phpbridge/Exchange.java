package dev.ephpm.phpbridge;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.vertx.core.Promise;
import io.vertx.core.internal.ContextInternal;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** One request on its worker: sends it, feeds its body, hands on its response, watches its clock. */
@SuppressWarnings("FutureReturnValueIgnored")
final class Exchange implements Job, RequestBody.Sink, ResponseStream.Source {
    /** Between PHP being told that its time is over and the worker's end: for shutdown functions and the log. */
    private static final long GRACE_MILLIS = 1000;

    private final ContextInternal context;
    private final PhpRequest request;
    private final Promise<PhpResponse> answer;
    private final Runnable timedOut;
    private @Nullable Worker worker;
    private @Nullable RequestBody body;
    private @Nullable Deadline deadline;
    private @Nullable ResponseStream response;
    private boolean holding;
    private boolean responded;
    private boolean done;

    Exchange(ContextInternal context, PhpRequest request, Runnable timedOut) {
        this.context = context;
        this.request = request;
        this.answer = context.promise();
        this.timedOut = timedOut;
    }

    Promise<PhpResponse> answer() {
        return answer;
    }

    ContextInternal context() {
        return context;
    }

    @Override
    public String site() {
        return request.tenant().name();
    }

    @Override
    public void begin(Worker runner) {
        ByteBuf frames = runner.buffer();
        try {
            RequestFrame.write(frames, runner.tenantSlot(request.tenant(), frames), request);
        } catch (PhpException e) {
            frames.release();
            throw e;
        }
        worker = runner;
        Deadline clock =
                new Deadline(runner.loop(), request.tenant().maxExecutionTime().toNanos(), this::expire);
        deadline = clock;
        clock.start();
        runner.send(frames);
        if (request.body() != null) {
            body = new RequestBody(context, request.body(), this);
            body.begin();
        }
    }

    @Override
    public void received(WorkerFrame frame) {
        switch (frame) {
            case WorkerFrame.Pull pull -> {
                if (body != null) {
                    body.pulled(pull.bytes());
                }
            }
            case WorkerFrame.Head head -> respond(head);
            case WorkerFrame.Content content -> {
                if (response != null && !responded) {
                    response.push(content.bytes());
                }
            }
            case WorkerFrame.End end -> {
                complete(end);
                if ((end.flags() & Frames.END_IDLE) != 0) {
                    finish();
                }
            }
            case WorkerFrame.Idle idle -> finish();
            case WorkerFrame.Hello hello -> unexpected(hello);
            case WorkerFrame.Result result -> unexpected(result);
            case WorkerFrame.Log log -> unexpected(log);
        }
    }

    private static void unexpected(WorkerFrame frame) {
        throw new IllegalStateException("frame out of place: " + frame);
    }

    private void respond(WorkerFrame.Head head) {
        if (response == null && !responded) {
            response = new ResponseStream(context, head, "HEAD".equals(request.method()), this);
            answer.tryComplete(response);
        }
    }

    private void complete(WorkerFrame.End end) {
        if (responded || response == null) {
            return;
        }
        responded = true;
        boolean fatal = (end.flags() & Frames.END_FATAL) != 0;
        if (fatal && response.isPartial()) {
            response.fail(new PhpException(
                    PhpException.Reason.WORKER_DIED,
                    "a fatal error ended a script of site " + site() + " after part of its output was sent; see "
                            + request.tenant().errorLog()));
        } else {
            response.end(new PhpOutcome(fatal, end.bytes()));
        }
        if (body != null) {
            body.stop();
        }
    }

    private void finish() {
        done = true;
        if (deadline != null) {
            deadline.cancel();
        }
        if (body != null) {
            body.stop();
        }
        if (holding && worker != null) {
            holding = false;
            worker.hold(false);
        }
    }

    private void expire() {
        Worker runner = worker;
        if (done || runner == null) {
            return;
        }
        timedOut.run();
        giveUp(new PhpException(
                PhpException.Reason.TIMED_OUT,
                request.script() + " of site " + site() + " ran longer than "
                        + request.tenant().maxExecutionTime() + "; raise max_execution_time if it needs to"));
        runner.hold(false);
        runner.interrupt();
        runner.loop()
                .schedule(
                        () -> {
                            if (!done) {
                                runner.kill();
                            }
                        },
                        GRACE_MILLIS,
                        TimeUnit.MILLISECONDS);
    }

    private void giveUp(PhpException cause) {
        if (responded) {
            return;
        }
        responded = true;
        if (response == null) {
            answer.tryFail(cause);
        } else {
            response.fail(cause);
        }
        if (body != null) {
            body.stop();
        }
    }

    @Override
    public void lost(PhpException cause) {
        giveUp(cause);
        finish();
    }

    @Override
    public void refused(PhpException reason) {
        answer.tryFail(reason);
    }

    private void onWorker(java.util.function.Consumer<Worker> action) {
        Worker runner = worker;
        if (runner == null) {
            return;
        }
        if (runner.loop().inEventLoop()) {
            action.accept(runner);
        } else {
            runner.loop().execute(() -> action.accept(runner));
        }
    }

    @Override
    public void chunk(ByteBuf bytes, boolean last) {
        onWorker(runner -> {
            if (done) {
                return;
            }
            ByteBuf frames = runner.buffer();
            do {
                int length = Math.min(bytes.readableBytes(), Frames.CHUNK);
                int start = Frames.open(frames, Frames.BODY_FRAME, last ? Frames.BODY_LAST : 0);
                frames.writeBytes(bytes, length);
                Frames.close(frames, start);
            } while (bytes.isReadable());
            runner.send(frames);
        });
    }

    @Override
    public void broken(Throwable cause) {
        sendAbort();
    }

    @Override
    public void waitingForClient(boolean waiting) {
        onWorker(runner -> {
            if (deadline != null) {
                if (waiting) {
                    deadline.pause();
                } else {
                    deadline.resume();
                }
            }
        });
    }

    @Override
    public void hold(boolean hold) {
        onWorker(runner -> {
            if (done || hold == holding) {
                return;
            }
            holding = hold;
            runner.hold(hold);
            if (deadline != null) {
                if (hold) {
                    deadline.pause();
                } else {
                    deadline.resume();
                }
            }
        });
    }

    @Override
    public void abandon() {
        sendAbort();
    }

    private void sendAbort() {
        onWorker(runner -> {
            if (!done) {
                ByteBuf frame = Unpooled.buffer(Frames.HEADER);
                Frames.close(frame, Frames.open(frame, Frames.ABORT_FRAME, 0));
                runner.send(frame);
            }
        });
    }
}
