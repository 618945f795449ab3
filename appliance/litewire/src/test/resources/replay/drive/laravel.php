<?php
// Uses Illuminate 8 (Laravel's database, queue, cache and session packages) as an application does.
// usage: php -d include_path=… laravel.php host port user password database
// The include path holds Debian's php-illuminate-{database,queue,cache,session,pagination,filesystem} and what they need.
[, $host, $port, $user, $password, $database] = $argv;
foreach (['Database', 'Pagination', 'Queue', 'Cache', 'Session', 'Filesystem', 'Events', 'Support', 'Container'] as $package) {
    if (stream_resolve_include_path("Illuminate/$package/autoload.php")) {
        require_once "Illuminate/$package/autoload.php";
    }
}

require_once 'Doctrine/DBAL/autoload.php';

use Illuminate\Container\Container;
use Illuminate\Database\Capsule\Manager as Capsule;
use Illuminate\Database\Eloquent\Builder;
use Illuminate\Database\Eloquent\Model;
use Illuminate\Database\Eloquent\Relations\Pivot;
use Illuminate\Database\Eloquent\SoftDeletes;
use Illuminate\Database\QueryException;
use Illuminate\Database\Schema\Blueprint;
use Illuminate\Pagination\Paginator;
use Illuminate\Support\Carbon;

// The clock stands still, so that two recordings are alike.
Carbon::setTestNow('2024-05-06 07:08:09');
mt_srand(7);

$capsule = new Capsule();
$capsule->addConnection(['driver' => 'mysql', 'host' => $host, 'port' => $port, 'username' => $user, 'password' => $password, 'database' => $database, 'charset' => 'utf8mb4', 'collation' => 'utf8mb4_unicode_ci', 'prefix' => '', 'strict' => true, 'engine' => null]);
$capsule->addConnection(['driver' => 'mysql', 'host' => $host, 'port' => $port, 'username' => $user, 'password' => $password, 'database' => $database, 'charset' => 'utf8mb4', 'collation' => 'utf8mb4_unicode_ci', 'prefix' => 'lax_', 'strict' => false, 'timezone' => '+02:00', 'options' => [PDO::ATTR_EMULATE_PREPARES => true]], 'lax');
$capsule->setAsGlobal();
$capsule->bootEloquent();
$db = $capsule->getConnection();
$schema = $db->getSchemaBuilder();
Paginator::currentPageResolver(fn() => 2);

final class User extends Model { use SoftDeletes; protected $guarded = []; protected $casts = ['settings' => 'array', 'is_admin' => 'boolean', 'born' => 'date'];
    public function posts() { return $this->hasMany(Post::class); }
    public function roles() { return $this->belongsToMany(Role::class)->withPivot('level')->withTimestamps()->orderBy('roles.id'); }
    public function image() { return $this->morphOne(Image::class, 'imageable'); }
    public function latestPost() { return $this->hasOne(Post::class)->latestOfMany(); }
    public function comments() { return $this->hasManyThrough(Comment::class, Post::class); }
    public function scopeAdmins(Builder $query) { $query->where('is_admin', true); } }
final class Role extends Model { protected $guarded = []; public function users() { return $this->belongsToMany(User::class); } }
final class Post extends Model { use SoftDeletes; protected $guarded = []; protected $casts = ['meta' => 'array', 'published_at' => 'datetime'];
    public function user() { return $this->belongsTo(User::class); }
    public function comments() { return $this->hasMany(Comment::class); }
    public function tags() { return $this->morphToMany(Tag::class, 'taggable'); }
    public function image() { return $this->morphOne(Image::class, 'imageable'); } }
final class Comment extends Model { protected $guarded = []; public $timestamps = false; protected $touches = ['post']; public function post() { return $this->belongsTo(Post::class); } }
final class Tag extends Model { protected $guarded = []; public $timestamps = false; public function posts() { return $this->morphedByMany(Post::class, 'taggable'); } }
final class Image extends Model { protected $guarded = []; public $timestamps = false; public function imageable() { return $this->morphTo(); } }

// Expected to fail: what is recorded is the error.
function fails(Closure $work): void {
    try {
        $work();
        fwrite(STDERR, 'no error at line ' . debug_backtrace()[0]['line'] . "\n");
    } catch (QueryException | PDOException $e) {
    }
}

// Migrations: every type a Blueprint has.
$repository = new Illuminate\Database\Migrations\DatabaseMigrationRepository($capsule->getDatabaseManager(), 'migrations');
$repository->repositoryExists();
$repository->createRepository();
$schema->create('users', function (Blueprint $t) {
    $t->id();
    $t->string('name', 120);
    $t->string('email')->unique();
    $t->timestamp('email_verified_at')->nullable();
    $t->string('password')->default('');
    $t->boolean('is_admin')->default(false)->index();
    $t->json('settings')->nullable();
    $t->date('born')->nullable();
    $t->integer('visits')->unsigned()->default(0);
    $t->decimal('balance', 12, 2)->default(0);
    $t->rememberToken();
    $t->timestamps();
    $t->softDeletes();
});
$schema->create('everything', function (Blueprint $t) {
    $t->engine = 'InnoDB';
    $t->bigIncrements('big');
    $t->bigInteger('big_integer')->nullable();
    $t->binary('bytes')->nullable();
    $t->boolean('flag')->nullable();
    $t->char('letters', 4)->nullable();
    $t->dateTime('moment', 3)->nullable();
    $t->dateTimeTz('moment_zone')->nullable();
    $t->decimal('exact', 20, 6)->nullable();
    $t->double('real', 15, 8)->nullable();
    $t->enum('choice', ['easy', 'hard', 'so so'])->default('easy');
    $t->float('small_real', 8, 2)->nullable();
    $t->integer('whole')->nullable()->comment("a 'comment'");
    $t->ipAddress('visitor')->nullable();
    $t->jsonb('document')->nullable();
    $t->longText('long_text')->nullable();
    $t->macAddress('device')->nullable();
    $t->mediumInteger('medium')->nullable();
    $t->mediumText('medium_text')->nullable();
    $t->nullableMorphs('owner');
    $t->uuidMorphs('thing');
    $t->set('several', ['a', 'b', 'c'])->nullable();
    $t->smallInteger('small')->nullable();
    $t->time('clock', 2)->nullable();
    $t->tinyInteger('tiny')->nullable();
    $t->tinyText('tiny_text')->nullable();
    $t->unsignedDecimal('unsigned_exact', 8, 3)->nullable();
    $t->unsignedBigInteger('unsigned_big')->nullable();
    $t->uuid('uid')->nullable();
    $t->year('year')->nullable();
    $t->string('doubled')->virtualAs("concat(letters, letters)")->nullable();
    $t->integer('whole_plus')->storedAs('whole + 1')->nullable();
    $t->string('latin')->charset('latin1')->collation('latin1_swedish_ci')->nullable();
    $t->timestamp('made')->useCurrent();
    $t->timestamp('changed')->useCurrent()->useCurrentOnUpdate();
    $t->index(['whole', 'small'], 'two_numbers');
    $t->unique(['uid', 'year']);
    $t->comment = 'every type';
});
$schema->create('posts', function (Blueprint $t) {
    $t->id();
    $t->foreignId('user_id')->constrained()->onDelete('cascade')->onUpdate('cascade');
    $t->foreignId('parent_id')->nullable()->constrained('posts')->nullOnDelete();
    $t->string('slug', 100);
    $t->string('title');
    $t->text('body');
    $t->json('meta')->nullable();
    $t->enum('status', ['draft', 'published'])->default('draft');
    $t->unsignedInteger('views')->default(0);
    $t->dateTime('published_at')->nullable();
    $t->timestamps();
    $t->softDeletes();
    $t->unique(['user_id', 'slug']);
    $t->index('published_at');
    $t->fullText(['title', 'body']);
});
$schema->create('comments', function (Blueprint $t) {
    $t->id();
    $t->unsignedBigInteger('post_id');
    $t->string('author');
    $t->text('text');
    $t->tinyInteger('stars')->nullable();
    $t->foreign('post_id', 'comment_of')->references('id')->on('posts')->onDelete('cascade');
});
$schema->create('roles', function (Blueprint $t) { $t->increments('id'); $t->string('name', 50)->unique(); $t->timestamps(); });
$schema->create('role_user', function (Blueprint $t) { $t->foreignId('user_id')->constrained()->cascadeOnDelete(); $t->unsignedInteger('role_id'); $t->foreign('role_id')->references('id')->on('roles')->cascadeOnDelete(); $t->smallInteger('level')->default(1); $t->timestamps(); $t->primary(['user_id', 'role_id']); });
$schema->create('tags', function (Blueprint $t) { $t->smallIncrements('id'); $t->string('name', 50)->collation('utf8mb4_bin'); });
$schema->create('taggables', function (Blueprint $t) { $t->unsignedSmallInteger('tag_id'); $t->morphs('taggable'); $t->unique(['tag_id', 'taggable_id', 'taggable_type'], 'once'); });
$schema->create('images', function (Blueprint $t) { $t->id(); $t->string('url'); $t->morphs('imageable'); });
$schema->create('jobs', function (Blueprint $t) { $t->bigIncrements('id'); $t->string('queue')->index(); $t->longText('payload'); $t->unsignedTinyInteger('attempts'); $t->unsignedInteger('reserved_at')->nullable(); $t->unsignedInteger('available_at'); $t->unsignedInteger('created_at'); });
$schema->create('failed_jobs', function (Blueprint $t) { $t->id(); $t->string('uuid')->unique(); $t->text('connection'); $t->text('queue'); $t->longText('payload'); $t->longText('exception'); $t->timestamp('failed_at')->useCurrent(); });
$schema->create('cache', function (Blueprint $t) { $t->string('key')->primary(); $t->mediumText('value'); $t->integer('expiration'); });
$schema->create('cache_locks', function (Blueprint $t) { $t->string('key')->primary(); $t->string('owner'); $t->integer('expiration'); });
$schema->create('sessions', function (Blueprint $t) { $t->string('id')->primary(); $t->foreignId('user_id')->nullable()->index(); $t->string('ip_address', 45)->nullable(); $t->text('user_agent')->nullable(); $t->text('payload'); $t->integer('last_activity')->index(); });
foreach (['create_users', 'create_everything', 'create_posts'] as $i => $name) {
    $repository->log($name, $i + 1);
}
$repository->getRan();
$repository->getLastBatchNumber();
$repository->getLast();
$repository->getMigrations(2);
$repository->getMigrationBatches();
fails(fn() => $schema->create('users', function (Blueprint $t) { $t->id(); }));

// Changes of a schema.
$schema->table('users', function (Blueprint $t) { $t->string('nick', 30)->nullable()->after('name'); $t->ipAddress('last_ip')->nullable()->first(); $t->index(['name', 'nick'], 'names'); });
$schema->table('users', function (Blueprint $t) { $t->renameIndex('names', 'full_names'); });
$schema->table('users', function (Blueprint $t) { $t->dropIndex('full_names'); $t->dropColumn(['last_ip']); });
$schema->table('everything', function (Blueprint $t) { $t->dropUnique(['uid', 'year']); $t->dropMorphs('owner'); $t->dropColumn('tiny_text', 'medium_text'); $t->unsignedInteger('added')->default(7); $t->rawIndex('`letters`(2)', 'two_letters'); });
$schema->table('comments', function (Blueprint $t) { $t->dropForeign('comment_of'); });
$schema->table('comments', function (Blueprint $t) { $t->foreign('post_id')->references('id')->on('posts')->restrictOnDelete(); });
$schema->table('comments', function (Blueprint $t) { $t->dropForeign(['post_id']); $t->foreign('post_id')->references('id')->on('posts')->cascadeOnDelete(); });
$schema->rename('images', 'pictures');
$schema->rename('pictures', 'images');
foreach (['users', 'nowhere'] as $name) { $schema->hasTable($name); }
$schema->hasColumn('users', 'email');
$schema->hasColumns('users', ['email', 'nope']);
$schema->getColumnListing('everything');
$schema->getAllTables();
$schema->disableForeignKeyConstraints();
$schema->dropIfExists('nowhere');
$schema->enableForeignKeyConstraints();
// renameColumn() and change() go through Doctrine, which compares the schema in the database.
$schema->table('users', function (Blueprint $t) { $t->renameColumn('nick', 'nickname'); });
$schema->table('users', function (Blueprint $t) { $t->string('name', 150)->nullable(false)->change(); $t->integer('visits')->unsigned()->default(1)->change(); });
$schema->getColumnType('users', 'settings');

// Models.
$names = ['Ada Lovelace', 'Émile Zola', "Flann O'Brien", 'Жюль Верн', 'Jürgen Groß', 'Zoë 😀'];
foreach ($names as $i => $name) {
    User::create(['name' => $name, 'email' => "user$i@example.org", 'is_admin' => $i % 3 === 0, 'settings' => ['theme' => $i % 2 ? 'dark' : 'light', 'langs' => ['de', 'en'], 'size' => $i, 'deep' => ['x' => [1, 2, ['y' => "q'uote"]]]], 'born' => 1900 + $i . '-02-1' . $i, 'balance' => $i * 1.1]);
}
fails(fn() => User::create(['name' => 'twice', 'email' => 'user0@example.org']));
fails(fn() => $db->insert('insert into users (email) values (?)', ['noname@example.org']));
fails(fn() => $db->table('posts')->insert(['user_id' => 999, 'slug' => 'x', 'title' => 'x', 'body' => 'x']));
fails(fn() => $db->table('users')->insert(['name' => str_repeat('x', 200), 'email' => 'long@example.org']));
fails(fn() => $db->table('users')->insert(['name' => 'x', 'email' => 'v@example.org', 'visits' => -1]));
fails(fn() => $db->table('users')->insert(['name' => 'x', 'email' => 'd@example.org', 'born' => '2020-02-31']));
fails(fn() => $db->select('select nope from users'));
fails(fn() => $db->select('selec 1'));
fails(fn() => $db->table('nowhere')->get());
foreach (range(1, 24) as $i) {
    $post = Post::create(['user_id' => $i % 5 + 1, 'parent_id' => $i > 4 ? $i - 3 : null, 'slug' => "post-$i", 'title' => "Post $i about " . ($i % 2 ? 'whales' : 'café'), 'body' => "Text of $i: 'quoted' \\ \"double\" %_ \n" . ($i % 3 ? 'white whale' : 'blue ocean'), 'meta' => ['n' => $i, 'tags' => range(1, $i % 4), 'a.b' => ['c' => $i % 2 === 0]], 'status' => $i % 4 ? 'published' : 'draft', 'views' => $i * 37 % 101, 'published_at' => Carbon::now()->subDays($i * 13)]);
    foreach (range(1, $i % 4) as $n) {
        $post->comments()->create(['author' => "Guest $n", 'text' => "Comment $n", 'stars' => $n === 3 ? null : $n]);
    }
}
foreach (['admin', 'editor', 'reader'] as $name) { Role::firstOrCreate(['name' => $name]); }
Role::firstOrCreate(['name' => 'admin']);
Role::updateOrCreate(['name' => 'reader'], ['name' => 'guest']);
Role::firstOrNew(['name' => 'nobody']);
$user = User::find(1);
$user->roles()->attach([1 => ['level' => 5], 2 => ['level' => 3]]);
$user->roles()->sync([2, 3 => ['level' => 9]]);
$user->roles()->syncWithoutDetaching([1]);
$user->roles()->toggle([1, 2]);
$user->roles()->updateExistingPivot(3, ['level' => 8]);
$user->roles()->wherePivot('level', '>', 1)->get();
User::find(2)->roles()->attach(2);
User::find(2)->roles()->detach();
foreach (['php', 'PHP', 'sql'] as $name) { Tag::create(['name' => $name]); }
Post::firstWhere('slug', 'post-1')->tags()->sync([1, 2]);
Post::find(2)->tags()->attach(3);
Tag::find(1)->posts()->get();
Post::whereHas('tags', fn($q) => $q->where('name', 'php'))->get();
$user->image()->create(['url' => 'a.png']);
Post::firstWhere('slug', 'post-1')->image()->create(['url' => 'b.png']);
Image::with('imageable')->get();
Image::whereHasMorph('imageable', [User::class, Post::class], fn($q) => $q->where('id', 1))->get();
User::with(['posts' => fn($q) => $q->orderByDesc('views')->limit(3), 'roles', 'image', 'latestPost', 'comments'])->orderBy('id')->get();
User::withCount(['posts', 'posts as drafts' => fn($q) => $q->where('status', 'draft'), 'roles'])->withSum('posts', 'views')->withMax('posts', 'published_at')->withAvg('posts', 'views')->withExists('roles')->orderBy('id')->get();
User::has('posts', '>=', 5)->orderBy('id')->get();
User::doesntHave('posts')->get();
User::whereRelation('posts', 'views', '>', 90)->get();
Post::with('user:id,name')->withTrashed()->latest('published_at')->take(5)->get();
$user->posts()->where('views', '>', 10)->increment('views', 5, ['title' => $db->raw("concat(title, '!')")]);
$user->update(['settings->theme' => 'blue', 'balance' => 99.95]);
$user->increment('visits', 3);
$user->decrement('visits');
$user->touch();
$user->refresh();
$user->fresh('posts');
Post::where('id', 7)->update(['meta->n' => 70, 'meta->fresh' => 'new']);
Post::find(3)->delete();
Post::find(3);
Post::onlyTrashed()->count();
Post::withTrashed()->find(3)->restore();
Post::find(4)->delete();
Post::withTrashed()->find(4)->forceDelete();
Post::destroy([5, 6]);
User::find(6)->delete();
User::admins()->pluck('name', 'id');
User::whereDate('born', '1900-02-10')->orWhereYear('born', 1903)->orWhereMonth('born', '02')->orWhereDay('born', 14)->orderBy('id')->get();
Comment::find(2)->update(['text' => 'touched']);
Post::upsert([['user_id' => 1, 'slug' => 'post-5', 'title' => 'up', 'body' => 'b'], ['user_id' => 1, 'slug' => 'new', 'title' => 'new', 'body' => 'b']], ['user_id', 'slug'], ['title']);
Post::orderBy('id')->chunk(7, fn($posts) => $posts->count());
Post::orderBy('id')->chunkById(6, fn($posts) => $posts->each->getKey());
foreach (Post::orderBy('id')->cursor() as $post) { $post->title; }
foreach (Post::lazyById(9) as $post) { $post->title; }
Post::orderBy('id')->paginate(5);
Post::orderBy('id')->simplePaginate(5);
if (method_exists(Post::query(), 'cursorPaginate')) { Post::orderBy('id')->cursorPaginate(5); }
Post::max('views'); Post::min('views'); Post::avg('views'); Post::sum('views'); Post::count(); Post::where('id', 1)->exists(); Post::where('id', 0)->doesntExist();
Post::findMany([1, 2, 3]); Post::whereKeyNot(1)->first(); Post::inRandomOrder()->value('id'); Post::firstWhere('slug', 'post-2');

// The query builder.
$posts = fn() => $db->table('posts');
$posts()->select('status', $db->raw('count(*) as n'), $db->raw('avg(views) as v'))->groupBy('status')->having('n', '>', 1)->orderBy('status')->get();
$posts()->join('users', 'users.id', '=', 'posts.user_id')->leftJoin('comments as c', fn($j) => $j->on('c.post_id', '=', 'posts.id')->where('c.stars', '>', 1))->select('users.name', 'posts.title', 'c.stars')->orderBy('posts.id')->orderBy('c.id')->get();
$posts()->crossJoin('roles')->where('posts.id', '<', 3)->orderBy('posts.id')->orderBy('roles.id')->get(['posts.id', 'roles.name']);
$posts()->joinSub($db->table('comments')->select('post_id', $db->raw('max(stars) as best'))->groupBy('post_id'), 'b', 'b.post_id', '=', 'posts.id')->orderBy('posts.id')->get(['posts.id', 'best']);
$posts()->whereIn('user_id', $db->table('users')->select('id')->where('is_admin', 1))->orderBy('id')->pluck('id');
$posts()->whereExists(fn($q) => $q->select($db->raw(1))->from('comments')->whereColumn('comments.post_id', 'posts.id'))->count();
$posts()->where(fn($q) => $q->where('views', '>', 50)->orWhere('title', 'like', '%café%'))->whereNotNull('published_at')->whereNull('deleted_at')->whereBetween('id', [2, 20])->whereNotBetween('views', [0, 5])->whereNotIn('id', [9, 10])->orderBy('id')->get();
$posts()->whereTime('published_at', '>=', '07:00')->whereRaw('year(published_at) = ?', [2024])->count();
$posts()->where('title', 'cafe')->orWhere('title', 'LIKE', 'POST 2%CAFE')->get('id');
$posts()->where('title', 'like binary', 'Post 1%')->orWhere('title', 'regexp', '^post [0-9]{2} ')->orWhere('title', 'not like', '%whale%')->count();
$posts()->whereFullText(['title', 'body'], 'whale')->count();
$posts()->whereFullText(['title', 'body'], '+white -blue', ['mode' => 'boolean'])->orderBy('id')->pluck('id');
foreach (['where' => ['meta->n', 5], 'whereJsonContains' => ['meta->tags', 2], 'whereJsonDoesntContain' => ['meta->tags', 2], 'whereJsonLength' => ['meta->tags', '>', 1]] as $method => $arguments) { $posts()->$method(...$arguments)->orderBy('id')->pluck('id'); }
$posts()->whereJsonContains('meta->tags', [1, 2])->count();
$posts()->orderBy('meta->n')->select('meta->n as n', 'meta->tags as tags')->limit(4)->get();
$db->table('users')->where('settings->deep->x', '!=', null)->where('settings->theme', 'dark')->orderBy('id')->get(['id', 'settings->langs[0] as lang']);
$posts()->select('id')->where('id', '<', 3)->union($posts()->select('id')->where('id', '>', 22))->unionAll($posts()->select('id')->where('id', 12))->orderBy('id')->get();
$posts()->distinct()->orderBy('user_id')->pluck('user_id');
$posts()->selectRaw('*, row_number() over (partition by user_id order by views desc, id) as place')->orderBy('id')->get();
$posts()->fromSub($posts()->selectRaw('user_id, count(*) n')->groupBy('user_id'), 'x')->where('n', '>', 3)->orderBy('user_id')->get();
$posts()->select(['id', 'user_name' => $db->table('users')->select('name')->whereColumn('users.id', 'posts.user_id')->limit(1)])->orderBy('id')->get();
$posts()->orderByRaw('field(id, 3, 2, 1) desc, id')->limit(5)->pluck('id');
$posts()->offset(3)->limit(4)->orderByDesc('id')->pluck('id');
$posts()->groupBy('user_id')->orderBy('user_id')->selectRaw("user_id, group_concat(slug order by id separator '; ') s, sum(views) v, min(published_at) p")->get();
$posts()->when(true, fn($q) => $q->where('id', 1))->first();
$posts()->orderBy('id')->each(fn($row) => $row->id, 10);
$posts()->where('id', 1)->value('title');
$posts()->where('id', 1)->get(); $posts()->find(2, ['id', 'title']); $posts()->implode('slug', ',');
$posts()->insertGetId(['user_id' => 2, 'slug' => 'by-hand', 'title' => 'By hand', 'body' => '']);
$posts()->insertOrIgnore([['user_id' => 2, 'slug' => 'by-hand', 'title' => 'again', 'body' => ''], ['user_id' => 2, 'slug' => 'by-hand-2', 'title' => 'second', 'body' => '']]);
$posts()->insertUsing(['user_id', 'slug', 'title', 'body'], $posts()->selectRaw("3, concat(slug, '-copy'), title, body")->whereIn('id', [1, 2]));
$posts()->updateOrInsert(['user_id' => 2, 'slug' => 'by-hand'], ['views' => 5]);
$posts()->updateOrInsert(['user_id' => 2, 'slug' => 'by-hand-3'], ['title' => 't', 'body' => 'b']);
$posts()->upsert([['user_id' => 2, 'slug' => 'by-hand', 'title' => 'a', 'body' => '', 'views' => 1]], ['user_id', 'slug'], ['views' => $db->raw('views + values(views)'), 'title']);
$posts()->join('users', 'users.id', '=', 'posts.user_id')->where('users.id', 3)->update(['posts.views' => 0]);
$posts()->where('user_id', 4)->orderBy('id')->limit(2)->update(['views' => 1]);
$posts()->where('slug', 'like', '%-copy')->orderByDesc('id')->limit(1)->delete();
$posts()->join('users', 'users.id', '=', 'posts.user_id')->where('posts.slug', 'like', '%-copy')->delete();
$posts()->where('id', 2)->sharedLock()->first();
$db->table('everything')->insert(['thing_type' => 'x', 'thing_id' => '0b5f8a4e-58a1-4c21-9e4c-3f4f1b5c6d7e', 'big_integer' => PHP_INT_MAX, 'bytes' => "\x01\xfe\xff binary", 'flag' => true, 'letters' => 'äb', 'moment' => '2024-01-02 03:04:05.678', 'exact' => '12345678901234.567891', 'real' => 0.1, 'choice' => 'so so', 'small_real' => 1.239, 'whole' => -5, 'document' => json_encode(['k' => 'v', 'list' => [1.5, null, true]]), 'several' => 'a,c', 'clock' => '12:34:56.78', 'year' => 2024, 'unsigned_big' => '18446744073709551615', 'uid' => '7d444840-9dc0-11d1-b245-5ffdce74fad2', 'latin' => 'Grüße']);
$db->table('everything')->get(['big', 'big_integer', 'bytes', 'flag', 'letters', 'moment', 'exact', 'real', 'choice', 'small_real', 'whole', 'document', 'several', 'clock', 'year', 'unsigned_big', 'uid', 'doubled', 'whole_plus', 'latin', 'added']);
$db->table('everything')->where('exact', '>', 1)->where('several', 'a,c')->whereRaw('find_in_set(?, several)', ['c'])->update(['whole' => 41, 'letters' => 'zz']);
$db->table('everything')->where('big', 1)->get(['doubled', 'whole_plus', 'whole']);
$db->select("select json_extract(document, '$.k') k, json_unquote(json_extract(document, '$.list[0]')) f, json_length(document) l, json_type(document) t, json_keys(document) s from everything");
$db->select('select ? + 1 as a, cast(? as signed) as b, coalesce(?, ?) as c, if(? > 1, ?, null) as d', [1, '12abc', null, 'x', 2, 'yes']);
$db->select('select date_add(?, interval ? day) as d, timestampdiff(hour, ?, ?) as h, date_format(?, ?) as f', ['2024-02-28', 2, '2024-01-01', '2024-01-02 05:00:00', '2024-05-06 07:08:09', '%W %d %M %Y %H:%i']);
$db->select('with recursive tree as (select id, parent_id, 0 as depth from posts where id = 24 union all select p.id, p.parent_id, depth + 1 from posts p join tree on tree.parent_id = p.id) select * from tree order by depth');

// Transactions.
$db->transaction(function () use ($db) {
    $db->table('roles')->insert(['name' => 'inside']);
    try {
        $db->transaction(function () use ($db) {
            $db->table('roles')->insert(['name' => 'nested']);
            throw new RuntimeException('back');
        });
    } catch (RuntimeException) {
    }
    $db->table('roles')->where('name', 'inside')->lockForUpdate()->first();
});
$db->beginTransaction();
$db->table('roles')->where('name', 'inside')->delete();
$db->rollBack();
$db->table('roles')->orderBy('id')->pluck('name');
fails(fn() => $db->transaction(fn() => $db->table('roles')->insert([['name' => 'fine'], ['name' => 'admin']])));
$db->table('roles')->count();

// Queue, cache, session.
$queue = new Illuminate\Queue\DatabaseQueue($db, 'jobs', 'default', 60);
$queue->setContainer(new Container());
Illuminate\Queue\Queue::createPayloadUsing(null);
foreach (['one', 'two', 'three'] as $i => $name) { $queue->pushRaw(json_encode(['job' => $name, 'uuid' => "uuid-$i", 'displayName' => $name, 'maxTries' => null]), $i === 2 ? 'mails' : null); }
$queue->size();
$job = $queue->pop();
$job?->release(5);
$queue->pop()?->delete();
$queue->pop('mails')?->delete();
$queue->clear('default');
$failed = new Illuminate\Queue\Failed\DatabaseUuidFailedJobProvider($capsule->getDatabaseManager(), 'default', 'failed_jobs');
$failed->log('database', 'default', json_encode(['uuid' => 'f-1']), new RuntimeException('because'));
$failed->all(); $failed->find('f-1'); $failed->forget('f-1'); $failed->flush();
$cache = new Illuminate\Cache\DatabaseStore($db, 'cache', 'app_', 'cache_locks', [0, 100]);
$cache->put('a', ['x' => 1], 600); $cache->put('a', ['x' => 2], 600); $cache->get('a'); $cache->get('b'); $cache->add('n', 1, 60); $cache->add('n', 1, 60); $cache->increment('n', 4); $cache->decrement('n'); $cache->forever('f', "binary \x00\xff"); $cache->forget('a');
$lock = $cache->lock('lock', 10, 'me'); $lock->acquire(); $cache->lock('lock', 10, 'you')->acquire(); $lock->release();
$cache->flush();
$session = new Illuminate\Session\DatabaseSessionHandler($db, 'sessions', 120);
$session->open('', ''); $session->read('abc'); $session->write('abc', serialize(['k' => 'ü'])); $session->read('abc'); $session->write('abc', serialize(['k' => 2])); $session->setExists(false)->write('abc', 'again'); $session->gc(60); $session->destroy('abc');

// The second connection: prefix, no strict mode, emulated prepared statements, a time zone.
$lax = $capsule->getConnection('lax');
$lax->getSchemaBuilder()->create('notes', function (Blueprint $t) { $t->id(); $t->string('word', 10)->default(''); $t->integer('n')->default(0); $t->date('day')->nullable(); $t->timestamps(); });
$lax->table('notes')->insert([['word' => 'much too long a word', 'n' => '12 apples', 'day' => '2020-02-31'], ['word' => "it's \\ \"x\"", 'n' => 99999999999, 'day' => '0000-00-00']]);
$lax->table('notes')->whereRaw("word = 'MUCH TOO L'")->update(['n' => 'x']);
$lax->table('notes')->orderBy('id')->get();
$lax->table('notes')->selectRaw('min(word), max(n)')->groupBy('day')->orderBy('day')->get();
$lax->table('notes')->truncate();
$lax->table('notes')->insertGetId(['word' => 'first']);
$lax->table('notes')->selectRaw('count(*) n, @@session.time_zone z, @@sql_mode m')->get();

// The end: some tables go, the others stay for comparison.
foreach (['two_numbers'] as $name) { $schema->table('everything', fn(Blueprint $t) => $t->dropIndex($name)); }
$repository->delete((object)['migration' => 'create_posts']);
$schema->dropIfExists('taggables');
$schema->drop('images');
fails(fn() => $schema->drop('roles'));
