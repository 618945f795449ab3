package dev.ephpm.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One MediaWiki installation and what its people do with it, through its own pages and forms. */
final class MediaWiki {
    static final String ADMINISTRATOR = "Admin";
    static final String PASSWORD = "correct horse battery staple";
    private static final String NAME = "Wiki der Straßen";
    private static final int MOST_STEPS = 14;

    private static final Pattern HEADING_OF_ERROR =
            Pattern.compile("Database error|internal_api_error|Internal error|MWException|DBQueryError|Fatal error");

    private final Function<Call, Answer> server;
    private final String host;
    private final Path directory;
    private final Visitor administrator;

    MediaWiki(Function<Call, Answer> server, String host, Path directory) {
        this.server = server;
        this.host = host;
        this.directory = directory;
        this.administrator = guest();
    }

    /** Copies Debian's MediaWiki into a site directory. */
    static void unpack(Path source, SiteFiles site) {
        Command.of("cp", "-rL", source + "/.", site.directory().toString())
                .run()
                .expectSuccess();
        site.writable("images").writable("cache");
    }

    Visitor guest() {
        return new Visitor(server, host);
    }

    private static String checked(String page) {
        assertThat(HEADING_OF_ERROR
                        .matcher(page)
                        .results()
                        .map(m -> page.substring(m.start(), Math.min(page.length(), m.start() + 600))))
                .isEmpty();
        return page;
    }

    private String page(Visitor visitor, String title, String more) {
        return checked(visitor.page("/index.php?title=" + encoded(title) + more));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    /** Fills the form that has a field and sends it where it wants to be sent. */
    private static String submit(Visitor visitor, String page, String field, Map<String, String> values) {
        Map<String, String> form = Visitor.form(page, field);
        form.putAll(values);
        return checked(visitor.post(action(page, field), form));
    }

    private static String action(String page, String field) {
        Matcher forms = Pattern.compile("<form\\b.*?</form>", Pattern.DOTALL).matcher(page);
        while (forms.find()) {
            if (forms.group().contains(field)) {
                return Visitor.unescaped(Visitor.find(forms.group(), "^<form\\b[^>]*\\baction=[\"']([^\"']*)"));
            }
        }
        throw new AssertionError("no form with " + field);
    }

    /** MediaWiki's own web installer, from the first page to the LocalSettings.php it offers for download. */
    void install(Database database) {
        Map<String, String> answers = new LinkedHashMap<>();
        answers.put("mysql_wgDBserver", database.host() + ":" + database.port());
        answers.put("mysql_wgDBname", database.name());
        answers.put("mysql__InstallUser", database.user());
        answers.put("mysql__InstallPassword", database.password());
        answers.put("mysql__SameAccount", "1");
        answers.put("config_DBType", "mysql");
        answers.put("config_wgSitename", NAME);
        answers.put("config__AdminName", ADMINISTRATOR);
        answers.put("config__AdminPassword", PASSWORD);
        answers.put("config__AdminPasswordConfirm", PASSWORD);
        answers.put("config__SkipOptional", "continue");
        answers.put("config_wgEnableUploads", "1");
        answers.put("config_wgDefaultSkin", "vector");
        answers.put("config_skin-Vector", "1");
        answers.put("config_ext-Cite", "1");
        answers.put("config_ext-ParserFunctions", "1");
        String page = guestInstalls(answers);
        String settings = new String(
                administrator
                        .send(Call.get(
                                host, Visitor.unescaped(Visitor.find(page, "href=\"([^\"]*localsettings=1[^\"]*)\""))))
                        .expect(200)
                        .body(),
                StandardCharsets.UTF_8);
        assertThat(settings).contains("$wgDBname = \"" + database.name() + "\"", NAME);
        write(directory.resolve("LocalSettings.php"), settings + """

                $wgCacheDirectory = __DIR__ . '/cache';
                $wgShowExceptionDetails = true;
                $wgUseInstantCommons = false;
                $wgJobRunRate = 1;
                $wgMaxShellMemory = 0;
                $wgUseImageMagick = false;
                foreach (['DBQuery', 'DBConnection', 'exception', 'fatal'] as $group) {
                    $wgDebugLogGroups[$group] = ['destination' => __DIR__ . '/cache/complaints.log', 'level' => 'error'];
                }
                """);
        assertThat(page(guest(), "Main_Page", "")).contains("MediaWiki has been installed", NAME);
    }

    private String guestInstalls(Map<String, String> answers) {
        String page = administrator.page("/mw-config/index.php");
        for (int step = 0; step < MOST_STEPS && !page.contains("localsettings=1"); step++) {
            String button = page.contains("enter-continue") ? "enter-continue" : "submit-continue";
            assertThat(page).doesNotContain("cdx-message--error").contains(button);
            Map<String, String> form = Visitor.form(page, button);
            for (Map.Entry<String, String> answer : answers.entrySet()) {
                if (page.contains("name=\"" + answer.getKey() + "\"")) {
                    form.put(answer.getKey(), answer.getValue());
                }
            }
            form.put(button, "Continue →");
            page = checked(administrator.post(action(page, button), form));
        }
        return page;
    }

    void logIn() {
        String form = page(administrator, "Special:UserLogin", "");
        assertThat(submit(administrator, form, "wpPassword", login("wrong")))
                .contains("Incorrect username or password");
        form = page(administrator, "Special:UserLogin", "");
        submit(administrator, form, "wpPassword", login(PASSWORD));
        assertThat(page(administrator, "Main_Page", "")).contains("Special:UserLogout", ADMINISTRATOR);
    }

    private static Map<String, String> login(String password) {
        return Map.of("wpName", ADMINISTRATOR, "wpPassword", password, "wploginattempt", "Log in");
    }

    /** Someone who signs up. */
    Visitor signUp(String name) {
        Visitor visitor = guest();
        String form = page(visitor, "Special:CreateAccount", "");
        String welcome = submit(
                visitor,
                form,
                "wpCreateaccount",
                Map.of("wpName", name, "wpPassword", PASSWORD, "retype", PASSWORD, "wpCreateaccount", "Create"));
        assertThat(welcome).contains(name);
        assertThat(page(visitor, "Special:Preferences", "")).contains(name);
        return visitor;
    }

    Visitor administrator() {
        return administrator;
    }

    void edit(Visitor visitor, String title, String text, String summary) {
        String form = page(visitor, title, "&action=edit");
        submit(visitor, form, "wpTextbox1", Map.of("wpTextbox1", text, "wpSummary", summary, "wpSave", "Save page"));
    }

    String view(Visitor visitor, String title) {
        return page(visitor, title, "");
    }

    String view(Visitor visitor, String title, String query) {
        return page(visitor, title, query);
    }

    String special(Visitor visitor, String name, String query) {
        return page(visitor, "Special:" + name, query);
    }

    String search(Visitor visitor, String words) {
        return checked(visitor.page("/index.php?title=Special:Search&fulltext=1&search=" + encoded(words)));
    }

    void upload(String name, byte[] picture) {
        String page = page(administrator, "Special:Upload", "");
        Multipart form = new Multipart();
        Visitor.form(page, "wpUploadFile").forEach((field, value) -> {
            if (!field.equals("wpUploadFile")) {
                form.field(field, field.equals("wpDestFile") ? name : value);
            }
        });
        form.field("wpUploadDescription", "Ein Bild von [[Zürich]]")
                .field("wpUpload", "Upload file")
                .file("wpUploadFile", name, "image/jpeg", picture);
        assertThat(checked(administrator.upload(action(page, "wpUploadFile"), form)))
                .contains("File:" + name);
    }

    void block(String user, String reason) {
        String page = page(administrator, "Special:Block/" + user, "");
        Map<String, String> values = new LinkedHashMap<>();
        values.put("wpTarget", user);
        values.put("wpExpiry", "infinite");
        values.put("wpReason", "other");
        values.put("wpReason-other", reason);
        assertThat(submit(administrator, page, "wpExpiry", values)).contains("has been blocked");
    }

    void logOut() {
        String page = page(administrator, "Special:UserLogout", "");
        submit(administrator, page, "wpEditToken", Map.of());
        assertThat(page(administrator, "Main_Page", "")).doesNotContain("Special:UserLogout");
    }

    /** What MediaWiki wrote down about failed statements and exceptions. */
    String complaints() {
        Path log = directory.resolve("cache/complaints.log");
        try {
            return Files.exists(log) ? Files.readString(log) : "";
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read " + log, e);
        }
    }

    private static void write(Path file, String text) {
        try {
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot write " + file, e);
        }
    }
}
