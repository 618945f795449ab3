<?php
// What WordPress would still change in its schema: nothing, when the database tells its tables right.
require __DIR__ . '/wp-load.php';
require_once ABSPATH . 'wp-admin/includes/upgrade.php';
dbDelta('all');
echo json_encode(dbDelta('all'));
