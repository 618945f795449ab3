package dev.ephpm.node;

import static java.util.Objects.requireNonNull;

import dev.ephpm.config.ConfigException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;

/** The program. Exit codes: 0 done, 1 failed for a reason that was said, 2 misused. */
@Command(
        name = "ephpm",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = "Serves PHP sites, each from a directory with its own database.",
        subcommands = {
            ServeCommand.class,
            DevCommand.class,
            SiteCommand.class,
            ConfigCommand.class,
            PhpCommand.class,
            VersionCommand.class,
            TrainCommand.class,
            HelpCommand.class
        })
public final class Main {
    private Main() {}

    /** Runs one command and ends the process with its exit code. */
    public static void main(String[] arguments) {
        System.exit(run(
                new PrintWriter(System.out, true, StandardCharsets.UTF_8),
                new PrintWriter(System.err, true, StandardCharsets.UTF_8),
                arguments));
    }

    static int run(PrintWriter out, PrintWriter err, String... arguments) {
        CommandLine line = commandLine();
        line.setOut(out);
        line.setErr(err);
        return arguments.length == 0 ? misuse(line) : line.execute(arguments);
    }

    static CommandLine commandLine() {
        CommandLine line = new CommandLine(new Main());
        line.setExecutionExceptionHandler(Main::explain);
        // What follows is PHP's, also when it looks like an option.
        requireNonNull(line.getSubcommands().get("php"))
                .setStopAtPositional(true)
                .setUnmatchedOptionsArePositionalParams(true);
        return line;
    }

    private static int misuse(CommandLine line) {
        line.usage(line.getErr());
        return CommandLine.ExitCode.USAGE;
    }

    private static int explain(Exception failure, CommandLine line, CommandLine.ParseResult parsed) {
        switch (failure) {
            case ConfigException invalid -> {
                line.getErr().println("ephpm: the configuration cannot be used:");
                invalid.problems().forEach(problem -> line.getErr().println("  " + problem));
            }
            case OperatorException known -> line.getErr().println("ephpm: " + known.getMessage());
            default -> {
                LoggerFactory.getLogger(Main.class).error("Unexpected failure", failure);
                line.getErr().println("ephpm: unexpected failure: " + failure);
            }
        }
        return CommandLine.ExitCode.SOFTWARE;
    }
}
