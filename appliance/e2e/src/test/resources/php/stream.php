<?php
// ?send= megabytes are sent; a body is read and its length and checksum told.
if (isset($_GET['send'])) {
    $block = str_repeat("0123456789abcdef", 65536);
    while (ob_get_level() > 0) { ob_end_clean(); }
    for ($i = 0; $i < (int) $_GET['send']; $i++) { echo $block; }
    exit;
}
if (isset($_GET['read'])) {
    $input = fopen('php://input', 'rb');
    $length = 0;
    $sum = hash_init('crc32b');
    while (!feof($input)) { $part = fread($input, 65536); $length += strlen($part); hash_update($sum, $part); }
    exit($length . ' ' . hash_final($sum) . ' ' . (memory_get_peak_usage() < 32 << 20 ? 'flat' : 'grew'));
}
echo $_FILES['big']['size'] ?? 'none', ' ', isset($_FILES['big']) ? hash_file('crc32b', $_FILES['big']['tmp_name']) : '';
