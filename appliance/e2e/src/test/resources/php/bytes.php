<?php
// Stores nasty texts through every way PHP has, reads them back and compares byte for byte.
mysqli_report(MYSQLI_REPORT_ERROR | MYSQLI_REPORT_STRICT);
$db = new mysqli(getenv('DB_HOST'), getenv('DB_USER'), getenv('DB_PASSWORD'), getenv('DB_NAME'), (int) getenv('DB_PORT'));
$db->set_charset('utf8mb4');
$pdo = new PDO('mysql:host=' . getenv('DB_HOST') . ';port=' . getenv('DB_PORT') . ';dbname=' . getenv('DB_NAME') . ';charset=utf8mb4',
    getenv('DB_USER'), getenv('DB_PASSWORD'), [PDO::ATTR_ERRMODE => PDO::ERRMODE_EXCEPTION]);
$native = new PDO('mysql:host=' . getenv('DB_HOST') . ';port=' . getenv('DB_PORT') . ';dbname=' . getenv('DB_NAME') . ';charset=utf8mb4',
    getenv('DB_USER'), getenv('DB_PASSWORD'), [PDO::ATTR_ERRMODE => PDO::ERRMODE_EXCEPTION, PDO::ATTR_EMULATE_PREPARES => false]);
$db->query('DROP TABLE IF EXISTS nasty');
$db->query('CREATE TABLE nasty (id INT AUTO_INCREMENT PRIMARY KEY, t LONGTEXT, b LONGBLOB) DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci');
$texts = [
    'SELECT * FROM information_schema.tables WHERE table_schema = DATABASE()',
    "'; DROP TABLE nasty; --", '"; DROP TABLE nasty; #', "\\'; DROP TABLE nasty; -- \\", '\\', '\\\\', "\\n\\r\\0\\Z\\%\\_", "a\\", "it''s", "`back`tick`",
    "emoji \u{1F600}\u{1F468}\u{200D}\u{1F469}\u{200D}\u{1F467} flag \u{1F1E9}\u{1F1EA}", "nul \0 inside", "\0", "", ' ', '  spaces  ',
    "line\r\nbreak\ttab\x1a", '/* comment */ -- comment # comment', '/*!50000 SELECT 1 */', '?', ':name', '%s %1$s', '{oj x}', '@a := 1', 'ATTACH DATABASE x',
    "é\u{301} ñ ß İ ﬁ \u{FEFF}\u{200F}", str_repeat("long 'quoted' \\ text \0 ", 50000), '0', '1e5', 'NULL', '0x41', "x'41'", 'true', '2024-01-01 00:00:00',
];
$binary = implode('', array_map('chr', range(0, 255)));
$blobs = [$binary, str_repeat($binary, 300), strrev($binary), "\xff\xfe\x00", random_bytes(70000)];
$failed = [];
function check(string $way, string $expected, mixed $got): void {
    global $failed;
    if ($got !== $expected) { $failed[] = $way . ' ' . substr(json_encode($expected, JSON_INVALID_UTF8_SUBSTITUTE), 0, 60) . ' became ' . substr(json_encode($got, JSON_INVALID_UTF8_SUBSTITUTE), 0, 60); }
}
foreach (array_merge(array_map(fn ($t) => ['t', $t], $texts), array_map(fn ($b) => ['b', $b], $blobs)) as [$column, $text]) {
    $db->query("INSERT INTO nasty ($column) VALUES ('" . $db->real_escape_string($text) . "')");
    $id = $db->insert_id;
    check('escaped', $text, $db->query("SELECT $column FROM nasty WHERE id = $id")->fetch_row()[0]);
    check('length', (string) strlen($text), $db->query("SELECT LENGTH($column) FROM nasty WHERE id = $id")->fetch_row()[0]);
    check('found', "$id", $db->query("SELECT MAX(id) FROM nasty WHERE $column = '" . $db->real_escape_string($text) . "'")->fetch_row()[0]);
    $statement = $db->prepare("INSERT INTO nasty ($column) VALUES (?)");
    $statement->bind_param('s', $text);
    $statement->execute();
    $id = $statement->insert_id;
    $statement = $db->prepare("SELECT $column FROM nasty WHERE id = ?");
    $statement->bind_param('i', $id);
    $statement->execute();
    check('prepared', $text, $statement->get_result()->fetch_row()[0]);
    foreach (['pdo' => $pdo, 'native' => $native] as $way => $connection) {
        $statement = $connection->prepare("INSERT INTO nasty ($column) VALUES (:v)");
        $statement->bindValue(':v', $text, $column === 'b' ? PDO::PARAM_LOB : PDO::PARAM_STR);
        $statement->execute();
        $statement = $connection->prepare("SELECT $column FROM nasty WHERE id = ?");
        $statement->execute([$connection->lastInsertId()]);
        check($way, $text, $statement->fetchColumn());
    }
    $db->query("UPDATE nasty SET $column = CONCAT($column, '') WHERE id = $id");
    check('updated', $text, $db->query("SELECT $column FROM nasty WHERE id = $id")->fetch_row()[0]);
}
$statement = $db->prepare('INSERT INTO nasty (b) VALUES (?)');
$null = null;
$statement->bind_param('b', $null);
for ($i = 0; $i < 20; $i++) { $statement->send_long_data(0, str_repeat(chr($i), 100000)); }
$statement->execute();
check('long data', '2000000', $db->query('SELECT LENGTH(b) FROM nasty WHERE id = ' . $statement->insert_id)->fetch_row()[0]);
$huge = str_repeat('0123456789abcdef', 1 << 20) . 'end';
$db->query("INSERT INTO nasty (b) VALUES ('" . $huge . "')");
check('over 16 MB', md5($huge), md5($db->query('SELECT b FROM nasty WHERE id = ' . $db->insert_id)->fetch_row()[0]));
echo $failed === [] ? 'all the same' : implode("\n", $failed);
