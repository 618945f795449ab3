<?php
// Uses Roundcube 1.6's own classes for accounts, identities, contacts, groups, searches, sessions and caches: all it keeps in
// its database except what needs a mail server.
// usage: php -d include_path=… roundcube.php directory-of-roundcube host port user password database
// The include path holds Debian's php-pear, php-mail-mime and php-net-* packages.
[, $directory, $host, $port, $user, $password, $database] = $argv;
error_reporting(E_ALL & ~E_DEPRECATED & ~E_WARNING & ~E_NOTICE);
$configuration = sys_get_temp_dir() . '/roundcube-' . getmypid();
mkdir($configuration);
file_put_contents("$configuration/defaults.inc.php", "<?php\n");
file_put_contents("$configuration/config.inc.php", '<?php $config = ' . var_export(['db_dsnw' => "mysql://$user:$password@$host:$port/$database", 'des_key' => str_repeat('k', 24), 'log_driver' => 'stdout', 'session_storage' => 'db', 'session_lifetime' => 10, 'ip_check' => false, 'username_domain' => 'example.org', 'contactlist_fields' => ['name', 'firstname', 'surname', 'email'], 'addressbook_search_mods' => ['*' => ['name' => 1, 'firstname' => 1, 'surname' => 1, 'email' => 1, '*' => 1]], 'db_max_allowed_packet' => 1000000, 'email_dns_check' => false], true) . ";\n");
define('INSTALL_PATH', "$directory/");
define('RCUBE_INSTALL_PATH', "$directory/");
define('RCUBE_CONFIG_DIR', "$configuration/");
define('RCUBE_LOCALIZATION_DIR', "$directory/program/localization/");
set_include_path("$directory/program/lib" . PATH_SEPARATOR . ini_get('include_path'));
require_once 'Roundcube/bootstrap.php';
$rcube = rcube::get_instance(rcube::INIT_WITH_DB);
$db = $rcube->get_dbh();

// The schema as its installer loads it, and the changes of all later versions that still apply.
$db->exec_script(file_get_contents("$directory/SQL/mysql.initial.sql"));
foreach (['session', 'users', 'contacts', 'nowhere'] as $table) {
    $db->list_cols($table);
}
$db->list_tables();
foreach (['version', 'max_allowed_packet', 'sql_mode'] as $variable) {
    $db->get_variable($variable, 'none');
}
$db->query('SELECT value FROM ' . $db->table_name('system', true) . ' WHERE name = ?', 'roundcube-version');
$db->fetch_array();

// Accounts and identities.
$accounts = [];
foreach (['ada', 'Émile', "o'brien", 'Ada'] as $i => $name) {
    $account = rcube_user::create("$name@example.org", 'imap.example.org');
    if ($account) {
        $accounts[] = $account;
    }
}
rcube_user::query('ADA@example.org', 'imap.example.org');
$account = rcube_user::query('ada@example.org', 'imap.example.org');
rcube_user::query('nobody@example.org', 'imap.example.org');
$account->touch();
$account->failed_login();
$account->is_locked();
$account->get_prefs();
$account->save_prefs(['theme' => 'elastic', 'list' => ['a' => 1, 'text' => "Grüße 'x' \\ 😀"]]);
$account->save_prefs(['theme' => null]);
foreach (['Ada Lovelace', 'Ada B.', 'Büro'] as $i => $name) {
    $account->insert_identity(['name' => $name, 'email' => "ada$i@example.org", 'organization' => "O'Brien & Co", 'signature' => "--\nbest", 'html_signature' => $i % 2, 'standard' => 0]);
}
$identities = $account->list_identities();
$account->update_identity($identities[1]['identity_id'], ['name' => 'Changed', 'reply-to' => 'x@example.org']);
$account->set_default($identities[1]['identity_id']);
$account->get_identity();
$account->get_identity($identities[0]['identity_id']);
$account->delete_identity($identities[0]['identity_id']);
$account->list_identities('AND email LIKE ' . $db->quote('ada1%'));
$account->list_emails();
rcube_user::email2user('ada1@example.org');
rcube_user::user2email('ada@example.org', false, true);
$account->get_username('local');
$rcube->user = $account;

// Contacts: many, found, changed, in groups.
$book = new rcube_contacts($db, $account->ID);
$names = [['Émile', 'Zola'], ['Jürgen', 'Groß'], ['Flann', "O'Brien"], ['Жюль', 'Верн'], ['Zoë', 'Ångström'], ['ada', 'lovelace'], ['ÉMILE', 'Durkheim'], ['Straße', 'Weiß'], ['100%', 'under_score'], ['日本', '太郎']];
$ids = [];
for ($i = 0; $i < 60; $i++) {
    [$first, $last] = $names[$i % count($names)];
    $ids[] = $book->insert(['name' => "$first $last $i", 'firstname' => $first, 'surname' => $last, 'email' => ["p$i@example.org", "second$i@example.net"], 'phone:home' => "+49 30 $i", 'notes' => "whale number $i \\ \"quoted\"", 'birthday' => '19' . (10 + $i % 80) . '-02-03', 'address:work' => [['street' => "Street $i", 'locality' => 'Köln', 'zipcode' => "5066$i"]]]);
}
$book->set_pagesize(15);
foreach ([1, 2, 5] as $page) {
    $book->set_page($page);
    $book->list_records(['name', 'email']);
}
foreach (['name', 'surname', 'firstname', 'email'] as $column) {
    $book->set_sort_order($column, $column === 'email' ? 'DESC' : 'ASC');
    $book->set_page(1);
    $book->list_records();
    $book->list_records(null, -5);
}
$book->count();
foreach ([['*', 'zola', 0], ['name', 'emile', 0], [['name', 'email'], 'P1', 2], ['email', 'p5@example.org', 1], [['firstname', 'surname'], ['é', 'zola'], 0], ['*', 'whale 7', 0], ['name', '100%', 0], ['surname', 'under_s', 2], [['ID'], [$ids[3], $ids[4]], 0], ['*', 'koln', 0], ['notes', 'quoted', 0], ['name', 'strasse', 0], ['name', '太郎', 0], ['name', "o'b", 0]] as [$fields, $value, $mode]) {
    $book->reset();
    $book->search($fields, $value, $mode);
    $book->count();
    $book->set_search_set(null);
}
$book->reset();
$book->get_record($ids[0], true);
$book->update($ids[0], ['name' => 'Émile É. Zola', 'email' => ['new@example.org']]);
$book->update($ids[1], ['name' => '']);
$book->validate($record, true);
$groups = array_column(array_filter(array_map(fn($name) => $book->create_group($name), ['Friends', 'Œuvre', 'Friends', "d'accord"])), 'id');
$book->rename_group($groups[1], 'Family', $id);
$book->add_to_group($groups[0], array_slice($ids, 0, 12));
$book->add_to_group($groups[0], array_slice($ids, 10, 5));
$book->add_to_group($groups[1], $ids[2]);
$book->remove_from_group($groups[0], [$ids[3], $ids[4]]);
foreach ([null, 'fri', 'FAM'] as $search) {
    $book->list_groups($search);
    $book->list_groups($search, 1);
}
$book->get_group($groups[0]);
$book->get_record_groups($ids[2]);
$book->set_group($groups[0]);
$book->list_records();
$book->count();
$book->search('name', 'a', 0);
$book->set_group(0);
$book->reset();
$book->delete(array_slice($ids, 50, 5), false);
$book->undelete([$ids[51]]);
$book->delete([$ids[52]], true);
$book->delete_group($groups[2]);
$collected = new rcube_addresses($db, $account->ID, 1);
foreach (['x@example.org', 'ÿ@example.org', 'x@example.org'] as $mail) {
    $collected->insert(['name' => "Name of $mail", 'email' => $mail]);
}
$collected->list_records();
$collected->search('email', 'X@', 2);
$collected->count();
$other = new rcube_contacts($db, $accounts[1]->ID);
$other->insert(['name' => 'Only one', 'email' => ['only@example.org']]);
$other->list_records();
$other->delete_all(true);

// Responses and saved searches.
$account->insert_response(['name' => 'Thanks', 'data' => "Thank you, <b>it's</b> nice", 'is_html' => 1]);
$account->insert_response(['name' => 'Later', 'data' => 'Später 😀']);
foreach ($account->list_responses() as $response) {
    $account->get_response($response['response_id'] ?? $response['id']);
    $account->update_response($response['response_id'] ?? $response['id'], ['name' => $response['name'] . '!']);
}
$account->list_responses();
$search = $account->insert_search(['type' => rcube_user::SEARCH_ADDRESSBOOK, 'name' => 'Möhre', 'data' => ['x' => [1, 2]]]);
$account->insert_search(['type' => rcube_user::SEARCH_MAIL, 'name' => 'mails', 'data' => []]);
$account->list_searches(rcube_user::SEARCH_ADDRESSBOOK);
$account->get_search($search);
$account->delete_search($search);

// Sessions and caches.
$session = new rcube_session_db($rcube->config);
$session->open('', '');
foreach (['one', 'two'] as $key) {
    $session->write($key, serialize(['language' => 'de', 'bytes' => "\x00\xff", 'page' => 1]));
    $session->read($key);
    $session->update($key, 'language|s:2:"fr";', 'language|s:2:"de";');
    $session->update($key, 'same', 'same');
}
$session->read('three');
$session->destroy('two');
$session->gc_db();
foreach ([$rcube->get_cache('user', 'db', '10m'), $rcube->get_cache_shared('shared'), rcube_cache::factory('db', $account->ID, 'indexed', '1h', true, true)] as $cache) {
    if ($cache) {
        foreach (['a', 'b', 'A', 'a.b'] as $i => $key) {
            $cache->set($key, ['n' => $i, 'text' => "Grüße \\ ' 😀"]);
        }
        $cache->get('a');
        $cache->get('missing');
        $cache->set('a', 'changed');
        $cache->close();
        $cache->remove('b');
        $cache->remove('a', true);
        $cache->expunge();
        $cache->close();
    }
}
rcube_cache_db::gc();

// The database layer itself.
$db->startTransaction();
$db->query('UPDATE ' . $db->table_name('contacts', true) . ' SET `changed` = ' . $db->now() . ', `del` = 0 WHERE `user_id` = ? AND `contact_id` < ?', $account->ID, 5);
$db->affected_rows();
$db->rollbackTransaction();
$db->startTransaction();
$db->query('DELETE FROM ' . $db->table_name('contacts', true) . ' WHERE `user_id` = ? AND `contact_id` IN (' . $db->array2list(array_slice($ids, 20, 3), 'integer') . ')', $account->ID);
$db->endTransaction();
$db->insert_or_update('cache', ['user_id' => $account->ID, 'cache_key' => 'k'], ['expires', 'data'], [$db->now(60), 'one']);
$db->insert_or_update('cache', ['user_id' => $account->ID, 'cache_key' => 'k'], ['expires', 'data'], [$db->now(90), 'two']);
$db->limitquery('SELECT `contact_id`, `name` FROM `contacts` WHERE `user_id` = ? ORDER BY `name`, `contact_id`', 5, 10, $account->ID);
while ($db->fetch_assoc()) {
}
$db->query('SELECT ' . $db->concat('`name`', "' <'", '`email`', "'>'") . ' AS x, ' . $db->fromunixtime(1700000000) . ' AS t FROM `contacts` WHERE ' . $db->ilike('name', '%ZOLA%') . ' AND ' . $db->unixtimestamp('`changed`') . ' > 0 ORDER BY `contact_id`');
$db->query('SELECT * FROM `nowhere`');
$db->query('INSERT INTO `contacts` (`user_id`, `name`) VALUES (?, ?)', 99999, 'nobody');
$db->query('INSERT INTO `users` (`username`, `mail_host`) VALUES (?, ?)', 'ada@example.org', 'imap.example.org');
$db->query('DELETE FROM `users` WHERE `user_id` = ?', $accounts[2]->ID);
$db->query('SELECT COUNT(*) FROM `identities` WHERE `user_id` = ?', $accounts[2]->ID);
array_map(unlink(...), glob("$configuration/*"));
rmdir($configuration);
