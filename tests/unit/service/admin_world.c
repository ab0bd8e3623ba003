/*
 * The world of the tests of the administration.
 */
#include "admin_world.h"

#include "base/uuid.h"
#include "db/fault.h"
#include "store/audit.h"
#include "store/log.h"
#include "store/people.h"

#include <ftw.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include <cmocka.h>

void must(struct admin_world *w, err e)
{
    if (e) {
        print_error("%.*s\n", STR_ARG(error_text(&w->arena, e)));
        abort();
    }
}

int admin_world_set_up(void **state)
{
    struct admin_world *w = calloc(1, sizeof(*w));
    snprintf(w->folder, sizeof(w->folder), "/tmp/tocsin-test-XXXXXX");
    assert_non_null(mkdtemp(w->folder));
    const struct store_init init = {.dir = str_of(w->folder), .name = LIT("Exchange")};
    must(w, store_create(&w->arena, &init));
    must(w, store_open_with(&w->arena, str_of(w->folder), "fault:0", &w->store));
    OWNED(session_done) struct session s = {0};
    must(w, session_read(&w->arena, w->store, &s));
    w->db = s.db; /* the pool gives this one again and again, since only one is in use */
    *state = w;
    return 0;
}

static int remove_one(const char *path, const struct stat *status, int kind, struct FTW *walk)
{
    (void)status;
    (void)kind;
    (void)walk;
    return remove(path);
}

int admin_world_tear_down(void **state)
{
    struct admin_world *w = *state;
    store_close(w->store);
    nftw(w->folder, remove_one, 8, FTW_DEPTH | FTW_PHYS);
    arena_done(&w->arena);
    free(w);
    return 0;
}

static str read_picture(struct admin_world *w, struct session *s, const char *sql)
{
    OWNED(db_query_done) struct db_query q = {0};
    bool has_row;
    must(w, db_query(&w->arena, s->db, sql, DB_NO_ARGS, &q));
    must(w, db_next(&w->arena, &q, &has_row));
    return has_row ? arena_copy(&w->arena, db_get_text(&q, 0)) : (str){0};
}

str admin_world_picture(struct admin_world *w)
{
    static const char *const PARTS[] = {
        "SELECT last_number || '/' || policy_epoch FROM state",
        "SELECT group_concat(name || sector || ceiling || status || is_suspended || note) FROM org",
        "SELECT group_concat(org || kind || other) FROM org_link",
        "SELECT group_concat(org || code) FROM org_jurisdiction",
        "SELECT group_concat(email || name || phone || password || is_suspended) FROM person",
        "SELECT group_concat(person || '-' || org || '-' || roles || '-' || ceiling) "
        "FROM affiliation",
        "SELECT group_concat(person || '-' || org || '-' || state || '-' || outcome) "
        "FROM vouching",
        "SELECT group_concat(name || is_revoked || is_read_only || is_narrowed) FROM token",
        "SELECT count(*) FROM token_collection",
        "SELECT group_concat(title || coalesce(alias, '') || default_tlp || is_public) "
        "FROM collection",
        "SELECT group_concat(collection || subject || may_read || may_write) FROM access_grant",
        "SELECT group_concat(jurisdiction || day || kind || name) FROM election",
        "SELECT count(*) || '/' || coalesce(sum(length(bytes)), 0) FROM body",
        "SELECT count(*) || '/' || coalesce(sum(flags), 0) FROM entry",
        "SELECT count(*) FROM actor",
        "SELECT count(*) FROM named_audience",
        "SELECT count(*) FROM audience",
        "SELECT count(*) FROM audit",
    };
    OWNED(session_done) struct session s = {0};
    str picture = {0};
    must(w, session_read(&w->arena, w->store, &s));
    for (size_t i = 0; i < sizeof(PARTS) / sizeof(PARTS[0]); i++)
        picture = arena_join(&w->arena, picture, LIT("\n"), read_picture(w, &s, PARTS[i]));
    return picture;
}

void admin_world_arm(struct admin_world *w, uint64_t n)
{
    db_fault_arm(w->db, n);
}

str admin_world_org(struct admin_world *w, str name)
{
    struct admin_org org = {
        .org = {.name = name, .sector = LIT("state"), .ceiling = TLP_RED, .status = LIT("member")}};
    must(w, admin_add_orgs(&w->arena, w->store, &org, 1));
    return org.id;
}

str admin_world_post(struct admin_world *w, const struct admin_world_post *post)
{
    OWNED(session_done) struct session s = {0};
    OWNED(json_reader_done) struct json_reader json_reader = {0};
    struct arena *a = &w->arena;
    must(w, session_write(a, w->store, &s));
    const struct policy_org *org;
    const struct policy_person *person = NULL;
    struct reader reader;
    must(w, admin_find_org(a, &s, post->org, &org));
    if (post->email.len)
        must(w, people_find(a, &s, post->email, &person));
    must(w, reader_make(a, &s, org, person, NULL, &reader));
    must(w, reader_intern_actor(a, &s, &reader));
    str id = uuid_random_id(a, LIT("campaign"));
    str text = arena_print(
        a,
        "{\"type\":\"campaign\",\"spec_version\":\"2.1\",\"id\":\"%.*s\",\"created\":"
        "\"2018-07-01T00:00:00.000Z\",\"modified\":\"2018-07-01T00:00:00.000Z\",\"name\":\"n\","
        "\"object_marking_refs\":[\"%.*s\"]}",
        STR_ARG(id), STR_ARG(post->marking));
    json value;
    struct log_item item = {0};
    must(w, json_read(a, &json_reader, text, NULL, &value));
    must(w, stix_object_read(a, value, &item.object));
    uint32_t collection = policy_collection_by_key(s.policy, post->collection)->n;
    struct log_submission sub = {.reader = &reader,
                                 .contributor = org->n,
                                 .collections = &collection,
                                 .collection_count = 1,
                                 .items = &item,
                                 .item_count = 1};
    must(w, log_append(a, &s, &sub));
    assert_int_equal(item.outcome, LOG_ADDED);
    must(w, session_commit(a, &s));
    return id;
}
