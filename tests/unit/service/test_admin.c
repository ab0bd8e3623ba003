/*
 * What the administration does and refuses, on a real exchange.
 */
#include "admin_world.h"

#include "base/clock.h"
#include "base/num.h"
#include "store/log.h"
#include "store/people.h"
#include "store/receipts.h"
#include "store/tokens.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>

#include <cmocka.h>

#define OHIO LIT("Ohio")
#define DUTY LIT("duty@ohio.example")

static void check_refusal(struct admin_world *w, err e, enum err_code code, const char *words)
{
    assert_non_null(e);
    str text = error_text(&w->arena, e);
    if (e->code != code || str_find(text, str_of(words)) == text.len)
        fail_msg("expected '%s' with code %d, got '%.*s' with %d", words, (int)code, STR_ARG(text),
                 (int)e->code);
}

static str add_collection(struct admin_world *w, str alias)
{
    str id;
    const struct collection_entry entry = {
        .title = alias, .alias = alias, .default_tlp = TLP_AMBER};
    must(w, admin_add_collection(&w->arena, w->store, &entry, (str){0}, &id));
    return id;
}

static void grant_both(struct admin_world *w, str collection, str to)
{
    const struct admin_grant g = {
        .collection = collection, .to = to, .may_read = true, .may_write = true};
    must(w, admin_grant(&w->arena, w->store, &g));
}

static void add_person(struct admin_world *w, str org, str email)
{
    struct admin_person p = {
        .org = org, .email = email, .name = LIT("Duty"), .roles = 1u << ROLE_PUBLISHER};
    must(w, admin_add_people(&w->arena, w->store, &p, 1));
}

/* True if a bare organization may read, may write the collection. */
static void check_rights(struct admin_world *w, str org_key, str collection, bool may_read,
                         bool may_write)
{
    OWNED(session_done) struct session s = {0};
    const struct policy_org *org;
    struct reader r;
    must(w, session_read(&w->arena, w->store, &s));
    must(w, admin_find_org(&w->arena, &s, org_key, &org));
    must(w, reader_make(&w->arena, &s, org, NULL, NULL, &r));
    uint32_t n = policy_collection_by_key(s.policy, collection)->n;
    assert_int_equal(reader_may_read_collection(&r, n), may_read);
    assert_int_equal(reader_may_write_collection(&r, n), may_write);
}

/* G9, G10, and the contract's grant: --revoke alone takes every right of the pair. */
static void grants_add_up_and_are_taken_one_by_one(void **state)
{
    struct admin_world *w = *state;
    admin_world_org(w, OHIO);
    add_collection(w, LIT("k"));
    check_rights(w, OHIO, LIT("k"), false, false);
    struct admin_grant g = {.collection = LIT("k"), .to = LIT("sector:state"), .may_read = true};
    must(w, admin_grant(&w->arena, w->store, &g));
    check_rights(w, OHIO, LIT("k"), true, false);
    grant_both(w, LIT("k"), OHIO);
    check_rights(w, OHIO, LIT("k"), true, true);
    g = (struct admin_grant){
        .collection = LIT("k"), .to = OHIO, .may_write = true, .is_revoked = true};
    must(w, admin_grant(&w->arena, w->store, &g));
    check_rights(w, OHIO, LIT("k"), true, false);
    g.may_write = false;
    must(w, admin_grant(&w->arena, w->store, &g)); /* takes read, the rest of the pair */
    check_refusal(w, admin_grant(&w->arena, w->store, &g), ERR_NOT_FOUND, "no such right");
    check_rights(w, OHIO, LIT("k"), true, false); /* by the sector still */
    g.to = LIT("sector:state");
    must(w, admin_grant(&w->arena, w->store, &g));
    check_rights(w, OHIO, LIT("k"), false, false);
}

static void a_new_end_replaces_the_old_one_of_that_right_only(void **state)
{
    struct admin_world *w = *state;
    str ohio = admin_world_org(w, OHIO);
    add_collection(w, LIT("k"));
    grant_both(w, LIT("k"), OHIO);
    const struct admin_grant g = {.collection = LIT("k"),
                                  .to = OHIO,
                                  .may_write = true,
                                  .until_us = clock_now_us() + US_PER_DAY,
                                  .purpose = LIT("midterms")};
    must(w, admin_grant(&w->arena, w->store, &g));
    OWNED(session_done) struct session s = {0};
    struct grant_entries list = {0};
    must(w, session_read(&w->arena, w->store, &s));
    must(w, grants_list(&w->arena, &s, &list));
    assert_int_equal(list.count, 2);
    assert_true(list.items[0].may_read && !list.items[0].may_write);
    assert_int_equal(list.items[0].until_us, 0);
    assert_true(list.items[1].may_write && !list.items[1].may_read);
    assert_int_equal(list.items[1].until_us, g.until_us);
    assert_true(str_eq(list.items[1].subject, ohio));
}

/* B1 */
static void a_known_email_gains_an_affiliation(void **state)
{
    struct admin_world *w = *state;
    admin_world_org(w, OHIO);
    admin_world_org(w, LIT("Iowa"));
    struct admin_person p = {.org = OHIO,
                             .email = LIT("Duty@Ohio.example"),
                             .name = LIT("Duty"),
                             .password = LIT("correct horse battery"),
                             .roles = 1u << ROLE_PUBLISHER};
    must(w, admin_add_people(&w->arena, w->store, &p, 1));
    assert_true(p.is_new);
    struct admin_person again = {.org = LIT("Iowa"), .email = DUTY, .roles = 1u << ROLE_OBSERVER};
    must(w, admin_add_people(&w->arena, w->store, &again, 1));
    assert_false(again.is_new);
    assert_true(str_eq(p.id, again.id));
    OWNED(session_done) struct session s = {0};
    const struct policy_person *person;
    must(w, session_read(&w->arena, w->store, &s));
    must(w, people_find(&w->arena, &s, DUTY, &person));
    assert_int_equal(person->affiliation_count, 2);
    assert_true(secret_password_matches(person->password, LIT("correct horse battery")));
}

/* S10: 256 bits, kept as a keyed digest only. */
static void a_token_is_found_by_its_secret_until_it_is_revoked(void **state)
{
    struct admin_world *w = *state;
    admin_world_org(w, OHIO);
    const struct admin_token token = {.org = OHIO, .name = LIT("poller"), .is_read_only = true};
    struct admin_token_made made;
    must(w, admin_add_token(&w->arena, w->store, &token, &made));
    assert_true(made.secret.len >= 43 && str_starts(made.secret, LIT(TOKENS_SECRET_PREFIX)));
    unsigned char digest[SECRET_DIGEST_BYTES];
    tokens_digest(&w->store->keys, made.secret, digest);
    str id;
    must(w, admin_revoke_token(&w->arena, w->store, made.id, &id));
    OWNED(session_done) struct session s = {0};
    must(w, session_read(&w->arena, w->store, &s));
    const struct policy_token *t =
        map_get(&s.policy->token_by_digest, (str){(char *)digest, sizeof(digest)});
    assert_non_null(t);
    assert_true(t->is_revoked && t->is_read_only && str_eq(t->id, id));
}

/* R1: receipts always have an actor to stand under. */
static void tokens_and_people_have_an_actor_from_the_start(void **state)
{
    struct admin_world *w = *state;
    admin_world_org(w, OHIO);
    add_person(w, OHIO, DUTY);
    const struct admin_token token = {.org = OHIO, .name = LIT("poller")};
    struct admin_token_made made;
    must(w, admin_add_token(&w->arena, w->store, &token, &made));
    OWNED(session_done) struct session s = {0};
    const struct policy_org *org;
    const struct policy_person *person;
    struct reader r;
    must(w, session_read(&w->arena, w->store, &s));
    must(w, admin_find_org(&w->arena, &s, OHIO, &org));
    must(w, people_find(&w->arena, &s, DUTY, &person));
    must(w, reader_make(&w->arena, &s, org, person, NULL, &r));
    assert_true(r.gate.actor > 0);
    must(w, reader_make(&w->arena, &s, org, NULL, map_get(&s.policy->token_by_id, made.id), &r));
    assert_true(r.gate.actor > 0);
}

/* B5 */
static void reset_gives_a_new_password_and_ends_the_persons_tokens(void **state)
{
    struct admin_world *w = *state;
    admin_world_org(w, OHIO);
    add_person(w, OHIO, DUTY);
    const struct admin_token token = {.org = OHIO, .name = LIT("poller"), .person = DUTY};
    struct admin_token_made made;
    struct admin_reset reset;
    must(w, admin_add_token(&w->arena, w->store, &token, &made));
    must(w, admin_reset_person(&w->arena, w->store, DUTY, &reset));
    assert_int_equal(reset.revoked_count, 1);
    OWNED(session_done) struct session s = {0};
    const struct policy_person *person;
    must(w, session_read(&w->arena, w->store, &s));
    must(w, people_find(&w->arena, &s, DUTY, &person));
    assert_true(secret_password_matches(person->password, reset.password));
    const struct policy_token *t = map_get(&s.policy->token_by_id, made.id);
    assert_true(t->is_revoked);
}

/* L8 */
static void withdrawing_asks_for_the_rights_of_delete(void **state)
{
    struct admin_world *w = *state;
    admin_world_org(w, OHIO);
    admin_world_org(w, LIT("Iowa"));
    add_collection(w, LIT("k"));
    grant_both(w, LIT("k"), LIT("all"));
    const struct admin_world_post post = {
        .org = OHIO, .collection = LIT("k"), .marking = tlp_marking_id(TLP_GREEN)};
    struct admin_withdrawal d = {.id = admin_world_post(w, &post), .as = LIT("Iowa")};
    size_t count;
    struct admin_purged purged;
    check_refusal(w, admin_withdraw(&w->arena, w->store, &d, &count), ERR_FORBIDDEN,
                  "another organization");
    d.as = OHIO;
    must(w, admin_withdraw(&w->arena, w->store, &d, &count));
    assert_int_equal(count, 1);
    check_refusal(w, admin_withdraw(&w->arena, w->store, &d, &count), ERR_NOT_FOUND, "no object");
    must(w, admin_purge(&w->arena, w->store, &(struct watch){0}, &purged));
    assert_int_equal(purged.bodies, 1);
    must(w, admin_purge(&w->arena, w->store, &(struct watch){0}, &purged));
    assert_int_equal(purged.bodies, 0);
}

/* What a purge said of how far it is; it is stopped at `stops_at`. */
struct seen {
    uint64_t done[8];
    uint64_t total;
    size_t count;
    size_t stops_at;
};

static void note_progress(void *context, uint64_t done, uint64_t total)
{
    struct seen *s = context;
    assert_true(s->count < COUNT_OF(s->done));
    s->done[s->count++] = done;
    s->total = total;
}

static struct seen *stopping;

static err stop_there(struct arena *a)
{
    return stopping->count == stopping->stops_at ? FAIL(a, ERR_BUSY, "stopped") : NULL;
}

static void a_purge_says_how_far_it_is_and_stopped_removes_nothing(void **state)
{
    struct admin_world *w = *state;
    admin_world_org(w, OHIO);
    add_collection(w, LIT("k"));
    grant_both(w, LIT("k"), LIT("all"));
    const struct admin_world_post post = {
        .org = OHIO, .collection = LIT("k"), .marking = tlp_marking_id(TLP_GREEN)};
    for (int i = 0; i < 3; i++) {
        struct admin_withdrawal d = {.id = admin_world_post(w, &post), .as = OHIO};
        size_t count;
        must(w, admin_withdraw(&w->arena, w->store, &d, &count));
    }
    struct seen seen = {.stops_at = 2};
    struct watch watch = {.on_progress = note_progress, .check_stop = stop_there, .context = &seen};
    struct admin_purged purged;
    stopping = &seen;
    check_refusal(w, admin_purge(&w->arena, w->store, &watch, &purged), ERR_BUSY,
                  "nothing was removed");
    seen = (struct seen){0};
    must(w, admin_purge(&w->arena, w->store, &watch, &purged));
    assert_int_equal(purged.bodies, 3);
    assert_int_equal(seen.count, 3);
    assert_int_equal(seen.done[2], 2);
    assert_int_equal(seen.total, 3);
}

/* R2 */
static void only_contributor_and_steward_learn_who_may_see(void **state)
{
    struct admin_world *w = *state;
    str ohio = admin_world_org(w, OHIO);
    str iowa = admin_world_org(w, LIT("Iowa"));
    add_collection(w, LIT("k"));
    grant_both(w, LIT("k"), OHIO);
    grant_both(w, LIT("k"), LIT("Iowa"));
    const struct admin_world_post post = {
        .org = OHIO, .collection = LIT("k"), .marking = tlp_marking_id(TLP_AMBER)};
    struct admin_question q = {.id = admin_world_post(w, &post), .as = OHIO};
    struct admin_viewers viewers;
    must(w, admin_may_see(&w->arena, w->store, &q, &viewers));
    assert_int_equal(viewers.count, 2);
    assert_true(str_eq(viewers.items[0].org_id, ohio) && str_eq(viewers.items[1].org_id, iowa));
    q.as = LIT("Exchange"); /* the steward, who reads nothing of it */
    must(w, admin_may_see(&w->arena, w->store, &q, &viewers));
    assert_int_equal(viewers.count, 2);
    q.as = LIT("Iowa");
    check_refusal(w, admin_may_see(&w->arena, w->store, &q, &viewers), ERR_NOT_FOUND,
                  "only its contributor and the steward");
}

/* R2: the organization sees RED only through the person it is from. */
static void red_is_seen_through_people(void **state)
{
    struct admin_world *w = *state;
    admin_world_org(w, OHIO);
    add_person(w, OHIO, DUTY);
    add_collection(w, LIT("k"));
    grant_both(w, LIT("k"), OHIO);
    const struct admin_world_post post = {
        .org = OHIO, .email = DUTY, .collection = LIT("k"), .marking = tlp_marking_id(TLP_RED)};
    const struct admin_question q = {.id = admin_world_post(w, &post), .as = OHIO};
    struct admin_viewers viewers;
    must(w, admin_may_see(&w->arena, w->store, &q, &viewers));
    assert_int_equal(viewers.count, 1);
    assert_true(viewers.items[0].is_by_name);
}

static void give_receipt(struct admin_world *w, str email, str id, str org_key)
{
    OWNED(session_done) struct session s = {0};
    struct log_entries entries = {0};
    const struct policy_org *org;
    const struct policy_person *person;
    struct reader r;
    must(w, session_write(&w->arena, w->store, &s));
    must(w, admin_find_org(&w->arena, &s, org_key, &org));
    must(w, people_find(&w->arena, &s, email, &person));
    must(w, reader_make(&w->arena, &s, org, person, NULL, &r));
    must(w, log_entries_of(&w->arena, &s, id, 0, &entries));
    receipts_add(w->store->receipts, r.gate.actor, entries.items[0].collection, RECEIPT_OBTAINED,
                 &entries.items[0].number, 1);
    must(w, receipts_flush(&w->arena, w->store->receipts, s.db));
    must(w, session_commit(&w->arena, &s));
    receipts_flushed(w->store->receipts, true);
}

/* R2: counts by sector from five up; names for RED and STRICT only, with a reason. */
static void who_has_seen_is_counts_or_names_with_a_reason(void **state)
{
    struct admin_world *w = *state;
    admin_world_org(w, OHIO);
    add_collection(w, LIT("k"));
    grant_both(w, LIT("k"), LIT("all"));
    const struct admin_world_post amber = {
        .org = OHIO, .collection = LIT("k"), .marking = tlp_marking_id(TLP_AMBER)};
    const struct admin_world_post strict = {
        .org = OHIO, .collection = LIT("k"), .marking = tlp_marking_id(TLP_AMBER_STRICT)};
    struct admin_question q = {.id = admin_world_post(w, &amber), .as = OHIO};
    struct admin_question named = {.id = admin_world_post(w, &strict), .as = OHIO};
    for (int i = 0; i < ADMIN_SECTOR_COUNT_MIN; i++) {
        str name = arena_print(&w->arena, "State %d", i);
        str email = arena_print(&w->arena, "duty@s%d.example", i);
        admin_world_org(w, name);
        add_person(w, name, email);
        give_receipt(w, email, q.id, name);
        give_receipt(w, email, named.id, name);
        struct admin_seen seen;
        must(w, admin_has_seen(&w->arena, w->store, &q, &seen));
        bool is_enough = i + 1 >= ADMIN_SECTOR_COUNT_MIN;
        assert_int_equal(seen.sectors.count, is_enough);
        if (is_enough)
            assert_int_equal(seen.sectors.items[0].count, i + 1);
        assert_int_equal(seen.name_count, 0);
    }
    struct admin_seen seen;
    q.reason = named.reason = LIT("recall");
    check_refusal(w, admin_has_seen(&w->arena, w->store, &q, &seen), ERR_FORBIDDEN,
                  "by name only of what is under TLP:RED");
    must(w, admin_has_seen(&w->arena, w->store, &named, &seen));
    assert_int_equal(seen.name_count, ADMIN_SECTOR_COUNT_MIN);
    assert_int_equal(seen.names[0].person.len, 0); /* persons for RED only */
}

/* G4, G5: it is held for later posts, and withdrawn like any own entry. */
static void an_audience_is_defined_in_members_and_can_be_withdrawn(void **state)
{
    struct admin_world *w = *state;
    admin_world_org(w, OHIO);
    admin_world_org(w, LIT("Iowa"));
    admin_world_org(w, LIT("Utah"));
    add_collection(w, LIT("k"));
    grant_both(w, LIT("k"), LIT("all"));
    const str organizations[] = {LIT("Iowa")};
    const struct admin_audience audience = {
        .as = OHIO, .name = LIT("Iowa"), .organizations = organizations, .organization_count = 1};
    str id;
    must(w, admin_add_audience(&w->arena, w->store, &audience, &id));
    const struct admin_world_post post = {.org = OHIO, .collection = LIT("k"), .marking = id};
    const struct admin_question q = {.id = admin_world_post(w, &post), .as = OHIO};
    struct admin_viewers viewers;
    must(w, admin_may_see(&w->arena, w->store, &q, &viewers));
    assert_int_equal(viewers.count, 2); /* Ohio and Iowa, not Utah */
    assert_true(str_eq(viewers.items[1].name, LIT("Iowa")));
    const struct admin_withdrawal d = {.id = id, .as = OHIO};
    size_t count;
    must(w, admin_withdraw(&w->arena, w->store, &d, &count));
    assert_int_equal(count, 1);
}

static void only_active_members_act(void **state)
{
    struct admin_world *w = *state;
    admin_world_org(w, OHIO);
    must(w, admin_suspend_org(&w->arena, w->store, OHIO, true));
    const struct admin_withdrawal d = {.id = LIT("x"), .as = OHIO};
    size_t count;
    check_refusal(w, admin_withdraw(&w->arena, w->store, &d, &count), ERR_FORBIDDEN, "suspended");
}

static void a_file_is_taken_whole_or_not_at_all(void **state)
{
    struct admin_world *w = *state;
    str before = admin_world_picture(w);
    struct admin_org orgs[2] = {{.line = 2}, {.line = 3}};
    for (size_t i = 0; i < COUNT_OF(orgs); i++)
        orgs[i].org = (struct member_org){
            .name = LIT("Same"), .sector = LIT("local"), .status = LIT("member")};
    check_refusal(w, admin_add_orgs(&w->arena, w->store, orgs, 2), ERR_CONFLICT, "line 3: ");
    assert_true(str_eq(before, admin_world_picture(w)));
}

static void what_is_refused_says_what_to_do(void **state)
{
    struct admin_world *w = *state;
    admin_world_org(w, OHIO);
    add_collection(w, LIT("k"));
    struct admin_person person = {.org = OHIO, .email = LIT("nobody"), .roles = 1};
    check_refusal(w, admin_add_people(&w->arena, w->store, &person, 1), ERR_USAGE, "e-mail");
    person.email = DUTY;
    check_refusal(w, admin_add_people(&w->arena, w->store, &person, 1), ERR_USAGE, "--name");
    person.password = LIT("short");
    check_refusal(w, admin_add_people(&w->arena, w->store, &person, 1), ERR_USAGE, "password");
    struct admin_token_made made;
    const struct admin_token token = {.org = OHIO, .name = LIT("x"), .fingerprint = LIT("12")};
    check_refusal(w, admin_add_token(&w->arena, w->store, &token, &made), ERR_USAGE, "openssl");
    str id;
    const struct collection_entry entry = {.title = LIT("K"), .alias = LIT("k")};
    check_refusal(w, admin_add_collection(&w->arena, w->store, &entry, (str){0}, &id), ERR_CONFLICT,
                  "already a collection");
    const struct admin_grant g = {.collection = LIT("members"), .to = LIT("all"), .may_read = true};
    check_refusal(w, admin_grant(&w->arena, w->store, &g), ERR_CONFLICT, "built-in");
    const struct admin_audience nobody = {.as = OHIO, .name = LIT("x")};
    check_refusal(w, admin_add_audience(&w->arena, w->store, &nobody, &id), ERR_USAGE,
                  "admit nobody");
}

/* Of a link and of a demo's chair: theirs, and said where there is more than one. */
static void a_persons_organization_is_named_where_there_is_a_choice(void **state)
{
    struct admin_world *w = *state;
    int64_t n;
    OWNED(session_done) struct session s = {0};
    admin_world_org(w, LIT("Elsewhere"));
    add_person(w, admin_world_org(w, OHIO), DUTY);
    add_person(w, OHIO, LIT("two@ohio.example"));
    add_person(w, admin_world_org(w, LIT("County")), LIT("two@ohio.example"));
    must(w, session_read(&w->arena, w->store, &s));
    const struct policy_person *one = policy_person_by_email(s.policy, DUTY);
    const struct policy_person *two = policy_person_by_email(s.policy, LIT("two@ohio.example"));
    must(w, admin_org_of_person(&w->arena, &s, one, (str){0}, &n));
    assert_true(n == one->affiliations[0].org);
    must(w, admin_org_of_person(&w->arena, &s, two, LIT("County"), &n));
    assert_true(str_eq(policy_org(s.policy, n)->name, LIT("County")));
    check_refusal(w, admin_org_of_person(&w->arena, &s, two, (str){0}, &n), ERR_USAGE,
                  "belongs to 2 organizations; say which");
    check_refusal(w, admin_org_of_person(&w->arena, &s, one, LIT("Elsewhere"), &n), ERR_USAGE,
                  "does not belong to Elsewhere");
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, admin_world_set_up, admin_world_tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(grants_add_up_and_are_taken_one_by_one),
        TEST(a_new_end_replaces_the_old_one_of_that_right_only),
        TEST(a_known_email_gains_an_affiliation),
        TEST(a_token_is_found_by_its_secret_until_it_is_revoked),
        TEST(tokens_and_people_have_an_actor_from_the_start),
        TEST(reset_gives_a_new_password_and_ends_the_persons_tokens),
        TEST(withdrawing_asks_for_the_rights_of_delete),
        TEST(a_purge_says_how_far_it_is_and_stopped_removes_nothing),
        TEST(only_contributor_and_steward_learn_who_may_see),
        TEST(red_is_seen_through_people),
        TEST(who_has_seen_is_counts_or_names_with_a_reason),
        TEST(an_audience_is_defined_in_members_and_can_be_withdrawn),
        TEST(only_active_members_act),
        TEST(a_file_is_taken_whole_or_not_at_all),
        TEST(what_is_refused_says_what_to_do),
        TEST(a_persons_organization_is_named_where_there_is_a_choice),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
