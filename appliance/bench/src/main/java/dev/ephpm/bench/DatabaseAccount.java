package dev.ephpm.bench;

import java.io.IOException;

/** How a client reaches the database of a stack: what its PHP is given. */
record DatabaseAccount(String socket, String user, String password, String database) {
    static DatabaseAccount of(Stack stack) throws IOException {
        Site.Answer answer = stack.site().get("/bench/account.php");
        String[] lines = answer.body().split("\n");
        if (answer.status() != 200 || lines.length != 4 || !lines[0].startsWith("/")) {
            throw new BenchException("the account of " + stack.name() + " is not known: " + WordPress.describe(answer));
        }
        return new DatabaseAccount(lines[0], lines[1], lines[2], lines[3]);
    }
}
