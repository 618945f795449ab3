package dev.ephpm.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;

/**
 * One WordPress installation and what its owner and visitors do with it, through its own pages, REST, XML-RPC and
 * uploads, the way browsers and apps do. Every text carries the site's marker, so that a text in the wrong database is
 * found.
 */
final class WordPress {
    static final String ADMINISTRATOR = "admin";
    /** Edited configuration is compiled anew within OPcache's revalidation time. */
    private static final Duration RELOADED = Duration.ofSeconds(8);

    static final String PASSWORD = "correct horse battery staple";

    private final Function<Call, Answer> server;
    private final String host;
    private final Path directory;
    private final String marker;
    private final Visitor owner;

    WordPress(Function<Call, Answer> server, String host, Path directory, String marker) {
        this.server = server;
        this.host = host;
        this.directory = directory;
        this.marker = marker;
        this.owner = new Visitor(server, host);
    }

    /** Copies Debian's WordPress into a site directory. */
    static void unpack(Path source, Path directory) {
        Command.of("cp", "-rL", source + "/.", directory.toString()).run().expectSuccess();
        write(directory.resolve("wp-config.php"), configuration(""));
        for (String script : new String[] {"dbdelta.php", "due.php"}) {
            write(directory.resolve(script), new String(SiteFiles.resource("/php/" + script), StandardCharsets.UTF_8));
        }
        SiteFiles.giveToPhp(directory);
    }

    String host() {
        return host;
    }

    String marker() {
        return marker;
    }

    void install() {
        Visitor visitor = new Visitor(server, host);
        String page = visitor.page("/wp-admin/install.php");
        Map<String, String> form = Visitor.form(page, "weblog_title");
        form.put("weblog_title", "Blog of " + marker + " & Söhne");
        form.put("user_name", ADMINISTRATOR);
        form.put("admin_password", PASSWORD);
        form.put("admin_password2", PASSWORD);
        form.put("pw_weak", "on");
        form.put("admin_email", "owner@" + host);
        form.put("Submit", "Install WordPress");
        assertThat(visitor.post("/wp-admin/install.php?step=2", form)).contains("Success!");
        assertThat(visitor.page("/wp-admin/install.php")).contains("already installed");
        assertThat(visitor.page("/")).contains("Blog of " + marker);
    }

    void logIn() {
        logIn(owner, ADMINISTRATOR, PASSWORD);
        assertThat(owner.page("/wp-admin/")).contains("Dashboard", "Howdy");
    }

    void wrongPasswordIsRefused() {
        Visitor visitor = new Visitor(server, host);
        visitor.page("/wp-login.php");
        assertThat(visitor.post("/wp-login.php", login(ADMINISTRATOR, "wrong"))).contains("is incorrect");
    }

    void writeAndEditPost() {
        String text = "Liebe Grüße from " + marker
                + ": '; DROP TABLE wp_posts; -- \\\\ \" SELECT * FROM information_schema.tables 😀";
        String created =
                rest("POST", "/wp/v2/posts", json("title", "First " + marker, "content", text, "status", "draft"));
        String id = number(created, "id");
        rest("POST", "/wp/v2/posts/" + id, json("title", "Été at " + marker, "status", "publish", "excerpt", "kurz"));
        String edited = rest("POST", "/wp/v2/posts/" + id, json("content", text + " edited"));
        assertThat(edited).contains("edited");
        String editor = owner.page("/wp-admin/post.php?post=" + id + "&action=edit");
        assertThat(editor).contains("Été at " + marker);
        String page = new Visitor(server, host).page("/?p=" + id);
        assertThat(page).contains("Été at " + marker, "DROP TABLE wp_posts", "😀", "edited");
        assertThat(rest("GET", "/wp/v2/posts/" + id + "/revisions", "")).contains("edited");
        assertThat(owner.page("/wp-admin/edit.php")).contains("Été at " + marker);
    }

    void uploadPicture(byte[] jpeg) {
        Map<String, String> form = Visitor.form(owner.page("/wp-admin/media-new.php"), "async-upload");
        Multipart upload = new Multipart()
                .field("action", "upload-attachment")
                .field("name", "picture-" + marker + ".jpg")
                .field("_wpnonce", form.getOrDefault("_wpnonce", ""))
                .file("async-upload", "picture-" + marker + ".jpg", "image/jpeg", jpeg);
        String answer = owner.upload("/wp-admin/async-upload.php", upload);
        assertThat(answer).contains("\"success\":true", "\"type\":\"image\"", "\"medium\"");
        String url = Visitor.find(answer, "\"url\":\"http:\\\\/\\\\/[^/]+([^\"]*picture-" + marker + "\\.jpg)\"")
                .replace("\\/", "/");
        Answer picture = new Visitor(server, host).send(Call.get(host, url));
        assertThat(picture.expect(200).body()).isEqualTo(jpeg);
        assertThat(picture.header("Content-Type")).contains("image/jpeg");
        String thumbnail = Visitor.find(
                        answer, "\"url\":\"http:\\\\/\\\\/[^/]+([^\"]*picture-" + marker + "-150x150\\.jpg)\"")
                .replace("\\/", "/");
        assertThat(new Visitor(server, host)
                        .send(Call.get(host, thumbnail))
                        .expect(200)
                        .body())
                .isNotEmpty();
        assertThat(owner.page("/wp-admin/upload.php?mode=list")).contains("picture-" + marker);
    }

    void commentAndApprove() {
        String id = newPost("Commented " + marker, "Say something");
        Visitor guest = new Visitor(server, host);
        assertThat(guest.page("/?p=" + id)).contains("comment");
        guest.post(
                "/wp-comments-post.php",
                form(
                        "comment",
                        "Grüße von " + marker + " 😀 it's \"me\"",
                        "author",
                        "Gast",
                        "email",
                        "guest@example.org",
                        "url",
                        "",
                        "comment_post_ID",
                        id,
                        "comment_parent",
                        "0",
                        "submit",
                        "Post Comment"));
        assertThat(new Visitor(server, host).page("/?p=" + id)).doesNotContain("Grüße von " + marker);
        String queue = owner.page("/wp-admin/edit-comments.php?comment_status=moderated");
        assertThat(queue).contains("Grüße von " + marker);
        String approve = Visitor.unescaped(
                Visitor.find(queue, "href=['\"](comment\\.php\\?[^'\"]*action=approvecomment[^'\"]*)['\"]"));
        owner.page("/wp-admin/" + approve);
        assertThat(new Visitor(server, host).page("/?p=" + id)).contains("Grüße von " + marker);
        assertThat(rest("GET", "/wp/v2/posts/" + id, "")).contains("Commented " + marker);
    }

    void searchWithAccents() {
        newPost("Crème brûlée " + marker, "Naïve façade, jalapeño and smörgåsbord at " + marker);
        Visitor guest = new Visitor(server, host);
        for (String words : new String[] {"brûlée", "brulee", "CRÈME", "smorgasbord", "jalapeño facade", "Naïve"}) {
            assertThat(guest.page("/?s=" + Call.encoded(words))).as(words).contains("Crème brûlée " + marker);
        }
        assertThat(guest.page("/?s=" + Call.encoded("zzz-nothing"))).doesNotContain("Crème brûlée");
        assertThat(guest.page("/?s=" + Call.encoded("100%_'\"\\"))).doesNotContain("Crème brûlée");
    }

    void tagsAndCategories() {
        String category =
                number(rest("POST", "/wp/v2/categories", json("name", "Küche " + marker, "slug", "kueche")), "id");
        String inner =
                number(rest("POST", "/wp/v2/categories", "{\"name\":\"Backen\",\"parent\":" + category + "}"), "id");
        String tag = number(rest("POST", "/wp/v2/tags", json("name", "süß " + marker, "slug", "suess")), "id");
        String id = newPost("Kuchen " + marker, "Mehl");
        rest("POST", "/wp/v2/posts/" + id, "{\"categories\":[" + category + "," + inner + "],\"tags\":[" + tag + "]}");
        Visitor guest = new Visitor(server, host);
        assertThat(guest.page("/?cat=" + category)).contains("Kuchen " + marker);
        assertThat(guest.page("/?tag=suess")).contains("Kuchen " + marker);
        assertThat(rest("GET", "/wp/v2/categories/" + category, "")).contains("\"count\":1");
        assertThat(owner.page("/wp-admin/edit-tags.php?taxonomy=category"))
                .contains("Küche " + marker, "&#8212; Backen");
        Map<String, String> form =
                Visitor.form(owner.page("/wp-admin/edit-tags.php?taxonomy=post_tag"), "name=\"tag-name\"");
        form.put("tag-name", "Form-Tag " + marker);
        owner.post("/wp-admin/edit-tags.php", form);
        assertThat(owner.page("/wp-admin/edit-tags.php?taxonomy=post_tag")).contains("Form-Tag " + marker);
        rest("DELETE", "/wp/v2/tags/" + tag + "?force=true", "");
        assertThat(rest("GET", "/wp/v2/posts/" + id, "")).contains("\"tags\":[]");
    }

    void users() {
        Map<String, String> form = Visitor.form(owner.page("/wp-admin/user-new.php"), "name=\"user_login\"");
        form.putAll(form(
                "user_login",
                "author_" + marker,
                "email",
                "author@" + host,
                "first_name",
                "Zoë",
                "last_name",
                "O'Neil",
                "pass1",
                PASSWORD,
                "pass2",
                PASSWORD,
                "pw_weak",
                "on",
                "role",
                "author",
                "createuser",
                "Add New User"));
        form.remove("send_user_notification");
        assertThat(owner.post("/wp-admin/user-new.php", form)).contains("author_" + marker);
        Visitor author = new Visitor(server, host);
        logIn(author, "AUTHOR_" + marker.toUpperCase(java.util.Locale.ROOT), PASSWORD);
        assertThat(author.page("/wp-admin/profile.php")).contains("Zoë").contains("O&#039;Neil");
        assertThat(author.send(Call.get(host, "/wp-admin/users.php")).status()).isEqualTo(403);
        String users = owner.page("/wp-admin/users.php");
        String id = Visitor.find(users, "<tr id='user-(\\d+)'>(?:(?!</tr>).)*author_" + marker);
        assertThat(rest("POST", "/wp/v2/users/" + id, json("nickname", "Nick", "roles", "editor")))
                .contains("Nick");
        assertThat(rest("DELETE", "/wp/v2/users/" + id + "?force=true&reassign=1", ""))
                .contains("\"deleted\":true");
        assertThat(owner.page("/wp-admin/users.php")).doesNotContain("author_" + marker);
    }

    void trashAndRestore() {
        String id = newPost("Thrown away " + marker, "but not for long");
        rest("DELETE", "/wp/v2/posts/" + id, "");
        assertThat(new Visitor(server, host).send(Call.get(host, "/?p=" + id)).status())
                .isEqualTo(404);
        String trash = owner.page("/wp-admin/edit.php?post_status=trash&post_type=post");
        assertThat(trash).contains("Thrown away " + marker);
        String restore = Visitor.unescaped(Visitor.find(
                trash, "href=\"http://[^/]+(/wp-admin/post\\.php\\?post=" + id + "[^\"]*action=untrash[^\"]*)\""));
        owner.page(restore);
        rest("POST", "/wp/v2/posts/" + id, json("status", "publish"));
        assertThat(new Visitor(server, host).page("/?p=" + id)).contains("Thrown away " + marker);
        String gone = newPost("Deleted " + marker, "for good");
        assertThat(rest("DELETE", "/wp/v2/posts/" + gone + "?force=true", "")).contains("\"deleted\":true");
        assertThat(Integer.parseInt(newPost("Next " + marker, "has a new id"))).isGreaterThan(Integer.parseInt(gone));
    }

    void permalinks() {
        Map<String, String> form =
                Visitor.form(owner.page("/wp-admin/options-permalink.php"), "name=\"permalink_structure\"");
        form.put("selection", "custom");
        form.put("permalink_structure", "/%year%/%monthnum%/%postname%/");
        form.put("category_base", "rubrik");
        form.put("submit", "Save Changes");
        assertThat(owner.post("/wp-admin/options-permalink.php", form)).contains("Permalink structure updated");
        String id = newPost("Pretty " + marker, "at its own address");
        String link = Visitor.find(
                        rest("GET", "/wp/v2/posts/" + id, ""), "\"link\":\"http:\\\\/\\\\/[^/]+?\\\\/([^\"]*)\"")
                .replace("\\/", "/");
        assertThat(link).matches("\\d{4}/\\d\\d/pretty-" + marker + "/");
        Visitor guest = new Visitor(server, host);
        assertThat(guest.page("/" + link)).contains("at its own address");
        assertThat(guest.page("/?p=" + id)).contains("at its own address");
        assertThat(guest.page("/rubrik/uncategorized/")).contains("Pretty " + marker);
        assertThat(guest.send(Call.get(host, "/2001/01/never/")).status()).isEqualTo(404);
        assertThat(guest.page("/feed/")).contains("<rss", "Pretty " + marker);
        assertThat(guest.page("/wp-sitemap.xml")).contains("<sitemapindex");
    }

    void restApi() {
        Visitor guest = new Visitor(server, host);
        assertThat(guest.page("/wp-json/")).contains("\"namespaces\":", "wp\\/v2");
        assertThat(guest.page("/wp-json/wp/v2/posts?per_page=3&orderby=title&order=asc&_fields=id,title"))
                .contains("\"rendered\"");
        assertThat(guest.page("/wp-json/wp/v2/posts?search=" + Call.encoded("brulee") + "&_embed"))
                .contains("Cr\\u00e8me");
        Answer counted = guest.send(Call.get(host, "/wp-json/wp/v2/posts?per_page=2&page=2"));
        assertThat(counted.expect(200)
                        .header("X-WP-Total")
                        .map(Integer::parseInt)
                        .orElse(0))
                .isGreaterThan(4);
        assertThat(guest.send(Call.get(host, "/wp-json/wp/v2/posts?page=9999")).status())
                .isEqualTo(400);
        assertThat(guest.send(Call.of("POST", host, "/wp-json/wp/v2/posts")
                                .header("Content-Type", "application/json")
                                .body("{}"))
                        .status())
                .isEqualTo(401);
        assertThat(guest.page("/wp-json/wp/v2/users")).contains("\"slug\":\"" + ADMINISTRATOR + "\"");
        assertThat(rest("GET", "/wp/v2/settings", "")).contains("Blog of " + marker);
        assertThat(rest("POST", "/wp/v2/settings", json("description", "Untertitel " + marker)))
                .contains("Untertitel " + marker);
    }

    void cronPublishesAScheduledPost() {
        String id = number(
                rest(
                        "POST",
                        "/wp/v2/posts",
                        json(
                                "title",
                                "Tomorrow " + marker,
                                "content",
                                "soon",
                                "status",
                                "publish",
                                "date_gmt",
                                tomorrow())),
                "id");
        Visitor guest = new Visitor(server, host);
        assertThat(rest("GET", "/wp/v2/posts/" + id, "")).contains("\"status\":\"future\"");
        assertThat(guest.send(Call.get(host, "/?p=" + id)).status()).isNotEqualTo(200);
        assertThat(guest.page("/due.php?id=" + id)).isEqualTo("1 future");
        Eventually.within(Duration.ofSeconds(20), "cron publishes the post", () -> {
            guest.send(Call.get(host, "/wp-cron.php?doing_wp_cron"));
            return rest("GET", "/wp/v2/posts/" + id, "").contains("\"status\":\"publish\"");
        });
        assertThat(guest.page("/?p=" + id)).contains("Tomorrow " + marker);
    }

    private static String tomorrow() {
        return DateTimeFormatter.ISO_LOCAL_DATE_TIME.format(
                Instant.now().plus(Duration.ofDays(1)).atOffset(ZoneOffset.UTC).withNano(0));
    }

    /** Debian ships no importer plugin, so what was exported comes back item by item through XML-RPC. */
    void exportAndImport() {
        String text = "<!-- wp:paragraph --><p>Exported by " + marker
                + " & \"quoted\" ]]&gt; 😀 \\n ünïcode</p><!-- /wp:paragraph -->";
        String id = newPost("Travelling " + marker, text);
        String export = export("all");
        Wxr wxr = Wxr.parse(export);
        Wxr.Item item = wxr.item("Travelling " + marker);
        assertThat(wxr.items()).hasSizeGreaterThan(8);
        assertThat(item.content()).isEqualTo(text);
        rest("DELETE", "/wp/v2/posts/" + id + "?force=true", "");
        String imported = xmlRpcNewPost(item.title(), item.content());
        assertThat(rest("GET", "/wp/v2/posts/" + imported + "?context=edit", ""))
                .contains("Travelling " + marker);
        Wxr again = Wxr.parse(export("posts"));
        assertThat(again.item("Travelling " + marker).content()).isEqualTo(text);
    }

    void schemaIsComplete() {
        assertThat(new Visitor(server, host).page("/dbdelta.php")).isEqualTo("[]");
    }

    void multisiteOnAndOff() {
        String pluginsOff = owner.page("/wp-admin/plugins.php");
        assertThat(pluginsOff).contains("Akismet");
        write(directory.resolve("wp-config.php"), configuration("define('WP_ALLOW_MULTISITE', true);"));
        Eventually.holds(
                RELOADED, () -> assertThat(owner.page("/wp-admin/network.php")).contains("sitename"));
        Map<String, String> form = Visitor.form(owner.page("/wp-admin/network.php"), "sitename");
        form.put("subdomain_install", "0");
        form.put("submit", "Install");
        assertThat(owner.post("/wp-admin/network.php", form)).contains("SUBDOMAIN_INSTALL");
        write(directory.resolve("wp-config.php"), configuration("""
                define('WP_ALLOW_MULTISITE', true);
                define('MULTISITE', true);
                define('SUBDOMAIN_INSTALL', false);
                define('DOMAIN_CURRENT_SITE', '%s');
                define('PATH_CURRENT_SITE', '/');
                define('SITE_ID_CURRENT_SITE', 1);
                define('BLOG_ID_CURRENT_SITE', 1);
                """.formatted(host)));
        Eventually.within(RELOADED, "the network is on", () -> {
            logIn(owner, ADMINISTRATOR, PASSWORD);
            return owner.send(Call.get(host, "/wp-admin/network/")).status() == 200;
        });
        Map<String, String> site = Visitor.form(owner.page("/wp-admin/network/site-new.php"), "blog[domain]");
        site.put("blog[domain]", "second");
        site.put("blog[title]", "Second of " + marker);
        site.put("blog[email]", "owner@" + host);
        site.put("add-site", "Add Site");
        assertThat(owner.post("/wp-admin/network/site-new.php?action=add-site", site))
                .contains("Site added");
        assertThat(owner.page("/wp-admin/network/sites.php")).contains("/second/");
        assertThat(new Visitor(server, host).page("/second/")).contains("Second of " + marker);
        assertThat(new Visitor(server, host).page("/")).contains("Blog of " + marker);
        write(directory.resolve("wp-config.php"), configuration(""));
        Eventually.within(RELOADED, "the network is off", () -> {
            logIn(owner, ADMINISTRATOR, PASSWORD);
            return owner.send(Call.get(host, "/wp-admin/network/sites.php")).status() != 200;
        });
        assertThat(new Visitor(server, host).page("/")).contains("Blog of " + marker);
    }

    /**
     * What PHP and WordPress complained about, without what WordPress 6.1 itself causes on PHP 8.2 with any database:
     * deprecated features, two undefined variables of its installer, and looking for updates without a network.
     */
    String complaints() {
        Path log = directory.resolve("wp-content/debug.log");
        if (!Files.exists(log)) {
            return "";
        }
        try {
            return Files.readAllLines(log).stream()
                    .filter(line -> line.startsWith("[") && !line.contains("PHP Deprecated:"))
                    .filter(line -> !line.contains("Something may be wrong with WordPress.org"))
                    .filter(line -> !line.matches(".*Undefined variable \\$upload_(url_)?path in .*install\\.php.*"))
                    .reduce("", (all, line) -> all + line + "\n");
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read " + log, e);
        }
    }

    private String newPost(String title, String content) {
        return number(
                rest("POST", "/wp/v2/posts", json("title", title, "content", content, "status", "publish")), "id");
    }

    /** What the form of the export page sends. */
    private String export(String content) {
        return owner.page(
                "/wp-admin/export.php?download=true&content=" + content
                        + "&cat=0&post_author=0&post_start_date=0&post_end_date=0&post_status=0&page_author=0&page_start_date=0"
                        + "&page_end_date=0&page_status=0&attachment_start_date=0&attachment_end_date=0&submit=Download+Export+File");
    }

    /** A REST request of the signed-in owner, as the block editor sends it. */
    private String rest(String method, String route, String body) {
        String nonce = owner.page("/wp-admin/admin-ajax.php?action=rest-nonce").strip();
        String target = "/index.php?rest_route=" + route.replace("?", "&");
        Call call = Call.of(method, host, target).header("X-WP-Nonce", nonce);
        if (!body.isEmpty()) {
            call.header("Content-Type", "application/json").body(body);
        }
        Answer answer = owner.send(call);
        assertThat(answer.status()).as("%s %s: %s", method, route, answer).isIn(200, 201);
        return plain(answer.text());
    }

    private String xmlRpcNewPost(String title, String content) {
        String body = "<?xml version=\"1.0\"?><methodCall><methodName>wp.newPost</methodName><params>"
                + param("<int>1</int>") + param("<string>" + ADMINISTRATOR + "</string>")
                + param("<string>" + PASSWORD + "</string>")
                + param("<struct>" + member("post_title", title) + member("post_content", content)
                        + member("post_status", "publish") + "</struct>")
                + "</params></methodCall>";
        Answer answer = new Visitor(server, host)
                .send(Call.of("POST", host, "/xmlrpc.php")
                        .header("Content-Type", "text/xml")
                        .body(body));
        return Visitor.find(answer.expect(200).text(), "<string>(\\d+)</string>");
    }

    private static String param(String value) {
        return "<param><value>" + value + "</value></param>";
    }

    private static String member(String name, String text) {
        String escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
        return "<member><name>" + name + "</name><value><string>" + escaped + "</string></value></member>";
    }

    private static void logIn(Visitor visitor, String user, String password) {
        visitor.page("/wp-login.php");
        assertThat(visitor.post("/wp-login.php", login(user, password))).doesNotContain("id=\"login_error\"");
    }

    private static Map<String, String> login(String user, String password) {
        return form(
                "log",
                user,
                "pwd",
                password,
                "wp-submit",
                "Log In",
                "redirect_to",
                "/wp-admin/profile.php",
                "testcookie",
                "1");
    }

    private static Map<String, String> form(String... pairs) {
        Map<String, String> form = new LinkedHashMap<>();
        for (int i = 0; i < pairs.length; i += 2) {
            form.put(pairs[i], pairs[i + 1]);
        }
        return form;
    }

    private static String json(String... pairs) {
        StringBuilder json = new StringBuilder();
        form(pairs)
                .forEach((name, value) -> json.append(json.isEmpty() ? "" : ",")
                        .append(quoted(name))
                        .append(':')
                        .append(quoted(value)));
        return "{" + json + "}";
    }

    private static String quoted(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n") + '"';
    }

    private static String number(String json, String name) {
        return Visitor.find(json, "\"" + name + "\":(\\d+)");
    }

    /** JSON with its \\u escapes resolved, so that tests can look for the text itself. */
    private static String plain(String json) {
        return java.util.regex.Pattern.compile("\\\\u([0-9a-f]{4})")
                .matcher(json)
                .replaceAll(match -> java.util.regex.Matcher.quoteReplacement(
                        String.valueOf((char) Integer.parseInt(match.group(1), 16))));
    }

    private static void write(Path file, String text) {
        try {
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot write " + file, e);
        }
    }

    private static String configuration(String more) {
        return new String(SiteFiles.resource("/php/wp-config.php"), StandardCharsets.UTF_8).replace("// MORE", more);
    }
}
