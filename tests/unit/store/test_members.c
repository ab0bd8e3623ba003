/*
 * The built-in collection Members (L11): identities come and go with membership.
 */
#include "exchange.h"

static str names_shown(struct exchange *x)
{
    OWNED(session_done) struct session s = {0};
    must(x, session_read(&x->arena, x->store, &s));
    struct reader r = reader_for(x, &s, x->low);
    const str type = LIT("identity");
    const struct page_query q = {.collection =
                                     policy_collection_by_key(s.policy, LIT("members"))->n,
                                 .limit = 100,
                                 .types = &type,
                                 .type_count = 1,
                                 .wants_bytes = true};
    struct page page = {0};
    must(x, page_read(&x->arena, &s, &r, &q, &page));
    str text = {0};
    for (size_t i = 0; i < page.count; i++) {
        OWNED(json_reader_done) struct json_reader reader = {0};
        json value;
        must(x, json_read(&x->arena, &reader, page.items[i].body.bytes, NULL, &value));
        text = arena_join(&x->arena, text, text.len ? LIT(",") : LIT(""),
                          arena_copy(&x->arena, json_get_string(value, LIT("name"))));
    }
    return text;
}

static void edit_name(struct exchange *x, struct session *s, str id, const char *name,
                      const char *status)
{
    struct member_org org;
    bool is_suspended;
    must(x, members_get(&x->arena, s, id, &org, &is_suspended));
    org.name = str_of(name);
    org.status = str_of(status);
    must(x, members_edit(&x->arena, s, id, &org));
}

static void suspend(struct exchange *x, str id, bool is_suspended)
{
    OWNED(session_done) struct session s = {0};
    must(x, session_write(&x->arena, x->store, &s));
    must(x, members_suspend(&x->arena, &s, id, is_suspended));
    must(x, session_commit(&x->arena, &s));
}

static void edit(struct exchange *x, str id, const char *name, const char *status)
{
    OWNED(session_done) struct session s = {0};
    must(x, session_write(&x->arena, x->store, &s));
    edit_name(x, &s, id, name, status);
    must(x, session_commit(&x->arena, &s));
}

static void identities_follow_membership(void **state)
{
    struct exchange *x = *state;
    str out = exchange_id_of(x, x->out);
    assert_says(names_shown(x), "Test exchange,Fed,Plat,Ohio,County,Low,Out");
    suspend(x, out, true);
    assert_says(names_shown(x), "Test exchange,Fed,Plat,Ohio,County,Low");
    suspend(x, out, true);
    suspend(x, out, false);
    suspend(x, out, false);
    assert_says(names_shown(x), "Test exchange,Fed,Plat,Ohio,County,Low,Out");
    edit(x, out, "Out", "left");
    assert_says(names_shown(x), "Test exchange,Fed,Plat,Ohio,County,Low");
    edit(x, out, "Out again", "left"); /* a name that is not shown */
    assert_says(names_shown(x), "Test exchange,Fed,Plat,Ohio,County,Low");
    edit(x, out, "Out again", "invited");
    assert_says(names_shown(x), "Test exchange,Fed,Plat,Ohio,County,Low");
    edit(x, out, "Out again", "member");
    assert_says(names_shown(x), "Test exchange,Fed,Plat,Ohio,County,Low,Out again");
    edit(x, exchange_id_of(x, x->fed), "Fed 2", "member");
    assert_says(names_shown(x), "Test exchange,Plat,Ohio,County,Low,Out again,Fed 2");
    /* an edit that shows nothing new appends nothing */
    int64_t entries = exchange_number(x, "SELECT count(*) FROM entry");
    edit(x, exchange_id_of(x, x->fed), "Fed 2", "member");
    assert_int_equal(exchange_number(x, "SELECT count(*) FROM entry"), entries);
}

/* However fast names change, and whatever the clock does, the newest is the one shown. */
static void the_newest_name_is_shown(void **state)
{
    struct exchange *x = *state;
    str id = exchange_id_of(x, x->out);
    OWNED(session_done) struct session s = {0};
    must(x, session_write(&x->arena, x->store, &s));
    edit_name(x, &s, id, "One", "member");
    edit_name(x, &s, id, "Two", "member"); /* in the same millisecond */
    must(x, session_commit(&x->arena, &s));
    assert_says(names_shown(x), "Test exchange,Fed,Plat,Ohio,County,Low,Two");
    must(x, session_write(&x->arena, x->store, &s));
    s.now_us -= 3600 * US_PER_SECOND; /* the clock was set back */
    edit_name(x, &s, id, "Three", "member");
    must(x, session_commit(&x->arena, &s));
    assert_says(names_shown(x), "Test exchange,Fed,Plat,Ohio,County,Low,Three");
}

static void members_are_checked(void **state)
{
    struct exchange *x = *state;
    OWNED(session_done) struct session s = {0};
    must(x, session_write(&x->arena, x->store, &s));
    const struct member_org good = {
        .name = LIT("New"), .sector = LIT("state"), .ceiling = TLP_RED, .status = LIT("member")};
    struct member_org org = good;
    str id;
    org.name = LIT(" ");
    must_fail(x, members_add(&x->arena, &s, &org, &id), ERR_USAGE);
    org.name = LIT("Fed");
    must_fail(x, members_add(&x->arena, &s, &org, &id), ERR_CONFLICT);
    org = good;
    org.sector = LIT("State");
    must_fail(x, members_add(&x->arena, &s, &org, &id), ERR_USAGE);
    org = good;
    org.status = LIT("friend");
    must_fail(x, members_add(&x->arena, &s, &org, &id), ERR_USAGE);
    str steward = policy_org(s.policy, 1)->id;
    must_fail(x, members_suspend(&x->arena, &s, steward, true), ERR_CONFLICT);
    must_fail(x, members_suspend(&x->arena, &s, LIT("identity--x"), true), ERR_NOT_FOUND);
    must_fail(x, members_link(&x->arena, &s, steward, LIT("friend-of"), steward), ERR_USAGE);
    must_fail(x, members_link(&x->arena, &s, steward, LIT("part-of"), steward), ERR_USAGE);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        EXCHANGE_TEST(identities_follow_membership),
        EXCHANGE_TEST(the_newest_name_is_shown),
        EXCHANGE_TEST(members_are_checked),
    };
    return cmocka_run_group_tests_name("store/members", tests, NULL, NULL);
}
