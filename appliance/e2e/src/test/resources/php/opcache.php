<?php
$status = opcache_get_status(true);
if ($status === false) { exit('off'); }
foreach ($status['scripts'] ?? [] as $script) {
    if ($script['full_path'] === __FILE__) { exit('hits ' . $script['hits']); }
}
echo 'hits 0';
