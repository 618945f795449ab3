package dev.ephpm.bench;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Looks at every answer before anything is measured: a fast wrong answer is worth nothing. */
final class Checks {
    private final List<Workload> workloads;
    private final WordPress.Posts posts;

    Checks(List<Workload> workloads, WordPress.Posts posts) {
        this.workloads = workloads;
        this.posts = posts;
    }

    void check(Stack stack) throws IOException {
        Site site = stack.site();
        for (Workload workload : workloads) {
            // Twice: the second answer comes from warm caches.
            checkOnce(stack, workload, answer(site, workload, "1"));
            checkOnce(stack, workload, answer(site, workload, "2"));
        }
    }

    /** Lines of the PHP settings that differ, for the report; empty when both stacks run PHP in the same way. */
    static Set<String> differentSettings(Stack ours, Stack peer) throws IOException {
        Set<String> differences = new TreeSet<>();
        Set<String> ourLines = settings(ours);
        Set<String> peerLines = settings(peer);
        ourLines.stream()
                .filter(line -> !peerLines.contains(line))
                .forEach(line -> differences.add(line + " (" + ours.name() + ")"));
        peerLines.stream().filter(line -> !ourLines.contains(line)).forEach(line -> differences.add(line + " (peer)"));
        return differences;
    }

    /** Both databases hold the same posts, so both stacks must write the same page, byte for byte. */
    static void requireSamePage(Stack ours, Stack peer, String path) throws IOException {
        List<String> ourLines = ours.site().get(path).body().lines().toList();
        List<String> peerLines = peer.site().get(path).body().lines().toList();
        for (int line = 0; line < Math.max(ourLines.size(), peerLines.size()); line++) {
            String ourLine = line < ourLines.size() ? ourLines.get(line) : "(end)";
            String peerLine = line < peerLines.size() ? peerLines.get(line) : "(end)";
            if (!ourLine.equals(peerLine)) {
                throw new BenchException(
                        "%s differs in line %d:%n%s%nof the peer:%n%s".formatted(path, line + 1, ourLine, peerLine));
            }
        }
    }

    private static Set<String> settings(Stack stack) throws IOException {
        return new TreeSet<>(
                stack.site().get("/bench/settings.php").body().lines().toList());
    }

    private Site.Answer answer(Site site, Workload workload, String attempt) throws IOException {
        if (workload != Workload.COMMENT) {
            return site.get(workload.path());
        }
        return site.post(
                workload.path(),
                Map.of(
                        "author",
                        "checker " + attempt,
                        "email",
                        "checker" + attempt + "@bench.test",
                        "url",
                        "",
                        "comment",
                        "Is this stored? Attempt " + attempt,
                        "comment_post_ID",
                        Integer.toString(posts.first()),
                        "comment_parent",
                        "0"));
    }

    private static void checkOnce(Stack stack, Workload workload, Site.Answer answer) {
        boolean right = switch (workload) {
            case HELLO -> isExactly(answer, "Hello, world!\n");
            case INCLUDES -> isExactly(answer, "sum 45150\n");
            case STATIC_1K -> isExactly(answer, Content.text(1024));
            case STATIC_100K -> isExactly(answer, Content.text(100 * 1024));
            case FRONT_PAGE ->
                answer.status() == 200
                        && answer.body().contains("Post 100")
                        && answer.body().contains("Post 92")
                        && answer.body().stripTrailing().endsWith("</html>")
                        && !answer.body().contains("database error");
            case COMMENT -> answer.status() == 302 && answer.location().contains("#comment-");
        };
        if (!right) {
            throw new BenchException(workload.path() + " on " + stack.name() + " is wrong: "
                    + WordPress.describe(answer) + "\n" + lastLines(stack));
        }
    }

    private static boolean isExactly(Site.Answer answer, String body) {
        return answer.status() == 200 && answer.body().equals(body);
    }

    private static String lastLines(Stack stack) {
        return stack.services().isEmpty() ? "" : stack.services().getFirst().lastLines();
    }
}
