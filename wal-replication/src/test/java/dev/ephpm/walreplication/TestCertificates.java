package dev.ephpm.walreplication;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** An authority and what it signed, made by openssl. */
final class TestCertificates {
    private static final List<String> NEW_KEY =
            List.of("-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-noenc", "-days", "2");

    private final Path directory;

    TestCertificates(Path directory) throws IOException, InterruptedException {
        this.directory = Files.createDirectories(directory);
        List<String> authority = new ArrayList<>(List.of("openssl", "req", "-x509", "-subj", "/CN=nodes"));
        authority.addAll(NEW_KEY);
        authority.addAll(List.of("-keyout", "authority.key", "-out", "authority.pem"));
        run(authority);
    }

    /** A certificate for the name, signed by the authority. */
    PeerCredentials sign(String name) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("openssl", "req", "-x509", "-subj", "/CN=" + name));
        command.addAll(NEW_KEY);
        command.addAll(List.of("-CA", "authority.pem", "-CAkey", "authority.key"));
        command.addAll(
                List.of("-addext", "subjectAltName=DNS:" + name, "-addext", "basicConstraints=critical,CA:FALSE"));
        command.addAll(List.of("-keyout", name + ".key", "-out", name + ".pem"));
        run(command);
        return new PeerCredentials(
                directory.resolve(name + ".pem"), directory.resolve(name + ".key"), directory.resolve("authority.pem"));
    }

    private void run(List<String> command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException(String.join(" ", command) + ": " + output);
        }
    }
}
