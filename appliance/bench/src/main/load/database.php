<?php
// One client of a MySQL server, as PHP is one: runs one workload for some seconds, one operation after the other, and prints
// the number of operations, the seconds they took and the 99th percentile in milliseconds.
//
// usage: php database.php <Unix socket or host:port> <user> <password> <database> prepare
//        php database.php <Unix socket or host:port> <user> <password> <database> <workload> <seconds> [<queries.json>]
mysqli_report(MYSQLI_REPORT_ERROR | MYSQLI_REPORT_STRICT);
[, $address, $user, $password, $database, $workload] = $argv;
const ROWS = 5000;

function connect(): mysqli
{
    global $address, $user, $password, $database;
    if ($address[0] === '/') {
        return new mysqli('localhost', $user, $password, $database, 0, $address);
    }
    [$host, $port] = explode(':', $address);
    return new mysqli($host, $user, $password, $database, (int) $port);
}

function prepare(mysqli $connection): void
{
    $connection->query('DROP TABLE IF EXISTS bench_rows');
    $connection->query('CREATE TABLE bench_rows (id INT NOT NULL AUTO_INCREMENT PRIMARY KEY, name VARCHAR(60) NOT NULL,'
        . ' price DECIMAL(10,2) NOT NULL, made DATETIME NOT NULL, note VARCHAR(200) NULL) DEFAULT CHARSET=utf8mb4');
    for ($from = 1; $from <= ROWS; $from += 500) {
        $rows = [];
        for ($id = $from; $id < $from + 500; $id++) {
            $note = $id % 10 === 0 ? 'NULL' : "'" . str_repeat("note $id ", 8) . "'";
            $rows[] = sprintf("(%d, 'name number %d', %d.%02d, '2026-01-01 %02d:%02d:00', %s)",
                $id, $id, $id, $id % 100, $id % 24, $id % 60, $note);
        }
        $connection->query('INSERT INTO bench_rows VALUES ' . implode(',', $rows));
    }
}

/** The operation to repeat; it throws when an answer is not what it must be. */
function operation(mysqli $connection, string $workload, ?string $file): Closure
{
    $number = 0;
    $must = fn (bool $right) => $right ?: throw new RuntimeException("a wrong answer to $workload");
    switch ($workload) {
        case 'select-1':
            return fn () => $must($connection->query('SELECT 1')->fetch_row() === ['1']);
        case 'point-select':
            return function () use ($connection, &$number, $must) {
                $id = ($number = ($number + 7919) % ROWS) + 1;
                $row = $connection->query("SELECT id, name, price, made, note FROM bench_rows WHERE id = $id")->fetch_row();
                $must($row[0] === "$id");
            };
        case 'prepared-point-select':
            $statement = $connection->prepare('SELECT id, name, price, made, note FROM bench_rows WHERE id = ?');
            $id = 0;
            $statement->bind_param('i', $id);
            return function () use ($statement, &$id, &$number, $must) {
                $id = ($number = ($number + 7919) % ROWS) + 1;
                $statement->execute();
                $must($statement->get_result()->fetch_row()[0] === $id);
            };
        case 'fetch-5000':
            return function () use ($connection, $must) {
                $rows = $connection->query('SELECT id, name, price, made, note FROM bench_rows')->fetch_all();
                $must(count($rows) === ROWS && $rows[ROWS - 1][0] === (string) ROWS);
            };
        case 'connect':
            return function () use ($must) {
                $fresh = connect();
                $must($fresh->query('SELECT 1')->fetch_row() === ['1']);
                $fresh->close();
            };
        case 'front-page-queries':
            $queries = json_decode(file_get_contents($file), true, 4, JSON_THROW_ON_ERROR);
            return function () use ($connection, $queries) {
                foreach ($queries as $query) {
                    $result = $connection->query($query);
                    if ($result instanceof mysqli_result) {
                        while ($result->fetch_object()) {
                        }
                    }
                }
            };
    }
    throw new InvalidArgumentException("unknown workload $workload");
}

$connection = connect();
$connection->set_charset('utf8mb4');
if ($workload === 'prepare') {
    prepare($connection);
    exit;
}
// WordPress's own mode: the pages' statements rely on it.
$connection->query("SET SESSION sql_mode = 'NO_ENGINE_SUBSTITUTION'");
$operation = operation($connection, $workload, $argv[7] ?? null);
$nanoseconds = [];
$begin = hrtime(true);
$end = $begin + (int) $argv[6] * 1_000_000_000;
for ($now = $begin; $now < $end; $now = $after) {
    $operation();
    $after = hrtime(true);
    $nanoseconds[] = $after - $now;
}
$count = count($nanoseconds);
sort($nanoseconds);
printf("%d %.6f %.6f\n", $count, ($now - $begin) / 1e9, $nanoseconds[(int) ($count * 0.99)] / 1e6);
