<?php
require __DIR__ . '/probe.php';
