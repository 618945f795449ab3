<?php
// How many comments the database holds.
require __DIR__ . '/../wp-load.php';
header('Content-Type: text/plain');
echo 'comments ', $GLOBALS['wpdb']->get_var("SELECT COUNT(*) FROM {$GLOBALS['wpdb']->comments}"), "\n";
