<?php
// Uses phpMyAdmin 5.2 as a person would, over HTTP: every page of a database, its forms, an export and its import.
// usage: php phpmyadmin.php http://127.0.0.1:port user password database
// Prints what a page complained about and ends with 1 if any did.
[, $base, $user, $password, $database] = $argv;

final class Browser {
    private CurlHandle $curl;
    public string $token = '';
    public int $pages = 0;
    public array $complaints = [];

    public function __construct(private string $base, private array $common) {
        $this->curl = curl_init();
        curl_setopt_array($this->curl, [CURLOPT_RETURNTRANSFER => true, CURLOPT_FOLLOWLOCATION => true, CURLOPT_COOKIEFILE => '']);
    }

    public function get(string $route, array $parameters = [], bool $complain = true): string {
        return $this->send($route, $parameters, null, $complain);
    }

    // A form as the page's script sends it; the HTML of the answer.
    public function post(string $route, array $form = [], bool $complain = true): string {
        return $this->send($route, [], $form + $this->common + ['token' => $this->token, 'server' => 1, 'ajax_request' => '1'], $complain);
    }

    // A form as a browser without script sends it.
    public function submit(string $route, array $form, bool $complain = true): string {
        return $this->send($route, [], $form + ['token' => $this->token, 'server' => 1], $complain);
    }

    private function send(string $route, array $query, ?array $form, bool $complain): string {
        $url = $this->base . '/index.php?route=' . $route . '&' . http_build_query($query);
        curl_setopt($this->curl, CURLOPT_URL, $url);
        if ($form === null) {
            curl_setopt($this->curl, CURLOPT_HTTPGET, true);
        } else {
            $files = array_filter($form, is_object(...));
            curl_setopt($this->curl, CURLOPT_POSTFIELDS, $files ? flat($form) : http_build_query($form));
        }
        $body = curl_exec($this->curl);
        $this->pages++;
        $status = curl_getinfo($this->curl, CURLINFO_RESPONSE_CODE);
        $json = json_decode($body, true);
        $text = is_array($json) ? flatten($json) : $body;
        if (preg_match('/name="token" value="([^"]+)"/', $text, $m) || preg_match('/token:"([0-9a-f]+)"/', $text, $m)) {
            $this->token = html_entity_decode($m[1]);
        }
        if ($complain) {
            $this->check($route . ' ' . substr(http_build_query($query + array_filter($form ?? [], is_string(...))), 0, 200), $status, $text, is_array($json) && ($json['success'] ?? null) === false);
        }
        return $text;
    }

    private function check(string $what, int $status, string $text, bool $failed): void {
        $text = preg_replace('~<noscript>.*?</noscript>|<div[^>]*id="js-https-mismatch".*?</div>~s', '', $text);
        $found = null;
        if ($status !== 200) {
            $found = "status $status";
        } elseif (preg_match('~(Fatal error|Uncaught|<b>Warning</b>|<b>Notice</b>|<b>Deprecated</b>|mysqli_sql_exception|Trying to|Undefined (array|index|variable|offset))[^\n]{0,300}~', $text, $m)) {
            $found = $m[0];
        } elseif (preg_match('~class="alert alert-danger"[^>]*>(.{0,700})~s', $text, $m)) {
            $found = trim(preg_replace('/\s+/', ' ', strip_tags($m[1])));
            $found = strlen($found) < 40 ? substr(trim(preg_replace('/\s+/', ' ', strip_tags($text))), 0, 900) : $found;
        } elseif ($failed) {
            $found = substr(trim(preg_replace('/\s+/', ' ', strip_tags($text))), 0, 400);
        }
        if ($found !== null) {
            $this->complaints[] = "$what\n    $found";
        }
    }

    public function expect(string $text, string ...$wanted): void {
        foreach ($wanted as $part) {
            if (!str_contains($text, $part)) {
                $this->complaints[] = debug_backtrace()[0]['line'] . ": not found: $part in " . substr(preg_replace('/\s+/', ' ', strip_tags($text)), 0, 300);
            }
        }
    }
}

function flatten(array $json): string {
    $text = '';
    array_walk_recursive($json, function ($value) use (&$text) { $text .= is_string($value) ? $value . "\n" : ''; });
    return $text;
}

function flat(array $form, string $prefix = ''): array {
    $out = [];
    foreach ($form as $key => $value) {
        $name = $prefix === '' ? $key : "{$prefix}[$key]";
        $out += is_array($value) ? flat($value, $name) : [$name => $value];
    }
    return $out;
}

// The filled-in fields of a page's form, by XPath of the form.
function form(string $html, string $xpath): array {
    $document = new DOMDocument();
    @$document->loadHTML('<?xml encoding="UTF-8"?>' . $html);
    $path = new DOMXPath($document);
    $form = $path->query($xpath)->item(0) ?? throw new RuntimeException("no form $xpath in " . substr(strip_tags($html), 0, 500));
    $pairs = [];
    foreach ($path->query('.//input[@name]|.//select[@name]|.//textarea[@name]', $form) as $field) {
        $name = $field->getAttribute('name');
        $type = $field->getAttribute('type');
        if ($field->nodeName === 'select') {
            $chosen = $path->query('.//option[@selected]', $field);
            $chosen = $chosen->length ? $chosen : ($field->hasAttribute('multiple') ? $chosen : $path->query('.//option', $field));
            foreach ($chosen as $i => $option) {
                if ($i === 0 || $field->hasAttribute('multiple')) {
                    $pairs[] = urlencode($name) . '=' . urlencode($option->hasAttribute('value') ? $option->getAttribute('value') : $option->textContent);
                }
            }
        } elseif ($field->nodeName === 'textarea') {
            $pairs[] = urlencode($name) . '=' . urlencode($field->textContent);
        } elseif (!in_array($type, ['submit', 'button', 'reset', 'file', 'image']) && (!in_array($type, ['checkbox', 'radio']) || $field->hasAttribute('checked'))) {
            $pairs[] = urlencode($name) . '=' . urlencode($field->getAttribute('value'));
        }
    }
    parse_str(implode('&', $pairs), $fields);
    return $fields;
}

function column(string $name, string $type, string $length = '', array $more = []): array {
    return $more + ['name' => $name, 'type' => $type, 'length' => $length, 'default_type' => 'NONE', 'default_value' => '', 'collation' => '', 'attribute' => '', 'key' => 'none_0', 'comments' => '', 'virtuality' => '', 'expression' => '', 'move_to' => ''];
}

function columns(array ...$columns): array {
    $form = [];
    foreach ($columns as $i => $column) {
        foreach ($column as $what => $value) {
            $form["field_$what"][$i] = $value;
        }
    }
    return $form;
}

$in = ['db' => $database];
$b = new Browser($base, $in);
function on(string $table): array {
    global $database;
    return ['db' => $database, 'table' => $table];
}
function sql(string $sql, bool $complain = true, array $more = []): string {
    global $b;
    return $b->post('/sql', $more + ['sql_query' => $sql, 'pos' => 0], $complain);
}
function import(string $sql, bool $complain = true): string {
    global $b, $in;
    return $b->post('/import', $in + ['sql_query' => $sql, 'is_js_confirmed' => '0', 'pos' => '0', 'goto' => 'index.php?route=/database/sql', 'message_to_show' => 'Your SQL query has been executed successfully.', 'sql_delimiter' => ';', 'show_query' => '1', 'fk_checks' => '1', 'format' => 'sql', 'import_type' => 'query', 'SQL' => 'Go'], $complain);
}

// Log in: a wrong password first.
$b->get('/');
$b->expect($b->submit('/', ['pma_username' => $user, 'pma_password' => 'wrong', 'pma_servername' => '', 'set_session' => ''], false), 'Access denied');
$b->expect($b->submit('/', ['pma_username' => $user, 'pma_password' => $password]), 'phpMyAdmin', 'Server version');

// The server's pages.
foreach (['/', '/server/databases', '/server/sql', '/server/status', '/server/status/processes', '/server/status/queries', '/server/status/variables', '/server/status/advisor', '/server/status/monitor', '/server/variables', '/server/collations', '/server/engines', '/server/engines/InnoDB', '/server/engines/InnoDB/Status', '/server/engines/MyISAM', '/server/engines/Aria', '/server/engines/MEMORY', '/server/plugins', '/server/export', '/server/import', '/check-relations', '/themes', '/license', '/preferences/manage', '/preferences/features', '/preferences/sql', '/preferences/navigation', '/preferences/main-panel', '/preferences/export', '/preferences/import'] as $route) {
    $b->get($route);
}
$b->get('/server/binlog', [], false);
$b->get('/server/privileges', [], false);
$b->get('/server/replication', [], false);
$b->post('/server/status/processes/refresh', ['full' => '1', 'order_by_field' => 'Time', 'sort_order' => 'DESC']);
$b->get('/server/status/variables', ['filterText' => 'Com', 'filterAlert' => '1', 'dontFormat' => '1', 'filterCategory' => 'select']);
$b->get('/server/variables/get/max_connections', ['ajax_request' => 1, 'server' => 1]);
$b->post('/server/status/monitor/chart', ['requiredData' => json_encode([[[['type' => 'statusvar', 'name' => 'Questions']], [['type' => 'statusvar', 'name' => 'Bytes_sent']]], [[['type' => 'proc', 'name' => 'x']]]])]);
$b->post('/server/status/monitor/log-vars');

// Tables through the form, of every kind of column.
foreach (['/database/structure', '/database/sql', '/database/search', '/database/import', '/database/operations', '/database/routines', '/database/events', '/database/triggers', '/database/designer', '/database/data-dictionary', '/database/multi-table-query', '/database/central-columns'] as $route) {
    $b->get($route, $in);
}
$b->get('/table/create', on('authors') + ['num_fields' => 6]);
$save = ['do_save_data' => '1', 'orig_num_fields' => 4, 'comment' => "Who's who", 'tbl_storage_engine' => 'InnoDB', 'tbl_collation' => 'utf8mb4_unicode_ci', 'connection' => '', 'partition_by' => '', 'partition_expr' => '', 'partition_count' => '', 'subpartition_by' => '', 'subpartition_expr' => '', 'subpartition_count' => '', 'online_transaction' => '', 'partition_definition' => '',
    'primary_indexes' => '[]', 'unique_indexes' => '[]', 'indexes' => '[]', 'fulltext_indexes' => '[]', 'spatial_indexes' => '[]'];
$key = fn(string $choice, int|array $columns, string $name = '') => json_encode([['columns' => array_map(fn($c) => ['col_index' => (string)$c, 'size' => ''], (array)$columns), 'Index_choice' => $choice, 'Key_name' => $name, 'Key_block_size' => '', 'Parser' => '', 'Index_comment' => '', 'Index_type' => '']]);
$b->expect($b->post('/table/create', on('authors') + $save + columns(
    column('id', 'INT', '', ['attribute' => 'UNSIGNED', 'extra' => 'AUTO_INCREMENT', 'key' => 'primary_0']),
    column('name', 'VARCHAR', '100', ['comments' => 'first and last']),
    column('email', 'VARCHAR', '191', ['collation' => 'utf8mb4_bin', 'key' => 'unique_1', 'null' => 'YES', 'default_type' => 'NULL']),
    column('born', 'DATE', '', ['null' => 'YES', 'default_type' => 'NULL']),
) + ['preview_sql' => '1']), 'CREATE TABLE');
$authors = ['primary_indexes' => $key('PRIMARY', 0), 'unique_indexes' => $key('UNIQUE', 2)] + $save;
$b->post('/table/create', on('authors') + $authors + columns(
    column('id', 'INT', '', ['attribute' => 'UNSIGNED', 'extra' => 'AUTO_INCREMENT', 'key' => 'primary_0']),
    column('name', 'VARCHAR', '100', ['comments' => 'first and last']),
    column('email', 'VARCHAR', '191', ['collation' => 'utf8mb4_bin', 'key' => 'unique_1', 'null' => 'YES', 'default_type' => 'NULL']),
    column('born', 'DATE', '', ['null' => 'YES', 'default_type' => 'NULL']),
));
$b->post('/table/create', on('books') + ['primary_indexes' => $key('PRIMARY', 0), 'indexes' => $key('INDEX', [1, 5], 'by_author'), 'fulltext_indexes' => $key('FULLTEXT', 3, 'words'), 'orig_num_fields' => 16, 'comment' => ''] + $save + columns(
    column('id', 'BIGINT', '', ['attribute' => 'UNSIGNED', 'extra' => 'AUTO_INCREMENT', 'key' => 'primary_0']),
    column('author_id', 'INT', '', ['attribute' => 'UNSIGNED', 'null' => 'YES', 'default_type' => 'NULL']),
    column('title', 'VARCHAR', '200'),
    column('body', 'TEXT', '', ['null' => 'YES']),
    column('kind', 'ENUM', "'novel','poem','it''s'", ['default_type' => 'USER_DEFINED', 'default_value' => 'novel']),
    column('pages', 'SMALLINT', '', ['attribute' => 'UNSIGNED', 'default_type' => 'USER_DEFINED', 'default_value' => '0']),
    column('price', 'DECIMAL', '10,2', ['default_type' => 'USER_DEFINED', 'default_value' => '9.99']),
    column('weight', 'DOUBLE', '', ['null' => 'YES']),
    column('tags', 'SET', "'a','b','c'", ['null' => 'YES']),
    column('cover', 'BLOB', '', ['null' => 'YES']),
    column('facts', 'JSON', '', ['null' => 'YES']),
    column('printed', 'YEAR', '', ['null' => 'YES']),
    column('seen', 'DATETIME', '', ['null' => 'YES', 'default_type' => 'CURRENT_TIMESTAMP']),
    column('changed', 'TIMESTAMP', '', ['default_type' => 'CURRENT_TIMESTAMP', 'attribute' => 'on update CURRENT_TIMESTAMP']),
    column('bits', 'BIT', '8', ['null' => 'YES']),
    column('double_pages', 'INT', '', ['null' => 'YES', 'virtuality' => 'VIRTUAL', 'expression' => '`pages` * 2']),
));
$b->expect($b->post('/table/create', on('books') + $authors + columns(column('id', 'INT')), false), 'already exists');

// Altering.
foreach (['authors', 'books'] as $table) {
    $b->expect($b->get('/table/structure', on($table)), $table === 'books' ? 'by_author' : 'first and last');
}
$b->get('/table/add-field', on('authors') + ['num_fields' => 2, 'field_where' => 'after', 'after_field' => 'name']);
$b->post('/table/add-field', on('authors') + $save + ['field_where' => 'after', 'after_field' => 'name', 'orig_num_fields' => 2] + columns(
    column('country', 'CHAR', '2', ['default_type' => 'USER_DEFINED', 'default_value' => 'DE']),
    column('rating', 'FLOAT', '', ['null' => 'YES'])));
$b->post('/table/add-field', on('authors') + ['indexes' => $key('INDEX', 0, 'by_nick')] + $save + ['field_where' => 'last', 'after_field' => '', 'orig_num_fields' => 1] + columns(column('nick', 'VARCHAR', '50', ['null' => 'YES', 'key' => 'index_0'])));
$html = $b->get('/table/structure/change', on('authors') + ['field' => 'name', 'change_column' => 1]);
$change = form($html, "//form[contains(@action,'structure/save')]");
$change['field_name'][0] = 'full_name';
$change['field_length'][0] = '150';
$change['field_comments'][0] = 'renamed & wider';
$b->post('/table/structure/save', $change + ['do_save_data' => 1] + on('authors'));
$html = $b->get('/table/structure/change', on('authors') + ['field' => 'nick', 'change_column' => 1]);
$change = form($html, "//form[contains(@action,'structure/save')]");
$change['field_collation'][0] = 'utf8mb4_general_ci';
$b->post('/table/structure/save', $change + ['do_save_data' => 1] + on('authors'));
$b->post('/table/structure/move-columns', on('authors') + ['move_columns' => ['id', 'full_name', 'email', 'country', 'rating', 'born', 'nick'], 'preview_sql' => 0]);
$b->post('/table/structure/unique', on('authors') + ['selected_fld' => ['nick'], 'mult_btn' => 'Yes']);
$b->post('/table/structure/index', on('authors') + ['selected_fld' => ['born', 'country']]);
$b->post('/table/structure/fulltext', on('authors') + ['selected_fld' => ['full_name']]);
$b->post('/table/structure/add-key', on('authors') + ['add_key' => 'ADD INDEX', 'sql_query' => 'ALTER TABLE `authors` ADD INDEX(`rating`);'], false);
$b->post('/table/structure/browse', on('authors') + ['selected_fld' => ['id', 'full_name']]);
$b->post('/table/structure/drop-confirm', on('authors') + ['selected_fld' => ['rating']]);
$b->post('/table/structure/drop', on('authors') + ['selected' => ['rating'], 'mult_btn' => 'Yes']);
$b->post('/table/structure/reserved-word-check', on('authors') + ['field_name' => ['select', 'id']]);
$b->get('/table/indexes', on('authors'));
$b->post('/table/indexes', on('authors') + ['create_index' => 1, 'added_fields' => 2]);
$index = fn(string $name, string $choice, array $columns, array $sizes = []) => ['index' => ['Key_name' => $name, 'Index_choice' => $choice, 'Key_block_size' => '', 'Index_type' => '', 'Parser' => '', 'Index_comment' => 'made by hand', 'columns' => ['names' => $columns, 'sub_parts' => $sizes + array_fill(0, count($columns), '')]], 'do_save_data' => 1];
$b->post('/table/indexes', on('books') + ['create_index' => 1] + $index('by_title', 'INDEX', ['title', 'printed'], ['20', '']));
$b->post('/table/indexes', on('books') + ['old_index' => 'by_title'] + $index('by_title_kind', 'UNIQUE', ['title', 'kind'], ['50', '']));
$b->post('/table/indexes', on('books') + ['index' => 'by_title_kind', 'old_index' => 'by_title_kind']);
$b->post('/table/indexes/rename', on('books') + ['old_index' => 'by_title_kind', 'index' => ['Key_name' => 'once'], 'do_save_data' => 1]);
$b->get('/table/relation', on('books'));
$b->post('/table/relation', on('books') + ['destination_foreign_db' => ['x' => $database], 'destination_foreign_table' => ['x' => 'authors'], 'destination_foreign_column' => ['x' => ['id']], 'foreign_key_fields_name' => ['x' => ['author_id']], 'constraint_name' => ['x' => 'wrote'], 'on_delete' => ['x' => 'SET_NULL'], 'on_update' => ['x' => 'CASCADE'], 'destination_db' => [], 'destination_table' => []]);
$b->expect($b->get('/table/relation', on('books')), 'wrote');
$b->post('/table/relation', on('books') + ['getDropdownValues' => 'true', 'foreignDb' => $database, 'foreignTable' => 'authors', 'foreign' => 'true']);

// Rows through the form.
$html = $b->get('/table/change', on('authors'));
$fill = function (string $table, array $values, ?string $where = null, array $functions = []) use ($b): string {
    $html = $where === null ? $b->get('/table/change', on($table)) : $b->post('/table/change', on($table) + ['where_clause' => [$where], 'clause_is_unique' => 1, 'default_action' => 'update', 'sql_query' => "SELECT * FROM `$table`"]);
    $form = form($html, "//form[@id='insertForm']");
    foreach ($values as $name => $value) {
        $id = md5($name);
        unset($form['fields_null']['multi_edit'][0][$id]);
        if ($value === null) {
            $form['fields_null']['multi_edit'][0][$id] = 'on';
        }
        $form['fields']['multi_edit'][0][$id] = $value ?? '';
        if (isset($functions[$name])) {
            $form['funcs']['multi_edit'][0][$id] = $functions[$name];
        }
    }
    if ($where === null) {
        $form['insert_ignore_1'] = 'on';
    }
    return $b->post('/table/replace', $form + ['submit_type' => $where === null ? 'insert' : 'save', 'ajax_page_request' => 'true'] + on($table));
};
foreach ([['Ada Lovelace', 'ada@example.org', '1815-12-10'], ['Émile Zola', 'zola@example.org', '1840-04-02'], ["Flann O'Brien", 'flann@example.org', '1911-10-05'], ['Жюль Верн 😀', null, null]] as [$name, $mail, $born]) {
    $b->expect($fill('authors', ['full_name' => $name, 'email' => $mail, 'born' => $born, 'nick' => null]), '1 row inserted');
}
$b->expect($fill('authors', ['full_name' => 'Twice', 'email' => 'x1@example.org', 'born' => null, 'nick' => 'ada'], null, ['full_name' => 'UPPER']), '1 row inserted');
for ($i = 1; $i <= 40; $i++) {
    if ($i <= 3) {
        $fill('books', ['author_id' => $i, 'title' => "Book $i", 'body' => "Some words about whale number $i \\ 'quoted' \"text\"\nsecond line", 'kind' => 'poem', 'pages' => $i * 10, 'price' => '12.50', 'weight' => '1.5e3', 'tags' => ['a', 'c'], 'facts' => '{"a": [1, 2, {"b": null}]}', 'printed' => '1999', 'seen' => '2020-02-29 12:34:56', 'bits' => '1010']);
    }
}
import(implode(";\n", array_map(fn($i) => sprintf("INSERT INTO `books` (`author_id`, `title`, `body`, `kind`, `pages`, `price`, `printed`, `cover`) VALUES (%d, 'Volume %d', 'The %s whale swims', 'novel', %d, %d.5, %d, 0x00ff%02x)", $i % 4 + 1, $i, $i % 2 ? 'white' : 'blue', $i * 7 % 50, $i, 1900 + $i, $i), range(1, 60))));
$b->expect($b->post('/table/replace', on('authors') + ['goto' => 'index.php?route=/sql'], false), '');
$fill('authors', ['full_name' => 'Émile Édouard Zola'], '`authors`.`id` = 2');
$fill('books', ['title' => 'Book one', 'kind' => "it's", 'weight' => null], '`books`.`id` = 1');

// Browsing: sorted, paged, edited in place.
$b->expect(sql('SELECT * FROM `books`', true, on('books')), 'Showing rows 0 - 24', 'Volume 3');
sql('SELECT * FROM `books`', true, on('books') + ['pos' => 25, 'session_max_rows' => 25]);
sql('SELECT * FROM `books` ORDER BY `books`.`title` DESC', true, on('books') + ['session_max_rows' => 50]);
sql('SELECT * FROM `books` ORDER BY `books`.`pages` ASC, `price` DESC', true, on('books') + ['session_max_rows' => 'all']);
$b->get('/sql', on('authors') + ['pos' => 0]);
$b->post('/table/replace', on('authors') + ['where_clause' => ['`authors`.`id` = 3'], 'clause_is_unique' => '1', 'fields_name' => ['multi_edit' => [0 => [md5('country') => 'country']]], 'fields_type' => ['multi_edit' => [0 => [md5('country') => 'char']]], 'fields' => ['multi_edit' => [0 => [md5('country') => 'IE']]], 'fields_null' => ['multi_edit' => [0 => []]], 'rel_fields_list' => '', 'transform_fields_list' => '', 'relational_display' => 'K', 'goto' => 'index.php?route=/sql', 'submit_type' => 'save', 'fields_prev' => ['multi_edit' => [0 => [md5('country') => 'DE']]], 'grid_edit' => 'true', 'do_transformations' => 1, 'sql_query' => 'SELECT * FROM `authors`']);
$b->expect(sql("SELECT country FROM authors WHERE id = 3"), 'IE');
$b->post('/sql/get-enum-values', on('books') + ['column' => 'kind', 'curr_value' => 'poem']);
$b->post('/sql/get-set-values', on('books') + ['column' => 'tags', 'curr_value' => 'a,c', 'get_full_values' => 1, 'where_clause' => '`books`.`id` = 1']);
$b->post('/sql/get-relational-values', on('books') + ['column' => 'author_id', 'curr_value' => '1', 'relation_key_or_display_column' => '']);
$b->get('/sql/get-default-fk-check-value', ['ajax_request' => 1]);
$b->get('/table/get-field', on('books') + ['transform_key' => 'cover', 'where_clause' => '`books`.`id` = 10', 'where_clause_sign' => ''], false);
$b->get('/browse-foreigners', on('books') + ['field' => 'author_id', 'fieldkey' => 0, 'data' => '', 'ajax_request' => 1], false);
$b->post('/browse-foreigners', on('books') + ['field' => 'author_id', 'fieldkey' => 0, 'data' => '1']);
$b->post('/table/change/rows', on('books') + ['rows_to_delete' => ['0' => '`books`.`id` = 2', '1' => '`books`.`id` = 3'], 'clause_is_unique' => 1, 'sql_query' => 'SELECT * FROM `books`']);
$b->post('/table/delete/confirm', on('books') + ['rows_to_delete' => ['0' => '`books`.`id` = 60'], 'sql_query' => 'SELECT * FROM `books`']);
$b->post('/table/delete/rows', on('books') + ['selected' => ['`books`.`id` = 60'], 'mult_btn' => 'Yes', 'original_sql_query' => 'SELECT * FROM `books`', 'goto' => '']);

// Searching.
$b->get('/table/search', on('books'));
$search = fn(array $criteria, array $more = []) => $more + ['session_max_rows' => 25, 'columnsToDisplay' => ['id', 'title', 'kind'], 'criteriaColumnNames' => array_column($criteria, 0), 'criteriaColumnTypes' => array_column($criteria, 1), 'criteriaColumnCollations' => array_fill(0, count($criteria), 'utf8mb4_unicode_ci'), 'criteriaColumnOperators' => array_column($criteria, 2), 'criteriaValues' => array_column($criteria, 3), 'customWhereClause' => '', 'orderByColumn' => 'id', 'order' => 'ASC', 'goto' => ''];
foreach ([['title', 'varchar(200)', 'LIKE %...%', 'volume'], ['title', 'varchar(200)', 'REGEXP', '^Vol.*[0-9]$'], ['pages', 'smallint', '>', '20'], ['pages', 'smallint', 'BETWEEN', '10,30'], ['author_id', 'int', 'IN (...)', '1,2'], ['kind', "enum('novel','poem')", '=', 'poem'], ['weight', 'double', 'IS NULL', ''], ['title', 'varchar(200)', "!= ''", ''], ['title', 'varchar(200)', 'NOT LIKE', 'Vol%'], ['printed', 'year', '=', '1950']] as $criterion) {
    $b->post('/table/search', on('books') + $search([$criterion]));
}
$b->get('/table/zoom-search', on('books'));
$b->get('/table/find-replace', on('books'));
$b->post('/table/find-replace', on('books') + ['submit' => 1, 'find' => 'Volume 1', 'replaceWith' => 'Band 1', 'columnIndex' => 2, 'useRegex' => 'off']);
$b->post('/table/find-replace', on('books') + ['replace' => 1, 'findString' => 'Volume 1', 'replaceWith' => 'Band 1', 'columnIndex' => 2, 'useRegex' => 'off']);
foreach ([1, 2, 3, 4, 5] as $type) {
    $b->expect($b->post('/database/search', $in + ['criteriaSearchString' => $type === 5 ? 'whal[e]' : 'white whale', 'criteriaSearchType' => $type, 'criteriaTables' => ['authors', 'books'], 'criteriaColumnName' => '', 'submit_search' => 1]), 'matches in');
}

// SQL, right and wrong.
$b->get('/table/sql', on('books'));
import("SELECT a.full_name, COUNT(*) AS n, SUM(b.price), GROUP_CONCAT(b.title ORDER BY b.id SEPARATOR ', ') FROM authors a JOIN books b ON b.author_id = a.id GROUP BY a.id HAVING n > 2 ORDER BY n DESC");
$b->expect(import('SELECT * FROM nowhere', false), '#1146');
$b->expect(import('SELEC 1', false), '#1064');
$b->expect(import('SELECT nope FROM books', false), '#1054');
$b->expect(import("INSERT INTO authors (full_name, email) VALUES ('x', 'ada@example.org')", false), '#1062');
$b->expect(import('INSERT INTO books (author_id, title) VALUES (999, \'x\')', false), '#1452');
foreach (['EXPLAIN SELECT * FROM books WHERE author_id = 1', 'SHOW CREATE TABLE books', 'SHOW TABLE STATUS', 'DESCRIBE authors', 'SELECT DISTINCT kind FROM books', 'SELECT 1 + 1 AS two, NOW() > 0', 'UPDATE books SET pages = pages + 1 WHERE id < 5', 'SELECT * FROM books LIMIT 3, 4', 'SELECT title, MATCH (body) AGAINST (\'whale\') > 0 AS m FROM books ORDER BY id LIMIT 5', 'SELECT kind, COUNT(*) FROM books GROUP BY kind UNION SELECT country, COUNT(*) FROM authors GROUP BY country', 'SHOW INDEX FROM books', 'SHOW FULL COLUMNS FROM books', 'SHOW WARNINGS', 'SHOW VARIABLES LIKE \'char%\'', 'SHOW GRANTS', 'DELETE FROM books WHERE id = 59', 'CHECK TABLE books', 'ANALYZE TABLE books', 'SET @a = 5', 'SELECT @@version, DATABASE()'] as $statement) {
    import($statement);
}
$b->post('/import/simulate-dml', $in + ['sql_query' => "UPDATE books SET pages = 5 WHERE id = 3", 'sql_delimiter' => ';']);
$b->post('/database/sql/autocomplete', $in);
$b->post('/database/sql/format', ['sql' => 'select 1']);
$b->post('/columns', on('books'));
$b->post('/tables', $in);
$b->post('/databases');
$b->get('/table/chart', on('books') + ['sql_query' => 'SELECT kind, COUNT(*) FROM books GROUP BY kind'], false);
$b->get('/database/multi-table-query/tables', ['tables' => ['authors', 'books'], 'db' => $database, 'ajax_request' => 1]);
$b->post('/database/multi-table-query/query', ['db_name' => $database, 'sql_query' => 'SELECT `authors`.`full_name`, `books`.`title` FROM `books` LEFT JOIN `authors` ON `books`.`author_id` = `authors`.`id`']);
$b->post('/database/qbe', $in + ['TableList' => ['books', 'authors'], 'criteriaColumn' => ['`books`.`title`', '`authors`.`full_name`'], 'criteriaSort' => ['ASC', ''], 'criteriaShow' => ['on', 'on'], 'criteria' => ['', "LIKE 'A%'"], 'criteriaColumnCount' => 2, 'Or0' => ['', ''], 'criteriaAndOrColumn' => ['and', 'and'], 'criteriaAndOrRow' => ['or'], 'criteriaSortOrder' => ['1', '1'], 'criteriaAlias' => ['', '']]);
// phpMyAdmin's own tables, in this database, and what they are for.
$b->post('/check-relations', $in + ['fixall_pmadb' => 1]);
$b->expect($b->get('/check-relations', $in), 'General relation features');
sql('SELECT * FROM `books` ORDER BY `books`.`title` DESC', true, on('books') + ['session_max_rows' => 25]);
import('SELECT 2', true);
$b->post('/import', $in + ['sql_query' => 'SELECT 3', 'bkm_label' => 'three', 'bkm_all_users' => 'on', 'store_bkm' => 1, 'is_js_confirmed' => '0', 'goto' => 'index.php?route=/database/sql', 'sql_delimiter' => ';', 'show_query' => '1', 'format' => 'sql', 'import_type' => 'query', 'SQL' => 'Go']);
$b->get('/database/sql', $in);
$b->post('/database/structure/favorite-table', ['favorite_table' => 'books', 'add_favorite' => 1, 'favoriteTables' => '{}', 'sync_favorite_tables' => null]);
$b->post('/table/relation', on('books') + ['display_field' => 'title', 'destination_db' => [], 'destination_table' => [], 'destination_column' => []]);
$b->get('/database/designer', $in);
$b->post('/database/designer', $in + ['operation' => 'savePage', 'save_page' => 'new', 'selected_value' => 'my page', 't_x' => ['x' => 10], 't_y' => ['x' => 20], 't_v' => ['x' => 1], 't_h' => ['x' => 1], 't_db' => ['x' => $database], 't_tbl' => ['x' => 'books']]);
$b->post('/database/designer', $in + ['dialog' => 'edit']);
$b->post('/database/designer', $in + ['operation' => 'setDisplayField', 'table' => 'authors', 'field' => 'full_name']);
$b->post('/database/designer', $in + ['operation' => 'addNewRelation', 'T1' => 'authors', 'F1' => 'id', 'T2' => 'books', 'F2' => 'id', 'on_delete' => 'NO ACTION', 'on_update' => 'NO ACTION', 'DB1' => $database, 'DB2' => $database], false);
$b->get('/database/tracking', $in);
$b->post('/table/tracking', on('books') + ['submit_create_version' => 1, 'version' => '1', 'insert' => 'true', 'update' => 'true', 'delete' => 'true', 'alter_table' => 'true']);
sql('UPDATE `books` SET `pages` = 77 WHERE `books`.`id` = 5', true, on('books'));
$b->get('/table/tracking', on('books') + ['report' => 'true', 'version' => '1']);
$b->get('/database/tracking', $in);
$b->get('/database/central-columns', $in);
$b->post('/database/structure/central-columns/add', ['selected_tbl' => ['authors']]);
$b->get('/database/central-columns', $in);
$b->post('/database/central-columns', $in + ['populateColumns' => 'true', 'selectedTable' => 'books'], false);
$b->post('/table/structure/central-columns-remove', on('authors') + ['selected_fld' => ['born']]);
$b->post('/export/template/create', ['exportType' => 'database', 'templateName' => 'mine', 'templateData' => '{"quick_or_custom":"quick"}']);
$b->get('/database/export', $in);
$b->post('/database/search', $in + ['criteriaSearchString' => 'whale', 'criteriaSearchType' => 1, 'criteriaTables' => ['books'], 'criteriaColumnName' => 'body', 'submit_search' => 1]);
$b->post('/sql/set-column-preferences', on('books') + ['col_order' => '0,1,2', 'col_visib' => '', 'table_create_time' => '2020-01-01 00:00:00'], false);
$b->get('/server/user-groups', [], false);
$b->post('/config/set', ['key' => 'Console/Mode', 'value' => '"collapse"']);
$b->post('/preferences/features', ['submit_save' => 'Databases', 'tab_hash' => ''], false);
$b->get('/transformation/overview');
$b->get('/schema-export', $in, false);

foreach (['/table/structure', '/table/operations', '/table/export', '/table/import', '/table/tracking', '/table/triggers', '/table/gis-visualization', '/table/recent-favorite', '/table/indexes', '/table/search'] as $route) {
    $b->get($route, on('books') + ($route === '/table/gis-visualization' ? ['sql_query' => 'SELECT * FROM books'] : []), $route !== '/table/gis-visualization');
}
foreach (['/navigation' => ['ajax_request' => 1], '/recent-table' => ['ajax_request' => 1], '/schema-export' => [], '/database/data-dictionary' => $in, '/database/designer' => $in, '/database/structure' => $in, '/normalization' => on('authors'), '/view/create' => $in, '/transformation/overview' => [], '/user-password' => [], '/git-revision' => ['ajax_request' => 1], '/collation-connection' => []] as $route => $parameters) {
    $b->get($route, $parameters, !in_array($route, ['/schema-export', '/user-password', '/collation-connection', '/git-revision', '/transformation/overview', '/normalization']));
}
$b->post('/navigation', ['aPath' => 'cm9vdA==.' . base64_encode($database), 'vPath' => 'cm9vdA==.' . base64_encode($database), 'pos' => 0, 'pos2_name' => 'tables', 'pos2_value' => 0, 'searchClause' => '', 'searchClause2' => '']);
$b->post('/navigation', ['aPath' => 'cm9vdA==.' . base64_encode($database) . '.' . base64_encode('tables') . '.' . base64_encode('books') . '.' . base64_encode('columns'), 'vPath' => '', 'pos' => 0, 'pos2_name' => 'tables', 'pos2_value' => 0, 'pos3_name' => 'columns', 'pos3_value' => 0, 'searchClause' => '', 'searchClause2' => '']);
$b->post('/database/structure/real-row-count', ['real_row_count_all' => 1]);
$b->post('/database/structure/show-create', ['selected_tbl' => ['authors', 'books']]);
$b->post('/database/structure', ['tbl_type' => 'table', 'sort' => 'records', 'sort_order' => 'DESC']);
$b->get('/database/structure', $in + ['sort' => 'size', 'sort_order' => 'ASC']);
foreach (['analyze', 'check', 'checksum', 'optimize', 'repair'] as $action) {
    $b->post("/table/maintenance/$action", ['selected_tbl' => ['authors', 'books']]);
}
$b->post('/view/create', ['createview' => 1, 'view' => ['or_replace' => 'OR REPLACE', 'algorithm' => 'UNDEFINED', 'definer' => '', 'sql_security' => '', 'name' => 'long_books', 'column_names' => '', 'as' => 'SELECT id, title, pages FROM books WHERE pages > 20', 'with' => '']]);
sql('SELECT * FROM `long_books`', true, on('long_books'));
foreach (['/table/structure', '/view/operations', '/table/sql'] as $route) {
    $b->get($route, on('long_books'));
}

// Exporting everything, and importing it again.
$html = $b->get('/database/export', $in);
$form = form($html, "//form[@name='dump']");
unset($form['alias']);
foreach (['table_select', 'table_structure', 'table_data'] as $chosen) {
    $form[$chosen] = ['authors', 'books', 'long_books'];
}
$exported = [];
foreach (['sql', 'csv', 'json', 'xml', 'yaml', 'texytext', 'latex', 'htmlword', 'phparray', 'mediawiki', 'codegen'] as $what) {
    $exported[$what] = $b->submit('/export', ['what' => $what, 'quick_or_custom' => 'custom'] + $form, $what !== 'codegen');
}
$b->expect($exported['sql'], 'CREATE TABLE `books`', 'INSERT INTO `authors`', 'ADD CONSTRAINT `wrote`', '1840-04-02');
$b->expect($exported['csv'], 'zola@example.org');
$html = $b->get('/table/export', on('authors') + ['single_table' => 'true']);
$table = form($html, "//form[@name='dump']");
$b->submit('/export', ['what' => 'sql', 'quick_or_custom' => 'custom', 'sql_drop_table' => '1', 'sql_type' => 'REPLACE', 'sql_auto_increment' => '1', 'sql_insert_syntax' => 'complete'] + $table);
$csv = $b->submit('/export', ['what' => 'csv', 'quick_or_custom' => 'custom', 'csv_columns' => 'something'] + $table);
import('DROP VIEW long_books');
import('DROP TABLE books');
import('DROP TABLE authors');
$file = tempnam(sys_get_temp_dir(), 'pma');
file_put_contents($file, $exported['sql']);
$form = fn(string $type, string $format) => ['import_type' => $type, 'noplugin' => uniqid(), 'db' => $database, 'server' => 1, 'token' => $b->token, 'ajax_request' => '1', 'charset_of_file' => 'utf-8', 'allow_interrupt' => 'yes', 'skip_queries' => '0', 'fk_checks' => '0', 'format' => $format, 'sql_compatibility' => 'NONE', 'sql_no_auto_value_on_zero' => 'something'];
$b->expect($b->post('/import', $form('database', 'sql') + ['import_file' => new CURLFile($file, 'application/sql', 'export.sql')]), 'successfully');
$b->expect(sql('SELECT * FROM `authors`', true, on('authors')), 'Жюль Верн 😀', 'Brien');
sql('DELETE FROM `books`');
sql('DELETE FROM `authors`');
file_put_contents($file, $csv);
$b->expect($b->post('/import', ['skip_queries' => '1'] + $form('table', 'csv') + ['table' => 'authors', 'csv_terminated' => ',', 'csv_enclosed' => '"', 'csv_escaped' => '"', 'csv_new_line' => 'auto', 'csv_columns' => '', 'csv_replace' => 'something', 'import_file' => new CURLFile($file, 'text/csv', 'authors.csv')] ), 'successfully');
unlink($file);

import("INSERT INTO `books` (`author_id`, `title`) VALUES (1, 'One more')");
// Operations on tables and the database.
$b->get('/table/operations', on('authors'));
$b->post('/table/operations', on('authors') + ['submitoptions' => 1, 'new_name' => 'people', 'comment' => 'changed comment', 'prev_comment' => "Who's who", 'tbl_collation' => 'utf8mb4_unicode_ci', 'new_auto_increment' => '100', 'new_tbl_storage_engine' => 'InnoDB', 'new_row_format' => 'DYNAMIC']);
$b->post('/table/operations', on('people') + ['submitorderby' => 1, 'order_field' => 'full_name', 'order_order' => 'desc']);
$b->post('/table/operations', on('people') + ['submit_copy' => 1, 'target_db' => $database, 'new_name' => 'people_copy', 'what' => 'data', 'sql_auto_increment' => 1, 'constraints' => 1, 'drop_if_exists' => 'true']);
$b->post('/table/operations', on('people') + ['submit_copy' => 1, 'target_db' => $database, 'new_name' => 'people_structure', 'what' => 'structure']);
$b->post('/table/operations', on('people_copy') + ['submit_move' => 1, 'target_db' => $database, 'new_name' => 'people_moved', 'sql_auto_increment' => 1]);
$b->post('/database/structure/copy-table', ['selected' => ['books'], 'target_db' => $database, 'what' => 'data'], false);
$b->post('/database/structure/add-prefix-table', ['selected' => ['people_moved'], 'add_prefix' => 'old_', 'mult_btn' => 'Yes']);
$b->post('/database/structure/replace-prefix', ['selected' => ['old_people_moved'], 'from_prefix' => 'old_', 'to_prefix' => 'new_', 'mult_btn' => 'Yes']);
$b->post('/database/structure/empty-form', ['selected_tbl' => ['new_people_moved']]);
$b->post('/database/structure/empty-table', ['selected' => ['new_people_moved'], 'mult_btn' => 'Yes']);
$b->post('/database/structure/drop-form', ['selected_tbl' => ['new_people_moved']]);
$b->post('/database/structure/drop-table', ['selected' => ['new_people_moved', 'people_structure'], 'mult_btn' => 'Yes']);
sql('TRUNCATE TABLE `books`', true, on('books'));
$b->post('/database/operations/collation', ['submitcollation' => 1, 'db_collation' => 'utf8mb4_unicode_ci', 'change_all_tables' => 1]);
import('DROP VIEW `long_books`');
sql('DROP TABLE `books`');
sql('DROP TABLE `people`');
import('DROP TABLE IF EXISTS `' . implode('`, `', ['pma__bookmark', 'pma__central_columns', 'pma__column_info', 'pma__designer_settings', 'pma__export_templates', 'pma__favorite', 'pma__history', 'pma__navigationhiding', 'pma__pdf_pages', 'pma__recent', 'pma__relation', 'pma__savedsearches', 'pma__table_coords', 'pma__table_info', 'pma__table_uiprefs', 'pma__tracking', 'pma__userconfig', 'pma__usergroups', 'pma__users']) . '`');
$b->expect($b->get('/database/structure', $in), 'No tables found');
$b->get('/logout', [], false);

echo $b->pages, " pages\n", implode("\n", $b->complaints), "\n";
exit($b->complaints ? 1 : 0);
