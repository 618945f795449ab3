package dev.ephpm.litewire;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Runs the programs PHP sites and their owners use: php, mariadb, mariadb-dump, mariadb-admin. */
final class ClientPrograms {
    private static final int LONGEST_RUN_SECONDS = 120;

    private final Path directory;

    ClientPrograms(Path directory) {
        this.directory = directory;
    }

    /** What a program said and how it ended. */
    record Ended(int code, String output, String errors) {}

    /** Runs a program to its end; {@code input} becomes its standard input. */
    Ended run(Map<String, String> environment, String input, List<String> command)
            throws IOException, InterruptedException {
        Path in = Files.writeString(Files.createTempFile(directory, "in", ""), input);
        Path out = Files.createTempFile(directory, "out", "");
        Path errors = Files.createTempFile(directory, "errors", "");
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectInput(in.toFile())
                .redirectOutput(out.toFile())
                .redirectError(errors.toFile());
        builder.environment().putAll(environment);
        Process process = builder.start();
        if (!process.waitFor(LONGEST_RUN_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new IOException(command.getFirst() + " did not end");
        }
        return new Ended(
                process.exitValue(),
                Files.readString(out, StandardCharsets.UTF_8),
                Files.readString(errors, StandardCharsets.UTF_8));
    }

    /** A program of MariaDB's client package against the server's socket, as site a's user. */
    Ended client(TestServer server, String program, String input, String... arguments)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                program,
                "--no-defaults",
                "--socket=" + server.socket(),
                "--user=a",
                "--password=" + TestServer.PASSWORD));
        command.addAll(List.of(arguments));
        return run(Map.of("LC_ALL", "C.UTF-8"), input, command);
    }

    /** A PHP script that finds the server's address in its environment. */
    Ended php(TestServer server, String script) throws IOException, InterruptedException {
        Map<String, String> environment = Map.of(
                "SOCKET",
                server.socket().toString(),
                "PORT",
                Integer.toString(server.port()),
                "PASSWORD",
                TestServer.PASSWORD);
        return run(
                environment,
                "<?php\n" + script,
                List.of(
                        "php",
                        "-n",
                        "-d",
                        "extension=mysqlnd",
                        "-d",
                        "extension=mysqli",
                        "-d",
                        "extension=pdo",
                        "-d",
                        "extension=pdo_mysql"));
    }
}
