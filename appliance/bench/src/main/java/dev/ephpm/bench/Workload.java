package dev.ephpm.bench;

/** What is asked of both stacks, in this order. Concurrency is the number of wrk's connections. */
enum Workload {
    HELLO("hello", "hello.php", "/bench/hello.php", 8),
    INCLUDES("includes", "300 includes", "/bench/includes.php", 8),
    FRONT_PAGE("front-page", "WordPress front page", "/", 8),
    COMMENT("comment", "WordPress comment POST", "/wp-comments-post.php", 8),
    STATIC_1K("static-1k", "static file, 1 KB", "/bench/1k.txt", 32),
    STATIC_100K("static-100k", "static file, 100 KB", "/bench/100k.txt", 32);

    private final String label;
    private final String title;
    private final String path;
    private final int connections;

    Workload(String label, String title, String path, int connections) {
        this.label = label;
        this.title = title;
        this.path = path;
        this.connections = connections;
    }

    /** The name on the command line. */
    String label() {
        return label;
    }

    String title() {
        return title;
    }

    String path() {
        return path;
    }

    int connections() {
        return connections;
    }

    boolean isWordPress() {
        return this == FRONT_PAGE || this == COMMENT;
    }
}
