package dev.ephpm.phpbridge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ephpm.config.IniSetting;
import io.vertx.core.Future;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What one request, or one site, cannot do to another. */
abstract class PhpIsolationContract extends PhpResponseContract {
    private static final String PROBE =
            "<?php echo json_encode([defined('LEFT'), ini_get('precision'), getcwd() === __DIR__,"
                    + " setlocale(LC_ALL, 0), getenv('LEFT'), umask(), error_get_last(), function_exists('left'), isset($GLOBALS['left']),"
                    + " date_default_timezone_get(), mb_internal_encoding(), http_response_code(), $_GET, count(headers_list()),"
                    + " ob_get_level(), in_array('left', stream_get_wrappers()), get_include_path(), ini_get('memory_limit')]);";

    private static final String DIRT = "<?php define('LEFT', 1); ini_set('precision', 5); chdir(sys_get_temp_dir());"
            + " setlocale(LC_ALL, 'C.UTF-8'); putenv('LEFT=1'); umask(0777); function left() {} $left = 1;"
            + " class LeftStream { public $context; } stream_wrapper_register('left', 'LeftStream');"
            + " date_default_timezone_set('Asia/Tokyo'); mb_internal_encoding('ISO-8859-1'); http_response_code(203);"
            + " set_include_path('/nowhere'); ini_set('memory_limit', '1G'); ob_start(); echo $undefined; @trigger_error('x');"
            + " mt_srand(42); session_start(); $_SESSION['left'] = 1; setlocale(LC_NUMERIC, 'C'); set_error_handler(fn() => true);";

    @Test
    void startsEveryRequestClean() {
        script("probe.php", PROBE);
        script("dirt.php", DIRT + " echo 'dirty';");
        String clean = get("/probe.php").text();
        List<Future<Answer>> dirty = IntStream.range(0, 40)
                .mapToObj(i -> exchange(request(site, "GET", "/dirt.php", null, -1, Map.of(), null)))
                .toList();
        await(Future.all(dirty));
        for (int i = 0; i < 10; i++) {
            assertThat(get("/probe.php").text()).isEqualTo(clean);
        }
    }

    @Test
    void seedsRandomnessAnew() {
        script("seed.php", "<?php mt_srand(42); srand(42); echo mt_rand();");
        String seeded = get("/seed.php").text();
        script("random.php", "<?php echo mt_rand();");
        for (int i = 0; i < 4; i++) {
            assertThat(get("/random.php").text()).isNotEqualTo(seeded);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "file_get_contents(V)",
                "file_get_contents('file://' . V)",
                "file_get_contents('php://filter/read=convert.base64-encode/resource=' . V)",
                "file_get_contents('compress.zlib://' . V)",
                "implode(glob(dirname(V) . '/*'))",
                "implode(scandir('glob://' . dirname(V) . '/*'))",
                "implode(scandir(dirname(V)))",
                "(include V) . (SECRET ?? '')",
                "(include_once V)",
                "(include '../b.test/secret.php')",
                "(include 'phar://' . dirname(V) . '/x.phar')",
                "highlight_file(V, true)",
                "php_strip_whitespace(V)",
                "file_get_contents('link')",
                "(include 'link')",
                "implode(file(V))",
                "file_get_contents('/proc/self/environ')",
                "file_get_contents('/proc/self/maps')",
                "file_get_contents('/etc/passwd')",
                "implode(stat(V))",
                "implode(parse_ini_file(V) ?: [])",
                "copy(V, 'mine') . file_get_contents('mine')",
                "(rename(V, 'mine') ? 'moved' : '')",
                "(new SplFileObject(V))->fgets()",
                "(new PDO('sqlite:' . V))->query('select 1')->fetchColumn() . 'opened'",
                "ini_set('open_basedir', '/') . file_get_contents(V)",
                "ini_set('error_log', V) . error_log('SECRET') . 'x'",
                "(new SQLite3(':memory:'))->exec('ATTACH \\'' . dirname(V) . '/new.db\\' AS x') ? 'opened' : ''",
                "(new SQLite3('own.db'))->exec('VACUUM INTO \\'' . dirname(V) . '/vacuumed.db\\'') ? 'opened' : ''",
                "file_put_contents(V, 'x') . error_log('x', 3, V) . ''",
                "mkdir(dirname(V) . '/made') . touch(dirname(V) . '/touched') . chmod(V, 0) . unlink(V)",
                "readline_write_history(dirname(V) . '/history') ? 'opened' : ''",
                "curl_exec((function () { $c = curl_init('http://127.0.0.1:1/'); curl_setopt($c, CURLOPT_HSTS, dirname(V) . '/hsts');"
                        + " return $c; })())",
                "curl_exec((function () { $c = curl_init('http://127.0.0.1:1/'); curl_setopt_array($c, [CURLOPT_ALTSVC =>"
                        + " dirname(V) . '/altsvc']); return $c; })())",
                "curl_setopt(curl_init(), CURLOPT_COOKIEJAR, dirname(V) . '/jar') ? 'opened' : ''",
                "curl_setopt(curl_init(), CURLOPT_SSLKEY, V) ? 'opened' : ''",
                "stream_socket_server('unix://' . dirname(V) . '/socket') ? 'opened' : ''",
                "socket_bind(socket_create(AF_UNIX, SOCK_STREAM, 0), dirname(V) . '/socket') ? 'opened' : ''",
                "((new DOMDocument)->load(V) ? 'loaded' : '')",
                "curl_exec((function () { $c = curl_init('file://' . V); curl_setopt($c, CURLOPT_RETURNTRANSFER, 1); return $c; })())"
            })
    void keepsSitesApart(String attempt) throws IOException {
        PhpTenant other = tenant("b.test", Duration.ofSeconds(30), List.of());
        Path secret = script(other, "secret.php", "<?php const SECRET = 's3cret'; return 's3cret';");
        Files.deleteIfExists(site.directory().resolve("mine"));
        if (!Files.exists(site.directory().resolve("link"))) {
            Files.createSymbolicLink(site.directory().resolve("link"), secret);
        }
        for (int i = 0; i < 4; i++) {
            await(exchange(request(other, "GET", "/secret.php", null, -1, Map.of(), null)));
        }
        Answer answer = run(
                "attempt" + Integer.toHexString(attempt.hashCode()) + ".php",
                "<?php echo '[', " + attempt.replace("V", "'" + secret + "'") + ", ']';");
        assertThat(answer.text())
                .doesNotContain("s3cret")
                .doesNotContain("secret.php")
                .doesNotContain("root:x");
        assertThat(answer.text())
                .doesNotContain("moved")
                .doesNotContain("opened")
                .doesNotContain("loaded");
        try (var files = Files.list(other.directory())) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .isSubsetOf("secret.php", "cached.php", "warm.php");
        }
        assertThat(Files.readString(secret))
                .startsWith("<?php const SECRET = 's3cret'")
                .doesNotContain("x\n[");
    }

    @Test
    void remembersRealPathsForOneRequestOnly() throws IOException {
        PhpTenant other = tenant("b.test", Duration.ofSeconds(30), List.of());
        script(other, "secret.php", "<?php const SECRET = 's3cret'; return 's3cret';");
        Path release = site.directory().resolve("release");
        Files.writeString(Files.createDirectories(release).resolve("secret.php"), "ours");
        Path current = site.directory().resolve("current");
        Files.deleteIfExists(current);
        Files.createSymbolicLink(current, release);
        String read = "<?php $name = __DIR__ . '/current/secret.php'; echo file_get_contents($name), '/',"
                + " count(array_filter(realpath_cache_get(), fn($path) => str_contains($path, '/current'), ARRAY_FILTER_USE_KEY));";

        assertThat(run("remember.php", read).text()).startsWith("ours/").doesNotEndWith("/0");

        Files.delete(current);
        Files.createSymbolicLink(current, other.directory());
        for (int i = 0; i < 4; i++) {
            assertThat(get("/remember.php").text()).startsWith("/").doesNotContain("s3cret");
        }
    }

    /** OPcache finds a script by name without opening it, so this needs its own wall. */
    @Test
    void doesNotIncludeWhatAnotherSiteHasCached() throws IOException {
        PhpTenant other = tenant("b.test", Duration.ofSeconds(30), List.of());
        Path secret = script(other, "cached.php", "<?php return 's3cret';");
        Files.setLastModifiedTime(secret, java.nio.file.attribute.FileTime.fromMillis(1_000_000_000_000L));
        script(
                other,
                "warm.php",
                "<?php echo include __DIR__ . '/cached.php', (int) opcache_is_script_cached(__DIR__ . '/cached.php');");
        assertThat(await(exchange(request(other, "GET", "/warm.php", null, -1, Map.of(), null)))
                        .text())
                .isEqualTo("s3cret1");
        for (String how : List.of("include", "include_once", "require", "require_once")) {
            Answer answer = run("steal-" + how + ".php", "<?php echo " + how + " '" + secret + "';");
            assertThat(answer.text()).doesNotContain("s3cret");
        }
        assertThat(run(
                                "peek.php",
                                "<?php echo json_encode(opcache_get_status()['scripts']), "
                                        + "json_encode(opcache_is_script_cached('" + secret
                                        + "')), json_encode(opcache_invalidate('" + secret + "', true));")
                        .text())
                .doesNotContain("cached.php")
                .endsWith("falsefalse");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "exec", "shell_exec", "system", "passthru", "popen", "proc_open", "proc_nice", "pcntl_fork",
                        "pcntl_exec",
                "posix_kill", "posix_setuid", "dl", "opcache_reset", "symlink", "link", "shm_attach", "shmop_open",
                        "msg_get_queue",
                "sem_get", "ftok"
            })
    void hasNoFunctionThatLeadsOut(String function) {
        assertThat(run(
                                "has.php",
                                "<?php echo json_encode(function_exists($_GET['f'] ?? '')), ini_get('disable_functions');")
                        .text())
                .contains(function);
        assertThat(get("/has.php?f=" + function).text()).startsWith("false");
    }

    @ParameterizedTest
    @ValueSource(strings = {"GCONV_PATH=/x", "LD_PRELOAD=/x", "LOCPATH=/x", "OPENSSL_CONF=/x", "HOSTALIASES=/x"})
    void keepsScriptsFromSteeringTheSystemsLibraries(String assignment) {
        script(
                "putenv.php",
                "<?php echo json_encode(@putenv($_GET['a'])), json_encode(getenv(strtok($_GET['a'], '=')));");
        assertThat(get("/putenv.php?a=" + assignment).text()).isEqualTo("falsefalse");
        assertThat(get("/putenv.php?a=APP_KEY=1").text()).isEqualTo("true\"1\"");
    }

    @Test
    void refusesToRunProgramsAnyWay() {
        assertThat(run("mail.php", "<?php echo json_encode(mail('a@b.test', 's', 'b', '', '-X/tmp/x'));")
                        .text())
                .isEqualTo("false");
        assertThat(run("tick.php", "<?php echo `id`;").status()).isEqualTo(500);
        assertThat(run("ffi.php", "<?php FFI::cdef('int getpid();')->getpid();").status())
                .isEqualTo(500);
    }

    @Test
    void keepsDirectivesOfTheSiteOutOfTheScriptsReach() {
        Answer answer = run(
                "set.php",
                "<?php foreach (['open_basedir' => '/', 'sys_temp_dir' => '/', 'session.save_path' => '/', 'error_log' => '/x',"
                        + " 'upload_tmp_dir' => '/', 'memory_limit' => '1G', 'sendmail_path' => '/bin/sh'] as $n => $v)"
                        + " { echo (int) (ini_set($n, $v) !== false); } echo ini_get('memory_limit');");
        assertThat(answer.text()).isEqualTo("0000000128M");
    }

    @Test
    void appliesEachSitesOwnDirectives() {
        PhpTenant other = tenant(
                "c.test",
                Duration.ofSeconds(30),
                List.of(new IniSetting("precision", "7"), new IniSetting("open_basedir", "/")));
        script(
                other,
                "ini.php",
                "<?php echo ini_get('precision'), ini_get('open_basedir') === '/' ? 'open' : 'closed';");
        script("ini.php", "<?php echo ini_get('precision');");
        for (int i = 0; i < 4; i++) {
            assertThat(await(exchange(request(other, "GET", "/ini.php", null, -1, Map.of(), null)))
                            .text())
                    .isEqualTo("7closed");
            assertThat(get("/ini.php").text()).isEqualTo("14");
        }
    }

    @Test
    void readsUserIniFilesWithinTheWalls() {
        script(
                "ini/.user.ini",
                "precision = 6\nmemory_limit = 1G\nopen_basedir = /\nupload_max_filesize = 3M\nauto_prepend_file = before.php");
        script("ini/deeper/.user.ini", "precision = 9");
        script("ini/before.php", "<?php echo 'before';");
        String show = "<?php echo ini_get('precision'), ini_get('upload_max_filesize'), ini_get('memory_limit'),"
                + " ini_get('open_basedir') === '/' ? 'open' : 'closed';";
        script("ini/show.php", show);
        script("ini/deeper/show.php", "<?php echo ini_get('precision');");
        script("show.php", "<?php echo ini_get('precision'), ini_get('upload_max_filesize');");
        for (int i = 0; i < 4; i++) {
            assertThat(get("/ini/show.php").text()).isEqualTo("before63M128Mclosed");
            assertThat(get("/show.php").text()).isEqualTo("142M");
        }
        script("ini/deeper/before.php", "<?php echo 'near';");
        assertThat(get("/ini/deeper/show.php").text()).endsWith("9");
    }

    @Test
    void servesMoreSitesThanAWorkerRemembers() {
        for (int i = 0; i < Frames.TENANT_SLOTS + 20; i++) {
            PhpTenant other = tenant("many" + i + ".test", Duration.ofSeconds(30), List.of());
            script(other, "name.php", "<?php echo basename(__DIR__), getenv('DB_NAME');");
            assertThat(await(exchange(request(other, "GET", "/name.php", null, -1, Map.of(), null)))
                            .text())
                    .isEqualTo("many" + i + ".testword");
        }
    }

    @Test
    void handsNoPersistentConnectionToAnotherSite() throws IOException {
        PhpTenant other = tenant("e.test", Duration.ofSeconds(30), List.of());
        try (ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            String code =
                    "<?php echo stream_socket_get_name(pfsockopen('127.0.0.1', " + server.getLocalPort() + "), false);";
            script("persistent.php", code);
            script(other, "persistent.php", code);
            Set<String> mine = new HashSet<>();
            Set<String> theirs = new HashSet<>();
            for (int i = 0; i < 6; i++) {
                mine.add(get("/persistent.php").text());
                theirs.add(await(exchange(request(other, "GET", "/persistent.php", null, -1, Map.of(), null)))
                        .text());
            }
            assertThat(mine).isNotEmpty().doesNotContain("").doesNotContainAnyElementsOf(theirs);
        }
    }

    @Test
    void keepsSessionsInTheSitesDirectory() {
        script(
                "session.php",
                "<?php session_id('abc'); session_start(); echo $_SESSION['n'] = ($_SESSION['n'] ?? 0) + 1;");
        assertThat(get("/session.php").text()).isEqualTo("1");
        assertThat(site.sessionDirectory()).isNotEmptyDirectory();
        PhpTenant other = tenant("d.test", Duration.ofSeconds(30), List.of());
        script(other, "session.php", "<?php session_id('abc'); session_start(); echo json_encode($_SESSION);");
        assertThat(await(exchange(request(other, "GET", "/session.php", null, -1, Map.of(), null)))
                        .text())
                .isEqualTo("[]");
    }
}
