package dev.ephpm.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Debian's MediaWiki on one site, installed by its own web installer and used as people use a wiki. It keeps sessions, caches
 * and jobs in the database, over connections of their own beside the one with the page's transaction.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class MediaWikiIT {
    private static final String HOST = "wiki.test";
    private static final String PAGE = "Zürich";
    private static final String AUTHOR = "Zoë";

    @RegisterExtension
    static final Appliance appliance = new Appliance()
            .set("php.workers", 2)
            .set("php.memory_limit", "256MB")
            .set("php.max_execution_time", 60)
            .site(HOST, site -> MediaWiki.unpack(Distribution.repository().resolve("build/mediawiki"), site));

    private static final MediaWiki WIKI = new MediaWiki(appliance::send, HOST, appliance.siteDirectory(HOST));

    @Test
    @Order(1)
    void installsThroughItsWebInstaller() {
        WIKI.install(appliance.database(HOST));
        WIKI.logIn();
    }

    @Test
    @Order(2)
    void pagesAreWrittenComparedAndKeptInTheirHistory() {
        Visitor author = WIKI.signUp(AUTHOR);
        WIKI.edit(author, PAGE, "'''Zürich''' liegt an der [[Limmat]]. [[Category:Städte]]", "angelegt");
        String hard = "'; DROP TABLE page; -- \\ \" 😀 <nowiki>&amp;</nowiki>";
        WIKI.edit(
                author,
                PAGE,
                "'''Zürich''' liegt an der [[Limmat]] und am See. [[Category:Städte]]\n\n" + hard,
                "mit See");
        WIKI.edit(WIKI.guest(), "Limmat", "Ein Fluss, von einem Gast beschrieben.", "");
        assertThat(WIKI.view(WIKI.guest(), PAGE)).contains("und am See", "DROP TABLE page; -- \\", "😀");
        String history = WIKI.view(WIKI.guest(), PAGE, "&action=history");
        assertThat(history).contains("angelegt", "mit See", AUTHOR);
        String newest = Visitor.find(history, "data-mw-revid=\"(\\d+)\"");
        assertThat(WIKI.view(WIKI.guest(), PAGE, "&diff=" + newest + "&oldid=prev"))
                .contains("diff-addedline", "und am See");
        assertThat(WIKI.view(WIKI.guest(), "Category:Städte")).contains(PAGE);
        assertThat(WIKI.special(WIKI.guest(), "WhatLinksHere/Limmat", "")).contains(PAGE);
    }

    @Test
    @Order(3)
    void searchFindsTitlesAndText() {
        assertThat(WIKI.search(WIKI.guest(), "Zürich")).contains("title=\"" + PAGE + "\"");
        assertThat(WIKI.search(WIKI.guest(), "beschrieben")).contains("title=\"Limmat\"");
        assertThat(WIKI.search(WIKI.guest(), "xyzzy")).contains("There were no results");
    }

    @Test
    @Order(4)
    void picturesAreUploadedAndShown() throws IOException {
        WIKI.upload("Limmat.jpg", WordPressIT.picture());
        WIKI.edit(WIKI.administrator(), "Limmat", "Ein Fluss. [[File:Limmat.jpg|thumb|Die Limmat]]", "Bild");
        String page = WIKI.view(WIKI.guest(), "Limmat");
        String source = Visitor.find(page, "<img[^>]*\\bsrc=\"([^\"]*Limmat[^\"]*)\"");
        Answer picture = WIKI.guest().send(Call.get(HOST, Visitor.unescaped(source)));
        assertThat(picture.status()).isEqualTo(200);
        assertThat(picture.header("Content-Type")).contains("image/jpeg");
        assertThat(WIKI.view(WIKI.guest(), "File:Limmat.jpg")).contains("1,200 × 800");
    }

    @Test
    @Order(5)
    void usersAreBlocked() {
        Visitor vandal = WIKI.signUp("Vandal");
        WIKI.edit(vandal, "Limmat", "Unsinn", "");
        WIKI.block("Vandal", "Unsinn über Flüsse");
        assertThat(vandal.send(Call.get(HOST, "/index.php?title=Limmat&action=edit"))
                        .text())
                .contains("Unsinn über Flüsse");
        assertThat(WIKI.special(WIKI.guest(), "BlockList", "")).contains("Vandal", "Unsinn über Flüsse");
    }

    @Test
    @Order(6)
    void recentChangesAndLogsTellEverything() {
        String changes = WIKI.special(WIKI.guest(), "RecentChanges", "&days=7&limit=500");
        assertThat(changes).contains("mit See", AUTHOR, "Vandal", "Limmat");
        assertThat(WIKI.special(WIKI.guest(), "Log", "")).contains("blocked", "uploaded");
        assertThat(WIKI.special(WIKI.guest(), "Statistics", "")).contains("Content pages");
        assertThat(WIKI.guest().page("/api.php?action=query&list=allpages&format=json&formatversion=2"))
                .contains("Limmat");
    }

    @Test
    @Order(7)
    void pagesLookRightInABrowser() throws IOException {
        Path pictures = Files.createDirectories(Path.of("target", "screenshots"));
        try (Chromium browser = Chromium.start(appliance.port())) {
            browser.open("http://" + HOST + "/index.php/File:Limmat.jpg");
            assertThat(browser.evaluate("document.body.innerText")).contains("Limmat");
            browser.screenshot(pictures.resolve("mediawiki-page.png"));
            browser.open("http://" + HOST + "/index.php/Special:RecentChanges");
            assertThat(browser.evaluate("document.body.innerText")).contains("Recent changes", "Limmat");
            browser.screenshot(pictures.resolve("mediawiki-recent-changes.png"));
        }
    }

    @Test
    @Order(8)
    void nothingComplained() {
        WIKI.logOut();
        assertThat(WIKI.complaints()).isEmpty();
        assertThat(appliance.log()).doesNotContain("ERROR");
        assertThat(Command.of(
                                "sqlite3",
                                "-readonly",
                                appliance
                                        .siteDirectory(HOST)
                                        .resolve("ephpm.db")
                                        .toString(),
                                "PRAGMA integrity_check")
                        .run()
                        .expectSuccess()
                        .output()
                        .strip())
                .isEqualTo("ok");
    }
}
