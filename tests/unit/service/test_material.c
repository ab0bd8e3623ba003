/*
 * Materials (B26): who reads them, what becomes of them, and every verb with every call to the
 * database failing once; files on a disk that takes none.
 */
#include "briefing_world.h"

#include "base/file.h"
#include "service/file_keeper.h"
#include "service/file_upkeep.h"
#include "service/fsck.h"
#include "service/material_opened.h"

#include <pthread.h>
#include <setjmp.h>
#include <stdarg.h>
#include <unistd.h>

#include <cmocka.h>

static const struct watch NOBODY_WATCHES;

static void assert_fails(err failure, enum err_code code)
{
    assert_non_null(failure);
    assert_int_equal(failure->code, code);
}

static void send_out(struct briefing_world *w)
{
    must(w->admin, briefing_world_agree(w, "pat"));
    must(w->admin, briefing_world_send(w, 3));
    must(w->admin, briefing_world_send_all(w));
}

static struct material_input input_of(struct briefing_world *w, const char *content)
{
    struct material_input in = {.title = LIT("Slides"),
                                .address = LIT("https://exchange.example"),
                                .file = {.name = LIT("slides.txt"), .kind = FILE_KIND_TEXT}};
    in.file.bytes = (int64_t)str_of(content).len;
    must(w->admin, files_put(&w->admin->arena, w->admin->store, str_of(content), &in.file.digest));
    return in;
}

static err give_in(struct briefing_world *w, const char *person, const struct material_input *in,
                   str *id)
{
    OWNED(briefing_turn_done) struct briefing_turn t = {0};
    TRY(briefing_turn_begin(w, person, true, &t));
    TRY(material_give(&w->admin->arena, &t.s, &t.r, w->id, in, id));
    return session_commit(&w->admin->arena, &t.s);
}

static str give(struct briefing_world *w, const char *person, const char *content)
{
    const struct material_input in = input_of(w, content);
    str id;
    must(w->admin, give_in(w, person, &in, &id));
    return id;
}

static err replace(struct briefing_world *w, str id, const struct material_input *in)
{
    OWNED(briefing_turn_done) struct briefing_turn t = {0};
    TRY(briefing_turn_begin(w, "pat", true, &t));
    TRY(material_replace(&w->admin->arena, &t.s, &t.r, w->id, id, in));
    return session_commit(&w->admin->arena, &t.s);
}

static err withdraw(struct briefing_world *w, str id)
{
    OWNED(briefing_turn_done) struct briefing_turn t = {0};
    TRY(briefing_turn_begin(w, "ann", true, &t));
    TRY(material_withdraw(&w->admin->arena, &t.s, &t.r, w->id, id));
    return session_commit(&w->admin->arena, &t.s);
}

static size_t count(struct briefing_world *w, const char *person, struct materials *out)
{
    struct briefing b;
    OWNED(briefing_turn_done) struct briefing_turn t = {0};
    must(w->admin, briefing_turn_begin(w, person, false, &t));
    must(w->admin, briefing_get(&w->admin->arena, &t.s, &t.r, w->id, &b));
    must(w->admin, material_list(&w->admin->arena, &t.s, &t.r, &b, out));
    return out->count;
}

static int64_t stored_by(struct briefing_world *w, const char *person)
{
    int64_t stored;
    OWNED(briefing_turn_done) struct briefing_turn t = {0};
    must(w->admin, briefing_turn_begin(w, person, false, &t));
    must(w->admin,
         db_query_int(&w->admin->arena, t.s.db, "SELECT stored_bytes FROM org WHERE n = ?1",
                      DB_ARGS(db_int(t.r.org->n)), 0, &stored));
    return stored;
}

/* B26: an equal file is another file there, so that nobody knows it again. */
static void equal_files_have_ids_of_their_own(void **state)
{
    struct briefing_world *w = *state;
    struct materials seen;
    must(w->admin, briefing_world_make(w));
    give(w, "ann", "The same bytes");
    give(w, "pat", "The same bytes");
    send_out(w);
    assert_int_equal(count(w, "oda", &seen), 2);
    assert_true(str_eq(seen.items[0].file.digest, seen.items[1].file.digest));
    assert_false(str_eq(seen.items[0].file.id, seen.items[1].file.id));
    assert_true(str_ends(seen.items[0].file.url, seen.items[0].file.id));
}

/* B12: who comes from another organization reads what lies there for those invited. */
static void whoever_is_sent_instead_finds_the_materials(void **state)
{
    struct briefing_world *w = *state;
    struct arena *a = &w->admin->arena;
    struct materials seen = {0};
    struct briefing_input input = briefing_world_input(w);
    input.plan.sectors = 1u << SECTOR_LOCAL;
    OWNED(briefing_turn_done) struct briefing_turn t = {0};
    must(w->admin, briefing_turn_begin(w, "ann", true, &t));
    must(w->admin, briefing_make(a, &t.s, &t.r, &input, &w->id));
    must(w->admin, session_commit(a, &t.s));
    give(w, "ann", "For those invited");
    must(w->admin, briefing_world_agree(w, "pat"));
    must(w->admin, briefing_world_send(w, 1));
    must(w->admin, briefing_world_send_all(w));
    w->now_us += US_PER_SECOND;
    const struct briefing_reply instead = {.answer = ABOUT_DELEGATE, .delegate = w->oda};
    must(w->admin, briefing_world_answer(w, "cal", instead));
    assert_int_equal(count(w, "cal", &seen), 1);
    assert_int_equal(count(w, "oda", &seen), 1);
}

/* S7: what is given takes room of whoever gives it, and is given back with the bytes. */
static void a_purge_gives_the_room_back_once(void **state)
{
    struct briefing_world *w = *state;
    struct admin_purged purged;
    must(w->admin, briefing_world_make(w));
    int64_t before = stored_by(w, "ann");
    str id = give(w, "ann", "Twenty bytes of text");
    assert_int_equal(stored_by(w, "ann"), before + 20);
    send_out(w); /* another version of the same file */
    must(w->admin, withdraw(w, id));
    must(w->admin, admin_purge(&w->admin->arena, w->admin->store, &(struct watch){0}, &purged));
    assert_int_equal(purged.files, 1);
    assert_int_equal(stored_by(w, "ann"), before);
    must(w->admin, admin_purge(&w->admin->arena, w->admin->store, &(struct watch){0}, &purged));
    assert_int_equal(purged.bodies + purged.files, 0);
    assert_int_equal(stored_by(w, "ann"), before);
}

/* B27: what was taken back from a briefing that is held is read by nobody, and is not removed. */
static void a_hold_on_a_briefing_keeps_what_was_taken_back(void **state)
{
    struct briefing_world *w = *state;
    struct arena *a = &w->admin->arena;
    struct store *store = w->admin->store;
    struct admin_purged purged;
    must(w->admin, briefing_world_make(w));
    str elsewhere = w->id;
    must(w->admin, briefing_world_make(w));
    str digest = files_digest(a, LIT("Twenty bytes of text"));
    str first = briefing_world_hold(w, w->id);
    str second = briefing_world_hold(w, w->id);
    must(w->admin, withdraw(w, give(w, "ann", "Twenty bytes of text")));
    must(w->admin, admin_purge(a, store, &(struct watch){0}, &purged));
    assert_int_equal(purged.bodies + purged.files, 0);
    assert_int_equal(purged.held, 2); /* the material and its artifact */
    briefing_world_release(w, second);
    must(w->admin, admin_purge(a, store, &(struct watch){0}, &purged));
    assert_true(files_have(a, store, digest));
    briefing_world_release(w, first);
    (void)briefing_world_hold(w, elsewhere); /* another briefing's covers nothing of this one */
    must(w->admin, admin_purge(a, store, &(struct watch){0}, &purged));
    assert_int_equal(purged.bodies, 2);
    assert_int_equal(purged.files, 1);
    assert_false(files_have(a, store, digest));
}

/* B26: what was handed in stays for a day; nothing is purged under a backup's eyes. */
static void only_what_is_old_and_unused_is_swept(void **state)
{
    struct briefing_world *w = *state;
    struct arena *a = &w->admin->arena;
    struct store *store = w->admin->store;
    struct admin_purged purged;
    must(w->admin, briefing_world_make(w));
    str fresh;
    must(w->admin, files_put(a, store, LIT("Handed in"), &fresh));
    must(w->admin, file_upkeep_begin(a, store));
    assert_true(files_have(a, store, fresh));
    OWNED(files_unlock) int backup = 0;
    must(w->admin, files_lock(a, store, false, &backup));
    assert_fails(admin_purge(a, store, &(struct watch){0}, &purged), ERR_BUSY);
    must(w->admin, file_upkeep_begin(a, store)); /* serving begins all the same */
}

/* B26: what was handed in and is gone is not given. */
static void what_is_gone_is_handed_in_again(void **state)
{
    struct briefing_world *w = *state;
    str id;
    must(w->admin, briefing_world_make(w));
    struct material_input in = input_of(w, "Here");
    in.file.digest = files_digest(&w->admin->arena, LIT("Nowhere"));
    assert_fails(give_in(w, "ann", &in, &id), ERR_CONFLICT);
}

/* R2: every answer is that of five counts at least, and of few nothing is told. */
static void what_is_told_of_opened_files_is_of_many(void **state)
{
    (void)state;
    for (size_t of = 1; of < 70; of++) {
        size_t alike = 0;
        for (size_t has = 0; has <= of; has++) {
            const struct material_opened told = material_opened_tell(has, of);
            const struct material_opened next = material_opened_tell(has + 1, of);
            bool is_last = has == of || next.at_least != told.at_least;
            assert_int_equal(told.is_told, of >= 10);
            assert_true(told.at_least % 5 == 0 && told.at_least <= has);
            assert_true(!told.is_told || told.at_least + 5 <= of);
            alike++;
            if (is_last && told.is_told)
                assert_true(alike >= 5);
            alike = is_last ? 0 : alike;
        }
    }
    assert_int_equal(material_opened_tell(23, 57).at_least, 20);
    assert_int_equal(material_opened_tell(57, 57).at_least, 50);
    assert_int_equal(material_opened_tell(4, 57).at_least, 0);
}

/* ---- the keeper */

struct outcome {
    pthread_mutex_t lock;
    pthread_cond_t moved;
    unsigned calls;
    enum err_code code; /* ERR_CODE_COUNT: kept */
    char digest[64];
};

static void take_outcome(void *context, err failure, str digest)
{
    struct outcome *o = context;
    pthread_mutex_lock(&o->lock);
    o->code = failure ? failure->code : ERR_CODE_COUNT;
    if (failure == NULL)
        memcpy(o->digest, digest.at, sizeof(o->digest));
    o->calls++;
    pthread_cond_signal(&o->moved);
    pthread_mutex_unlock(&o->lock);
}

static void keep(struct file_keeper *k, str bytes, struct outcome *o)
{
    struct file_keeping job = {.bytes = bytes, .done = take_outcome, .context = o};
    pthread_mutex_lock(&o->lock);
    unsigned calls = o->calls;
    file_keeper_submit(k, &job);
    while (o->calls == calls)
        pthread_cond_wait(&o->moved, &o->lock);
    pthread_mutex_unlock(&o->lock);
}

/* S14: a disk that takes nothing is said, and what was kept before stays. */
static void a_file_is_kept_whole_or_not_at_all(void **state)
{
    struct briefing_world *w = *state;
    struct arena *a = &w->admin->arena;
    struct file_keeper *keeper;
    struct outcome o = {.lock = PTHREAD_MUTEX_INITIALIZER, .moved = PTHREAD_COND_INITIALIZER};
    struct files_names names = {0};
    str folder = arena_join(a, w->admin->store->dir, LIT("/" FILES_FOLDER), (str){0});
    must(w->admin, file_write(a, folder, LIT("in the way"), 0600));
    must(w->admin, file_keeper_open(a, w->admin->store, &keeper));
    keep(keeper, LIT("Some bytes"), &o);
    assert_int_equal(o.code, ERR_IO);
    assert_int_equal(unlink(folder.at), 0);
    keep(keeper, LIT("Some bytes"), &o);
    assert_int_equal(o.code, ERR_CODE_COUNT);
    str digest = {o.digest, sizeof(o.digest)};
    assert_true(str_eq(digest, files_digest(a, LIT("Some bytes"))));
    keep(keeper, LIT("Some bytes"), &o); /* once more is the same file */
    must(w->admin, files_list(a, w->admin->store->dir, &names));
    assert_int_equal(names.count, 1);
    file_keeper_close(keeper);
}

/* ---- faults */

static err give_first(struct briefing_world *w)
{
    const struct material_input in = input_of(w, "First");
    str id;
    return give_in(w, "ann", &in, &id);
}

static err replace_it(struct briefing_world *w)
{
    const struct material_input in = input_of(w, "Second");
    return replace(w, w->promise, &in);
}

static err take_it_back(struct briefing_world *w)
{
    return withdraw(w, w->promise);
}

static err send_it(struct briefing_world *w)
{
    return briefing_world_send(w, 3);
}

/* S15: what fsck finds at the end is nothing. */
static void every_verb_is_whole_or_nothing(void **state)
{
    static const struct briefing_deed GIVE = {"give", give_first, 0};
    static const struct briefing_deed LATER[] = {
        {"send with materials", send_it, 0},
        {"replace", replace_it, 0},
        {"take back", take_it_back, 0},
    };
    struct briefing_world *w = *state;
    struct materials seen;
    struct fsck_report report = {0};
    struct admin_purged purged;
    must(w->admin, briefing_world_make(w));
    briefing_world_check_deed(w, &GIVE);
    assert_int_equal(count(w, "ann", &seen), 1);
    w->promise = seen.items[0].id;
    must(w->admin, briefing_world_agree(w, "pat"));
    briefing_world_check_deeds(w, LATER, sizeof(LATER) / sizeof(LATER[0]));
    assert_int_equal(count(w, "pat", &seen), 0);
    must(w->admin, admin_purge(&w->admin->arena, w->admin->store, &(struct watch){0}, &purged));
    assert_int_equal(purged.files, 2);
    must(w->admin, fsck_run(&w->admin->arena, w->admin->store->dir, &NOBODY_WATCHES, &report));
    for (size_t i = 0; i < report.count; i++)
        print_message("%.*s: %.*s\n", STR_ARG(report.items[i].part),
                      STR_ARG(report.items[i].words));
    assert_int_equal(report.faults, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        BRIEFING_TEST(whoever_is_sent_instead_finds_the_materials),
        BRIEFING_TEST(equal_files_have_ids_of_their_own),
        BRIEFING_TEST(a_purge_gives_the_room_back_once),
        BRIEFING_TEST(a_hold_on_a_briefing_keeps_what_was_taken_back),
        BRIEFING_TEST(only_what_is_old_and_unused_is_swept),
        BRIEFING_TEST(what_is_gone_is_handed_in_again),
        BRIEFING_TEST(what_is_told_of_opened_files_is_of_many),
        BRIEFING_TEST(a_file_is_kept_whole_or_not_at_all),
        BRIEFING_TEST(every_verb_is_whole_or_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
