package dev.ephpm.bench;

import java.io.IOException;
import java.util.Map;

/** The blog of one stack: installed through WordPress's own installer, then filled with posts. */
final class WordPress {
    private static final String PASSWORD = "correct horse battery";

    /** Numbers of the first and the last post made for the benchmark. */
    record Posts(int first, int last) {
        static final Posts NONE = new Posts(0, 0);
    }

    private final Site site;

    WordPress(Site site) {
        this.site = site;
    }

    Posts install() throws IOException {
        Site.Answer installed = site.post(
                "/wp-admin/install.php?step=2",
                Map.of(
                        "weblog_title", "Bench",
                        "user_name", "admin",
                        "admin_password", PASSWORD,
                        "admin_password2", PASSWORD,
                        "pw_weak", "1",
                        "admin_email", "admin@bench.test",
                        "blog_public", "0",
                        "language", ""));
        if (installed.status() != 200 || !installed.body().contains("WordPress has been installed")) {
            throw new BenchException("WordPress could not be installed: " + describe(installed));
        }
        String[] seeded = firstLine("/bench/seed.php", "posts", 3);
        return new Posts(Integer.parseInt(seeded[1]), Integer.parseInt(seeded[2]));
    }

    /** Comments in the database. */
    long comments() throws IOException {
        return Long.parseLong(firstLine("/bench/comments.php", "comments", 2)[1]);
    }

    private String[] firstLine(String path, String start, int words) throws IOException {
        Site.Answer answer = site.get(path);
        String[] line = answer.body().strip().split(" ");
        if (answer.status() != 200 || line.length != words || !line[0].equals(start)) {
            throw new BenchException(path + " failed: " + describe(answer));
        }
        return line;
    }

    static String describe(Site.Answer answer) {
        String text = answer.body()
                .replaceAll("(?s)<(style|script).*?</\\1>", " ")
                .replaceAll("<[^>]*>", " ")
                .replaceAll("\\s+", " ")
                .strip();
        return "status " + answer.status() + " " + answer.location() + "\n"
                + text.substring(0, Math.min(600, text.length()));
    }
}
