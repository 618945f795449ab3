<?php
session_start();
$_SESSION['owner'] = 'theirs-alone';
file_put_contents(sys_get_temp_dir() . '/kept.txt', 'theirs-alone');
echo session_id();
