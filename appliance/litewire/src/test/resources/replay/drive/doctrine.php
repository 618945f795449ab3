<?php
// Uses Doctrine DBAL 3.6 and ORM 2.14 as an application does: schema tools, entities, DQL, locks, batches.
// usage: php -d include_path=… doctrine.php host port user password database
// The include path holds Debian's php-doctrine-{dbal,orm} and what they need.
[, $host, $port, $user, $password, $database] = $argv;
require_once 'Doctrine/DBAL/autoload.php';
require_once 'Doctrine/ORM/autoload.php';

use Doctrine\Common\Collections\ArrayCollection;
use Doctrine\Common\Collections\Criteria;
use Doctrine\DBAL\ArrayParameterType;
use Doctrine\DBAL\Connection;
use Doctrine\DBAL\DriverManager;
use Doctrine\DBAL\LockMode;
use Doctrine\DBAL\ParameterType;
use Doctrine\DBAL\Schema\Comparator;
use Doctrine\DBAL\Schema\Schema;
use Doctrine\DBAL\Types\Types;
use Doctrine\ORM\EntityManager;
use Doctrine\ORM\Mapping as ORM;
use Doctrine\ORM\ORMSetup;
use Doctrine\ORM\Query;
use Doctrine\ORM\Tools\Pagination\Paginator;
use Doctrine\ORM\Tools\SchemaTool;

#[ORM\MappedSuperclass]
abstract class Timed {
    #[ORM\Column(type: 'datetime_immutable')] public DateTimeImmutable $created;
    public function __construct() { $this->created = new DateTimeImmutable('2024-05-06 07:08:09'); }
}
#[ORM\Entity] #[ORM\Table(name: 'authors')] #[ORM\Index(columns: ['last_name', 'first_name'], name: 'by_name')] #[ORM\HasLifecycleCallbacks]
class Author extends Timed {
    #[ORM\Id] #[ORM\GeneratedValue] #[ORM\Column(type: 'integer', options: ['unsigned' => true])] public ?int $id = null;
    #[ORM\Column(name: 'first_name', length: 80)] public string $firstName = '';
    #[ORM\Column(name: 'last_name', length: 80, options: ['comment' => "surname, 'quoted'"])] public string $lastName = '';
    #[ORM\Column(length: 180, unique: true, nullable: true)] public ?string $email = null;
    #[ORM\Column(type: 'boolean', options: ['default' => true])] public bool $active = true;
    #[ORM\Column(type: 'json', nullable: true)] public ?array $settings = null;
    #[ORM\Version] #[ORM\Column(type: 'integer')] public int $version = 1;
    #[ORM\Embedded(class: Address::class)] public Address $address;
    #[ORM\OneToMany(targetEntity: Book::class, mappedBy: 'author', cascade: ['persist', 'remove'], orphanRemoval: true)] #[ORM\OrderBy(['title' => 'ASC'])] public $books;
    #[ORM\ManyToMany(targetEntity: Genre::class)] #[ORM\JoinTable(name: 'authors_genres')] #[ORM\InverseJoinColumn(name: 'genre_code', referencedColumnName: 'code')] public $genres;
    #[ORM\OneToOne(targetEntity: Portrait::class, cascade: ['persist'])] #[ORM\JoinColumn(onDelete: 'SET NULL')] public ?Portrait $portrait = null;
    #[ORM\ManyToOne(targetEntity: self::class)] public ?Author $teacher = null;
    public function __construct() { parent::__construct(); $this->books = new ArrayCollection(); $this->genres = new ArrayCollection(); $this->address = new Address(); }
    #[ORM\PreUpdate] public function touch(): void { $this->active = true; }
}
#[ORM\Embeddable]
class Address {
    #[ORM\Column(length: 100, nullable: true)] public ?string $street = null;
    #[ORM\Column(type: 'string', length: 2, nullable: true, options: ['fixed' => true])] public ?string $country = null;
}
#[ORM\Entity] #[ORM\Table(name: 'publications')] #[ORM\InheritanceType('JOINED')] #[ORM\DiscriminatorColumn(name: 'kind', type: 'string', length: 20)] #[ORM\DiscriminatorMap(['book' => Book::class, 'paper' => Paper::class])]
abstract class Publication extends Timed {
    #[ORM\Id] #[ORM\GeneratedValue] #[ORM\Column(type: 'bigint')] public $id;
    #[ORM\Column(length: 200)] public string $title = '';
    #[ORM\Column(type: 'text', nullable: true)] public ?string $body = null;
    #[ORM\Column(type: 'decimal', precision: 10, scale: 2)] public string $price = '0.00';
    #[ORM\Column(type: 'date', nullable: true)] public ?DateTime $published = null;
}
#[ORM\Entity] #[ORM\Table(name: 'books')]
class Book extends Publication {
    #[ORM\ManyToOne(targetEntity: Author::class, inversedBy: 'books')] #[ORM\JoinColumn(nullable: false, onDelete: 'CASCADE')] public ?Author $author = null;
    #[ORM\Column(type: 'smallint', options: ['unsigned' => true, 'default' => 0])] public int $pages = 0;
}
#[ORM\Entity] #[ORM\Table(name: 'papers')]
class Paper extends Publication { #[ORM\Column(type: 'simple_array', nullable: true)] public ?array $keywords = null; }
#[ORM\Entity] #[ORM\Table(name: 'genres')]
class Genre { #[ORM\Id] #[ORM\Column(length: 10)] public string $code; #[ORM\Column] public string $label = '';
    public function __construct(string $code, string $label) { $this->code = $code; $this->label = $label; } }
#[ORM\Entity] #[ORM\Table(name: 'media')] #[ORM\InheritanceType('SINGLE_TABLE')] #[ORM\DiscriminatorColumn(name: 'what', type: 'integer')] #[ORM\DiscriminatorMap([1 => Portrait::class, 2 => Sound::class])]
abstract class Medium { #[ORM\Id] #[ORM\GeneratedValue] #[ORM\Column] public ?int $id = null; #[ORM\Column(length: 100)] public string $name = ''; }
#[ORM\Entity] class Portrait extends Medium { #[ORM\Column(type: 'blob', nullable: true)] public $image; }
#[ORM\Entity] class Sound extends Medium { #[ORM\Column(type: 'float', nullable: true)] public ?float $seconds = null; }
#[ORM\Entity] #[ORM\Table(name: 'ratings')] #[ORM\UniqueConstraint(name: 'once', columns: ['book_id', 'reader'])]
class Rating { #[ORM\Id] #[ORM\ManyToOne(targetEntity: Book::class)] #[ORM\JoinColumn(name: 'book_id', onDelete: 'CASCADE')] public Book $book; #[ORM\Id] #[ORM\Column(length: 50)] public string $reader; #[ORM\Column(type: 'smallint')] public int $stars = 0;
    public function __construct(Book $book, string $reader, int $stars) { $this->book = $book; $this->reader = $reader; $this->stars = $stars; } }

function fails(Closure $work): void {
    try {
        $work();
        fwrite(STDERR, 'no error at line ' . debug_backtrace()[0]['line'] . "\n");
    } catch (Doctrine\DBAL\Exception | Doctrine\ORM\OptimisticLockException $e) {
    }
}

$parameters = ['driver' => 'pdo_mysql', 'host' => $host, 'port' => $port, 'user' => $user, 'password' => $password, 'dbname' => $database, 'charset' => 'utf8mb4', 'defaultTableOptions' => ['charset' => 'utf8mb4', 'collate' => 'utf8mb4_unicode_ci'], 'driverOptions' => [PDO::ATTR_EMULATE_PREPARES => false]];
$configuration = ORMSetup::createAttributeMetadataConfiguration([], true, sys_get_temp_dir());
$db = DriverManager::getConnection($parameters, $configuration);
$em = new EntityManager($db, $configuration);
$manager = $db->createSchemaManager();

// DBAL: a schema with every type, made, compared with itself, changed, compared again.
$schema = new Schema();
$all = $schema->createTable('all_types');
$all->addColumn('id', Types::BIGINT, ['unsigned' => true, 'autoincrement' => true]);
foreach ([Types::ARRAY => [], Types::ASCII_STRING => ['length' => 20], Types::BIGINT => [], Types::BINARY => ['length' => 16], Types::BLOB => [], Types::BOOLEAN => ['default' => false], Types::DATE_MUTABLE => [], Types::DATEINTERVAL => [], Types::DATETIME_MUTABLE => ['default' => 'CURRENT_TIMESTAMP'], Types::DATETIMETZ_MUTABLE => [], Types::DECIMAL => ['precision' => 12, 'scale' => 4, 'default' => '1.5000'], Types::FLOAT => [], Types::GUID => [], Types::INTEGER => ['default' => 7, 'comment' => 'a number'], Types::JSON => [], Types::SIMPLE_ARRAY => [], Types::SMALLINT => ['unsigned' => true], Types::STRING => ['length' => 50, 'default' => "it's"], Types::TEXT => [], Types::TIME_MUTABLE => []] as $type => $options) {
    $all->addColumn("a_$type", $type, $options + ['notnull' => false]);
}
$all->addColumn('medium', Types::TEXT, ['length' => 70000, 'notnull' => false]);
$all->addColumn('fixed', Types::STRING, ['length' => 3, 'fixed' => true, 'customSchemaOptions' => ['collation' => 'utf8mb4_bin']]);
$all->setPrimaryKey(['id']);
$all->addIndex(['a_string'], 'by_string', [], ['lengths' => [10]]);
$all->addUniqueIndex(['a_guid', 'a_integer'], 'both');
$all->addIndex(['a_text'], 'words', ['fulltext']);
$all->addOption('comment', 'all the types');
$all->addOption('charset', 'utf8mb4');
$all->addOption('collate', 'utf8mb4_unicode_ci');
$child = null;
$child = $schema->createTable('child');
$child->addColumn('parent_id', Types::BIGINT, ['unsigned' => true]);
$child->addColumn('n', Types::INTEGER, ['autoincrement' => true]);
$child->addOption('charset', 'utf8mb4');
$child->setPrimaryKey(['n']);
$child->addForeignKeyConstraint($all, ['parent_id'], ['id'], ['onDelete' => 'CASCADE', 'onUpdate' => 'RESTRICT'], 'child_of');
foreach ($schema->toSql($db->getDatabasePlatform()) as $sql) { $db->executeStatement($sql); }
$comparator = $manager->createComparator();
$seen = $manager->introspectSchema();
foreach ($db->getDatabasePlatform()->getAlterSchemaSQL($comparator->compareSchemas($seen, $schema)) as $sql) { $db->executeStatement($sql); }
$changed = clone $schema;
$table = $changed->getTable('all_types');
$table->dropColumn('a_array');
$table->changeColumn('a_string', ['length' => 80, 'notnull' => true, 'default' => 'x']);
$table->addColumn('more', Types::INTEGER, ['notnull' => false]);
$table->dropIndex('both');
$table->addUniqueIndex(['more'], 'one');
$table->renameIndex('by_string', 'by_text');
$changed->getTable('child')->removeForeignKey('child_of');
$changed->getTable('child')->addForeignKeyConstraint($all, ['parent_id'], ['id'], ['onDelete' => 'SET NULL'], 'child_again');
$changed->getTable('child')->changeColumn('parent_id', ['notnull' => false]);
foreach ($db->getDatabasePlatform()->getAlterSchemaSQL($comparator->compareSchemas($manager->introspectSchema(), $changed)) as $sql) { $db->executeStatement($sql); }
$manager->listTableNames();
$manager->listTables();
foreach (['all_types', 'child'] as $name) { $manager->listTableColumns($name); $manager->listTableIndexes($name); $manager->listTableForeignKeys($name); $manager->introspectTable($name); }
$manager->listDatabases();
$manager->listViews();
$manager->tablesExist(['all_types', 'nowhere']);
$manager->createView(new Doctrine\DBAL\Schema\View('numbers', 'SELECT id, a_integer FROM all_types'));
$manager->listViews();
$manager->dropView('numbers');
$manager->renameTable('child', 'children');
$manager->renameTable('children', 'child');
fails(fn() => $manager->dropTable('nowhere'));
fails(fn() => $manager->createTable($changed->getTable('child')));

// DBAL: rows.
$row = ['a_ascii_string' => 'plain', 'a_bigint' => PHP_INT_MAX, 'a_binary' => "\x00\x01\xff", 'a_blob' => "\xff\xfe blob", 'a_boolean' => true, 'a_date' => new DateTime('2024-02-29'), 'a_datetime' => new DateTime('2024-02-29 23:59:59'), 'a_time' => new DateTime('12:34:56'), 'a_decimal' => '1234.5678', 'a_float' => 0.1, 'a_guid' => '7d444840-9dc0-11d1-b245-5ffdce74fad2', 'a_json' => ['k' => ['v', 1, null]], 'a_simple_array' => ['a', 'b'], 'a_smallint' => 65535, 'a_string' => 'Grüße 😀', 'a_text' => 'long whale text', 'fixed' => 'abc', 'a_dateinterval' => new DateInterval('P1DT2H')];
$types = ['a_binary' => 'binary', 'a_blob' => 'blob', 'a_boolean' => 'boolean', 'a_date' => 'date', 'a_datetime' => 'datetime', 'a_time' => 'time', 'a_json' => 'json', 'a_simple_array' => 'simple_array', 'a_bigint' => 'bigint', 'a_smallint' => 'smallint', 'a_float' => 'float', 'a_dateinterval' => 'dateinterval'];
$db->insert('all_types', $row, $types);
$db->lastInsertId();
$db->insert('all_types', ['fixed' => 'x', 'a_string' => 'second', 'more' => 5]);
$db->update('all_types', ['a_integer' => 42, 'a_string' => "it's \\ \"q\""], ['id' => 2]);
$db->fetchAllAssociative('SELECT * FROM all_types ORDER BY id');
$db->fetchOne('SELECT COUNT(*) FROM all_types WHERE a_boolean = ?', [true], [ParameterType::BOOLEAN]);
$db->fetchFirstColumn('SELECT id FROM all_types WHERE id IN (?) ORDER BY id', [[1, 2, 3]], [ArrayParameterType::INTEGER]);
$db->fetchAllKeyValue('SELECT id, a_string FROM all_types WHERE a_string LIKE :s ORDER BY id', ['s' => 'gruss%']);
$db->fetchAllAssociative('SELECT id FROM all_types WHERE MATCH (a_text) AGAINST (:w IN BOOLEAN MODE)', ['w' => '+whale']);
$platform = $db->getDatabasePlatform();
foreach ([$platform->getDateAddDaysExpression('a_datetime', '3'), $platform->getDateSubMonthExpression('a_datetime', '1'), $platform->getDateDiffExpression('a_datetime', "'2024-01-01'"), $platform->getConcatExpression('a_string', "'-'", 'fixed'), $platform->getSubstringExpression('a_string', '2', '3'), $platform->getTrimExpression("'  x '"), $platform->getLocateExpression('a_string', "'e'"), $platform->getModExpression('a_integer', '5'), $platform->getBitAndComparisonExpression('a_integer', '6'), $platform->getLengthExpression('a_string'), $platform->getSqrtExpression('a_integer')] as $expression) {
    $db->fetchFirstColumn("SELECT $expression FROM all_types ORDER BY id");
}
$db->createQueryBuilder()->select('t.id', 'COUNT(c.n) AS n')->from('all_types', 't')->leftJoin('t', 'child', 'c', 'c.parent_id = t.id')->where('t.id > :min')->groupBy('t.id')->having('n >= 0')->orderBy('t.id', 'DESC')->setMaxResults(5)->setParameter('min', 0)->fetchAllAssociative();
$db->createQueryBuilder()->update('all_types')->set('more', 'more + 1')->where('more IS NOT NULL')->executeStatement();
$db->createQueryBuilder()->insert('child')->values(['parent_id' => '?'])->setParameter(0, 1)->executeStatement();
$db->createQueryBuilder()->delete('child')->where('n = 1')->executeStatement();
fails(fn() => $db->insert('child', ['parent_id' => 999]));
fails(fn() => $db->insert('all_types', ['fixed' => 'toolong']));
fails(fn() => $db->insert('all_types', ['fixed' => 'd', 'more' => 6]));
fails(fn() => $db->executeQuery('SELECT * FROM nowhere'));
fails(fn() => $db->executeQuery('SELECT nope FROM child'));
fails(fn() => $db->executeQuery('SELEC 1'));
fails(fn() => $db->executeStatement('INSERT INTO all_types (id) VALUES (1)'));
$db->setNestTransactionsWithSavepoints(true);
$db->transactional(function (Connection $db) {
    $db->insert('child', ['parent_id' => 1]);
});
$db->beginTransaction();
$db->insert('child', ['parent_id' => 1]);
$db->beginTransaction();
$db->insert('child', ['parent_id' => 2]);
$db->rollBack();
$db->commit();
$db->fetchAllNumeric('SELECT * FROM child ORDER BY n');
$db->setTransactionIsolation(Doctrine\DBAL\TransactionIsolationLevel::READ_COMMITTED);
$db->setTransactionIsolation(Doctrine\DBAL\TransactionIsolationLevel::REPEATABLE_READ);
$manager->dropTable('child');
$manager->dropTable('all_types');

// ORM: the schema of the entities.
$tool = new SchemaTool($em);
$classes = array_map($em->getClassMetadata(...), [Author::class, Publication::class, Book::class, Paper::class, Genre::class, Medium::class, Portrait::class, Sound::class, Rating::class]);
$tool->createSchema($classes);
$tool->updateSchema($classes);
$tool->getUpdateSchemaSql($classes);
$genres = [];
foreach (['sf' => 'Science fiction', 'cr' => 'Crime', 'po' => 'Poésie'] as $code => $label) { $em->persist($genres[] = new Genre($code, $label)); }
$em->flush();
$authors = [];
foreach ([['Ada', 'Lovelace'], ['Émile', 'Zola'], ['Flann', "O'Brien"], ['Жюль', 'Верн'], ['Zoë', 'Ångström 😀']] as $i => [$first, $last]) {
    $author = $authors[] = new Author();
    [$author->firstName, $author->lastName, $author->email, $author->settings] = [$first, $last, $i === 3 ? null : "a$i@example.org", $i % 2 ? ['lang' => 'de', 'n' => [$i]] : null];
    $author->address->street = "Straße $i";
    $author->address->country = ['GB', 'FR', 'IE', 'FR', 'SE'][$i];
    $author->teacher = $authors[$i - 1] ?? null;
    $author->genres->add($genres[$i % 3]);
    if ($i < 2) { $author->portrait = new Portrait(); $author->portrait->name = "portrait $i"; $author->portrait->image = "\x89PNG\x00"; }
    for ($n = 0; $n < 4; $n++) {
        $book = new Book();
        [$book->title, $book->body, $book->price, $book->pages, $book->author, $book->published] = ["Book $i.$n", $n ? "Whales \\ and 'quotes' $n" : null, "$i$n.99", $n * 100, $author, $n === 3 ? null : new DateTime("20$i$n-0" . ($n + 1) . '-28')];
        $author->books->add($book);
    }
    $em->persist($author);
}
$paper = new Paper();
[$paper->title, $paper->keywords] = ['On engines', ['x', 'y']];
$em->persist($paper);
$sound = new Sound();
[$sound->name, $sound->seconds] = ['sea', 12.5];
$em->persist($sound);
$em->flush();
foreach ($em->getRepository(Book::class)->findBy([], ['id' => 'ASC'], 6) as $i => $book) { $em->persist(new Rating($book, "reader $i", $i % 5 + 1)); }
$em->flush();
$em->clear();

// ORM: finding and DQL.
$repository = $em->getRepository(Author::class);
$repository->find(1);
$repository->findBy(['active' => true, 'address.country' => ['FR', 'SE']], ['lastName' => 'DESC'], 2, 1);
$repository->findOneBy(['email' => 'A0@EXAMPLE.ORG']);
$repository->count(['email' => null]);
$repository->matching(Criteria::create()->where(Criteria::expr()->orX(Criteria::expr()->startsWith('lastName', 'L'), Criteria::expr()->gt('id', 3)))->orderBy(['id' => 'ASC'])->setMaxResults(3))->toArray();
$em->find(Publication::class, 3);
$em->getRepository(Publication::class)->findBy(['title' => 'On engines']);
$em->getRepository(Medium::class)->findAll();
$em->find(Rating::class, ['book' => 1, 'reader' => 'reader 0']);
$author = $em->find(Author::class, 2);
$author->books->toArray(); $author->genres->count(); $author->portrait?->name; $author->teacher->firstName;
$author->books->matching(Criteria::create()->where(Criteria::expr()->gt('pages', 100)));
foreach ([
    'SELECT a, b FROM Author a JOIN a.books b WITH b.pages > 100 ORDER BY a.id, b.id',
    'SELECT a.lastName, COUNT(b.id) AS n, SUM(b.price) AS total, AVG(b.pages) AS mean, MIN(b.title), MAX(b.published) FROM Author a LEFT JOIN a.books b GROUP BY a.id, a.lastName HAVING COUNT(b.id) > 1 ORDER BY total DESC, a.lastName',
    "SELECT CONCAT(a.firstName, ' ', a.lastName) AS name, UPPER(a.lastName), LOWER(a.firstName), LENGTH(a.lastName), SUBSTRING(a.lastName, 2, 3), TRIM(LEADING 'L' FROM a.lastName), LOCATE('o', a.lastName) FROM Author a ORDER BY a.id",
    "SELECT b.title, DATE_ADD(b.published, 1, 'month') AS m, DATE_SUB(b.published, 3, 'day') AS d, DATE_DIFF('2024-06-01', b.published) AS old FROM Book b WHERE b.published IS NOT NULL ORDER BY b.id",
    'SELECT ABS(b.pages) AS a, MOD(b.pages, 7) AS m, SQRT(b.pages) AS s, b.pages * 2 + 1 AS calc, BIT_AND(b.pages, 4) AS ba, BIT_OR(b.pages, 1) AS bo FROM Book b ORDER BY b.id',
    "SELECT b.id, CASE WHEN b.pages > 200 THEN 'long' WHEN b.pages > 0 THEN 'short' ELSE 'none' END AS size, COALESCE(b.body, 'empty') AS text, NULLIF(b.pages, 0) AS p FROM Book b ORDER BY b.id",
    'SELECT a.id FROM Author a WHERE EXISTS (SELECT b.id FROM Book b WHERE b.author = a AND b.pages > 250) ORDER BY a.id',
    'SELECT a.id FROM Author a WHERE a.id IN (SELECT IDENTITY(b.author) FROM Book b WHERE b.pages = 300) AND SIZE(a.books) > 3 ORDER BY a.id',
    "SELECT a.id FROM Author a JOIN a.genres g WHERE g.code = 'sf' OR :genre MEMBER OF a.genres ORDER BY a.id",
    'SELECT p.id, p.title FROM Publication p WHERE p INSTANCE OF Paper',
    "SELECT p FROM Publication p WHERE p.title LIKE '%3%' ORDER BY p.id",
    'SELECT DISTINCT a.address.country FROM Author a ORDER BY a.address.country',
    "SELECT a.id FROM Author a WHERE a.lastName BETWEEN 'L' AND 'P' AND a.email IS NOT NULL AND NOT a.id = 99 ORDER BY a.id",
    'SELECT t.lastName, a.lastName AS pupil FROM Author a JOIN a.teacher t ORDER BY a.id',
    'SELECT b.id FROM Book b WHERE b.price > ALL (SELECT c.price FROM Book c WHERE c.pages = 0) ORDER BY b.id',
    'SELECT b.id FROM Book b WHERE b.price >= ANY (SELECT c.price FROM Book c WHERE c.pages = 300) ORDER BY b.id',
    'SELECT PARTIAL a.{id, lastName}, PARTIAL b.{id, title} FROM Author a LEFT JOIN a.books b ORDER BY a.id, b.id',
] as $dql) {
    $query = $em->createQuery($dql);
    if (str_contains($dql, ':genre')) { $query->setParameter('genre', 'cr'); }
    $query->getResult(Query::HYDRATE_ARRAY);
}
$em->createQuery('SELECT NEW ArrayObject(a.settings) FROM Author a WHERE a.id = 2')->getSQL();
$builder = $em->createQueryBuilder();
$builder->select('a', 'b')->from(Author::class, 'a')->leftJoin('a.books', 'b')->where($builder->expr()->andX($builder->expr()->in('a.id', [1, 2, 3]), $builder->expr()->like('b.title', ':t')))->setParameter('t', 'book%')->orderBy('a.lastName')->addOrderBy('b.id', 'DESC');
$builder->getQuery()->getResult();
foreach ([true, false] as $fetches) {
    $paginator = new Paginator($em->createQuery('SELECT a, b FROM Author a LEFT JOIN a.books b ORDER BY a.lastName, a.id, b.id')->setFirstResult(1)->setMaxResults(2), $fetches);
    count($paginator);
    iterator_to_array($paginator);
}
foreach ($em->createQuery('SELECT b FROM Book b ORDER BY b.id')->toIterable() as $book) { $em->detach($book); }
$mapping = new Query\ResultSetMappingBuilder($em);
$mapping->addRootEntityFromClassMetadata(Genre::class, 'g');
$em->createNativeQuery('SELECT ' . $mapping->generateSelectClause() . ' FROM genres g WHERE g.label = ?', $mapping)->setParameter(1, 'poesie')->getResult();

// ORM: changing.
$em->clear();
$author = $em->find(Author::class, 1);
$author->lastName = 'Byron';
$author->settings = ['changed' => true];
$author->genres->add($em->getReference(Genre::class, 'cr'));
$author->books->removeElement($author->books->first());
$em->flush();
$em->refresh($author);
$em->lock($author, LockMode::OPTIMISTIC, 2);
fails(fn() => $em->lock($author, LockMode::OPTIMISTIC, 1));
$em->wrapInTransaction(function (EntityManager $em) {
    $em->find(Author::class, 2, LockMode::PESSIMISTIC_WRITE)->firstName = 'Locked';
    $em->find(Author::class, 3, LockMode::PESSIMISTIC_READ);
    $em->createQuery('SELECT b FROM Book b WHERE b.id = 5')->setLockMode(LockMode::PESSIMISTIC_WRITE)->getResult();
});
$em->createQuery('UPDATE Author a SET a.active = false, a.lastName = CONCAT(a.lastName, :s) WHERE a.id > 3')->setParameter('s', '!')->execute();
$em->createQuery("UPDATE Book b SET b.pages = b.pages + 1, b.price = b.price * 1.1 WHERE b.title LIKE 'Book 2%'")->execute();
$em->createQuery('DELETE FROM Rating r WHERE r.stars < 3')->execute();
$em->createQuery("DELETE FROM Publication p WHERE p.title = 'On engines'")->execute();
for ($i = 0; $i < 30; $i++) {
    $book = new Book();
    [$book->title, $book->author, $book->price] = ["Batch $i", $em->getReference(Author::class, 2), "$i.50"];
    $em->persist($book);
    if ($i % 10 === 9) { $em->flush(); $em->clear(); }
}
$em->remove($em->find(Author::class, 5));
$em->flush();
fails(function () use ($em) { $twin = new Author(); $twin->email = 'a0@example.org'; $em->persist($twin); $em->flush(); });
$em = new EntityManager($db, $configuration);
$em->getRepository(Author::class)->findBy([], ['id' => 'ASC']);

// What migrations of such a schema look like.
foreach ([
    'ALTER TABLE authors ADD nickname VARCHAR(50) DEFAULT NULL, CHANGE first_name first_name VARCHAR(120) NOT NULL',
    "ALTER TABLE authors ADD birthday DATE DEFAULT NULL COMMENT '(DC2Type:date_immutable)', ADD score NUMERIC(5, 2) DEFAULT '0.00' NOT NULL",
    'CREATE INDEX IDX_NICK ON authors (nickname)',
    'UPDATE authors SET nickname = LOWER(LEFT(first_name, 3)) WHERE nickname IS NULL',
    'CREATE UNIQUE INDEX UNIQ_NICK ON authors (nickname, id)',
    'DROP INDEX IDX_NICK ON authors',
    'ALTER TABLE authors RENAME INDEX UNIQ_NICK TO UNIQ_NICKNAME',
    'CREATE TABLE shops (id INT AUTO_INCREMENT NOT NULL, owner_id INT UNSIGNED DEFAULT NULL, name VARCHAR(255) NOT NULL, opened DATETIME NOT NULL COMMENT \'(DC2Type:datetime_immutable)\', INDEX IDX_SHOP (owner_id), PRIMARY KEY(id)) DEFAULT CHARACTER SET utf8mb4 COLLATE `utf8mb4_unicode_ci` ENGINE = InnoDB',
    'ALTER TABLE shops ADD CONSTRAINT FK_SHOP FOREIGN KEY (owner_id) REFERENCES authors (id) ON DELETE SET NULL',
    'CREATE TABLE messenger_messages (id BIGINT AUTO_INCREMENT NOT NULL, body LONGTEXT NOT NULL, headers LONGTEXT NOT NULL, queue_name VARCHAR(190) NOT NULL, created_at DATETIME NOT NULL, available_at DATETIME NOT NULL, delivered_at DATETIME DEFAULT NULL, INDEX IDX_75EA56E0FB7336F0 (queue_name), INDEX IDX_75EA56E0E3BD61CE (available_at), INDEX IDX_75EA56E016BA31DB (delivered_at), PRIMARY KEY(id)) DEFAULT CHARACTER SET utf8mb4 COLLATE `utf8mb4_unicode_ci` ENGINE = InnoDB',
    "INSERT INTO shops (owner_id, name, opened) VALUES (1, 'First', '2024-01-01 00:00:00'), (NULL, 'Second', '2024-01-02 00:00:00')",
    'ALTER TABLE shops DROP FOREIGN KEY FK_SHOP',
    'ALTER TABLE shops DROP INDEX IDX_SHOP, DROP owner_id, ADD city VARCHAR(100) AFTER id',
    'ALTER TABLE messenger_messages CHANGE delivered_at delivered_at DATETIME DEFAULT NULL, DROP INDEX IDX_75EA56E0FB7336F0',
    'RENAME TABLE shops TO stores',
    'ALTER TABLE stores ADD FULLTEXT INDEX name_text (name), COMMENT = \'places\'',
    'ALTER TABLE authors DROP INDEX UNIQ_NICKNAME, DROP nickname, DROP birthday',
] as $sql) {
    $db->executeStatement($sql);
}
$db->createSchemaManager()->introspectSchema();
(new SchemaTool($em))->getUpdateSchemaSql($classes);
(new SchemaTool($em))->getDropSchemaSQL($classes);
$db->executeStatement('DROP TABLE stores');
