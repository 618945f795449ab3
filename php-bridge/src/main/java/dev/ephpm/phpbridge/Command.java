package dev.ephpm.phpbridge;

import io.netty.buffer.ByteBuf;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.nio.file.Path;
import java.util.List;

/** Something asked of OPcache through any one worker: all share it. */
final class Command implements Job {
    private static final int PATHS = 10_000;

    private final String site;
    private final Promise<WorkerFrame.Result> answer;
    private final Encoding encoding;

    /** How the command looks on the wire. */
    private interface Encoding {
        void write(Worker worker, ByteBuf out);
    }

    private Command(String site, Promise<WorkerFrame.Result> answer, Encoding encoding) {
        this.site = site;
        this.answer = answer;
        this.encoding = encoding;
    }

    static Command invalidate(Promise<WorkerFrame.Result> answer, Path directory) {
        return new Command("", answer, (worker, out) -> {
            int start = Frames.open(out, Frames.INVALIDATE_FRAME, 0);
            Frames.text(out, directory.toString());
            Frames.close(out, start);
        });
    }

    static Command compile(Promise<WorkerFrame.Result> answer, PhpTenant tenant, List<Path> files) {
        return new Command(tenant.name(), answer, (worker, out) -> {
            int slot = worker.tenantSlot(tenant, out);
            int start = Frames.open(out, Frames.COMPILE_FRAME, 0);
            out.writeShortLE(slot);
            out.writeIntLE(files.size());
            files.forEach(file -> Frames.text(out, file.toString()));
            Frames.close(out, start);
            if (files.size() > PATHS || Frames.length(out, start) > Frames.LIMIT) {
                throw new PhpException(
                        PhpException.Reason.TOO_LARGE,
                        "cannot compile " + files.size() + " files of site " + tenant.name() + " at once; the limit is "
                                + PATHS);
            }
        });
    }

    Future<WorkerFrame.Result> answer() {
        return answer.future();
    }

    @Override
    public String site() {
        return site;
    }

    @Override
    public void begin(Worker worker) {
        ByteBuf frames = worker.buffer();
        try {
            encoding.write(worker, frames);
        } catch (PhpException e) {
            frames.release();
            throw e;
        }
        worker.send(frames);
    }

    @Override
    public void received(WorkerFrame frame) {
        if (frame instanceof WorkerFrame.Result result) {
            answer.tryComplete(result);
        }
    }

    @Override
    public void lost(PhpException cause) {
        answer.tryFail(cause);
    }

    @Override
    public void refused(PhpException reason) {
        answer.tryFail(reason);
    }
}
