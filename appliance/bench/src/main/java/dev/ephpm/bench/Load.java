package dev.ephpm.bench;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Runs wrk with one thread against a stack and watches the processor time of the stack meanwhile. */
final class Load {
    private static final ProcFiles PROC = new ProcFiles(Path.of("/proc"));

    private final Path commentScript;
    private final WordPress.Posts posts;
    private int runs;

    Load(Path commentScript, WordPress.Posts posts) {
        this.commentScript = commentScript;
        this.posts = posts;
    }

    /** Runs for so many seconds. Fails when a single answer is an error, because the figures would be worthless. */
    Measurement run(Stack stack, Workload workload, int seconds) {
        runs++;
        double before = PROC.cpuSeconds(stack.processIds());
        WrkOutput output = WrkOutput.parse(Command.run(command(stack, workload, seconds)));
        double after = PROC.cpuSeconds(stack.processIds());
        stack.services().forEach(Service::requireAlive);
        if (output.failures() > 0) {
            throw new BenchException("%d of %d answers of %s to %s were errors:\n%s"
                    .formatted(
                            output.failures(),
                            output.requests(),
                            stack.name(),
                            workload.title(),
                            stack.services().getFirst().lastLines()));
        }
        return Measurement.of(output, after - before);
    }

    private String[] command(Stack stack, Workload workload, int seconds) {
        List<String> command = new ArrayList<>(List.of(
                "wrk",
                "--latency",
                "-t1",
                "-c" + workload.connections(),
                "-d" + seconds + "s",
                "--timeout",
                "30s",
                "-H",
                "Host: " + Stack.HOST));
        if (workload == Workload.COMMENT) {
            command.addAll(List.of("-s", commentScript.toString()));
        }
        command.add(stack.site().url(workload.path()));
        if (workload == Workload.COMMENT) {
            command.addAll(List.of(
                    "--", Integer.toString(runs), Integer.toString(posts.first()), Integer.toString(posts.last())));
        }
        return command.toArray(String[]::new);
    }
}
