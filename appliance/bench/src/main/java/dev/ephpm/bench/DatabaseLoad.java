package dev.ephpm.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Runs the same clients against the databases of both stacks over their Unix sockets. */
final class DatabaseLoad {
    private static final ProcFiles PROC = new ProcFiles(Path.of("/proc"));
    private static final String FRONT_PAGE_STATEMENTS = "/bench/queries.php";
    private static final int SYSBENCH_ROWS = 20_000;

    private final Path script;
    private final Path queries;
    private final Map<Stack, DatabaseAccount> accounts;

    /** @param script PHP's workloads */
    DatabaseLoad(Path script, Path queries, Stack ours, Stack peer) throws IOException {
        this.script = script;
        this.queries = queries;
        this.accounts = Map.of(ours, DatabaseAccount.of(ours), peer, DatabaseAccount.of(peer));
    }

    /** Fills the tables the workloads use. */
    void prepare(Stack stack) {
        Command.run(php(stack, "prepare"));
        Command.run(sysbench(stack, "oltp_read_write", List.of("prepare")));
    }

    /** Reads what one front page asks when WordPress has settled; both stacks must ask the same, but for times in it. */
    void recordFrontPage(Stack ours, Stack peer) throws IOException {
        String asked = frontPage(ours);
        if (!asked.startsWith("[") || !withoutNumbers(asked).equals(withoutNumbers(frontPage(peer)))) {
            throw new BenchException("the front pages of both stacks do not send the same statements:\n"
                    + asked.substring(0, Math.min(2000, asked.length())));
        }
        Files.writeString(queries, asked);
    }

    private static String frontPage(Stack stack) throws IOException {
        Site site = stack.site();
        // The first visits after an installation store what the others read.
        site.get(Workload.FRONT_PAGE.path());
        site.get(FRONT_PAGE_STATEMENTS);
        return site.get(FRONT_PAGE_STATEMENTS).body();
    }

    private static String withoutNumbers(String text) {
        return text.replaceAll("[0-9]+", "0");
    }

    /** Processor time is that of the database's process: all of the JVM here, mariadbd there. */
    Measurement run(Stack stack, DatabaseWorkload workload, int seconds) {
        List<Long> process = List.of(stack.services().getFirst().processId());
        double before = PROC.cpuSeconds(process);
        ClientOutput output = workload.isSysbench()
                ? ClientOutput.ofSysbench(Command.run(sysbench(
                        stack,
                        workload.script(),
                        List.of("--threads=" + workload.threads(), "--time=" + seconds, "--percentile=99", "run"))))
                : ClientOutput.ofPhp(
                        Command.run(php(stack, workload.script(), Integer.toString(seconds), queries.toString())));
        double after = PROC.cpuSeconds(process);
        stack.services().forEach(Service::requireAlive);
        return output.measurement(after - before);
    }

    private DatabaseAccount account(Stack stack) {
        DatabaseAccount account = accounts.get(stack);
        if (account == null) {
            throw new IllegalArgumentException("no stack of this comparison: " + stack.name());
        }
        return account;
    }

    private String[] php(Stack stack, String... arguments) {
        DatabaseAccount account = account(stack);
        List<String> command = new ArrayList<>(List.of(
                "php" + Machine.PHP,
                "-d",
                "memory_limit=1G",
                script.toString(),
                account.socket(),
                account.user(),
                account.password(),
                account.database()));
        command.addAll(List.of(arguments));
        return command.toArray(String[]::new);
    }

    private String[] sysbench(Stack stack, String workload, List<String> arguments) {
        DatabaseAccount account = account(stack);
        List<String> command = new ArrayList<>(List.of(
                "sysbench",
                workload,
                "--db-driver=mysql",
                "--mysql-socket=" + account.socket(),
                "--mysql-user=" + account.user(),
                "--mysql-password=" + account.password(),
                "--mysql-db=" + account.database(),
                "--tables=1",
                "--table-size=" + SYSBENCH_ROWS));
        command.addAll(arguments);
        return command.toArray(String[]::new);
    }
}
