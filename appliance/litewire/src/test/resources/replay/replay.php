<?php
// Replays a recorded corpus through mysqli and prints what came of each statement, one line per result.
// usage: php replay.php corpus.jsonl.gz host port user password database
mysqli_report(MYSQLI_REPORT_OFF);
[, $corpus, $host, $port, $user, $password, $database] = $argv;
$connections = [];
$clock = null;

function connect(string $db, int $flags): mysqli {
    global $host, $port, $user, $password, $clock;
    $m = mysqli_init();
    $m->real_connect($host, $user, $password, $db === '' ? null : $db, (int)$port, null, $flags);
    if ($m->connect_errno) {
        fwrite(STDERR, "connect: {$m->connect_error}\n");
        exit(1);
    }
    if ($clock !== null) {
        $m->query("SET timestamp = $clock");
    }
    return $m;
}

function field(?string $text): string {
    return $text === null ? '\N' : strtr($text, ["\\" => "\\\\", "\t" => "\\t", "\n" => "\\n", "\r" => "\\r"]);
}

// index, part, errno, sqlstate, message, affected rows, insert id, warnings, SQL, columns, then each column, then each cell
function report(int $index, string $part, string $sql, mysqli|mysqli_stmt $h, mysqli_result|bool|null $result, int|string $warnings, ?array $errors = null): void {
    [$number, $state, $message] = $errors ?? [$h->errno, $h->sqlstate, $h->error];
    $out = [$index, $part, $number, $state, $message, $h->affected_rows, $h->insert_id, $warnings, $sql];
    if ($result instanceof mysqli_result) {
        $out[5] = $result->num_rows;
        $fields = $result->fetch_fields();
        $out[] = count($fields);
        foreach ($fields as $f) {
            $out[] = implode('|', [$f->type, $f->flags, $f->length, $f->charsetnr, $f->decimals, $f->db, $f->table, $f->orgtable, $f->orgname, $f->name]);
        }
        while ($row = $result->fetch_row()) {
            foreach ($row as $cell) {
                $out[] = $cell;
            }
        }
        $result->free();
    } else {
        $out[] = 0;
    }
    echo implode("\t", array_map(fn($v) => field($v === null ? null : (string)$v), $out)), "\n";
}

function query(int $index, mysqli $m, string $sql): void {
    $result = $m->query($sql);
    report($index, '0', $sql, $m, $result, $m->warning_count);
    witness($index, $sql);
}

// ORDER BY … LIMIT may choose among rows of equal sort keys: the rows without LIMIT tell whether it did. Asked on another
// connection, so that FOUND_ROWS() and the like stay as recorded.
function witness(int $index, string $sql): void {
    global $database;
    static $other = null;
    $whole = preg_replace('/\blimit\s+\d+(\s*(,|offset)\s*\d+)?\s*$/i', '', $sql, 1, $count);
    if ($count === 0 || !preg_match('/^\s*select\b.*\border\s+by\b/is', $sql)) {
        return;
    }
    if ($other === null) {
        $other = connect($database, 0);
        $other->query("SET NAMES utf8mb4, sql_mode = ''");
    }
    $result = $other->query($whole);
    report($index, 'whole', $whole, $other, $result, 0);
}

// A query after which the warnings are asked for: their number, then each one's code.
function check(int $index, mysqli $m, string $sql): void {
    $result = $m->query($sql);
    $warnings = (string)$m->warning_count;
    $errors = [$m->errno, $m->sqlstate, $m->error];
    if ($result instanceof mysqli_result && $m->warning_count > 0) {
        foreach ($m->query('SHOW WARNINGS')->fetch_all() as $warning) {
            $warnings .= ' ' . $warning[1];
        }
    }
    report($index, '0', $sql, $m, $result, $warnings, $errors);
}

function multi(int $index, mysqli $m, string $sql): void {
    $part = 0;
    $more = $m->multi_query($sql);
    do {
        $result = $more ? $m->store_result() : false;
        report($index, (string)$part++, $sql, $m, $result, $m->warning_count);
        $again = $m->more_results();
        $more = $again && $m->next_result();
    } while ($again);
}

function execute(int $index, mysqli $m, array $o, string $sql): void {
    $statement = $m->prepare($sql);
    if (!$statement) {
        report($index, '0', $sql, $m, false, $m->warning_count);
        return;
    }
    if (($o['types'] ?? '') !== '') {
        $statement->bind_param($o['types'], ...array_map(fn($p) => is_array($p) ? base64_decode($p['base64']) : $p, $o['params']));
    }
    $statement->execute();
    $warnings = $m->warning_count;
    $result = $statement->errno ? false : $statement->get_result();
    report($index, '0', $sql, $statement, $result, $warnings);
    $statement->close();
}

foreach (new SplFileObject('compress.zlib://' . $corpus) as $index => $line) {
    if ($line === '') {
        continue;
    }
    $o = json_decode($line, true, 512, JSON_THROW_ON_ERROR);
    $sql = isset($o['sql64']) ? base64_decode($o['sql64']) : ($o['sql'] ?? '');
    $c = $o['c'] ?? 0;
    switch ($o['k']) {
        case 'meta':
            $clock = $o['clock'] ?? null;
            break;
        case 'setup':
            connect($o['db'], 0)->multi_query($sql);
            break;
        case 'connect':
            $connections[$c] = connect($o['db'] ?? '', $o['flags'] ?? 0);
            if (isset($o['charset'])) {
                $connections[$c]->set_charset($o['charset']);
            }
            break;
        case 'query':
            query($index, $connections[$c], $sql);
            break;
        case 'check':
            check($index, $connections[$c], $sql);
            break;
        case 'multi':
            multi($index, $connections[$c], $sql);
            break;
        case 'execute':
            execute($index, $connections[$c], $o, $sql);
            break;
        case 'init_db':
            $connections[$c]->select_db($o['db']);
            report($index, '0', 'USE ' . $o['db'], $connections[$c], null, 0);
            break;
        case 'quit':
            $connections[$c]->close();
            unset($connections[$c]);
            break;
    }
}

// What is there afterwards.
$m = connect($database, 0);
$m->set_charset('utf8mb4');
$index = 1000000;
$tables = array_column($m->query('SHOW TABLES')->fetch_all(), 0);
sort($tables);
foreach ($tables as $table) {
    query($index++, $m, "SHOW CREATE TABLE `$table`");
    query($index++, $m, "SHOW FULL COLUMNS FROM `$table`");
    query($index++, $m, "SHOW INDEX FROM `$table`");
    query($index++, $m, "SELECT * FROM `$table`");
}
