package dev.ephpm.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.Color;
import java.awt.GradientPaint;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Two WordPress sites of Debian's package on one appliance: installed by WordPress's own installer, used on both at
 * once, and in the end nothing of one is found in the other.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class WordPressIT {
    private static final Path SOURCE = Distribution.repository().resolve("build/wordpress");

    @RegisterExtension
    static final Appliance appliance = new Appliance()
            .set("php.workers", 4)
            .set("php.memory_limit", "256MB")
            .set("php.max_execution_time", 60)
            .site("one.test", site -> WordPress.unpack(SOURCE, site.directory()))
            .site("two.test", site -> WordPress.unpack(SOURCE, site.directory()));

    private static final WordPress ONE =
            new WordPress(appliance::send, "one.test", appliance.siteDirectory("one.test"), "alpha");
    private static final WordPress TWO =
            new WordPress(appliance::send, "two.test", appliance.siteDirectory("two.test"), "omega");

    @Test
    @Order(1)
    void installsThroughItsOwnInstaller() {
        onBoth(WordPress::install);
        onBoth(WordPress::wrongPasswordIsRefused);
        onBoth(WordPress::logIn);
    }

    @Test
    @Order(2)
    void postsAreWrittenAndEdited() {
        onBoth(WordPress::writeAndEditPost);
    }

    @Test
    @Order(3)
    void picturesAreUploadedAndResized() throws IOException {
        byte[] jpeg = picture();
        onBoth(site -> site.uploadPicture(jpeg));
    }

    @Test
    @Order(4)
    void commentsAreWrittenAndApproved() {
        onBoth(WordPress::commentAndApprove);
    }

    @Test
    @Order(5)
    void searchFindsAccents() {
        onBoth(WordPress::searchWithAccents);
    }

    @Test
    @Order(6)
    void tagsAndCategoriesSortPosts() {
        onBoth(WordPress::tagsAndCategories);
    }

    @Test
    @Order(7)
    void usersComeAndGo() {
        onBoth(WordPress::users);
    }

    @Test
    @Order(8)
    void trashGivesBack() {
        onBoth(WordPress::trashAndRestore);
    }

    @Test
    @Order(9)
    void permalinksArePretty() {
        onBoth(WordPress::permalinks);
    }

    @Test
    @Order(10)
    void restApiAnswers() {
        onBoth(WordPress::restApi);
    }

    @Test
    @Order(11)
    void cronPublishesScheduledPosts() {
        onBoth(WordPress::cronPublishesAScheduledPost);
    }

    @Test
    @Order(12)
    void contentIsExportedAndImported() {
        onBoth(WordPress::exportAndImport);
    }

    @Test
    @Order(13)
    void schemaIsToldAsMySqlTellsIt() {
        onBoth(WordPress::schemaIsComplete);
        for (WordPress site : List.of(ONE, TWO)) {
            assertThat(appliance.database(site.host()).query("SHOW INDEX FROM wp_posts").stream()
                            .map(row -> row.split("\t"))
                            .map(row -> row[2] + " " + row[3] + " " + row[4] + " " + row[7] + " " + row[1]))
                    .containsExactly(
                            "PRIMARY 1 ID NULL 0",
                            "post_name 1 post_name 191 1",
                            "type_status_date 1 post_type NULL 1",
                            "type_status_date 2 post_status NULL 1",
                            "type_status_date 3 post_date NULL 1",
                            "type_status_date 4 ID NULL 1",
                            "post_parent 1 post_parent NULL 1",
                            "post_author 1 post_author NULL 1");
        }
    }

    @Test
    @Order(14)
    void multisiteIsSwitchedOnAndOff() {
        onBoth(WordPress::multisiteOnAndOff);
    }

    @Test
    @Order(15)
    void pagesLookRightInABrowser() throws IOException {
        Path pictures = Files.createDirectories(Path.of("target", "screenshots"));
        try (Chromium browser = Chromium.start(appliance.port())) {
            for (WordPress site : List.of(ONE, TWO)) {
                browser.open("http://" + site.host() + "/");
                assertThat(browser.evaluate("document.body.innerText")).contains("Blog of " + site.marker());
                browser.screenshot(pictures.resolve(site.host() + "-front.png"));
                browser.open("http://" + site.host() + "/wp-login.php");
                browser.evaluate("document.getElementById('user_login').value = '" + WordPress.ADMINISTRATOR
                        + "'; document.getElementById('user_pass').value = '" + WordPress.PASSWORD
                        + "'; document.getElementById('loginform').submit()");
                browser.awaitLoaded("/wp-admin/");
                assertThat(browser.evaluate("document.body.innerText")).contains("Dashboard", "Howdy");
                browser.screenshot(pictures.resolve(site.host() + "-dashboard.png"));
            }
        }
    }

    @Test
    @Order(16)
    void nothingComplainedAndNothingCrossedOver() {
        for (WordPress site : List.of(ONE, TWO)) {
            assertThat(site.complaints()).isEmpty();
        }
        assertThat(dump("one.test")).contains("alpha").doesNotContain("omega").doesNotContain("two.test");
        assertThat(dump("two.test")).contains("omega").doesNotContain("alpha").doesNotContain("one.test");
        for (String host : List.of("one.test", "two.test")) {
            assertThat(sqlite(host, "PRAGMA integrity_check").strip()).isEqualTo("ok");
            assertThat(appliance.log()).doesNotContain("ERROR");
        }
    }

    private static String dump(String host) {
        return sqlite(host, ".dump");
    }

    private static String sqlite(String host, String command) {
        String file = appliance.siteDirectory(host).resolve("ephpm.db").toString();
        return Command.of("sqlite3", "-readonly", file, command)
                .run()
                .expectSuccess()
                .output();
    }

    private static void onBoth(Consumer<WordPress> work) {
        CompletableFuture<Boolean> one = Background.start(() -> done(work, ONE));
        CompletableFuture<Boolean> two = Background.start(() -> done(work, TWO));
        CompletableFuture.allOf(one, two).join();
    }

    private static boolean done(Consumer<WordPress> work, WordPress site) {
        work.accept(site);
        return true;
    }

    static byte[] picture() throws IOException {
        BufferedImage image = new BufferedImage(1200, 800, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = image.createGraphics();
        graphics.setPaint(new GradientPaint(0, 0, Color.ORANGE, 1200, 800, Color.BLUE));
        graphics.fillRect(0, 0, 1200, 800);
        graphics.dispose();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        assertThat(ImageIO.write(image, "jpg", bytes)).isTrue();
        return bytes.toByteArray();
    }
}
