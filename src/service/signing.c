/*
 * Signing in to the pages and out again.
 */
#include "service/signing.h"

#include "base/totp.h"
#include "service/admin_people.h"
#include "store/audit.h"
#include "store/authenticators.h"
#include "store/chairs.h"
#include "store/digest.h"
#include "store/people.h"
#include "store/person_links.h"

#include <stdlib.h>

/* Whoever acts, with a number of their own to stand on the audit log. */
static err act(struct arena *a, struct session *s, const struct identity *who, struct reader *out)
{
    TRY(login_reader(a, s, who, out));
    return reader_intern_actor(a, s, out);
}

static err record(struct arena *a, struct session *s, const struct reader *r,
                  const struct audit_row *what)
{
    struct audit_row row = *what;
    row.actor = r->gate.actor;
    row.outcome = LIT("ok");
    return audit_put(a, s, &row);
}

/* What a new session is, beside the browser. */
struct beginning {
    struct identity who;
    enum web_stage stage;
    bool is_strong;
    struct audit_row row;
};

static err begin(struct arena *a, struct session *s, const struct beginning *how,
                 const struct signing_browser *b, str *secret)
{
    struct reader reader;
    TRY(act(a, s, &how->who, &reader));
    struct web_session w = {.person = how->who.person,
                            .org = how->who.org,
                            .is_shared = b->is_shared,
                            .stage = how->stage,
                            .is_strong = how->is_strong,
                            .agent = b->agent,
                            .peer = b->peer};
    str made = digest_new_secret(a);
    TRY(web_session_add(a, s, &w, made));
    struct audit_row row = how->row;
    row.object = w.id;
    TRY(record(a, s, &reader, &row));
    *secret = made;
    return NULL;
}

static bool has_second(const struct authenticators *list)
{
    for (size_t i = 0; i < list->count; i++) {
        if (list->items[i].is_confirmed)
            return true;
    }
    return false;
}

err signing_begin(struct arena *a, struct session *s, const struct identity *who,
                  const struct signing_browser *b, str *secret)
{
    struct authenticators list;
    TRY(authenticators_list(a, s, who->person, &list));
    bool is_half = has_second(&list);
    const struct beginning how = {
        .who = *who,
        .stage = is_half ? WEB_STAGE_SECOND : WEB_STAGE_WHOLE,
        .row = {.verb = LIT("session.begin"),
                .detail = is_half ? LIT("a second step is due") : (str){0}}};
    return begin(a, s, &how, b, secret);
}

/* The session goes on as `w` says, under another secret. */
static err renew(struct arena *a, struct session *s, const struct web_session *w,
                 const struct audit_row *row, str *secret)
{
    struct reader reader;
    const struct identity who = {.org = w->org, .person = w->person};
    TRY(act(a, s, &who, &reader));
    str made = digest_new_secret(a);
    TRY(web_session_renew(a, s, w, made));
    TRY(record(a, s, &reader, row));
    *secret = made;
    return NULL;
}

/* A code counts once: the step it belongs to is kept. */
static err try_code(struct arena *a, struct session *s, int64_t person, str code, bool *is_right)
{
    struct authenticators list;
    TRY(authenticators_list(a, s, person, &list));
    for (size_t i = 0; i < list.count; i++) {
        const struct authenticator *one = &list.items[i];
        int64_t step;
        if (!one->is_confirmed || !str_eq(one->kind, LIT("totp")) ||
            !totp_find(one->secret, code, s->now_us, one->counter, &step))
            continue;
        *is_right = true;
        return authenticators_use(a, s, one->n, step);
    }
    *is_right = false;
    return NULL;
}

err signing_second(struct arena *a, struct session *s, const struct web_session *w,
                   const struct signing_step *step, bool *is_right, str *secret)
{
    bool is_good = false;
    TRY(second_tries_check(a, s, w->person));
    if (step->code.len)
        TRY(try_code(a, s, w->person, step->code, &is_good));
    else
        TRY(recovery_codes_use(a, s, w->person, step->recovery_code, &is_good));
    *is_right = is_good;
    if (!is_good)
        return second_tries_fail(a, s, w->person);
    TRY(second_tries_clear(a, s, w->person));
    struct web_session whole = *w;
    whole.stage = WEB_STAGE_WHOLE;
    whole.is_strong = true;
    const struct audit_row row = {.verb = LIT("session.second"),
                                  .object = w->id,
                                  .detail = step->code.len ? LIT("authenticator app")
                                                           : LIT("recovery code")};
    return renew(a, s, &whole, &row, secret);
}

static err refuse_passkey(struct arena *a)
{
    return FAIL(a, ERR_UNAUTHENTICATED,
                "This passkey is not known here, or what it signed is not good; begin again");
}

/* Keys that count go up; a count that does not is a copy's (§7.2, step 21). */
static bool has_counted(int64_t before, int64_t now)
{
    return now > before || (now == 0 && before == 0);
}

err signing_by_passkey(struct arena *a, struct session *s, const struct signing_passkey *p,
                       const struct signing_browser *b, str *secret)
{
    struct authenticator key;
    int64_t counter;
    struct beginning how = {.is_strong = true,
                            .row = {.verb = LIT("session.begin"), .detail = LIT("passkey")}};
    TRY(passkey_challenge_take(a, s, 0, p->ceremony.challenge));
    TRY(authenticators_find_passkey(a, s, p->credential, &key));
    err bad = key.n ? passkey_verify(a, &p->ceremony, &p->assertion, key.secret, &counter) : NULL;
    if (bad && bad->code != ERR_INVALID) /* not the passkey's fault */
        return bad;
    if (key.n == 0 || bad || !has_counted(key.counter, counter))
        return refuse_passkey(a);
    TRY(login_person(a, s, key.person, &how.who));
    TRY(authenticators_use(a, s, key.n, counter));
    return begin(a, s, &how, b, secret);
}

err signing_open_link(struct arena *a, struct session *s, str link, const struct signing_browser *b,
                      str *secret)
{
    struct person_link found;
    TRY(person_links_get(a, s, link, &found));
    const struct beginning how = {.who = {.org = found.org, .person = found.person},
                                  .stage = WEB_STAGE_SETUP,
                                  .row = {.verb = LIT("session.link"), .detail = found.id}};
    return begin(a, s, &how, b, secret);
}

err signing_move(struct arena *a, struct session *s, const struct web_session *w, str org_id,
                 str *secret)
{
    const struct policy_org *org = policy_org_by_id(s->policy, org_id);
    struct web_session moved = *w;
    moved.org = org ? org->n : -1;
    const struct audit_row row = {.verb = LIT("session.move"), .object = w->id, .detail = org_id};
    err failure = renew(a, s, &moved, &row, secret);
    if (failure && failure->code == ERR_UNAUTHENTICATED)
        return FAIL(a, ERR_FORBIDDEN, "You may not act for that organization");
    return failure;
}

err signing_end(struct arena *a, struct session *s, const struct web_session *w)
{
    struct reader reader;
    const struct identity who = {.org = w->org, .person = w->person};
    TRY(act(a, s, &who, &reader));
    TRY(web_session_end(a, s, w->n));
    return record(a, s, &reader, &(struct audit_row){.verb = LIT("session.end"), .object = w->id});
}

/* Nobody waits for it, so that it owns its memory. */
struct note {
    int64_t web_session;
    struct writer_job job;
};

static err run_note(struct arena *a, struct session *s, void *context)
{
    const struct note *note = context;
    return web_session_note(a, s, note->web_session);
}

static void end_note(void *context, err failure)
{
    (void)failure; /* the next request notes it again */
    free(context);
}

void signing_note_later(struct writer *w, int64_t web_session)
{
    struct note *note = malloc(sizeof(*note));
    ASSERT(note != NULL);
    *note = (struct note){.web_session = web_session};
    note->job = (struct writer_job){.run = run_note, .done = end_note, .context = note};
    if (!writer_submit(w, &note->job))
        free(note);
}

err signing_take_chair(struct arena *a, struct session *s, str chair,
                       const struct signing_browser *b, str *secret)
{
    struct chair found;
    if (!s->store->is_demo)
        return FAIL(a, ERR_NOT_FOUND, "this is no demo exchange");
    TRY(chairs_get(a, s, chair, &found));
    const struct beginning how = {.who = {.org = found.org, .person = found.person},
                                  .is_strong = true, /* everything of it is invented */
                                  .row = {.verb = LIT("session.chair"), .detail = found.id}};
    return begin(a, s, &how, b, secret);
}

static err find_seat(struct arena *a, const struct session *s, const struct signing_chair *chair,
                     struct chair *out)
{
    const struct policy_person *person;
    TRY(people_find(a, s, chair->email, &person));
    *out = (struct chair){
        .id = chair->id, .title = chair->title, .about = chair->about, .person = person->n};
    return admin_org_of_person(a, s, person, chair->org, &out->org);
}

err signing_put_chair(struct arena *a, struct store *store, const struct signing_chair *chair)
{
    if (!store->is_demo)
        return FAIL(a, ERR_FORBIDDEN,
                    "chairs, which are taken without a password, are for a demo exchange only "
                    "(tocsin init --demo)");
    OWNED(session_done) struct session s = {0};
    struct chair seat;
    TRY(session_write(a, store, &s));
    TRY(find_seat(a, &s, chair, &seat));
    TRY(chairs_put(a, &s, &seat));
    TRY(admin_record(a, &s, "demo.chair", policy_person(s.policy, seat.person)->id, seat.id));
    return session_commit(a, &s);
}
