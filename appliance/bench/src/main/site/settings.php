<?php
// What must be the same in both stacks for a fair comparison.
header('Content-Type: text/plain');
echo 'php ', PHP_VERSION, PHP_ZTS ? ' zts' : ' nts', PHP_DEBUG ? ' debug' : '', "\n";
$settings = ini_get_all(null, false);
foreach (['memory_limit', 'realpath_cache_size', 'zend.assertions', 'output_buffering', 'session.save_handler'] as $name) {
    echo $name, ' = ', $settings[$name] ?? '', "\n";
}
foreach ($settings as $name => $value) {
    if (str_starts_with($name, 'opcache.')) {
        echo $name, ' = ', $value, "\n";
    }
}
$extensions = get_loaded_extensions();
sort($extensions, SORT_STRING | SORT_FLAG_CASE);
echo 'extensions ', implode(' ', array_diff($extensions, ['cgi-fcgi'])), "\n";
