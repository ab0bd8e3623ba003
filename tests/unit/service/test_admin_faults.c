/*
 * Every verb of the administration, with every call to the database failing once: what is left is
 * what was there before, and at the end the deed with its audit row, whole.
 */
#include "admin_world.h"

#include "service/duty_sheet.h"
#include "service/election.h"
#include "service/hold.h"
#include "store/audit.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>

#include <cmocka.h>

#define CALLS_MAX 4000

#define OHIO LIT("Ohio")
#define DUTY LIT("duty@ohio.example")

static err add_org(struct admin_world *w)
{
    const str codes[] = {LIT("us-39"), LIT("us-39-c035")};
    struct admin_org orgs[2] = {0};
    orgs[0].org = (struct member_org){.name = OHIO,
                                      .sector = LIT("state"),
                                      .ceiling = TLP_RED,
                                      .status = LIT("member"),
                                      .jurisdictions = codes,
                                      .jurisdiction_count = 2};
    orgs[1].org = (struct member_org){.name = LIT("Franklin"),
                                      .sector = LIT("local"),
                                      .ceiling = TLP_GREEN,
                                      .status = LIT("member")};
    return admin_add_orgs(&w->arena, w->store, orgs, 2);
}

static err edit_org(struct admin_world *w)
{
    const struct admin_org_change change = {
        .name = LIT("Franklin County"), .has_ceiling = true, .ceiling = TLP_AMBER};
    return admin_edit_org(&w->arena, w->store, LIT("Franklin"), &change);
}

static err suspend_org(struct admin_world *w)
{
    return admin_suspend_org(&w->arena, w->store, LIT("Franklin County"), true);
}

static err reinstate_org(struct admin_world *w)
{
    return admin_suspend_org(&w->arena, w->store, LIT("Franklin County"), false);
}

static err link_org(struct admin_world *w)
{
    const struct admin_link link = {LIT("Franklin County"), LIT("part-of"), OHIO};
    return admin_link_org(&w->arena, w->store, &link);
}

static err add_person(struct admin_world *w)
{
    struct admin_person person = {
        .org = OHIO, .email = DUTY, .name = LIT("Duty"), .roles = 1u << ROLE_ADMIN};
    return admin_add_people(&w->arena, w->store, &person, 1);
}

static err add_affiliation(struct admin_world *w)
{
    struct admin_person person = {
        .org = LIT("Franklin County"), .email = DUTY, .roles = 1u << ROLE_OBSERVER};
    return admin_add_people(&w->arena, w->store, &person, 1);
}

static err add_election(struct admin_world *w)
{
    struct election e = {.name = LIT("Ohio primary"),
                         .jurisdiction = LIT("us-39"),
                         .kind = LIT("primary"),
                         .day = 20000};
    OWNED(session_done) struct session s = {0};
    TRY(session_write(&w->arena, w->store, &s));
    TRY(election_put_in(&w->arena, &s, &e));
    return session_commit(&w->arena, &s);
}

/* A new one, and one that gets another name. */
static err bring_elections(struct admin_world *w)
{
    struct election_sheet sheet;
    OWNED(session_done) struct session s = {0};
    TRY(session_write(&w->arena, w->store, &s));
    TRY(election_sheet_apply_in(&w->arena, &s,
                                LIT("name,jurisdiction,kind,date\n"
                                    "Vote,39,primary,2024-10-04\nLevy,39035,special,2030-05-07\n"),
                                &sheet));
    return session_commit(&w->arena, &s);
}

static err remove_election(struct admin_world *w)
{
    struct elections all = {0};
    OWNED(session_done) struct session s = {0};
    TRY(session_write(&w->arena, w->store, &s));
    TRY(elections_list(&w->arena, &s, &all));
    TRY(election_remove_in(&w->arena, &s, all.count ? all.items[0].id : (str){0}));
    return session_commit(&w->arena, &s);
}

static err suspend_person(struct admin_world *w)
{
    return admin_suspend_person(&w->arena, w->store, DUTY, true);
}

static err add_token(struct admin_world *w)
{
    const str collections[] = {LIT("domains")};
    struct admin_token_made made;
    const struct admin_token token = {.org = OHIO,
                                      .person = DUTY,
                                      .name = LIT("poller"),
                                      .collections = collections,
                                      .collection_count = 1};
    return admin_add_token(&w->arena, w->store, &token, &made);
}

#define FINGERPRINT LIT("9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08")

static err add_certificate(struct admin_world *w)
{
    struct admin_token_made made;
    const struct admin_token token = {
        .org = OHIO, .name = LIT("certificate"), .fingerprint = FINGERPRINT};
    return admin_add_token(&w->arena, w->store, &token, &made);
}

static err revoke_certificate(struct admin_world *w)
{
    str id;
    return admin_revoke_token(&w->arena, w->store, FINGERPRINT, &id);
}

static err add_collection(struct admin_world *w)
{
    str id;
    const struct collection_entry entry = {
        .title = LIT("Domains"), .alias = LIT("domains"), .default_tlp = TLP_GREEN};
    return admin_add_collection(&w->arena, w->store, &entry, OHIO, &id);
}

static err edit_collection(struct admin_world *w)
{
    str id;
    const struct admin_collection_change change = {.has_public = true, .is_public = true};
    return admin_edit_collection(&w->arena, w->store, LIT("domains"), &change, &id);
}

static err grant(struct admin_world *w)
{
    const struct admin_grant g = {
        .collection = LIT("domains"), .to = OHIO, .may_read = true, .may_write = true};
    return admin_grant(&w->arena, w->store, &g);
}

static err revoke_grant(struct admin_world *w)
{
    const struct admin_grant g = {.collection = LIT("domains"), .to = OHIO, .is_revoked = true};
    return admin_grant(&w->arena, w->store, &g);
}

static err add_audience(struct admin_world *w)
{
    str id;
    const struct admin_audience audience = {
        .as = OHIO, .name = LIT("locals"), .sectors = 1u << SECTOR_LOCAL};
    return admin_add_audience(&w->arena, w->store, &audience, &id);
}

/* B3: by an admin of Ohio; all lines or none. */
static err bring_sheet(struct admin_world *w)
{
    OWNED(session_done) struct session s = {0};
    const struct policy_org *ohio;
    struct reader admin;
    struct duty_sheet sheet;
    TRY(session_write(&w->arena, w->store, &s));
    TRY(admin_find_org(&w->arena, &s, OHIO, &ohio));
    TRY(reader_make(&w->arena, &s, ohio, policy_person_by_email(s.policy, DUTY), NULL, &admin));
    TRY(duty_sheet_apply(&w->arena, &s, &admin,
                         LIT("organization,email,duty,verified\n"
                             "Ohio,duty@ohio.example,primary,2018-08-21\n"
                             "Ohio,duty@ohio.example,stand-in,\n"),
                         &sheet));
    assert_int_equal(sheet.changes, 2);
    return session_commit(&w->arena, &s);
}

/* B27 */
static err place_hold(struct admin_world *w)
{
    str id;
    OWNED(session_done) struct session s = {0};
    TRY(session_write(&w->arena, w->store, &s));
    TRY(hold_place_in(&w->arena, &s, &(struct hold_order){.reason = LIT("request 18-204")}, &id));
    return session_commit(&w->arena, &s);
}

static err release_hold(struct admin_world *w)
{
    struct holds all = {0};
    OWNED(session_done) struct session s = {0};
    TRY(session_write(&w->arena, w->store, &s));
    TRY(holds_list(&w->arena, &s, &all));
    TRY(hold_release_in(&w->arena, &s, all.count ? all.items[0].id : (str){0}, 0));
    return session_commit(&w->arena, &s);
}

static err purge(struct admin_world *w)
{
    struct admin_purged purged;
    return admin_purge(&w->arena, w->store, &(struct watch){0}, &purged);
}

static err first_token(struct admin_world *w)
{
    struct admin_first first;
    return admin_first_token(&w->arena, w->store, &first);
}

/* In an order in which each can succeed. `rows` is how many audit rows the deed leaves. */
static const struct deed {
    const char *name;
    err (*run)(struct admin_world *w);
    int rows;
} DEEDS[] = {
    {"first token", first_token, 1},
    {"add two organizations", add_org, 2},
    {"edit an organization", edit_org, 1},
    {"suspend an organization", suspend_org, 1},
    {"reinstate an organization", reinstate_org, 1},
    {"link organizations", link_org, 1},
    {"add a person", add_person, 1},
    {"add an affiliation", add_affiliation, 1},
    {"add a collection", add_collection, 1},
    {"edit a collection", edit_collection, 1},
    {"add a token", add_token, 1},
    {"add a certificate", add_certificate, 1},
    {"revoke a certificate", revoke_certificate, 1},
    {"grant", grant, 1},
    {"add an audience", add_audience, 1},
    {"revoke a grant", revoke_grant, 1},
    {"bring a sheet of duties", bring_sheet, 2},
    {"add an election", add_election, 1},
    {"bring a sheet of elections", bring_elections, 2},
    {"remove an election", remove_election, 1},
    {"suspend a person", suspend_person, 1},
    {"place a hold", place_hold, 1},
    {"release a hold", release_hold, 1},
    {"purge", purge, 1},
};

static int64_t count_rows(struct admin_world *w)
{
    OWNED(session_done) struct session s = {0};
    int64_t count;
    must(w, session_read(&w->arena, w->store, &s));
    must(w, db_query_int(&w->arena, s.db, "SELECT count(*) FROM audit", DB_NO_ARGS, 0, &count));
    return count;
}

static void check_deed(struct admin_world *w, const struct deed *deed)
{
    int64_t rows = count_rows(w);
    str before = admin_world_picture(w);
    for (uint64_t n = 1; n < CALLS_MAX; n++) {
        admin_world_arm(w, n);
        err failure = deed->run(w);
        admin_world_arm(w, 0);
        if (failure == NULL) {
            assert_true(n > 3); /* it did call the database */
            assert_int_equal(count_rows(w), rows + deed->rows);
            return;
        }
        str after = admin_world_picture(w);
        if (!str_eq(before, after))
            fail_msg("%s, failing at call %llu, left\n%.*s\ninstead of\n%.*s", deed->name,
                     (unsigned long long)n, STR_ARG(after), STR_ARG(before));
    }
    fail_msg("%s never succeeded", deed->name);
}

static void every_verb_is_whole_or_nothing(void **state)
{
    struct admin_world *w = *state;
    for (size_t i = 0; i < sizeof(DEEDS) / sizeof(DEEDS[0]); i++)
        check_deed(w, &DEEDS[i]);
    OWNED(session_done) struct session s = {0};
    uint64_t rows;
    must(w, session_read(&w->arena, w->store, &s));
    must(w, audit_verify(&w->arena, &s, NULL, &rows)); /* R3 */
    assert_true(rows >= sizeof(DEEDS) / sizeof(DEEDS[0]));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(every_verb_is_whole_or_nothing, admin_world_set_up,
                                        admin_world_tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
