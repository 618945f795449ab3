package dev.ephpm.phpbridge;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

/** What every engine must do, against real PHP. */
abstract class PhpEngineContract extends PhpEngineFixture {
    @Test
    void answersAGet() {
        script("hello.php", "<?php header('X-Two: 2'); echo 'hello ', $_GET['name'], ' ', PHP_SAPI;");
        Answer answer = get("/hello.php?name=ann");
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.text()).isEqualTo("hello ann fpm-fcgi");
        assertThat(answer.header("X-Two")).isEqualTo("2");
        assertThat(answer.header("Content-type")).isEqualTo("text/html; charset=UTF-8");
        assertThat(answer.length()).isEqualTo(18);
    }

    @Test
    void passesAPostedForm() {
        script(
                "form.php",
                "<?php echo $_SERVER['REQUEST_METHOD'], json_encode($_POST), strlen(file_get_contents('php://input'));");
        Answer answer = send("POST", "/form.php", "application/x-www-form-urlencoded", "a=1&b%5B%5D=2");
        assertThat(answer.text()).isEqualTo("POST" + "{\"a\":\"1\",\"b\":[\"2\"]}13");
    }

    @Test
    void passesServerVariablesAndTheSitesEnvironment() {
        script(
                "server.php",
                "<?php echo $_SERVER['DB_NAME'], getenv('DB_NAME'), $_SERVER['HTTP_X_A'], $_SERVER['PHP_SELF'], getenv('PATH') === false ? 'none' : 'some';");
        Answer answer = get("/server.php", Map.of("HTTP_X_A", "b"));
        assertThat(answer.text()).isEqualTo("wordwordb/server.phpnone");
    }
}
