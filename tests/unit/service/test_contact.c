/*
 * Changing how one is called and reached (B5): it waits a day, tells the old address, and counts
 * from then on for whoever reads.
 */
#include "admin_world.h"
#include "service/contact.h"
#include "store/outbox.h"
#include "store/people.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#define OLD_EMAIL "clerk@county.example"
#define MOVED_EMAIL "dove@county.example"
#define OTHER_EMAIL "other@county.example"
#define OLD LIT(OLD_EMAIL)
#define MOVED LIT(MOVED_EMAIL)
#define OTHER LIT(OTHER_EMAIL)

static void add_person(struct admin_world *w, str email)
{
    struct admin_person person = {.org = LIT("County"),
                                  .email = email,
                                  .name = LIT("Clerk"),
                                  .phone = LIT("555-0100"),
                                  .roles = 1u << ROLE_MEMBER};
    must(w, admin_add_people(&w->arena, w->store, &person, 1));
}

static struct session open_write(struct admin_world *w)
{
    struct session s;
    must(w, session_write(&w->arena, w->store, &s));
    return s;
}

static struct web_session web_of(const struct session *s, str email)
{
    const struct policy_person *person = policy_person_by_email(s->policy, email);
    return (struct web_session){.person = person->n, .org = person->affiliations[0].org};
}

static err change(struct admin_world *w, str email, const struct contact_wish *wish)
{
    OWNED(session_done) struct session s = open_write(w);
    struct web_session web = web_of(&s, email);
    TRY(contact_change(&w->arena, &s, &web, wish));
    return session_commit(&w->arena, &s);
}

/* The day goes by. */
static void wait_a_day(struct admin_world *w)
{
    OWNED(session_done) struct session s = open_write(w);
    must(w, db_run(&w->arena, s.db,
                   "UPDATE contact_change SET created = created - ?1, "
                   "due = CASE WHEN due = ?2 THEN due ELSE due - ?1 END",
                   DB_ARGS(db_int(CONTACT_DELAY_US), db_int(CONTACT_NEVER))));
    must(w, session_policy_changed(&w->arena, &s));
    must(w, session_commit(&w->arena, &s));
}

static bool is_known(struct admin_world *w, str email)
{
    OWNED(session_done) struct session s = {0};
    must(w, session_read(&w->arena, w->store, &s));
    return policy_person_by_email(s.policy, email) != NULL;
}

static struct outbox_message newest_mail(struct admin_world *w)
{
    OWNED(session_done) struct session s = {0};
    struct outbox_messages list;
    struct outbox_message mail;
    must(w, session_read(&w->arena, w->store, &s));
    must(w, outbox_list(&w->arena, &s, 0, 1, &list));
    must(w, outbox_get(&w->arena, &s, list.items[0].id, &mail));
    return mail;
}

static void a_change_counts_after_a_day_for_whoever_reads(void **state)
{
    struct admin_world *w = *state;
    admin_world_org(w, LIT("County"));
    add_person(w, OLD);
    const struct contact_wish wish = {.email = LIT(" Dove@County.example"),
                                      .phone = LIT("555-0199")};
    must(w, change(w, OLD, &wish));
    assert_true(is_known(w, OLD) && !is_known(w, MOVED));
    assert_true(str_eq(newest_mail(w).recipient, OLD));
    wait_a_day(w);
    assert_true(is_known(w, MOVED) && !is_known(w, OLD));
    OWNED(session_done) struct session s = {0};
    struct person_contact contact;
    must(w, session_read(&w->arena, w->store, &s));
    const struct policy_person *person = policy_person_by_email(s.policy, MOVED);
    must(w, people_contact(&w->arena, &s, person->n, &contact));
    assert_true(str_eq(contact.phone, LIT("555-0199")));
    assert_true(str_eq(person->name, LIT("Clerk"))); /* what is not wished stays */
}

/* The policy in memory is made anew when the change begins to count, with nobody writing. */
static void the_policy_knows_when_a_change_begins_to_count(void **state)
{
    struct admin_world *w = *state;
    admin_world_org(w, LIT("County"));
    add_person(w, OLD);
    must(w, change(w, OLD, &(struct contact_wish){.name = LIT("Dove")}));
    OWNED(session_done) struct session s = {0};
    struct contact_change waits;
    must(w, session_read(&w->arena, w->store, &s));
    const struct policy_person *person = policy_person_by_email(s.policy, OLD);
    must(w, contact_changes_get(&w->arena, &s, person->n, &waits));
    assert_int_equal(waits.due_us - waits.created_us, CONTACT_DELAY_US);
    assert_int_equal(s.policy->good_until_us, waits.due_us);
}

static void the_old_address_stops_it_once(void **state)
{
    struct admin_world *w = *state;
    admin_world_org(w, LIT("County"));
    add_person(w, OLD);
    must(w, change(w, OLD, &(struct contact_wish){.email = MOVED}));
    str secret = newest_mail(w).secret;
    OWNED(session_done) struct session s = open_write(w);
    err unknown = contact_refuse(&w->arena, &s, LIT("guessed"));
    assert_true(unknown && unknown->code == ERR_NOT_FOUND);
    must(w, contact_refuse(&w->arena, &s, secret));
    err again = contact_refuse(&w->arena, &s, secret);
    assert_true(again && again->code == ERR_NOT_FOUND);
    must(w, session_commit(&w->arena, &s));
    session_done(&s);
    wait_a_day(w);
    assert_true(is_known(w, OLD) && !is_known(w, MOVED));
}

static void what_counts_already_is_not_stopped(void **state)
{
    struct admin_world *w = *state;
    admin_world_org(w, LIT("County"));
    add_person(w, OLD);
    must(w, change(w, OLD, &(struct contact_wish){.email = MOVED}));
    str secret = newest_mail(w).secret;
    wait_a_day(w);
    OWNED(session_done) struct session s = open_write(w);
    struct web_session web = web_of(&s, MOVED);
    err late = contact_refuse(&w->arena, &s, secret);
    assert_true(late && late->code == ERR_NOT_FOUND);
    late = contact_withdraw(&w->arena, &s, &web);
    assert_true(late && late->code == ERR_NOT_FOUND);
}

static void refuses_what_is_wrong(void **state)
{
    struct admin_world *w = *state;
    admin_world_org(w, LIT("County"));
    add_person(w, OLD);
    static const struct {
        struct contact_wish wish;
        enum err_code code;
    } CASES[] = {
        {.code = ERR_USAGE},
        {{.email = LIT_INIT(OLD_EMAIL), .name = LIT_INIT("Clerk"), .phone = LIT_INIT("555-0100")},
         ERR_USAGE},
        {{.email = LIT_INIT("no address")}, ERR_USAGE},
        {{.name = LIT_INIT("two\nlines")}, ERR_USAGE},
    };
    for (size_t i = 0; i < sizeof(CASES) / sizeof(CASES[0]); i++) {
        err refusal = change(w, OLD, &CASES[i].wish);
        assert_true(refusal && refusal->code == CASES[i].code);
    }
}

/* Of one address an account, of another somebody who waits for it already. */
static void nobody_is_told_that_an_address_is_anothers(void **state)
{
    struct admin_world *w = *state;
    admin_world_org(w, LIT("County"));
    add_person(w, OLD);
    add_person(w, OTHER);
    add_person(w, LIT("third@county.example"));
    must(w, change(w, LIT("third@county.example"), &(struct contact_wish){.email = MOVED}));
    static const struct contact_wish CASES[] = {{.email = LIT_INIT(OTHER_EMAIL)},
                                                {.email = LIT_INIT(MOVED_EMAIL)}};
    for (size_t i = 0; i < sizeof(CASES) / sizeof(CASES[0]); i++) {
        must(w, change(w, OLD, &CASES[i]));
        assert_true(str_eq(newest_mail(w).recipient, OLD));
    }
    wait_a_day(w);
    assert_true(is_known(w, OLD) && is_known(w, OTHER) && is_known(w, MOVED));
    assert_false(is_known(w, LIT("third@county.example")));
}

/* From now on mail goes out. */
static void set_relay(struct admin_world *w)
{
    char path[sizeof(w->folder) + 32];
    (void)snprintf(path, sizeof(path), "%s/tocsin.conf", w->folder);
    FILE *conf = fopen(path, "a");
    assert_non_null(conf);
    (void)fprintf(conf, "mail_relay = smtp://127.0.0.1:25\nmail_from = x@exchange.example\n");
    assert_int_equal(fclose(conf), 0);
    must(w, store_reload_config(&w->arena, w->store, NULL));
}

static err confirm(struct admin_world *w, str secret)
{
    OWNED(session_done) struct session s = open_write(w);
    TRY(contact_confirm(&w->arena, &s, secret));
    return session_commit(&w->arena, &s);
}

static bool is_unconfirmed(struct admin_world *w, str email)
{
    OWNED(session_done) struct session s = {0};
    struct contact_change waits;
    must(w, session_read(&w->arena, w->store, &s));
    must(w, contact_changes_get(&w->arena, &s, policy_person_by_email(s.policy, email)->n, &waits));
    assert_true(waits.person != 0);
    return contact_is_unconfirmed(&s, &waits);
}

static void a_new_address_counts_once_it_is_confirmed(void **state)
{
    struct admin_world *w = *state;
    admin_world_org(w, LIT("County"));
    add_person(w, OLD);
    set_relay(w);
    must(w, change(w, OLD, &(struct contact_wish){.email = MOVED}));
    assert_true(is_unconfirmed(w, OLD));
    wait_a_day(w);
    assert_true(is_known(w, OLD) && !is_known(w, MOVED));
    must(w, change(w, OLD, &(struct contact_wish){.email = MOVED}));
    struct outbox_message mail = newest_mail(w);
    assert_true(str_eq(mail.recipient, MOVED));
    err guessed = confirm(w, LIT("guessed"));
    assert_true(guessed && guessed->code == ERR_NOT_FOUND);
    must(w, confirm(w, mail.secret));
    assert_true(is_known(w, OLD) && !is_unconfirmed(w, OLD));
    wait_a_day(w);
    assert_true(is_known(w, MOVED) && !is_known(w, OLD));
}

/* The old address cannot confirm what it may stop. */
static void the_link_to_the_old_address_confirms_nothing(void **state)
{
    struct admin_world *w = *state;
    struct outbox_messages list;
    struct outbox_message old;
    admin_world_org(w, LIT("County"));
    add_person(w, OLD);
    set_relay(w);
    must(w, change(w, OLD, &(struct contact_wish){.email = MOVED}));
    OWNED(session_done) struct session s = open_write(w);
    must(w, outbox_list(&w->arena, &s, 0, 2, &list));
    must(w, outbox_get(&w->arena, &s, list.items[1].id, &old));
    assert_true(str_eq(old.recipient, OLD) && old.secret.len);
    err refusal = contact_confirm(&w->arena, &s, old.secret);
    assert_true(refusal && refusal->code == ERR_NOT_FOUND);
    must(w, contact_refuse(&w->arena, &s, old.secret));
}

/* It is told, without a link; whoever asked sees what they would see of any other. */
static void an_address_with_an_account_is_told_and_stays_its_owners(void **state)
{
    struct admin_world *w = *state;
    admin_world_org(w, LIT("County"));
    add_person(w, OLD);
    add_person(w, OTHER);
    set_relay(w);
    must(w, change(w, OLD, &(struct contact_wish){.email = OTHER}));
    assert_true(is_unconfirmed(w, OLD));
    struct outbox_message mail = newest_mail(w);
    assert_true(str_eq(mail.recipient, OTHER));
    assert_int_equal(mail.secret.len, 0);
    assert_int_equal(str_find(mail.body, OLD), mail.body.len);
    wait_a_day(w);
    assert_true(is_known(w, OLD) && is_known(w, OTHER));
}

/* Of two who were mailed a link the first that opens it has the address. */
static void an_address_is_confirmed_for_one_account(void **state)
{
    struct admin_world *w = *state;
    admin_world_org(w, LIT("County"));
    add_person(w, OLD);
    add_person(w, OTHER);
    set_relay(w);
    must(w, change(w, OLD, &(struct contact_wish){.email = MOVED}));
    str first = newest_mail(w).secret;
    must(w, change(w, OTHER, &(struct contact_wish){.email = MOVED}));
    str second = newest_mail(w).secret;
    must(w, confirm(w, second));
    err late = confirm(w, first);
    assert_true(late && late->code == ERR_CONFLICT);
    wait_a_day(w);
    assert_true(is_known(w, OLD) && is_known(w, MOVED) && !is_known(w, OTHER));
}

static void an_account_is_not_mailed_about_without_end(void **state)
{
    struct admin_world *w = *state;
    admin_world_org(w, LIT("County"));
    add_person(w, OLD);
    for (int i = 0; i < 10; i++)
        must(w, change(w, OLD, &(struct contact_wish){.email = MOVED}));
    err refusal = change(w, OLD, &(struct contact_wish){.email = MOVED});
    assert_true(refusal && refusal->code == ERR_CONFLICT);
}

/* Whoever only waits for an address does not keep its owner out. */
static void an_invitation_takes_an_address_that_somebody_waits_for(void **state)
{
    struct admin_world *w = *state;
    admin_world_org(w, LIT("County"));
    add_person(w, OLD);
    must(w, change(w, OLD, &(struct contact_wish){.email = MOVED}));
    add_person(w, MOVED);
    wait_a_day(w);
    assert_true(is_known(w, OLD) && is_known(w, MOVED));
}

/* What counted already is the person's own, and the old address is free again. */
static void an_old_address_may_be_anothers_afterwards(void **state)
{
    struct admin_world *w = *state;
    admin_world_org(w, LIT("County"));
    add_person(w, OLD);
    must(w, change(w, OLD, &(struct contact_wish){.email = MOVED}));
    wait_a_day(w);
    add_person(w, OLD);
    assert_true(is_known(w, OLD) && is_known(w, MOVED));
    must(w, change(w, MOVED, &(struct contact_wish){.name = LIT("Dove")}));
    wait_a_day(w);
    assert_true(is_known(w, OLD) && is_known(w, MOVED));
}

int main(void)
{
#define WORLD(f) cmocka_unit_test_setup_teardown(f, admin_world_set_up, admin_world_tear_down)
    const struct CMUnitTest tests[] = {
        WORLD(a_change_counts_after_a_day_for_whoever_reads),
        WORLD(the_policy_knows_when_a_change_begins_to_count),
        WORLD(the_old_address_stops_it_once),
        WORLD(what_counts_already_is_not_stopped),
        WORLD(refuses_what_is_wrong),
        WORLD(nobody_is_told_that_an_address_is_anothers),
        WORLD(a_new_address_counts_once_it_is_confirmed),
        WORLD(the_link_to_the_old_address_confirms_nothing),
        WORLD(an_address_with_an_account_is_told_and_stays_its_owners),
        WORLD(an_address_is_confirmed_for_one_account),
        WORLD(an_account_is_not_mailed_about_without_end),
        WORLD(an_invitation_takes_an_address_that_somebody_waits_for),
        WORLD(an_old_address_may_be_anothers_afterwards),
    };
    return cmocka_run_group_tests_name("service/contact", tests, NULL, NULL);
}
