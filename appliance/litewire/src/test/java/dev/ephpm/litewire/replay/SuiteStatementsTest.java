package dev.ephpm.litewire.replay;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class SuiteStatementsTest {
    private static Set<String> of(String text) {
        Set<String> statements = new LinkedHashSet<>();
        SuiteStatements.of(text, statements);
        return statements;
    }

    @Test
    void statementsEndWithTheDelimiter() {
        assertThat(
                        of(
                                "SELECT 1;\nSELECT ';' # no; end\n, 2;  SELECT 1;\ndelimiter |;\nBEGIN; END|\ndelimiter ;|\nSELECT 3;"))
                .containsExactly("SELECT 1", "SELECT ';' # no; end\n, 2", "BEGIN; END", "SELECT 3");
    }

    @Test
    void commandsOfTheTestLanguageAreNotStatements() {
        assertThat(of("""
                        # a comment; with a semicolon
                        --echo not SQL
                        --source include/have_innodb.inc
                        let $1= 5;
                        while ($1)
                        {
                          SELECT 'in a loop';
                          dec $1;
                        }
                        if ($x == 'a;b') {
                          SELECT 'in a condition';
                        }
                        --error ER_NO_SUCH_TABLE
                        SELECT * FROM t;
                        eval SELECT $1;
                        SELECT '$name';
                        --perl
                        print "SELECT 1;";
                        EOF
                        write_file $file EOS;
                        SELECT 'in a file';
                        EOS
                        send SELECT 'sent';
                        reap;
                        query_vertical SELECT 'vertical';
                        --disable_parsing
                        SELECT 'off';
                        --enable_parsing
                        SELECT 'last';
                        """))
                .containsExactly(
                        "SELECT 'in a loop'",
                        "SELECT 'in a condition'",
                        "SELECT * FROM t",
                        "SELECT 'sent'",
                        "SELECT 'vertical'",
                        "SELECT 'last'");
    }
}
