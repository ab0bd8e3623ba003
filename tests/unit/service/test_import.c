/*
 * Imports of one piece and of many (L10): files are read twice, and what changes between is found.
 */
#include "exchange.h"

#include "base/file.h"
#include "service/import.h"

#define FILLER_BYTES ((size_t)32 * 1024)

/* Lines: a note about the last object, `count` large objects, one that breaks a MUST, the last. */
static str lines_of(struct exchange *x, unsigned count)
{
    OWNED(buf_done) struct buf text;
    buf_init(&text, (size_t)64 << 20);
    char *filler = arena_alloc(&x->arena, FILLER_BYTES);
    memset(filler, 'x', FILLER_BYTES);
    const str name = {filler, FILLER_BYTES};
    buf_put(&text, thing_with(x, "note", 2, 1, ",\"content\":\"c\",\"object_refs\":[\"%s\"]%s",
                              id_of(x, "identity", 1).at, marked(x, TLP_CLEAR).at));
    for (unsigned n = 0; n < count; n++) {
        buf_put_char(&text, '\n');
        buf_put(&text,
                thing_with(x, "identity", 10 + n, 1,
                           ",\"identity_class\":\"group\",\"name\":\"%.*s\"", STR_ARG(name)));
    }
    buf_put(&text, LIT("\n"));
    buf_put(&text, thing(x, "identity", 4, 1, LIT(",\"name\":7")));
    buf_put(&text, LIT("\n"));
    buf_put(&text, thing_with(x, "identity", 1, 1, ",\"name\":\"n\",\"identity_class\":\"group\"%s",
                              marked(x, TLP_RED).at));
    return arena_copy(&x->arena, buf_str(&text));
}

static str group_of(struct exchange *x, unsigned n)
{
    return thing(x, "identity", n, 1, LIT(",\"name\":\"n\",\"identity_class\":\"group\""));
}

static struct import_options options_of(const struct exchange *x, const str *path)
{
    return (struct import_options){.org = x->f1.org,
                                   .person = x->f1.person,
                                   .collections = &x->k,
                                   .collection_count = 1,
                                   .files = path,
                                   .file_count = 1,
                                   .actor_detail = LIT("console")};
}

static void import(struct exchange *x, str path, struct import_totals *totals)
{
    const struct import_options options = options_of(x, &path);
    *totals = (struct import_totals){0};
    must(x, import_files(&x->arena, x->store, &options, totals));
}

/* What points at RED stays with its author, however far behind it the RED object stands. */
static void check_note(struct exchange *x)
{
    const str note = LIT("note");
    const struct page_query q = {.collection = x->k, .types = &note, .type_count = 1};
    assert_says(shows_in(x, x->store, x->f1, &q), "n2v1");
    assert_says(shows_in(x, x->store, x->plat, &q), "");
}

static void check_size(struct exchange *x, unsigned count)
{
    str path = arena_print(&x->arena, "%s/lines.json", x->folder);
    must(x, file_write(&x->arena, path, lines_of(x, count), 0600));
    struct import_totals totals;
    import(x, path, &totals);
    assert_int_equal(totals.objects, count + 3);
    assert_int_equal(totals.added, count + 2);
    assert_int_equal(totals.refused, 1);
    assert_int_equal(totals.items[0].line, count + 2);
    check_note(x);
    import(x, path, &totals);
    assert_int_equal(totals.added, 0);
    assert_int_equal(totals.duplicates, count + 2);
}

static void a_small_file_is_imported(void **state)
{
    check_size(*state, 1);
}

static void a_file_of_several_pieces_is_imported(void **state)
{
    check_size(*state, 60); /* 2 MB */
}

/* S13: in commits of its own, each of them on the audit log with what it brought. */
static void a_large_file_is_imported_in_several_commits(void **state)
{
    check_size(*state, 500); /* 16 MB */
    assert_true(exchange_number(*state, "SELECT count(*) FROM audit "
                                        "WHERE verb = 'objects.import'") > 4);
}

/* A line that is no object, but would be several between the brackets of a list. */
static void several_objects_on_a_line_spoil_that_line_only(void **state)
{
    struct exchange *x = *state;
    str text = arena_print(&x->arena, "%s\n%s,%s,%s\n%s\n", group_of(x, 1).at, group_of(x, 2).at,
                           group_of(x, 3).at, group_of(x, 4).at, group_of(x, 5).at);
    str path = arena_print(&x->arena, "%s/lines.json", x->folder);
    must(x, file_write(&x->arena, path, text, 0600));
    struct import_totals totals;
    import(x, path, &totals);
    assert_int_equal(totals.objects, 3);
    assert_int_equal(totals.added, 2);
    assert_int_equal(totals.refused, 1);
    assert_int_equal(totals.items[0].line, 2);
    assert_says(shows(x, x->f1, x->k), "i1v1 i5v1");
}

#define BETWEEN_OBJECTS 1 /* bytes that count for nobody's progress */

struct change {
    struct exchange *x;
    str path;
    str text; /* of the file once pass one is through */
};

static void change_after_pass_one(void *context, uint64_t done, uint64_t total)
{
    const struct change *change = context;
    if (done + BETWEEN_OBJECTS >= total / 2)
        must(change->x, file_write(&change->x->arena, change->path, change->text, 0600));
}

/* Imports `before`, which turns into `after` between the passes. */
static void check_change(struct exchange *x, str before, str after)
{
    struct change change = {x, arena_print(&x->arena, "%s/lines.json", x->folder), after};
    struct import_options options = options_of(x, &change.path);
    options.on_progress = change_after_pass_one;
    options.context = &change;
    struct import_totals totals = {0};
    must(x, file_write(&x->arena, change.path, before, 0600));
    err failure = import_files(&x->arena, x->store, &options, &totals);
    assert_non_null(failure);
    assert_int_equal(failure->code, ERR_CONFLICT);
    assert_non_null(strstr(error_text(&x->arena, failure).at, "changed while it was read"));
}

static str labelled_group(struct exchange *x, unsigned n, enum tlp label)
{
    return thing_with(x, "identity", n, 1, ",\"name\":\"n\",\"identity_class\":\"group\"%s",
                      marked(x, label).at);
}

/* An object must not get the audience that pass one worked out for another one. */
static void a_file_that_changes_between_the_passes_is_refused(void **state)
{
    struct exchange *x = *state;
    check_change(x, labelled_group(x, 1, TLP_CLEAR), labelled_group(x, 1, TLP_RED));
    assert_says(shows(x, x->f1, x->k), "");
}

static void a_file_that_becomes_shorter_between_the_passes_is_refused(void **state)
{
    struct exchange *x = *state;
    str first = labelled_group(x, 1, TLP_CLEAR);
    str second = labelled_group(x, 2, TLP_CLEAR);
    check_change(x, arena_join(&x->arena, first, LIT("\n"), second), first);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        EXCHANGE_TEST(a_small_file_is_imported),
        EXCHANGE_TEST(a_file_of_several_pieces_is_imported),
        EXCHANGE_TEST(a_large_file_is_imported_in_several_commits),
        EXCHANGE_TEST(a_file_that_changes_between_the_passes_is_refused),
        EXCHANGE_TEST(a_file_that_becomes_shorter_between_the_passes_is_refused),
        EXCHANGE_TEST(several_objects_on_a_line_spoil_that_line_only),
    };
    return cmocka_run_group_tests_name("service/import", tests, NULL, NULL);
}
