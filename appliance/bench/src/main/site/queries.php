<?php
// The statements of one front page, as JSON.
define('SAVEQUERIES', true);
define('WP_USE_THEMES', true);
$_SERVER['REQUEST_URI'] = '/';
$_SERVER['PHP_SELF'] = $_SERVER['SCRIPT_NAME'] = '/index.php';
ob_start();
require __DIR__ . '/../wp-blog-header.php';
ob_end_clean();
header('Content-Type: application/json', true, 200);
echo json_encode(array_column($GLOBALS['wpdb']->queries, 0), JSON_THROW_ON_ERROR);
